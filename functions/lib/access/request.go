package access

import "time"

// Request is one request's whole life: what was asked, the flow version and
// target it is pinned to, its steps and decisions, and the access it led to.
// It changes by [Request.Apply] alone. The zero Request is one that does not
// exist yet.
type Request struct {
	ID      RequestID
	Version int // the sequence number of its last event
	Status  Status

	Requester   PersonID
	SubmittedBy PersonID // the requester, unless someone asked for them
	Resource    ResourceID
	Owner       PersonID // the resource's, when it was submitted
	Kind        Kind
	Target      Target
	Flow        FlowID
	FlowVersion int

	Reason    string
	Answers   map[string]string
	Asked     Duration  // zero: not timed
	StartsAt  time.Time // the access begins then or, zero, once it is approved
	Resubmits RequestID // the denied request that this one follows, or ""
	Bundle    string    // what was asked for together has this in common
	Given     Duration  // what was approved (until then, what was asked); never longer than asked, unless an admin said so

	Steps []StepState

	SubmittedAt time.Time
	DecidedAt   time.Time
	DecidedBy   PersonID  // whoever's act settled it: an approver, an admin, the requester who canceled
	StartedAt   time.Time // when the access was observed
	EndsAt      time.Time // observed + given; zero: not timed, or not begun
	EndingAt    time.Time // since when the access is being taken away
	EndedAt     time.Time // when the end was reached, whatever it was
	ExpiresAt   time.Time // undecided: pending_for; ready: claim_within
	GrantBy     time.Time // granting: when its time limit is over
	Due         time.Time // when the sweeper looks, unless something else happened; zero: never

	Foreign       bool  // someone else gave the same: as last observed, and never removed
	Drift         Drift // what the last check saw outside that is not as it is to be
	EndReason     EndReason
	Failure       string         // the stable code of the last failed grant or revocation
	Attempts      int            // failed attempts to take the access away
	RetryAt       time.Time      // when it is tried again
	Confirmations []Confirmation // of admins, that the access is gone

	Question string    // needs_info: what was asked
	AskedAt  time.Time // needs_info: since when
	Remark   string    // what was said by who denied it, or by the admin who last decided, canceled or ended it

	Extension     Extension         // that waits for a decision
	Extensions    int               // given
	LastExtension ExtensionDecision // zero: nobody decided one

	Run Run
}

// StepState is a step as this request went through it.
type StepState struct {
	Status     StepStatus
	Principals []Principal // who may decide, once the step opened
	Decisions  []Decision

	RemindAt   time.Time // the next reminder; zero: none
	EscalateAt time.Time // when the fallback approvers come in; zero: never, or they have
	Escalated  bool
	SkipAt     time.Time // when the request goes on without the step; zero: never
}

// resumed gives a step's times after a pause.
func (s StepState) resumed(after time.Duration) (remindAt, escalateAt, skipAt time.Time) {
	shift := func(at time.Time) time.Time {
		if at.IsZero() {
			return at
		}
		return at.Add(after)
	}
	return shift(s.RemindAt), shift(s.EscalateAt), shift(s.SkipAt)
}

// StepStatus says where a step stands.
type StepStatus string

// The statuses of a step.
const (
	StepWaiting  StepStatus = "waiting"
	StepOpen     StepStatus = "open"
	StepApproved StepStatus = "approved"
	StepDenied   StepStatus = "denied"
	StepSkipped  StepStatus = "skipped"
	StepClosed   StepStatus = "closed" // the request ended before it was decided
)

// Verdict is what someone decided.
type Verdict string

// The verdicts. Ask is for more information.
const (
	Approve Verdict = "approve"
	Deny    Verdict = "deny"
	Ask     Verdict = "ask"
)

// Decision is one person's verdict on a step.
type Decision struct {
	By         PersonID
	OnBehalfOf PersonID
	Verdict    Verdict
	Reason     string
	Via        Via
	At         time.Time
}

// Run is the workflow execution that carries the request. Its name is the
// request's id for number 1 and "ID-n" for the later ones.
type Run struct {
	Number  int
	Machine Machine
}

// Machine names a state machine.
type Machine string

// The state machines.
const (
	ApprovalMachine   Machine = "approval"
	RevocationMachine Machine = "revocation"
)

// Step gives the index of the open step, or -1.
func (r *Request) Step() int {
	for i, s := range r.Steps {
		if s.Status == StepOpen {
			return i
		}
	}
	return -1
}

// Timed tells whether the access has an end.
func (r *Request) Timed() bool { return r.Given > 0 }

// Approvers lists who may decide now: the principals of the open step, or of an
// extension.
func (r *Request) Approvers() []Principal {
	if r.Status == Active {
		return r.Extension.Principals
	}
	if i := r.Step(); i >= 0 && r.Status.Undecided() {
		return r.Steps[i].Principals
	}
	return nil
}

// clone copies what Apply changes in place.
func (r *Request) clone() Request {
	c := *r
	c.Steps = make([]StepState, len(r.Steps))
	for i, s := range r.Steps {
		s.Principals = append([]Principal(nil), s.Principals...)
		s.Decisions = append([]Decision(nil), s.Decisions...)
		c.Steps[i] = s
	}
	c.Extension.Principals = append([]Principal(nil), r.Extension.Principals...)
	c.Confirmations = append([]Confirmation(nil), r.Confirmations...)
	return c
}
