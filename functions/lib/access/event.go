package access

import "time"

// EventType says what happened.
type EventType string

// What can happen to a request.
const (
	EventSubmitted        EventType = "submitted"
	EventDecided          EventType = "decided"    // one person's verdict; Status says what it led to
	EventOverridden       EventType = "overridden" // an admin decided, whatever the flow says
	EventAnswered         EventType = "answered"
	EventRerouted         EventType = "rerouted" // who may decide the open step changed
	EventReminded         EventType = "reminded"
	EventEscalated        EventType = "escalated"
	EventSkipped          EventType = "skipped"
	EventCanceled         EventType = "canceled"
	EventExpired          EventType = "expired" // nobody decided, or nobody started, in time
	EventStarted          EventType = "started"
	EventGranting         EventType = "granting"     // the end is armed; the connector is called next
	EventActivated        EventType = "activated"    // the access was observed
	EventGrantFailed      EventType = "grant_failed" // or its outcome is unknown: it is taken back
	EventExtensionAsked   EventType = "extension_asked"
	EventExtensionDenied  EventType = "extension_denied"
	EventExtended         EventType = "extended"
	EventEndingSoon       EventType = "ending_soon" // the holder is told
	EventEnding           EventType = "ending"
	EventRevocationFailed EventType = "revocation_failed"
	EventAbsenceConfirmed EventType = "absence_confirmed"
	EventEnded            EventType = "ended"  // observed absent
	EventFailed           EventType = "failed" // observed absent after a failed grant
	EventRetried          EventType = "retried"
	EventPolicyDecided    EventType = "policy_decided" // a policy of the flow, at submission
	EventRunStarted       EventType = "run_started"    // the next workflow execution took over
	EventDrifted          EventType = "drifted"        // a check saw the outside otherwise than it is to be
	EventDriftCleared     EventType = "drift_cleared"  // and a later one as it is to be
)

// ActorKind says what kind of actor acts.
type ActorKind string

// People act; so does Latchkey itself, when a time is up.
const (
	ByPerson ActorKind = "person"
	BySystem ActorKind = "system"
)

// Actor is who acted, and from where. OnBehalfOf is the person whom a delegate
// acted for.
type Actor struct {
	Kind       ActorKind `json:"kind"`
	ID         PersonID  `json:"id,omitempty"`
	OnBehalfOf PersonID  `json:"on_behalf_of,omitempty"`
	Via        Via       `json:"via"`
}

// System is the actor of what happens by itself.
func System(via Via) Actor { return Actor{Kind: BySystem, Via: via} }

// Event is one change, as it enters a history. Events of requests have the
// subject "request:ID"; those of the configuration "person:ID", "flow:ID" and
// so on, with the document before and after as texts.
//
// Details holds what Apply needs and never free text or personal data; those
// stand in Texts, which a history holds as salted digests beside the text.
type Event struct {
	Subject string
	Seq     int // 1, 2, 3, …
	At      time.Time
	Type    EventType
	Actor   Actor
	Status  Status // the request's, after the event
	Details Details
	Texts   map[string]string
}

// The names under which texts stand in events. Answers to a flow's fields
// stand under "answer:" and the field's id.
const (
	TextReason       = "reason"
	TextQuestion     = "question"
	TextAnswer       = "answer"
	TextInternalNote = "internal_note" // for admins alone
	TextBefore       = "before"
	TextAfter        = "after"
	TextFieldPrefix  = "answer:"
)

// Details is what an event says beyond its type. Each type uses a few of the
// members; Due is set by every event, and zero means "never".
type Details struct {
	// submitted
	Requester   PersonID   `json:"requester,omitempty"`
	SubmittedBy PersonID   `json:"submitted_by,omitempty"`
	Resource    ResourceID `json:"resource,omitempty"`
	Owner       PersonID   `json:"owner,omitempty"`
	Kind        Kind       `json:"kind,omitempty"`
	Connector   string     `json:"connector,omitempty"`
	Target      string     `json:"target,omitempty"`
	Flow        FlowID     `json:"flow,omitempty"`
	FlowVersion int        `json:"flow_version,omitempty"`
	Steps       int        `json:"steps,omitempty"`
	Asked       Duration   `json:"asked,omitzero"`
	StartsAt    time.Time  `json:"starts_at,omitzero"`
	Resubmits   RequestID  `json:"resubmits,omitempty"`
	Bundle      string     `json:"bundle,omitempty"`

	// decided, overridden
	Verdict Verdict  `json:"verdict,omitempty"`
	Step    int      `json:"step,omitempty"` // from 1; the step that was decided
	Given   Duration `json:"given,omitzero"`
	Policy  string   `json:"policy,omitempty"`
	Rejects int      `json:"rejects,omitempty"` // from 1; the step that ended it, if not the one decided

	// whatever opens a step or changes who may decide it; reminded: who was
	Opens      int         `json:"opens,omitempty"` // from 1
	Principals []Principal `json:"principals,omitempty"`
	Added      []Principal `json:"added,omitempty"` // those of Principals who were not asked before
	RemindAt   time.Time   `json:"remind_at,omitzero"`
	EscalateAt time.Time   `json:"escalate_at,omitzero"`
	SkipAt     time.Time   `json:"skip_at,omitzero"`

	ExpiresAt time.Time `json:"expires_at,omitzero"`
	GrantBy   time.Time `json:"grant_by,omitzero"`
	EndsAt    time.Time `json:"ends_at,omitzero"`
	EndReason EndReason `json:"end_reason,omitempty"`
	Failure   string    `json:"failure,omitempty"`
	RetryAt   time.Time `json:"retry_at,omitzero"`
	GaveUp    bool      `json:"gave_up,omitempty"` // revocation_failed: the run's last attempt
	Run       int       `json:"run,omitempty"`
	Machine   Machine   `json:"machine,omitempty"`
	Foreign   bool      `json:"foreign,omitempty"` // activated, ended, failed: someone else gave the same
	Drift     Drift     `json:"drift,omitempty"`
	Due       time.Time `json:"due,omitzero"`
}
