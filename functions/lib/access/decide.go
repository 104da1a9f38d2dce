package access

import (
	"slices"
	"time"
)

// Decide is an approver's verdict on the open step.
type Decide struct {
	Verdict  Verdict
	Reason   string   // required to deny and to ask
	Duration Duration // approve: a shorter one than asked, or zero
	Version  int      // what the approver saw, or zero

	Extension bool // about the extension that is asked for, not about the request
}

func (c Decide) decide(d *decider) error {
	d.sitIn(c.Extension)
	if d.own() {
		return Refuse(CodeSelfApproval, "Nobody decides their own request.")
	}
	if err := d.mailIsTheirs(); err != nil {
		return err
	}
	if c.Extension {
		return d.decideExtension(c)
	}
	if d.mine(c.Verdict) {
		return nil
	}
	if !d.mayDecide() {
		return Refuse(CodeNotApprover, "This request does not wait for a decision of yours.")
	}
	if !d.r.Status.Undecided() {
		return d.alreadyDecided()
	}
	if err := d.mailStands(); err != nil {
		return err
	}
	if d.r.Status == MissingData || c.Verdict == Ask && d.r.Status == NeedsInfo {
		return Refuse(CodeStepClosed, "The request takes no such decision at the moment.")
	}
	if !d.now.Before(d.r.ExpiresAt) {
		return Refuse(CodeStepClosed, "The time to decide this request is up.")
	}
	if c.Version != 0 && c.Version != d.r.Version {
		return staleVersion()
	}
	if err := d.seatIsFree(); err != nil {
		return err
	}
	if !slices.Contains([]Verdict{Approve, Deny, Ask}, c.Verdict) {
		return unknownVerdict()
	}
	if !slices.Contains(d.f.Flow.DecideIn, d.f.Actor.Via) {
		return Refuse(CodeChannelExcluded, "This request is decided in the portal only.")
	}
	if err := checkText("/reason", c.Reason, c.Verdict != Approve); err != nil {
		return err
	}
	given, err := c.given(d)
	if err != nil {
		return err
	}
	return d.verdict(c, given)
}

// verdict writes the decision down, with what it leads to.
func (d *decider) verdict(c Decide, given Duration) error {
	step := d.r.Step()
	details := Details{Verdict: c.Verdict, Step: step + 1, Given: given}
	texts := map[string]string{TextReason: c.Reason}
	if c.Verdict == Ask {
		if err := d.mayAsk(step); err != nil {
			return err
		}
		return d.emit(EventDecided, NeedsInfo, details, texts)
	}
	status := Pending
	if d.r.Status == NeedsInfo && !d.asked(step) {
		status = NeedsInfo // another approver still waits for an answer
	}
	d.cast = &Decision{By: d.f.Actor.ID, OnBehalfOf: d.f.Actor.OnBehalfOf, Verdict: c.Verdict}
	switch d.ballot(step, false).standing() {
	case passed:
		status = d.goOn(step+1, &details)
	case rejected:
		status = Denied
	case undecidable:
		status = MissingData
	}
	d.cast = nil
	return d.emit(EventDecided, status, details, texts)
}

// sitIn lets a delegate act for whom they sit in for, where they could not
// decide the open step themselves.
func (d *decider) sitIn(extension bool) {
	may := func(d *decider) bool {
		return !extension && d.mayDecide() || extension && d.f.approverOf(d.r.Extension.Principals)
	}
	if !d.f.Flow.Delegation || d.f.Actor.OnBehalfOf != "" || d.own() || may(d) {
		return
	}
	own := *d
	for _, delegator := range d.f.Delegators {
		seat := own
		seat.f.Principals = delegator.Principals
		if delegator.ID == d.r.Requester || delegator.ID == d.r.SubmittedBy || !may(&seat) {
			continue
		}
		seat.f.Actor.OnBehalfOf = delegator.ID
		free := !d.r.Status.Undecided() || seat.seatIsFree() == nil
		if free || d.f.Actor.OnBehalfOf == "" {
			d.f.Actor.OnBehalfOf, d.f.Principals = delegator.ID, delegator.Principals
		}
		if free {
			return
		}
	}
}

// seatIsFree refuses whom another vote has used up: a delegate's in this step
// or, where a person counts once in a request, their own in another one.
func (d *decider) seatIsFree() error {
	seats := []PersonID{d.f.Actor.ID}
	if d.f.Actor.OnBehalfOf != "" {
		seats = append(seats, d.f.Actor.OnBehalfOf)
	}
	for _, v := range d.ballot(d.r.Step(), false).votes {
		taken := v.Verdict != Ask && v.By != d.f.Actor.ID
		if taken && (slices.Contains(seats, v.By) || slices.Contains(seats, v.OnBehalfOf)) {
			return Refuse(CodeNotApprover, "A delegate has decided this step; each seat counts once.")
		}
	}
	if d.f.Flow.SamePerson == SameCarry {
		return nil
	}
	elsewhere := d.votersOutside(d.r.Step())
	if slices.ContainsFunc(seats, func(id PersonID) bool { return elsewhere[id] }) {
		return Refuse(CodeNotApprover, "A person counts once in this request, and you have decided another step.")
	}
	return nil
}

