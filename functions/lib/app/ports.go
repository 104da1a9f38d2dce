package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"latchkey/functions/lib/access"
)

// What a store answers instead of a value. Stores wrap them with %w.
var (
	// ErrNotFound: there is no such thing.
	ErrNotFound = errors.New("not found")
	// ErrConflict: another write came first, or collided with this one; nothing
	// was written. Read again and decide again.
	ErrConflict = errors.New("conflict")
	// ErrUnknown: the write may or may not have happened (a time-out, a broken
	// connection). Read again to find out.
	ErrUnknown = errors.New("unknown outcome")
	// ErrLeased: someone else works on this entitlement at the moment.
	ErrLeased = errors.New("leased")
	// ErrTaken: a name that must be unique (an email, a binding) is another's.
	ErrTaken = errors.New("taken")
	// ErrLastAdmin: the write would leave the company without an admin.
	ErrLastAdmin = errors.New("last admin")
	// ErrBadCursor: a cursor that this list did not give out.
	ErrBadCursor = errors.New("bad cursor")
	// ErrTooLarge: a change of more parts than one transaction takes (100);
	// nothing was written.
	ErrTooLarge = errors.New("too many changes at once")
)

// DuplicateOpen is what Commit answers when the person has an open request for
// the resource already. Nothing was written.
type DuplicateOpen struct{ Request access.RequestID }

func (e *DuplicateOpen) Error() string { return "open request " + string(e.Request) }

// Replayed is what Commit answers when the idempotency key was used before.
// Nothing was written.
type Replayed struct{ Record Idempotency }

func (e *Replayed) Error() string { return "idempotency key used for " + string(e.Record.Request) }

// Stored is a request as it was read, consistently, with the end of its chain.
type Stored struct {
	access.Request
	Hash string // of its last event
}

// Change is one command's effect, written in one transaction: the snapshot
// under the condition that its version is Before's and that its status may lead
// to the events' statuses; the events; and, derived from Before and After, the
// guard row (Status.Open), the approvers' task rows (Request.Approvers) and the
// entitlement's holder row (Status.Holds).
//
// Commit writes it or answers ErrConflict, ErrUnknown, *DuplicateOpen or
// *Replayed.
type Change struct {
	Before      Stored // Version 0: a new request
	After       access.Request
	Events      []access.SealedEvent
	Idempotency *Idempotency     // of a submission
	Link        *access.MailLink // which the decision spends, as it is then: ErrConflict if it was spent before, or is gone
}

// Idempotency is a submission's key as its sender chose it, kept for a day.
type Idempotency struct {
	Person  access.PersonID
	Key     string
	Body    string // a hash of what was sent
	Request access.RequestID
	Expires time.Time
}

// Token is what a waiting run registered: the task token, and what it waits
// for. It never leaves the store but to answer the run.
type Token struct {
	Request access.RequestID
	Run     int
	Next    access.Next
	Started time.Time // of the run
	Value   string
}

// Page asks for a part of a list. Cursor is opaque; empty is the beginning.
type Page struct {
	Limit  int // 1 to 100
	Cursor string
}

// Filter picks requests. One member chooses the index, in this order:
// Requester, Resource, Flow, Status; the others thin the page.
type Filter struct {
	Requester access.PersonID
	Resource  access.ResourceID
	Flow      access.FlowID
	Status    access.Status
}

// Requests stores requests, their events, task rows and task tokens.
type Requests interface {
	Load(ctx context.Context, id access.RequestID) (Stored, error)
	Commit(ctx context.Context, c Change) error

	// Events lists a request's events after a sequence number, in order,
	// read consistently.
	Events(ctx context.Context, id access.RequestID, after, limit int) ([]access.SealedEvent, error)
	Event(ctx context.Context, id access.RequestID, seq int) (access.SealedEvent, error)

	// PutToken registers a token unless a later run has registered one, or another
	// execution that claims to be this run (ErrConflict). Token reads it consistently; ErrNotFound if there is none.
	PutToken(ctx context.Context, t Token) error
	Token(ctx context.Context, id access.RequestID) (Token, error)

	// OpenRequests lists a person's open requests, read consistently.
	OpenRequests(ctx context.Context, person access.PersonID) (map[access.ResourceID]access.RequestID, error)
	// SubmittedSince lists when a person's requests since a moment were
	// submitted, oldest first, at most limit.
	SubmittedSince(ctx context.Context, person access.PersonID, since time.Time, limit int) ([]time.Time, error)

	Idempotency(ctx context.Context, person access.PersonID, key string) (Idempotency, error)

	// List gives requests newest first. A page may come back short, or empty,
	// with a cursor to go on.
	List(ctx context.Context, f Filter, p Page) ([]access.Request, string, error)
	// Tasks gives the requests whose open step waits for one of the principals,
	// newest first, each once.
	Tasks(ctx context.Context, principals []access.Principal, p Page) ([]access.Request, string, error)
	// Overdue lists requests of one connector whose due is not after now, those
	// that have been due longest first, from one of the Shards of its part of the
	// index, at most limit.
	Overdue(ctx context.Context, connector string, shard int, now time.Time, limit int) ([]access.Request, error)
}

