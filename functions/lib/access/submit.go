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
	StartsAt time.Time // zero: at once
	Bundle   string    // what is asked for together has this in common, or ""
}

func (c Submit) decide(d *decider) error {
	f := d.f
	if d.r.Version > 0 {
		return nil
	}
	if !f.Settings.RequestsEnabled {
		return Refuse(CodeRequestsDisabled, "Requests are switched off at the moment.")
	}
	if f.Actor.ID != f.Requester.ID && !f.Flow.LetsAskFor(f.Requester, f.Actor.ID, f.Principals) {
		return NotForThem()
	}
	if len(c.Bundle) > 64 || c.Bundle != "" && !bundlePattern.MatchString(c.Bundle) {
		return InvalidField("/bundle_id", "format", "A bundle's id has at most 64 letters, digits, dashes and underscores.")
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
	if err := c.startsInTime(f, d.now); err != nil {
		return err
	}
	resubmits, err := c.follows(f)
	if err != nil {
		return err
	}
	d.r = Request{ID: c.ID, Requester: f.Requester.ID, SubmittedBy: f.Actor.ID, Kind: f.Resource.Kind,
		StartsAt: c.StartsAt, Steps: make([]StepState, len(f.Flow.Steps))}
	details := Details{
		Requester: f.Requester.ID, SubmittedBy: f.Actor.ID, Resource: f.Resource.ID, Owner: f.Resource.Owner,
		Kind: f.Resource.Kind, Connector: f.Resource.Target.Connector, Target: f.Resource.Target.ID,
		Flow: f.Flow.ID, FlowVersion: f.Flow.Version, Steps: len(f.Flow.Steps), Asked: asked,
		StartsAt: c.StartsAt, Resubmits: resubmits, Bundle: c.Bundle, ExpiresAt: d.later(f.Flow.PendingFor), Run: 1, Machine: ApprovalMachine,
	}
	status := d.goOn(0, &details)
	texts := map[string]string{TextReason: c.Reason}
	for id, answer := range c.Answers {
		texts[TextFieldPrefix+id] = answer
	}
	if err := d.emit(EventSubmitted, status, details, texts); err != nil {
		return err
	}
	return d.policy()
}

// NotForThem refuses who asks for someone else and may not, or for nobody. It is
// one answer, so that it tells nothing of who there is.
func NotForThem() *Error {
	return InvalidField("/for", "unknown", "There is nobody of this id for whom you may ask.")
}

// policy lets the flow's policies decide what was just submitted.
func (d *decider) policy() error {
	details := Details{Verdict: d.f.Policy.Verdict, Policy: d.f.Policy.Policy}
	d.f.Actor = System(ViaPolicy)
	switch d.f.Policy.Verdict {
	case Approve:
		return d.emit(EventPolicyDecided, d.approved(&details), details, nil)
	case Deny:
		return d.emit(EventPolicyDecided, Denied, details, nil)
	}
	return nil
}

// startsInTime holds the start that was asked for against the flow.
func (c Submit) startsInTime(f Facts, now time.Time) error {
	switch {
	case c.StartsAt.IsZero():
		return nil
	case f.Flow.StartsWithin == 0 || f.Resource.Kind == KindDevice:
		return InvalidField("/starts_at", "not_offered", "This access begins once it is approved.")
	case !c.StartsAt.After(now):
		return InvalidField("/starts_at", "past", "This start has passed.")
	case c.StartsAt.After(now.Add(time.Duration(f.Flow.StartsWithin))):
		return InvalidField("/starts_at", "too_late", "The start can be at most "+f.Flow.StartsWithin.Words()+" ahead.")
	}
	return nil
}

// follows gives the request that this one is submitted again for: a denied one
// of the same person for the same resource.
func (c Submit) follows(f Facts) (RequestID, error) {
	before := f.Resubmits
	if before == nil {
		return "", nil
	}
	if before.Status != Denied || before.Requester != f.Requester.ID || before.Resource != f.Resource.ID {
		return "", InvalidField("/resubmits", "unknown", "This is no denied request of yours for this resource.")
	}
	return before.ID, nil
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
	case rule.Mode == DurationChoice && c.Duration <= rule.Max && c.Duration >= f.Minimum:
		return c.Duration, nil
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
		if err := field.check(pointer, answer); err != nil {
			return err
		}
	}
	return nil
}

// check holds an answer against the field.
func (f Field) check(pointer, answer string) error {
	message := f.Message
	if message == "" {
		message = f.Label + " does not have the form it should have."
	}
	if len(f.Choices) > 0 && !slices.Contains(f.Choices, answer) {
		return InvalidField(pointer, "not_one_of", message)
	}
	if f.Pattern == "" {
		return nil
	}
	if matched, err := regexp.MatchString("^(?:"+f.Pattern+")$", answer); err != nil || !matched {
		return InvalidField(pointer, "pattern", message)
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
