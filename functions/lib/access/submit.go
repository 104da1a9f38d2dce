package access

import (
	"regexp"
	"slices"
	"time"
)

// Submit asks for access. Facts.Flow is the flow that serves the resource for
// the requester, Facts.Steps its resolved steps.
type Submit struct {
	ID       RequestID
	Reason   string
	Duration Duration // zero: none given
	Answers  map[string]string
}

func (c Submit) decide(d *decider) error {
	f := d.f
	if d.r.Version > 0 {
		return nil
	}
	if !f.Settings.RequestsEnabled {
		return Refuse(CodeRequestsDisabled, "Requests are switched off at the moment.")
	}
	if !f.Requester.Active {
		return Refuse(CodeSuspended, "Someone who is not active cannot be given access.")
	}
	asked, err := c.duration(f)
	if err != nil {
		return err
	}
	if err := c.check(f.Flow); err != nil {
		return err
	}
	if err := withinLimits(f, d.now); err != nil {
		return err
	}
	d.r.ID = c.ID
	pendingFor := time.Duration(f.Flow.PendingFor)
	details := Details{
		Requester: f.Requester.ID, SubmittedBy: f.Actor.ID, Resource: f.Resource.ID, Owner: f.Resource.Owner,
		Kind: f.Resource.Kind, Connector: f.Resource.Target.Connector, Target: f.Resource.Target.ID,
		Flow: f.Flow.ID, FlowVersion: f.Flow.Version, Steps: len(f.Flow.Steps), Asked: asked,
		ExpiresAt: d.now.Add(pendingFor), Due: d.now.Add(pendingFor + f.Pace.Grace),
		Run: 1, Machine: ApprovalMachine, Opens: 1, Principals: f.Steps[0].Principals,
	}
	status := Pending
	if len(f.candidates(0, details.Requester, details.SubmittedBy)) == 0 {
		status = MissingData
	}
	texts := map[string]string{TextReason: c.Reason}
	for id, answer := range c.Answers {
		texts[TextFieldPrefix+id] = answer
	}
	return d.emit(EventSubmitted, status, details, texts)
}

// duration is the time asked for: the flow's own where it is fixed, one of its
// choices where there are some, none where access is not timed.
func (c Submit) duration(f Facts) (Duration, error) {
	rule := f.Flow.Duration
	switch {
	case rule.Mode == DurationNone && c.Duration != 0:
		return 0, InvalidField("/duration", "not_timed", "Access to this resource is not timed.")
	case rule.Mode == DurationNone:
		return 0, nil
	case rule.Mode == DurationFixed && (c.Duration == 0 || c.Duration == rule.Choices[0]):
		return rule.Choices[0], nil
	case rule.Mode == DurationChoice && c.Duration == 0:
		return 0, InvalidField("/duration", "required", "Please choose for how long.")
	case !slices.Contains(rule.Choices, c.Duration):
		return 0, InvalidField("/duration", "not_offered", "This duration is not offered.")
	}
	return c.Duration, nil
}

func (c Submit) check(flow Flow) error {
	if err := checkText("/reason", c.Reason, true); err != nil {
		return err
	}
	for id := range c.Answers {
		if !slices.ContainsFunc(flow.Fields, func(f Field) bool { return f.ID == id }) {
			return InvalidField("/answers/"+id, "unknown_field", "The form has no such field.")
		}
	}
	for _, field := range flow.Fields {
		answer := c.Answers[field.ID]
		pointer := "/answers/" + field.ID
		if blank(answer) {
			if field.Required {
				return InvalidField(pointer, "required", "Please fill in "+field.Label+".")
			}
			continue
		}
		if err := checkText(pointer, answer, true); err != nil {
			return err
		}
		if field.Pattern == "" {
			continue
		}
		if matched, err := regexp.MatchString("^(?:"+field.Pattern+")$", answer); err != nil || !matched {
			return InvalidField(pointer, "pattern", field.Label+" does not have the form it should have.")
		}
	}
	return nil
}

func withinLimits(f Facts, now time.Time) error {
	s, u := f.Settings, f.Usage
	if u.OpenRequest != "" {
		return DuplicateOpen(u.OpenRequest)
	}
	if s.MaxSubmissionsPerHour > 0 && u.LastHour >= s.MaxSubmissionsPerHour {
		e := Refuse(CodeTooManyRequests, "That is more than %d requests within an hour.", s.MaxSubmissionsPerHour)
		e.RetryAfter = max(time.Second, u.OldestLastHour.Add(time.Hour).Sub(now))
		return e
	}
	if s.MaxOpenRequests > 0 && u.OpenRequests >= s.MaxOpenRequests {
		e := Refuse(CodeTooManyRequests, "That would be more than %d open requests.", s.MaxOpenRequests)
		e.RetryAfter = time.Hour
		return e
	}
	return nil
}
