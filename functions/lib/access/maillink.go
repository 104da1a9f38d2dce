package access

import (
	"slices"
	"time"
)

// MailLink is what the links of one mail stand for: a person was asked to decide
// one step of a request, or one extension of its access. It names the mail, and
// not who uses it.
type MailLink struct {
	ID        string // the hash of its token
	Request   RequestID
	Person    PersonID  // to whom the mail went
	Step      int       // from 1; 0: an extension
	Extension time.Time // when that was asked for; zero: a step
	Version   int       // of the request as the mail showed it
	SentAt    time.Time // not later than the person was looked up
	Expires   time.Time // when it may be forgotten

	SpentAt time.Time // when it was decided with; zero: it was not
	SpentBy PersonID
	Verdict Verdict
}

// Spent tells whether a decision was made with the link.
func (l MailLink) Spent() bool { return !l.SpentAt.IsZero() }

// SpentOn gives the link as it is once an event was decided with it.
func (l MailLink) SpentOn(e Event) MailLink {
	l.SpentAt, l.SpentBy, l.Verdict = e.At, e.Actor.ID, e.Details.Verdict
	return l
}

// MailUse is a link that someone came by, and who they can be taken for.
type MailUse struct {
	MailLink
	Void     bool // its person is, or since the mail was, suspended
	SignedIn bool // who acts signed in; else the link alone speaks for its person
}

// linkMemory is how long a link can tell what became of it, once nothing waits
// for it any more.
const linkMemory = 90 * 24 * time.Hour

// LinkFor gives what a mail's links stand for that asks a person, now, for the
// decision that is awaited. ok is false where none is.
func (r *Request) LinkFor(to PersonID, kind NoticeKind, now time.Time) (l MailLink, ok bool) {
	l = MailLink{Request: r.ID, Person: to, Version: r.Version, SentAt: now}
	switch {
	case !kind.AsksToDecide():
		return MailLink{}, false
	case kind == NoticeExtensionAsked:
		l.Extension, l.Expires = r.Extension.AskedAt, r.EndsAt.Add(linkMemory)
		return l, r.Status == Active && r.Extension.Asked > 0
	}
	l.Step, l.Expires = r.Step()+1, r.ExpiresAt.Add(linkMemory)
	return l, l.Step > 0 && r.Status.Undecided()
}

// Asks tells whether what a mail asked for still waits for a decision.
func (r *Request) Asks(l MailLink) bool {
	if l.Step == 0 {
		return r.Status == Active && r.Extension.Asked > 0 && r.Extension.AskedAt.Equal(l.Extension)
	}
	return r.Status.Undecided() && r.Step() == l.Step-1
}

// mailIsTheirs refuses a decision by email to whom the mail was not sent, and
// whose delegate they are not. Where the flow waives the sign-in, the link alone
// speaks for its person.
func (d *decider) mailIsTheirs() error {
	if d.f.Actor.Via != ViaEmail {
		return nil
	}
	m := d.f.Mail
	switch {
	case m == nil || m.Request != d.r.ID, !m.SignedIn && d.f.Flow.EmailSignIn:
		return Refuse(CodeUnauthenticated, "Please sign in to decide.")
	case !d.f.MailedTo(m.Person):
		return Refuse(CodeNotYourMail, "This mail was sent to someone else, so its links decide nothing for you.")
	case m.Void:
		return Refuse(CodeLinkClosed, "The links of this mail no longer work.")
	}
	return nil
}

// mailStands refuses a link that was used, or whose step or extension is over.
func (d *decider) mailStands() error {
	switch {
	case d.f.Actor.Via != ViaEmail:
		return nil
	case d.f.Mail.Spent():
		return Refuse(CodeLinkClosed, "This mail's link was used already.")
	case !d.r.Asks(d.f.Mail.MailLink):
		return Refuse(CodeStepClosed, "What this mail asked about is decided, or does not wait for a decision any more.")
	}
	return nil
}

// MailedTo tells whether a mail to this person is one to who acts: to
// themselves, or to whom they sit in for.
func (f Facts) MailedTo(id PersonID) bool {
	return id == f.Actor.ID || f.Flow.Delegation && slices.ContainsFunc(f.Delegators, func(by Delegator) bool { return by.ID == id })
}

// Shorter lists the choices that are shorter than a duration and that this
// installation gives, longest first.
func (r DurationRule) Shorter(than, minimum Duration) []Duration {
	var out []Duration
	for _, choice := range r.Choices {
		if choice < than && choice >= minimum {
			out = append(out, choice)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return slices.Compact(out)
}
