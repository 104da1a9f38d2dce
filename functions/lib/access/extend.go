package access

import (
	"slices"
	"time"
)

// Extension is more time that was asked for and waits for a decision.
type Extension struct {
	Asked      Duration // zero: none is asked for
	Reason     string
	AskedAt    time.Time
	Principals []Principal // any one of whom decides it
}

// ExtensionDecision is what was decided about the last extension that was decided
// by someone.
type ExtensionDecision struct {
	AskedAt time.Time // which one it was
	By      PersonID
	Verdict Verdict
}

// Extend asks for more time of access that is held. Where the flow names nobody
// who has to approve it, it is given at once.
type Extend struct {
	Duration Duration
	Reason   string // required where someone has to approve it
}

func (c Extend) decide(d *decider) error {
	if err := d.requestersMove(); err != nil {
		return err
	}
	rule := d.f.Flow.Duration.Extend
	if err := d.extendable(rule); err != nil {
		return err
	}
	switch {
	case c.Duration == 0:
		return InvalidField("/duration", "required", "Please say how much longer.")
	case c.Duration > rule.UpTo:
		return InvalidField("/duration", "too_long", "It can be extended by at most "+rule.UpTo.Words()+".")
	case c.Duration < d.f.Minimum:
		return InvalidField("/duration", "too_short", "The shortest access is "+d.f.Minimum.Words()+".")
	}
	if err := checkText("/reason", c.Reason, len(rule.Approvers) > 0); err != nil {
		return err
	}
	if len(rule.Approvers) == 0 {
		return d.extend(c.Duration, "", c.Reason)
	}
	principals := resolve(rule.Approvers, d.f.Requester.Manager, d.r.Owner)
	if len(principals) == 0 {
		return Refuse(CodeNotAllowed, "There is nobody who could approve it.")
	}
	return d.emit(EventExtensionAsked, Active, Details{Asked: c.Duration, Principals: principals, Due: d.r.Due},
		map[string]string{TextReason: c.Reason})
}

// extendable tells whether more time may be asked for now.
func (d *decider) extendable(rule ExtendRule) error {
	switch {
	case d.r.Status != Active || !d.r.Timed() || !d.now.Before(d.r.EndsAt):
		return d.notAllowed()
	case rule.Times == 0:
		return Refuse(CodeNotAllowed, "This access cannot be extended.")
	case d.r.Extensions >= rule.Times:
		return Refuse(CodeNotAllowed, "This access was extended as often as it may be.")
	case d.r.Extension.Asked > 0:
		return Refuse(CodeNotAllowed, "An extension waits for a decision already.")
	}
	return d.stillEligible()
}

// Extendable tells whether there is more time to be asked for, as far as the
// flow is concerned.
func (r *Request) Extendable(rule ExtendRule) bool {
	return r.Status == Active && r.Timed() && r.Extensions < rule.Times && r.Extension.Asked == 0
}

// ExtensionOffer is what may be asked for of more time.
type ExtensionOffer struct {
	UpTo          Duration // each time; zero: nothing
	Left          int      // how many more times
	NeedsApproval bool
}

// ExtensionOffer tells what Extend takes, for whom it is one of the actions.
func (r *Request) ExtensionOffer(rule ExtendRule, actions []Action) ExtensionOffer {
	if !slices.Contains(actions, ActExtend) {
		return ExtensionOffer{}
	}
	return ExtensionOffer{rule.UpTo, rule.Times - r.Extensions, len(rule.Approvers) > 0}
}

// stillEligible holds the requester against the flow again.
func (d *decider) stillEligible() error {
	if !d.f.Requester.Active || !d.f.Flow.VisibleFor(d.f.Requester.Principals) {
		return Refuse(CodeNotAllowed, "The requester may not ask for this access any more.")
	}
	return nil
}

func (d *decider) extend(by Duration, verdict Verdict, reason string) error {
	ends := d.r.EndsAt.Add(time.Duration(by))
	return d.emit(EventExtended, Active, Details{Verdict: verdict, Given: by, EndsAt: ends, Due: d.f.Pace.dueActive(d.now, ends)},
		map[string]string{TextReason: reason})
}

// decideExtension is a verdict on more time.
func (d *decider) decideExtension(c Decide) error {
	if d.extensionIsMine(c.Verdict) {
		return nil
	}
	asked := d.r.Extension
	if err := d.mailStands(); err != nil {
		return err
	}
	switch {
	case asked.Asked == 0 || d.r.Status != Active:
		return Refuse(CodeStepClosed, "No extension waits for a decision.")
	case !d.f.approverOf(asked.Principals):
		return Refuse(CodeNotApprover, "This extension does not wait for a decision of yours.")
	case !d.now.Before(d.r.EndsAt):
		return Refuse(CodeStepClosed, "The time of the access is up.")
	case c.Version != 0 && c.Version != d.r.Version:
		return staleVersion()
	case c.Verdict != Approve && c.Verdict != Deny:
		return unknownVerdict()
	case !slices.Contains(d.f.Flow.DecideIn, d.f.Actor.Via):
		return Refuse(CodeChannelExcluded, "This request is decided in the portal only.")
	case c.Duration > asked.Asked:
		return InvalidField("/duration", "too_long", "An approver may shorten the duration, not lengthen it.")
	case c.Duration != 0 && c.Duration < d.f.Minimum:
		return InvalidField("/duration", "too_short", "The shortest access is "+d.f.Minimum.Words()+".")
	}
	if err := checkText("/reason", c.Reason, c.Verdict == Deny); err != nil {
		return err
	}
	if c.Verdict == Deny {
		return d.emit(EventExtensionDenied, Active, Details{Verdict: Deny, Due: d.r.Due}, map[string]string{TextReason: c.Reason})
	}
	if err := d.stillEligible(); err != nil {
		return err
	}
	by := asked.Asked
	if c.Duration != 0 {
		by = c.Duration
	}
	return d.extend(by, Approve, c.Reason)
}

// extensionIsMine tells whether the verdict is what the acting person decided
// about the last extension already, so that saying it again changes nothing. By a
// mail, it has to be that which the mail asked about.
func (d *decider) extensionIsMine(v Verdict) bool {
	last := d.r.LastExtension
	if d.f.Actor.Via == ViaEmail && !d.f.Mail.Extension.Equal(last.AskedAt) {
		return false
	}
	return d.r.Extension.Asked == 0 && last.By == d.f.Actor.ID && last.Verdict == v
}
