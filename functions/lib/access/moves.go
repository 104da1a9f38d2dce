package access

// Answer is the requester's reply to a question.
type Answer struct{ Text string }

func (c Answer) decide(d *decider) error {
	if err := d.requestersMove(); err != nil {
		return err
	}
	if d.r.Status != NeedsInfo {
		return d.notAllowed()
	}
	if err := checkText("/text", c.Text, true); err != nil {
		return err
	}
	return d.emit(EventAnswered, Pending, Details{}, map[string]string{TextAnswer: c.Text})
}

// Cancel withdraws a request whose access has not begun.
type Cancel struct{}

func (Cancel) decide(d *decider) error {
	if err := d.requestersMove(); err != nil {
		return err
	}
	if d.r.Status == Canceled {
		return nil
	}
	return d.emit(EventCanceled, Canceled, Details{}, nil)
}

// Start begins the access to a device: its time runs from when it is observed.
type Start struct{}

func (Start) decide(d *decider) error {
	if err := d.requestersMove(); err != nil {
		return err
	}
	if d.r.Status == Approved || d.r.Status.Holds() {
		return nil
	}
	if d.r.Status != Ready {
		return d.notAllowed()
	}
	if !d.now.Before(d.r.ExpiresAt) {
		return Refuse(CodeNotAllowed, "The time to start this access is up.")
	}
	return d.emit(EventStarted, Approved, Details{Due: d.now.Add(d.f.Pace.Grace)}, nil)
}

// End gives access back before its time is up.
type End struct{}

func (End) decide(d *decider) error {
	if err := d.requestersMove(); err != nil {
		return err
	}
	return d.endEarly(EndGivenBack, nil)
}

// Revoke takes access away at once or, if it has not begun, makes sure that it
// does not.
type Revoke struct{ Reason, InternalNote string }

// Check finds what is wrong with the command whatever request it is about.
func (c Revoke) Check() error {
	if err := checkText("/reason", c.Reason, true); err != nil {
		return err
	}
	return checkText("/internal_note", c.InternalNote, false)
}

func (c Revoke) decide(d *decider) error {
	if !d.f.Admin {
		return Refuse(CodeForbidden, "Only an admin can do this.")
	}
	if err := c.Check(); err != nil {
		return err
	}
	texts := map[string]string{TextReason: c.Reason, TextInternalNote: c.InternalNote}
	if d.r.Status == Approved || d.r.Status == Ready {
		return d.emit(EventCanceled, Canceled, Details{EndReason: EndRevoked}, texts)
	}
	return d.endEarly(EndRevoked, texts)
}

// Withdraw cancels a request that nobody has decided, because what it asks for
// can no longer be had. Code is a stable word for why.
type Withdraw struct{ Code string }

func (c Withdraw) decide(d *decider) error {
	if !d.r.Status.Undecided() {
		return nil
	}
	return d.emit(EventCanceled, Canceled, Details{Failure: c.Code}, nil)
}

// Recall takes back what a request asks for or gives, because what it is about
// cannot be trusted any more. Code is a stable word for why.
type Recall struct{ Code string }

func (c Recall) decide(d *decider) error {
	switch s := d.r.Status; {
	case s.Undecided(), s == Approved, s == Ready:
		return d.emit(EventCanceled, Canceled, Details{Failure: c.Code}, nil)
	case s.Holds():
		return d.endEarly(EndRevoked, nil)
	}
	return nil
}

// Suspend says that the requester is not active any more: what they asked for is
// canceled, what they hold ends.
type Suspend struct{}

func (Suspend) decide(d *decider) error {
	switch s := d.r.Status; {
	case s.Undecided(), s == Approved, s == Ready:
		return d.emit(EventCanceled, Canceled, Details{EndReason: EndSuspended}, nil)
	case s.Holds():
		return d.endEarly(EndSuspended, nil)
	}
	return nil
}

// endEarly ends the access before its time and hands it to a revocation run.
// Access that is ending already goes on ending.
func (d *decider) endEarly(reason EndReason, texts map[string]string) error {
	switch d.r.Status {
	case Ending, Stuck, Ended:
		return nil
	case Granting, Active:
	default:
		return d.notAllowed()
	}
	run, machine := d.nextRun(RevocationMachine)
	details := Details{EndReason: reason, Run: run, Machine: machine, Due: d.now.Add(EndLimit)}
	return d.emit(EventEnding, Ending, details, texts)
}

// Retry tries a failed grant again, by an admin.
type Retry struct{ Reason, InternalNote string }

func (c Retry) decide(d *decider) error {
	if err := d.adminsMove(c.Reason, c.InternalNote); err != nil {
		return err
	}
	if d.r.Status != Failed {
		return d.notAllowed()
	}
	if d.f.Usage.OpenRequest != "" {
		return DuplicateOpen(d.f.Usage.OpenRequest)
	}
	run, machine := d.nextRun(ApprovalMachine)
	details := Details{Run: run, Machine: machine, Due: d.now.Add(d.f.Pace.Grace)}
	return d.emit(EventRetried, Approved, details,
		map[string]string{TextReason: c.Reason, TextInternalNote: c.InternalNote})
}

// requestersMove checks that the acting person asked, or was asked for.
func (d *decider) requestersMove() error {
	if !d.own() {
		return Refuse(CodeForbidden, "Only the requester can do this.")
	}
	return nil
}

// NextRun hands a request to the next workflow run, whether or not the present
// one still lives.
type NextRun struct{}

func (NextRun) decide(d *decider) error {
	machine := ApprovalMachine
	due := d.r.Due
	switch d.r.Status {
	case Ending, Stuck:
		machine = RevocationMachine
	case Pending, NeedsInfo, MissingData, Approved, Ready, Granting, Active:
		if d.r.Status == Active && !d.r.Timed() {
			return nil
		}
	default:
		return nil
	}
	if !due.After(d.now) && (!d.r.awaitsNotice() || d.r.Overdue(d.f.Pace, d.now)) {
		due = d.now.Add(EndLimit)
	}
	run, machine := d.nextRun(machine)
	return d.emit(EventRunStarted, d.r.Status, Details{Run: run, Machine: machine, Due: due}, nil)
}
