package access

import "slices"

// Status says where a request stands.
type Status string

// The statuses. What people see for each stands in Words.
const (
	Pending     Status = "pending"      // waits for a decision
	NeedsInfo   Status = "needs_info"   // waits for the requester's answer
	MissingData Status = "missing_data" // nobody can decide the open step, as things are
	Approved    Status = "approved"     // decided; the access is not given yet
	Ready       Status = "ready"        // decided; begins when the requester starts it
	Granting    Status = "granting"     // the end is armed, the access is being given
	Active      Status = "active"       // the access was observed
	Ending      Status = "ending"       // the access is being taken away
	Stuck       Status = "stuck"        // taking it away failed for a while, and is tried again for ever
	Failed      Status = "failed"       // could not be given, and was observed absent
	Ended       Status = "ended"        // was observed absent after it had been given
	Denied      Status = "denied"
	Canceled    Status = "canceled"
	Expired     Status = "expired"
)

// EndReason says why access ended. It is empty until the end begins.
type EndReason string

// The reasons for which access ends.
const (
	EndExpired   EndReason = "expired"    // its time was up
	EndGivenBack EndReason = "given_back" // by the requester
	EndRevoked   EndReason = "revoked"    // by an admin
	EndSuspended EndReason = "suspended"  // the person may hold nothing any more
)

// transitions is the whole of what may follow what. "" is the status of a
// request that does not exist yet. Staying where one is stands here too: a
// decision that leaves a request pending is a change like any other.
var transitions = map[Status][]Status{
	"":          {Pending, MissingData},
	Pending:     {Pending, NeedsInfo, MissingData, Approved, Ready, Denied, Canceled, Expired},
	NeedsInfo:   {NeedsInfo, Pending, MissingData, Approved, Ready, Denied, Canceled, Expired},
	MissingData: {MissingData, Pending, Approved, Ready, Denied, Canceled, Expired},
	Approved:    {Approved, Granting, Canceled, Expired},
	Ready:       {Ready, Approved, Canceled, Expired},
	Granting:    {Granting, Active, Ending},
	Active:      {Active, Ending},
	Ending:      {Ending, Stuck, Ended, Failed},
	Stuck:       {Stuck, Ended, Failed},
	Failed:      {Failed, Approved},
	Ended:       {Ended}, // what happens outside is still written down
}

// Statuses lists every status in the order of a request's life.
func Statuses() []Status {
	return []Status{Pending, NeedsInfo, MissingData, Approved, Ready, Granting, Active,
		Ending, Stuck, Failed, Ended, Denied, Canceled, Expired}
}

// Legal tells whether a request may go from one status to another.
func Legal(from, to Status) bool { return slices.Contains(transitions[from], to) }

// From lists the statuses that may lead to this one, in the order of Statuses.
// A store puts them into the condition of its write, so that it refuses an
// illegal transition by itself. New is true if a new request may start there.
func From(to Status) (from []Status, isNew bool) {
	for _, status := range Statuses() {
		if Legal(status, to) {
			from = append(from, status)
		}
	}
	return from, Legal("", to)
}

// Open tells whether a request keeps its person from asking for the same
// resource again.
func (s Status) Open() bool {
	switch s {
	case Pending, NeedsInfo, MissingData, Approved, Ready, Granting:
		return true
	}
	return false
}

// Undecided tells whether the approvers have not finished.
func (s Status) Undecided() bool { return s == Pending || s == NeedsInfo || s == MissingData }

// Holds tells whether the request wants its access to be there. While it does,
// it stands among the holders of its entitlement.
func (s Status) Holds() bool { return s == Granting || s == Active }

// Granted tells whether the access was approved, and the approval carried on.
func (s Status) Granted() bool {
	switch s {
	case Approved, Ready, Granting, Active, Ending, Stuck, Failed, Ended:
		return true
	}
	return false
}

// Final tells whether no other status can follow.
func (s Status) Final() bool {
	switch s {
	case Ended, Denied, Canceled, Expired:
		return true
	}
	return false
}

// Words gives the status as people see it. reason matters for Ended alone.
func (s Status) Words(reason EndReason) string {
	switch s {
	case Pending:
		return "Pending"
	case NeedsInfo:
		return "Needs information"
	case MissingData:
		return "Missing data"
	case Approved, Granting:
		return "Approved"
	case Ready:
		return "Ready to start"
	case Active:
		return "Active"
	case Ending:
		return "Ending"
	case Stuck:
		return "Ending (delayed)"
	case Failed:
		return "Error"
	case Ended:
		return "Ended (" + reason.Words() + ")"
	case Denied:
		return "Denied"
	case Canceled:
		return "Canceled"
	case Expired:
		return "Expired"
	}
	return string(s)
}

// Words gives the status as people see it: for a device that cannot be reached,
// that too.
func (r *Request) Words() string {
	if r.Failure == FailureDevice && (r.Status == Ending || r.Status == Stuck) {
		return "Ending (device offline)"
	}
	return r.Status.Words(r.EndReason)
}

// Words gives the reason as people see it.
func (e EndReason) Words() string {
	switch e {
	case EndExpired:
		return "expired"
	case EndGivenBack:
		return "given back"
	case EndRevoked:
		return "revoked"
	case EndSuspended:
		return "suspended"
	}
	return string(e)
}