// Shards is how many parts the indexes by status and by check, and each
// connector's part of the index by due, are spread over.
const Shards = 8

// EntitlementKey names an entitlement: a person and a target.
type EntitlementKey struct {
	Person access.PersonID
	Target access.Target
}

// Entitlement is what is known of one: what was observed last, and whether the
// access was there before Latchkey gave it.
type Entitlement struct {
	EntitlementKey
	Version    int
	Present    bool // as observed last
	ObservedAt time.Time
	Foreign    bool // access that Latchkey did not give, as it was when last given or taken: never removed
	Lease      string
	LeasedTill time.Time

	Last    access.RequestID // for which it was last given or taken
	GoneAt  time.Time        // when it was observed absent, with nobody who holds it; zero: it was not
	Readded access.RequestID // the request on which it is flagged that it is there again, or ""
	CheckAt time.Time        // when it is compared with the outside; zero: never
}

// Holding is one request's wish to hold an entitlement.
type Holding struct {
	EntitlementKey
	Request access.RequestID
}

// Entitlements stores what people hold.
type Entitlements interface {
	// Acquire takes the lease of an entitlement, creating it if need be, or
	// answers ErrLeased while another holds it.
	Acquire(ctx context.Context, key EntitlementKey, lease string, now, until time.Time) (Entitlement, error)
	// Record stores what was observed and gives the lease back. ErrConflict if
	// the lease was lost.
	Record(ctx context.Context, e Entitlement) error
	// Holders lists who holds an entitlement now, read consistently.
	Holders(ctx context.Context, key EntitlementKey) ([]access.RequestID, error)
	// HeldBy lists everything a person holds, read consistently.
	HeldBy(ctx context.Context, person access.PersonID) ([]Holding, error)
	// ToCheck lists entitlements whose CheckAt is not after now, those that have
	// waited longest first, from one of the Shards of the index, at most limit. It
	// may be a moment behind.
	ToCheck(ctx context.Context, shard int, now time.Time, limit int) ([]EntitlementKey, error)
}

// Checks asks the provisioner to compare an entitlement with the outside, at some
// time soon. Who asks learns nothing of how it went.
type Checks interface {
	Ask(ctx context.Context, key EntitlementKey) error
}

// Versioned is a configuration document with its version (the number of its
// last event) and the end of its chain. Version 0 never existed; a deleted one
// keeps its version, so that the chain goes on if the id is used again.
type Versioned[T any] struct {
	Doc     T
	Version int
	Hash    string
	Deleted bool
}

// Exists tells whether the document is there.
func (v Versioned[T]) Exists() bool { return v.Version > 0 && !v.Deleted }

// Edit is one change of a configuration document, under the condition that its
// version is still Before's: ErrConflict otherwise.
type Edit[T any] struct {
	Before Versioned[T]
	After  T
	Delete bool
	Event  access.SealedEvent
}

// Person is someone in the directory.
type Person struct {
	ID       access.PersonID  `json:"id"`
	Email    string           `json:"email"`
	Name     string           `json:"name"`
	Manager  access.PersonID  `json:"manager,omitempty"`
	Groups   []access.GroupID `json:"groups,omitempty"` // of the directory, not granted; at most 50
	Status   PersonStatus     `json:"status"`
	TimeZone string           `json:"time_zone,omitempty"` // IANA
	Locale   string           `json:"locale,omitempty"`    // BCP 47
	Subject  string           `json:"-"`                   // the sign-in bound to the person (see SubjectKey), or ""

	LinksSince time.Time `json:"-"` // links that were mailed before are void: when the person was made, or last suspended, or their email changed
}

