package access

import (
	"fmt"
	"slices"
	"time"
)

// Apply changes the request by an event that Handle returned. Replaying a
// request's events on a zero Request gives the request. An event that is out
// of order or makes an illegal transition is an error and changes nothing.
func (r *Request) Apply(e Event) error {
	if e.Seq != r.Version+1 {
		return fmt.Errorf("event %d cannot follow version %d", e.Seq, r.Version)
	}
	if !Legal(r.Status, e.Status) {
		return fmt.Errorf("a request cannot go from %q to %q", r.Status, e.Status)
	}
	if !r.fits(e) {
		return fmt.Errorf("event %d (%s) speaks of what the request does not have", e.Seq, e.Type)
	}
	next := r.clone()
	next.apply(e)
	*r = next
	return nil
}

// fits tells whether the steps that an event speaks of exist, and that it alone
// submits which is the first.
func (r *Request) fits(e Event) bool {
	d, steps := e.Details, len(r.Steps)
	if r.Version == 0 {
		steps = d.Steps
	}
	return (e.Type == EventSubmitted) == (r.Version == 0) && steps >= 0 && steps <= MaxSteps &&
		d.Step >= 0 && d.Step <= steps && d.Opens >= 0 && d.Opens <= steps &&
		(!slices.Contains([]EventType{EventDecided, EventSkipped, EventRerouted, EventEscalated}, e.Type) || d.Step > 0) &&
		(e.Type != EventReminded || r.Step() >= 0) && d.Rejects >= 0 && d.Rejects <= steps
}

func (r *Request) apply(e Event) {
	d := e.Details
	r.Version, r.Due = e.Seq, d.Due
	before := r.Status
	r.Status = e.Status
	if before == NeedsInfo && e.Status != NeedsInfo {
		r.resume(e)
	}
	if d.Run > 0 {
		r.Run = Run{Number: d.Run, Machine: d.Machine}
	}
	switch e.Type {
	case EventOverridden, EventCanceled, EventEnding, EventRetried:
		r.Remark = e.Texts[TextReason]
	}
	switch e.Type {
	case EventSubmitted:
		r.submitted(e)
	case EventDecided, EventOverridden:
		r.decided(e)
	case EventReminded:
		r.Steps[r.Step()].RemindAt = d.RemindAt
	case EventSkipped:
		r.Steps[d.Step-1].Status = StepSkipped
		r.pass(d, e)
	case EventRerouted, EventEscalated:
		if d.Owner != "" {
			r.Owner = d.Owner
		}
		if d.Opens != d.Step {
			r.Steps[d.Step-1].Status = StepApproved
			r.pass(d, e)
		}
	case EventPolicyDecided:
		r.settle(e)
		if !e.Status.Final() {
			r.ExpiresAt = d.ExpiresAt
		}
	case EventCanceled, EventExpired:
		r.Failure = d.Failure
		r.settle(e)
	case EventGranting, EventStarted:
		r.GrantBy = d.GrantBy
	case EventActivated:
		r.StartedAt, r.EndsAt, r.Failure, r.Foreign = e.At, d.EndsAt, "", d.Foreign
	case EventExtensionAsked:
		r.Extension = Extension{d.Asked, e.Texts[TextReason], e.At, d.Principals}
	case EventExtensionDenied:
		r.extensionDecided(e)
		r.Remark = e.Texts[TextReason]
	case EventExtended:
		r.extensionDecided(e)
		r.EndsAt, r.Given = d.EndsAt, r.Given+d.Given
		r.Extensions++
	case EventGrantFailed:
		r.Failure, r.Attempts, r.EndingAt, r.Confirmations = d.Failure, 0, e.At, nil
	case EventEnding:
		r.EndReason, r.Attempts, r.EndingAt, r.Confirmations = d.EndReason, 0, e.At, nil
	case EventRevocationFailed:
		if r.EndReason != "" { // else it says why the grant failed
			r.Failure = d.Failure
		}
		r.Attempts++
		r.RetryAt = d.RetryAt
	case EventAbsenceConfirmed:
		r.Confirmations = append(r.Confirmations, Confirmation{e.Actor.ID, e.Texts[TextReason], e.At})
		if e.Status != Stuck {
			r.EndedAt, r.Drift = e.At, ""
		}
	case EventEnded, EventFailed:
		r.EndedAt, r.Foreign, r.Drift = e.At, d.Foreign, ""
	case EventRetried:
		r.Failure, r.EndedAt, r.Drift = "", time.Time{}, ""
	case EventDrifted, EventDriftCleared:
		r.Drift = d.Drift
	}
	if d.Opens > 0 {
		step := &r.Steps[d.Opens-1]
		step.Status, step.Principals = StepOpen, d.Principals
		step.RemindAt, step.EscalateAt, step.SkipAt = d.RemindAt, d.EscalateAt, d.SkipAt
		step.Escalated = step.Escalated || e.Type == EventEscalated
	}
	if before.Undecided() && !r.Status.Undecided() {
		r.closeSteps()
	}
	if r.Status != Active {
		r.Extension = Extension{}
	}
}

