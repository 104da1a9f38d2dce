package access

import (
	"slices"
	"time"
)

// Facts are what a decision needs to know beyond the request itself. Whoever
// gathers them reads; what they mean is decided here.
type Facts struct {
	Actor      Actor
	Principals []Principal // whom a deciding person may act for: themselves, their groups, admins
	Delegators []Delegator // whose delegate the acting person is now
	Admin      bool        // the acting person is an admin

	Requester Subject
	Resource  Resource
	Flow      Flow       // the version that the request is pinned to, or is to be
	Steps     []Resolved // for each step of the flow
	Settings  Settings
	Usage     Usage
	Policy    PolicyVerdict // of the flow's policies, on a submission
	Resubmits *Request      // the request that a submission names
	Minimum   Duration      // the shortest access that this installation gives
	Pace      Pace
}

// Subject is the person for whom access is asked.
type Subject struct {
	ID         PersonID
	Active     bool
	Manager    PersonID
	Principals []Principal
}

// Delegator is someone for whom the acting person may decide.
type Delegator struct {
	ID         PersonID
	Principals []Principal
}

// PolicyVerdict is what a flow's policies say about a submission: Approve, Deny
// or, where none has anything to say, "".
type PolicyVerdict struct {
	Verdict Verdict
	Policy  string // the one that decided
}

// Resolved is a step's approvers as the directory has them now. Candidates are
// active people among them: everyone where Request.Enough says 0, else who acts, whoever
// has decided already and as many others as it says. Fallback is who comes in
// when the step escalates, and Standby people among them, found likewise.
type Resolved struct {
	Principals []Principal
	Candidates []PersonID
	Fallback   []Principal
	Standby    []PersonID
	TooMany    bool // there are more candidates than are looked at
}

// Settings are the company's own choices.
type Settings struct {
	RequestsEnabled       bool   `json:"requests_enabled"`
	ShowProgress          bool   `json:"show_progress"`
	MaxOpenRequests       int    `json:"max_open_requests"`        // for each person; 0: no limit
	MaxSubmissionsPerHour int    `json:"max_submissions_per_hour"` // by each person; 0: no limit
	MaxAsks               int    `json:"max_asks"`                 // in each step; 0: no limit
	SupportURL            string `json:"support_url,omitempty"`

	SlackTeamID   string `json:"slack_team_id,omitempty"`   // the workspace; with SlackClientID, or Slack is not set up
	SlackClientID string `json:"slack_client_id,omitempty"` // of the Slack app
}

// Usage is what the limits of Settings are held against.
type Usage struct {
	OpenRequests   int
	LastHour       int
	OldestLastHour time.Time // the first of the submissions counted in LastHour
	OpenRequest    RequestID // the person's open request for this resource, if any
}

// Pace says how soon a failed revocation is tried again: with growing waits
// within a run, then, once it is stuck, by one run after another at a slowing
// pace, for ever. Grace is how late a run may be before the sweeper steps in,
// LeastLead how long before its end the holder is told of it at the least.
type Pace struct {
	Grace        time.Duration
	LeastLead    time.Duration
	Attempts     int // in each run
	FirstWait    time.Duration
	LongestWait  time.Duration
	StuckWait    time.Duration // the first
	LongestStuck time.Duration
	Poll         time.Duration // how often a device's agent calls
	DeviceGrace  time.Duration // how long a device may be offline past an end before that is told
}

// NormalPace and FastPace are for production and for trying things out.
var (
	NormalPace = Pace{Grace: time.Minute, LeastLead: 5 * time.Minute, Attempts: 5, FirstWait: 5 * time.Second, LongestWait: 2 * time.Minute,
		StuckWait: 5 * time.Minute, LongestStuck: 6 * time.Hour, Poll: 10 * time.Second, DeviceGrace: time.Hour}
	FastPace = Pace{Grace: 5 * time.Second, LeastLead: 2 * time.Second, Attempts: 3, FirstWait: time.Second, LongestWait: 4 * time.Second,
		StuckWait: 5 * time.Second, LongestStuck: time.Minute, Poll: time.Second, DeviceGrace: 20 * time.Second}
)

// wait gives the time from a failed attempt to the next one.
func (p Pace) wait(attempts int) (d time.Duration, stuck bool) {
	if attempts > 0 && attempts%p.Attempts == 0 {
		return doubled(p.StuckWait, attempts/p.Attempts-1, p.LongestStuck), true
	}
	return doubled(p.FirstWait, attempts%p.Attempts-1, p.LongestWait), false
}

func doubled(first time.Duration, times int, longest time.Duration) time.Duration {
	for ; times > 0 && first < longest; times-- {
		first *= 2
	}
	return min(first, longest)
}

// sitsInFor tells whether the acting person is a delegate of one of a step's
// approvers, where the flow lets delegates decide. The requester is no approver
// of their own request, and so has no delegate here.
func (f Facts) sitsInFor(r *Request, principals []Principal) bool {
	return f.Flow.Delegation && slices.ContainsFunc(f.Delegators, func(d Delegator) bool {
		return d.ID != r.Requester && d.ID != r.SubmittedBy && slices.ContainsFunc(principals, func(p Principal) bool { return slices.Contains(d.Principals, p) })
	})
}

// approverOf tells whether the acting person is among a step's approvers.
func (f Facts) approverOf(principals []Principal) bool {
	return slices.ContainsFunc(principals, func(p Principal) bool { return slices.Contains(f.Principals, p) })
}

// SlackReady tells whether an admin has set Slack up.
func (s Settings) SlackReady() bool { return s.SlackTeamID != "" && s.SlackClientID != "" }