// PersonStatus says whether a person may act and hold access.
type PersonStatus string

// The statuses of a person.
const (
	PersonActive    PersonStatus = "active"
	PersonSuspended PersonStatus = "suspended"
)

// Active tells whether the person may act.
func (p Person) Active() bool { return p.Status == PersonActive }

// ActiveAdmin tells whether the person counts among the admins of whom one must
// remain.
func (p Person) ActiveAdmin() bool {
	for _, g := range p.Groups {
		if g == access.AdminGroup {
			return p.Active()
		}
	}
	return false
}

// Delegation says who decides for a person, from one moment until before
// another.
type Delegation struct {
	Person access.PersonID `json:"person"`
	To     access.PersonID `json:"delegate"`
	From   time.Time       `json:"from"`
	Until  time.Time       `json:"until"`
}

// Active tells whether it is so at a moment.
func (d Delegation) Active(now time.Time) bool {
	return d.To != "" && !now.Before(d.From) && now.Before(d.Until)
}

// Group is a group of people.
type Group struct {
	ID   access.GroupID `json:"id"`
	Name string         `json:"name"`
}

// Directory stores people, groups, memberships and bindings.
type Directory interface {
	// Person and Group read consistently; what never existed has Version 0.
	Person(ctx context.Context, id access.PersonID) (Versioned[Person], error)
	Group(ctx context.Context, id access.GroupID) (Versioned[Group], error)
	// Persons reads people consistently, in the order of their ids, without those
	// who do not exist.
	Persons(ctx context.Context, ids []access.PersonID) ([]Person, error)
	PersonByEmail(ctx context.Context, email string) (access.PersonID, error)     // ErrNotFound
	PersonBySubject(ctx context.Context, subject string) (access.PersonID, error) // ErrNotFound
	People(ctx context.Context, p Page) ([]Versioned[Person], string, error)
	Groups(ctx context.Context, p Page) ([]Versioned[Group], string, error)

	// GroupsOf lists a person's groups by source, read consistently.
	GroupsOf(ctx context.Context, id access.PersonID) (directory, granted []access.GroupID, err error)
	// Members lists who is in a group, whatever the source, each once.
	Members(ctx context.Context, id access.GroupID, p Page) ([]access.PersonID, string, error)
	// Admins counts the active admins, consistently.
	Admins(ctx context.Context) (int, error)
	// ManagedBy lists the resources whose connector owns a group, consistently.
	ManagedBy(ctx context.Context, id access.GroupID) ([]access.ResourceID, error)

	// EditPerson writes the person, its email's row, its directory memberships
	// and its binding. ErrConflict, ErrTaken, ErrLastAdmin. FirstAdmin adds the
	// condition that there is no admin yet (ErrConflict).
	EditPerson(ctx context.Context, e Edit[Person], firstAdmin bool) error
	EditGroup(ctx context.Context, e Edit[Group]) error
	Events(ctx context.Context, subject string, after, limit int) ([]access.SealedEvent, error)

	// Delegation reads who decides for a person, consistently; Delegations for
	// several, in no order, without those who have named nobody. DelegatorsOf lists
	// who has named a person, at whatever time; it may be a moment behind.
	Delegation(ctx context.Context, id access.PersonID) (Versioned[Delegation], error)
	Delegations(ctx context.Context, ids []access.PersonID) ([]Delegation, error)
	DelegatorsOf(ctx context.Context, id access.PersonID) ([]access.PersonID, error)
	EditDelegation(ctx context.Context, e Edit[Delegation]) error
}

// Memberships is the part of the directory that the group connector writes:
// memberships with the source "grant".
type Memberships interface {
	AddGranted(ctx context.Context, group access.GroupID, person access.PersonID) error
	RemoveGranted(ctx context.Context, group access.GroupID, person access.PersonID) error
	GroupsOf(ctx context.Context, id access.PersonID) (directory, granted []access.GroupID, err error)
}

