package access

import "slices"

// NoticeKind says what a notice tells.
type NoticeKind string

// The notices. Each is a template of every channel.
const (
	NoticeSubmitted       NoticeKind = "submitted"    // to the requester
	NoticeToDecide        NoticeKind = "to_decide"    // to who may decide the open step
	NoticeMissingData     NoticeKind = "missing_data" // to the requester and the admins
	NoticeAsked           NoticeKind = "asked"
	NoticeAnswered        NoticeKind = "answered" // to who may decide
	NoticeApproved        NoticeKind = "approved"
	NoticeDenied          NoticeKind = "denied"
	NoticeCanceled        NoticeKind = "canceled" // by someone else than the requester
	NoticeExpired         NoticeKind = "expired"
	NoticeEnded           NoticeKind = "ended"
	NoticeFailed          NoticeKind = "failed"
	NoticeExtensionAsked  NoticeKind = "extension_asked" // to who may approve it
	NoticeExtensionDenied NoticeKind = "extension_denied"
	NoticeExtended        NoticeKind = "extended"
	NoticeReminder        NoticeKind = "reminder" // to who may decide and has not
	NoticeStuck           NoticeKind = "stuck"    // to the admins, once for each run that gave up
	NoticeEndingSoon      NoticeKind = "ending_soon"
	NoticeConfirmAbsent   NoticeKind = "confirm_absent"   // to the admins but the first who confirmed it
	NoticeReadded         NoticeKind = "readded"          // to the admins: access is there again after its end
	NoticeUndeliverable   NoticeKind = "undeliverable"    // to the admins, of a person: mails to them come back
	NoticeReceipt         NoticeKind = "decision_receipt" // to who decided from a mail
)

// AsksToDecide tells whether a notice asks for a decision, so that delegates get
// it too.
func (k NoticeKind) AsksToDecide() bool {
	return k == NoticeToDecide || k == NoticeReminder || k == NoticeAnswered || k == NoticeExtensionAsked
}

// Notice is something that everyone behind a principal is told because of an
// event.
type Notice struct {
	Kind NoticeKind
	To   Principal
}

// Notices lists who is told what because of an event of this request. The
// requester is never among those whom the request waits for.
func (r *Request) Notices(e Event) []Notice {
	var out []Notice
	tell := func(kind NoticeKind, to ...Principal) {
		for _, p := range to {
			out = append(out, Notice{kind, p})
		}
	}
	requester := OfPerson(r.Requester)
	if e.Actor.Via == ViaEmail && e.Details.Verdict != "" {
		tell(NoticeReceipt, OfPerson(e.Actor.ID))
	}
	switch e.Type {
	case EventSubmitted:
		tell(NoticeSubmitted, requester)
	case EventReminded:
		tell(NoticeReminder, e.Details.Principals...)
	case EventDecided, EventOverridden, EventPolicyDecided, EventSkipped, EventRerouted, EventEscalated:
		switch e.Status {
		case Approved, Ready:
			tell(NoticeApproved, requester)
		case Denied:
			tell(NoticeDenied, requester)
		}
		if e.Details.Verdict == Ask {
			tell(NoticeAsked, requester)
		}
	case EventAnswered:
		tell(NoticeAnswered, r.Approvers()...)
	case EventCanceled:
		if e.Actor.ID != r.Requester {
			tell(NoticeCanceled, requester)
		}
	case EventExpired:
		tell(NoticeExpired, requester)
	case EventExtensionAsked:
		tell(NoticeExtensionAsked, e.Details.Principals...)
	case EventExtensionDenied:
		tell(NoticeExtensionDenied, requester)
	case EventEndingSoon:
		tell(NoticeEndingSoon, requester)
	case EventExtended:
		tell(NoticeExtended, requester)
	case EventAbsenceConfirmed, EventEnded, EventFailed:
		switch e.Status {
		case Stuck:
			tell(NoticeConfirmAbsent, Admins)
		case Ended:
			tell(NoticeEnded, requester)
		case Failed:
			tell(NoticeFailed, requester)
		}
	case EventRevocationFailed:
		if e.Details.GaveUp && r.Status == Stuck {
			tell(NoticeStuck, Admins)
		}
	case EventDrifted:
		if e.Details.Drift == DriftReadded {
			tell(NoticeReadded, Admins)
		}
	}
	return append(out, r.opened(e)...)
}

// opened lists who is told that a step waits for them, or for data.
func (r *Request) opened(e Event) []Notice {
	var out []Notice
	to := e.Details.Principals
	switch e.Type {
	case EventSubmitted, EventDecided, EventSkipped:
	case EventEscalated, EventRerouted:
		if e.Details.Opens == e.Details.Step {
			to = e.Details.Added
		}
	default:
		return nil
	}
	switch {
	case e.Status == MissingData && e.Type != EventEscalated:
		return []Notice{{NoticeMissingData, OfPerson(r.Requester)}, {NoticeMissingData, Admins}}
	case e.Details.Opens == 0 || e.Status != Pending:
		return nil
	}
	for _, p := range to {
		out = append(out, Notice{NoticeToDecide, p})
	}
	return out
}

// Still tells whether a notice is worth giving now: what only asks for an act
// that is no longer wanted is dropped.
func (r *Request) Still(n NoticeKind, to PersonID) bool {
	switch n {
	case NoticeToDecide, NoticeReminder, NoticeAnswered:
		decided := slices.ContainsFunc(r.Steps, func(s StepState) bool {
			return s.Status == StepOpen && slices.ContainsFunc(s.Decisions,
				func(d Decision) bool { return (d.By == to || d.OnBehalfOf == to) && d.Verdict != Ask })
		})
		return r.Status == Pending && to != r.Requester && to != r.SubmittedBy && !decided
	case NoticeExtensionAsked:
		return r.Extension.Asked > 0 && to != r.Requester && to != r.SubmittedBy
	case NoticeMissingData:
		return r.Status == MissingData
	case NoticeAsked:
		return r.Status == NeedsInfo
	case NoticeStuck:
		return r.Status == Stuck
	case NoticeEndingSoon: // and not of an end that was put off since
		return r.Status == Active && !r.awaitsNotice()
	case NoticeConfirmAbsent:
		return r.Status == Stuck && !r.confirmedBy(to) && to != r.Requester && to != r.SubmittedBy
	case NoticeReadded:
		return r.Drift == DriftReadded
	}
	return true
}