// asked tells whether the open question is the acting person's own.
func (d *decider) asked(step int) bool {
	for _, v := range slices.Backward(d.r.Steps[step].Decisions) {
		if v.Verdict == Ask {
			return v.By == d.f.Actor.ID
		}
	}
	return false
}

// mayAsk holds the number of questions in a step against the limit.
func (d *decider) mayAsk(step int) error {
	asked := 0
	for _, v := range d.r.Steps[step].Decisions {
		if v.Verdict == Ask {
			asked++
		}
	}
	if most := d.f.Settings.MaxAsks; most > 0 && asked >= most {
		e := Refuse(CodeTooManyRequests, "This step has had its %d questions. Please decide.", most)
		e.RetryAfter = time.Hour
		return e
	}
	return nil
}

func (c Decide) given(d *decider) (Duration, error) {
	switch {
	case c.Duration == 0 || c.Verdict != Approve:
		return 0, nil
	case d.r.Asked == 0:
		return 0, InvalidField("/duration", "not_timed", "Access to this resource is not timed.")
	case c.Duration > d.r.Given:
		return 0, InvalidField("/duration", "too_long", "An approver may shorten the duration, not lengthen it.")
	case c.Duration < d.f.Minimum:
		return 0, InvalidField("/duration", "too_short", "The shortest access is "+d.f.Minimum.Words()+".")
	}
	return c.Duration, nil
}

// mine tells whether the verdict is the acting person's last word already, so
// that saying it again changes nothing: in the open step or, where they have no
// vote in it, on the request.
func (d *decider) mine(v Verdict) bool {
	if !d.r.Status.Undecided() || d.r.Step() < 0 {
		return d.lastWord() == v && v != Ask
	}
	for _, made := range slices.Backward(d.ballot(d.r.Step(), false).votes) {
		if made.By == d.f.Actor.ID {
			return made.Verdict == v && (v != Ask || d.r.Status == NeedsInfo)
		}
	}
	return d.lastWord() == v && (!d.mayDecide() || d.seatIsFree() != nil)
}

// lastWord is what the acting person said last about any step.
func (d *decider) lastWord() Verdict {
	for _, s := range slices.Backward(d.r.Steps) {
		for _, made := range slices.Backward(s.Decisions) {
			if made.By == d.f.Actor.ID {
				return made.Verdict
			}
		}
	}
	return ""
}

// mayDecide tells whether the acting person is an approver of the open step or,
// once all are closed, was one of any that had opened.
func (d *decider) mayDecide() bool {
	if d.r.Status.Undecided() {
		return d.f.approverOf(d.r.Approvers())
	}
	return slices.ContainsFunc(d.r.Steps, func(s StepState) bool { return d.f.approverOf(s.Principals) })
}

func (d *decider) alreadyDecided() error {
	e := Refuse(CodeAlreadyDecided, "This request was decided already: %s.", d.r.outcome().Words(d.r.EndReason))
	e.Decided = &Decided{Outcome: d.r.outcome(), By: d.r.DecidedBy, At: d.r.DecidedAt}
	return e
}

// outcome is what was decided, however far the access has come since.
func (r *Request) outcome() Status {
	switch r.Status {
	case Denied, Canceled, Expired:
		return r.Status
	}
	return Approved
}

// Override is an admin's verdict, whatever the flow says. It may give a longer
// duration than was asked for.
type Override struct {
	Verdict      Verdict // Approve or Deny
	Reason       string
	InternalNote string
	Duration     Duration
	Version      int // what the admin saw, or zero
}

func (c Override) decide(d *decider) error {
	if err := d.adminsMove(c.Reason, c.InternalNote); err != nil {
		return err
	}
	if !d.r.Status.Undecided() {
		return d.alreadyDecided()
	}
	if c.Version != 0 && c.Version != d.r.Version {
		return staleVersion()
	}
	if c.Verdict != Approve && c.Verdict != Deny {
		return unknownVerdict()
	}
	if c.Duration != 0 && c.Verdict == Approve {
		switch {
		case d.r.Asked == 0:
			return InvalidField("/duration", "not_timed", "Access to this resource is not timed.")
		case c.Duration < d.f.Minimum:
			return InvalidField("/duration", "too_short", "The shortest access is "+d.f.Minimum.Words()+".")
		case c.Duration > MaxSpan:
			return InvalidField("/duration", "too_long", "The longest access is ten years.")
		}
	}
	details := Details{Verdict: c.Verdict}
	texts := map[string]string{TextReason: c.Reason, TextInternalNote: c.InternalNote}
	if c.Verdict == Deny {
		return d.emit(EventOverridden, Denied, details, texts)
	}
	details.Given = c.Duration
	return d.emit(EventOverridden, d.approved(&details), details, texts)
}

func staleVersion() error {
	return Refuse(CodeStaleVersion, "The request has changed since; please look at it again.")
}

func unknownVerdict() error {
	return InvalidField("/decision", "unknown_verdict", "This is not a verdict that can be given here.")
}

// adminsMove checks what every admin's move needs.
func (d *decider) adminsMove(reason, note string) error {
	if !d.f.Admin {
		return Refuse(CodeForbidden, "Only an admin can do this.")
	}
	if d.own() {
		return Refuse(CodeSelfApproval, "Nobody decides their own request.")
	}
	if err := checkText("/reason", reason, true); err != nil {
		return err
	}
	return checkText("/internal_note", note, false)
}
