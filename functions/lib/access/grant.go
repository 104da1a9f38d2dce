package access

import "time"

// BeginGrant arms the end of the access, just before a connector is called.
// It is the moment in which eligibility is checked again. A grant that another
// run began and that is past its limit has an unknown outcome.
type BeginGrant struct{}

func (BeginGrant) decide(d *decider) error {
	if d.r.Status == Granting {
		if d.now.Before(d.r.GrantBy) {
			return nil
		}
		return GrantFailed{Code: "outcome_unknown"}.decide(d)
	}
	if d.r.Status != Approved || d.now.Before(d.r.StartsAt) {
		return d.notAllowed()
	}
	if !d.f.Requester.Active || !d.f.Flow.VisibleFor(d.f.Requester.Principals) {
		return d.emit(EventCanceled, Canceled, Details{Failure: "not_eligible"}, nil)
	}
	by := d.now.Add(GrantLimit)
	return d.emit(EventGranting, Granting, Details{GrantBy: by, Due: by}, nil)
}

// ObservedPresent says that the access was observed: its time runs from now.
// Foreign: someone else gave the same, and it stays when this has ended.
type ObservedPresent struct{ Foreign bool }

func (c ObservedPresent) decide(d *decider) error {
	if d.r.Status == Active {
		return nil
	}
	if d.r.Status != Granting {
		return d.notAllowed()
	}
	details := Details{Foreign: c.Foreign}
	if d.r.Timed() {
		details.EndsAt = d.now.Add(time.Duration(d.r.Given))
		details.Due = d.f.Pace.dueActive(d.now, details.EndsAt)
	}
	return d.emit(EventActivated, Active, details, nil)
}

// GrantFailed says that a grant failed, or that nobody knows how it went: what
// may be there is taken away, by a revocation run. Code is a stable word.
type GrantFailed struct{ Code string }

func (c GrantFailed) decide(d *decider) error {
	if d.r.Status != Granting {
		return nil
	}
	run, machine := d.nextRun(RevocationMachine)
	return d.emit(EventGrantFailed, Ending,
		Details{Failure: c.Code, Run: run, Machine: machine, Due: d.now.Add(EndLimit)}, nil)
}

// EndDue ends access whose time is up. Before that it does nothing.
type EndDue struct{}

func (EndDue) decide(d *decider) error {
	if d.r.Status != Active || !d.r.Timed() || d.now.Before(d.r.EndsAt) {
		return nil
	}
	return d.emit(EventEnding, Ending, Details{EndReason: EndExpired, Due: d.now.Add(EndLimit)}, nil)
}

// ObservedAbsent says that the person was observed without the access, or that
// other requests keep it: this one has ended. Foreign: what someone else gave is
// still there.
type ObservedAbsent struct{ Foreign bool }

func (c ObservedAbsent) decide(d *decider) error {
	if d.r.Status != Ending && d.r.Status != Stuck {
		return nil
	}
	event := map[Status]EventType{Ended: EventEnded, Failed: EventFailed}[d.r.gone()]
	return d.emit(event, d.r.gone(), Details{Foreign: c.Foreign}, nil)
}

// RevocationFailed says that an attempt to take access away failed. HandOver is
// set where the run that tried gives up and a revocation run takes over.
//
// After is for how long the other side asks to be left alone; it is heeded up to
// Pace.LongestStuck. A device that is offline is waited for, for the time of
// Pace.DeviceGrace, before the access counts as stuck.
type RevocationFailed struct {
	Code     string
	After    time.Duration
	HandOver bool
}

func (c RevocationFailed) decide(d *decider) error {
	if d.r.Status == Active {
		if err := (EndDue{}).decide(d); err != nil {
			return err
		}
	}
	if d.r.Status != Ending && d.r.Status != Stuck {
		return nil
	}
	wait, stuck := d.f.Pace.wait(d.r.Attempts + 1)
	wait = max(wait, min(c.After, d.f.Pace.LongestStuck))
	if grace := d.r.EndingAt.Add(d.f.Pace.DeviceGrace).Sub(d.now); c.Code == FailureDevice && grace > 0 {
		wait, stuck = min(doubled(d.f.Pace.FirstWait, d.r.Attempts, d.f.Pace.StuckWait), grace), false
	}
	details := Details{Failure: c.Code, RetryAt: d.now.Add(wait), Due: d.now.Add(wait + EndLimit)}
	status := d.r.Status
	if stuck {
		status, details.Due, details.GaveUp = Stuck, d.now.Add(wait), true
	}
	if c.HandOver && !stuck {
		details.Run, details.Machine = d.nextRun(RevocationMachine)
	}
	return d.emit(EventRevocationFailed, status, details, nil)
}