func (r *Request) submitted(e Event) {
	d := e.Details
	id, _ := cut(e.Subject, "request:")
	*r = Request{
		ID: RequestID(id), Version: r.Version, Status: r.Status, Due: r.Due, Run: r.Run,
		Requester: d.Requester, SubmittedBy: d.SubmittedBy, Resource: d.Resource, Owner: d.Owner,
		Kind: d.Kind, Target: Target{Connector: d.Connector, ID: d.Target},
		Flow: d.Flow, FlowVersion: d.FlowVersion, Reason: e.Texts[TextReason],
		Asked: d.Asked, Given: d.Asked, StartsAt: d.StartsAt, Resubmits: d.Resubmits, Bundle: d.Bundle, Steps: make([]StepState, d.Steps),
		SubmittedAt: e.At, ExpiresAt: d.ExpiresAt,
	}
	for i := range r.Steps {
		r.Steps[i].Status = StepWaiting
	}
	for name, text := range e.Texts {
		if field, ok := cut(name, TextFieldPrefix); ok {
			if r.Answers == nil {
				r.Answers = map[string]string{}
			}
			r.Answers[field] = text
		}
	}
}

func (r *Request) decided(e Event) {
	d := e.Details
	if e.Type == EventDecided {
		step := &r.Steps[d.Step-1]
		step.Decisions = append(step.Decisions, Decision{By: e.Actor.ID, OnBehalfOf: e.Actor.OnBehalfOf,
			Verdict: d.Verdict, Reason: e.Texts[TextReason], Via: e.Actor.Via, At: e.At})
		switch {
		case e.Status == Denied && d.Rejects == 0:
			step.Status, r.Remark = StepDenied, e.Texts[TextReason]
		case d.Verdict != Ask && (d.Opens > 0 || !e.Status.Undecided()):
			step.Status = StepApproved
			r.pass(d, e)
		}
	}
	if d.Verdict == Ask {
		r.Question, r.AskedAt = e.Texts[TextReason], e.At
	}
	if d.Given > 0 {
		r.Given = d.Given
	}
	if !e.Status.Undecided() {
		r.settle(e)
		r.ExpiresAt = d.ExpiresAt
	}
}

// extensionDecided closes what was asked for. One that nobody has to decide leaves
// no decision.
func (r *Request) extensionDecided(e Event) {
	if e.Details.Verdict != "" {
		r.LastExtension = ExtensionDecision{r.Extension.AskedAt, e.Actor.ID, e.Details.Verdict}
	}
	r.Extension = Extension{}
}

// pass marks the steps between the one that was decided and the one that opens,
// or the end: earlier decisions sufficed for them.
func (r *Request) pass(d Details, e Event) {
	to := len(r.Steps)
	switch {
	case d.Opens > 0:
		to = d.Opens - 1
	case d.Rejects > 0:
		to = d.Rejects - 1
		defer func() { r.Steps[to].Status = StepDenied }()
	case e.Status.Undecided():
		return
	}
	for i := d.Step; i < to; i++ {
		r.Steps[i].Status = StepApproved
	}
	if e.Type != EventDecided && !e.Status.Undecided() {
		r.settle(e)
		r.ExpiresAt = d.ExpiresAt
	}
}

// resume lets the open step's times go on where a question stopped them.
func (r *Request) resume(e Event) {
	if step := r.Step(); step >= 0 {
		s := &r.Steps[step]
		s.RemindAt, s.EscalateAt, s.SkipAt = s.resumed(e.At.Sub(r.AskedAt))
	}
	r.Question, r.AskedAt = "", time.Time{}
}

// settle notes who settled the request, and when.
func (r *Request) settle(e Event) {
	r.DecidedAt, r.DecidedBy = e.At, e.Actor.ID
	if e.Status.Final() {
		r.EndedAt = e.At
	}
}

func (r *Request) closeSteps() {
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Status == StepOpen || s.Status == StepWaiting {
			s.Status = StepClosed
		}
	}
}