// Catalog stores resources, flows with every version, and the settings.
type Catalog interface {
	Resource(ctx context.Context, id access.ResourceID) (Versioned[access.Resource], error)
	Resources(ctx context.Context, p Page) ([]Versioned[access.Resource], string, error)
	// Flow reads a flow as it is now, FlowVersion as it was; versions never
	// change. (ErrNotFound for a version that never was.)
	Flow(ctx context.Context, id access.FlowID) (Versioned[access.Flow], error)
	FlowVersion(ctx context.Context, id access.FlowID, version int) (access.Flow, error)
	Flows(ctx context.Context, p Page) ([]Versioned[access.Flow], string, error)
	// FlowsOf lists the flows that serve a resource, read consistently.
	FlowsOf(ctx context.Context, id access.ResourceID) ([]access.Flow, error)
	Settings(ctx context.Context) (Versioned[access.Settings], error)

	EditResource(ctx context.Context, e Edit[access.Resource]) error
	// EditFlow also keeps the version. A flow's Version is its document's.
	EditFlow(ctx context.Context, e Edit[access.Flow]) error
	EditSettings(ctx context.Context, e Edit[access.Settings]) error
	Events(ctx context.Context, subject string, after, limit int) ([]access.SealedEvent, error)
}

// Workflow starts, stops and answers the runs of the state machines. All of it
// may be repeated: what is so already is no error.
type Workflow interface {
	// Start begins the run; one of that name that exists, or existed, is left
	// as it is.
	Start(ctx context.Context, run Run) error
	// Stop ends an approval run with a cause, if it is still running.
	Stop(ctx context.Context, request access.RequestID, number int, cause string) error
	// Answer tells a waiting run what to do next. A late answer is ignored.
	Answer(ctx context.Context, token string, out Output) error
}

// Run is a workflow execution to begin.
type Run struct {
	Request access.RequestID
	access.Run
	Output
}

// Name is the execution's: the request's id, then "ID-2", "ID-3", …
func (r Run) Name() string { return RunName(r.Request, r.Number) }

// Output is what a function tells the state machine. Seconds and Until say the
// same moment; a state uses the one it needs.
type Output struct {
	Next    access.Move `json:"next"`
	Until   string      `json:"until,omitempty"` // RFC 3339
	Seconds int         `json:"seconds,omitempty"`
}

// Alarms tells the operators something that names the request.
type Alarms interface {
	Raise(ctx context.Context, subject, text string) error
}

// Connector gives, takes and observes access in one kind of outside system.
// Every implementation passes the suite in connector/conformance.
type Connector interface {
	// Ensure makes the access be there or not. It may be repeated, and returns
	// before the effect can be observed only if it says so by an error that
	// Passing tells from a final one.
	Ensure(ctx context.Context, key EntitlementKey, want bool) error
	// Observe tells what is there. Foreign access is there without Latchkey.
	Observe(ctx context.Context, key EntitlementKey) (Observation, error)
}

// Observation is what a connector saw.
type Observation struct {
	Present bool // by Latchkey's doing
	Foreign bool // by someone else's
	Sole    bool // what someone else gave is all there can be: nothing can be given beside it
	Ordered bool // Latchkey gave the order, and it may yet come to be there
}

// Meets tells whether what is there is what is wanted. Where access can be given
// only once, what someone else gave does as well; and what was ordered is not
// gone before the order was taken back.
func (o Observation) Meets(want bool) bool {
	if want {
		return o.Present || o.Foreign && o.Sole
	}
	return !o.Present && !o.Ordered
}

// Gift is what Latchkey remembers of access that it gave in a system which cannot
// tell by whose doing access is there. The zero Gift is none.
type Gift struct {
	Account string    // to whom, in that system's words
	TakenAt time.Time // when it was taken back; zero: it was not
}

// Gifts remembers gifts. One is written before the access is given, and as taken
// after it was.
type Gifts interface {
	// Gift reads consistently; the zero Gift if there is none.
	Gift(ctx context.Context, key EntitlementKey) (Gift, error)
	PutGift(ctx context.Context, key EntitlementKey, g Gift) error
}

// Unavailable is a connector's passing failure: trying again may help. Code is a
// stable word that holds no secret; After, if it is not zero, is for how long the
// other side asks to be left alone.
type Unavailable struct {
	Code  string
	After time.Duration
}

func (e *Unavailable) Error() string {
	if e.After > 0 {
		return fmt.Sprintf("unavailable: %s, again in %s", e.Code, e.After)
	}
	return "unavailable: " + e.Code
}

// Refusal is a connector's final answer: trying again changes nothing. Code is
// a stable word that holds no secret. Every other error of a connector passes.
type Refusal struct{ Code string }

func (e *Refusal) Error() string { return "refused: " + e.Code }
