package access

import "slices"

// NoticeKind says what a notice tells.
type NoticeKind string

// The notices. Each is a template of every channel.
const (
	NoticeSubmitted   NoticeKind = "submitted"    // to the requester
	NoticeToDecide    NoticeKind = "to_decide"    // to who may decide the open step
	NoticeMissingData NoticeKind = "missing_data" // to the requester and the admins
	NoticeAsked       NoticeKind = "asked"
	NoticeAnswered    NoticeKind = "answered" // to who may decide
	NoticeApproved    NoticeKind = "approved"
	NoticeDenied      NoticeKind = "denied"
	NoticeCanceled    NoticeKind = "canceled" // by someone else than the requester
	NoticeExpired     NoticeKind = "expired"
	NoticeEnded       NoticeKind = "ended"
	NoticeFailed      NoticeKind = "failed"
	NoticeStuck       NoticeKind = "stuck" // to the admins, once for each run that gave up
)

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
	switch e.Type {
	case EventSubmitted:
		tell(NoticeSubmitted, requester)
	case EventDecided, EventOverridden:
		switch e.Status {
		case Approved, Ready:
			tell(NoticeApproved, requester)
		case Denied:
			tell(NoticeDenied, requester)
		case NeedsInfo:
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
	case EventEnded:
		tell(NoticeEnded, requester)
	case EventFailed:
		tell(NoticeFailed, requester)
	case EventRevocationFailed:
		if e.Details.GaveUp && r.Status == Stuck {
			tell(NoticeStuck, Admins)
		}
	}
	switch {
	case e.Details.Opens == 0:
	case e.Status == MissingData:
		tell(NoticeMissingData, requester, Admins)
	default:
		tell(NoticeToDecide, e.Details.Principals...)
	}
	return out
}

// Still tells whether a notice is worth giving now: what only asks for an act
// that is no longer wanted is dropped.
func (r *Request) Still(n NoticeKind, to PersonID) bool {
	switch n {
	case NoticeToDecide, NoticeAnswered:
		decided := slices.ContainsFunc(r.Steps, func(s StepState) bool {
			return s.Status == StepOpen && slices.ContainsFunc(s.Decisions,
				func(d Decision) bool { return d.By == to && d.Verdict != Ask })
		})
		return r.Status == Pending && to != r.Requester && to != r.SubmittedBy && !decided
	case NoticeMissingData:
		return r.Status == MissingData
	case NoticeAsked:
		return r.Status == NeedsInfo
	case NoticeStuck:
		return r.Status == Stuck
	}
	return true
}
