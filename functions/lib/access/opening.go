package access

import (
	"slices"
	"time"
)

// goOn opens the first step from this one on that is not decided already, and
// gives the status that this leads to. Steps in which earlier decisions suffice
// are passed. After the last one, the request is approved.
func (d *decider) goOn(from int, details *Details) Status {
	for step := from; step < len(d.r.Steps); step++ {
		switch d.ballot(step, true).standing() {
		case passed:
			continue
		case rejected:
			details.Rejects = step + 1
			return Denied
		case undecidable:
			d.open(step, details)
			return MissingData
		}
		d.open(step, details)
		return Pending
	}
	return d.approved(details)
}

// open writes down who may decide the step from now on, and its times.
func (d *decider) open(step int, details *Details) {
	details.Opens = step + 1
	if step < len(d.f.Steps) {
		details.Principals = d.f.Steps[step].Principals
	}
	rule := d.f.Flow.Steps[step]
	details.RemindAt = d.later(d.f.Flow.RemindEvery)
	details.SkipAt = d.later(rule.SkipAfter)
	if len(rule.Fallback) > 0 {
		details.EscalateAt = d.later(rule.EscalateAfter)
	}
}

// later is the moment after a span, or never.
func (d *decider) later(span Duration) time.Time {
	if span == 0 {
		return time.Time{}
	}
	return d.now.Add(time.Duration(span))
}

// approved gives the status after the last approval, and sets its times.
func (d *decider) approved(details *Details) Status {
	if d.r.Kind == KindDevice {
		details.ExpiresAt = d.now.Add(time.Duration(d.f.Flow.ClaimWithin))
		details.Due = details.ExpiresAt.Add(d.f.Pace.Grace)
		return Ready
	}
	details.Due = d.now.Add(d.f.Pace.Grace)
	if d.r.StartsAt.After(d.now) {
		details.Due = d.r.StartsAt.Add(d.f.Pace.Grace)
	}
	return Approved
}

// Timer is when the waiting run is to look at an undecided request again: the
// next reminder, escalation, skip or the expiry, whichever comes first. While
// the requester is asked something, only the expiry counts.
func (r *Request) Timer() time.Time {
	timer := r.ExpiresAt
	step := r.Step()
	if step < 0 || r.Status == NeedsInfo {
		return timer
	}
	s := r.Steps[step]
	times := []time.Time{s.EscalateAt, s.SkipAt}
	if r.Status == Pending {
		times = append(times, s.RemindAt)
	}
	for _, at := range times {
		if !at.IsZero() && at.Before(timer) {
			timer = at
		}
	}
	return timer
}

// Tick says that a time-out of the waiting run fired, or that the sweeper found
// the request past its time. One thing happens at a time; the run waits again
// for the next.
type Tick struct{}

func (Tick) decide(d *decider) error {
	if d.r.Status == Ready || d.r.Status.Undecided() {
		if !d.now.Before(d.r.ExpiresAt) {
			return d.emit(EventExpired, Expired, Details{}, nil)
		}
	}
	step := d.r.Step()
	if step < 0 || d.r.Status != Pending && d.r.Status != MissingData {
		return nil
	}
	due := func(at time.Time) bool { return !at.IsZero() && !d.now.Before(at) }
	switch s := d.r.Steps[step]; {
	case due(s.EscalateAt):
		return d.escalate(step)
	case due(s.SkipAt):
		return d.skip(step)
	case d.r.Status == Pending && due(s.RemindAt):
		return d.emit(EventReminded, Pending, Details{RemindAt: d.later(d.f.Flow.RemindEvery), Principals: slices.Clone(s.Principals)}, nil)
	}
	return nil
}

// skip goes on without the step. Where no person has approved any step, nothing
// is approved: the request expires.
func (d *decider) skip(step int) error {
	details := Details{Step: step + 1}
	status := d.goOn(step+1, &details)
	if (status == Approved || status == Ready) && !d.someoneApproved() {
		return d.emit(EventExpired, Expired, Details{}, nil)
	}
	return d.emit(EventSkipped, status, details, nil)
}

func (d *decider) someoneApproved() bool {
	return slices.ContainsFunc(d.r.Steps, func(s StepState) bool { return s.Status == StepApproved })
}

// escalate lets the fallback approvers decide, too.
func (d *decider) escalate(step int) error {
	s := d.r.Steps[step]
	details := Details{Step: step + 1, Opens: step + 1, Principals: slices.Clone(s.Principals), RemindAt: s.RemindAt, SkipAt: s.SkipAt}
	if step < len(d.f.Steps) {
		details.Added = missingFrom(s.Principals, d.f.Steps[step].Fallback)
		details.Principals = append(details.Principals, details.Added...)
	}
	d.r.Steps[step].Escalated = true
	status := d.r.Status
	switch d.ballot(step, true).standing() {
	case passed: // by what a fallback approver decided in another step
		details = Details{Step: step + 1}
		return d.emit(EventEscalated, d.goOn(step+1, &details), details, nil)
	case undecided:
		status = Pending
	}
	if d.r.Status == MissingData {
		details.RemindAt = d.later(d.f.Flow.RemindEvery)
	}
	return d.emit(EventEscalated, status, details, nil)
}

func missingFrom(known, all []Principal) []Principal {
	var out []Principal
	for _, p := range all {
		if !slices.Contains(known, p) {
			out = append(out, p)
		}
	}
	return out
}

// Reroute says that the directory has changed: who may decide the open step is
// settled anew. What waits goes on where it can.
type Reroute struct{}

func (Reroute) decide(d *decider) error {
	step := d.r.Step()
	if step < 0 || !d.r.Status.Undecided() || step >= len(d.f.Steps) {
		return nil
	}
	s, resolved := d.r.Steps[step], d.f.Steps[step]
	details := Details{Step: step + 1, Opens: step + 1, Principals: slices.Clone(resolved.Principals),
		RemindAt: s.RemindAt, EscalateAt: s.EscalateAt, SkipAt: s.SkipAt}
	if s.Escalated {
		details.Principals = append(details.Principals, missingFrom(resolved.Principals, resolved.Fallback)...)
	}
	status := d.r.Status
	switch outcome := d.ballot(step, true).standing(); {
	case outcome == undecidable:
		status = MissingData
	case outcome == passed:
		details = Details{Step: step + 1}
		status = d.goOn(step+1, &details)
	case outcome == rejected:
		details = Details{Step: step + 1, Rejects: step + 1}
		status = Denied
	case status == MissingData:
		status, details.Added = Pending, details.Principals
		details.RemindAt = d.later(d.f.Flow.RemindEvery)
	}
	if owner := d.f.Resource.Owner; owner != "" && owner != d.r.Owner {
		details.Owner = owner
	}
	if status == d.r.Status && details.Owner == "" && slices.Equal(details.Principals, s.Principals) {
		return nil
	}
	if d.r.Status == NeedsInfo && status != NeedsInfo && details.Opens == step+1 {
		details.RemindAt, details.EscalateAt, details.SkipAt = s.resumed(d.now.Sub(d.r.AskedAt))
	}
	if details.Added == nil && details.Opens == step+1 {
		details.Added = missingFrom(s.Principals, details.Principals)
	}
	return d.emit(EventRerouted, status, details, nil)
}
