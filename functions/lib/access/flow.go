package access

import "slices"

// Identifiers. A request's is "req_" and a ULID; those of people, groups,
// resources and flows are chosen by who configures them.
type (
	RequestID  string
	PersonID   string
	GroupID    string
	ResourceID string
	FlowID     string
)

// Principal names who may do something: "person:ID", "group:ID", "admins", or
// "everyone". The flow words "manager" and "owner" become "person:ID" when a
// step is resolved.
type Principal string

// The principals that stand for themselves.
const (
	Admins   Principal = "admins"
	Everyone Principal = "everyone"
	Manager  Principal = "manager" // of the requester; in a flow only
	Owner    Principal = "owner"   // of the resource; in a flow only
)

// AdminGroup is the group whose members are admins.
const AdminGroup GroupID = "admins"

// OfPerson and OfGroup name a person or a group as a principal.
func OfPerson(id PersonID) Principal { return Principal("person:" + id) }

// OfGroup names a group's members as a principal.
func OfGroup(id GroupID) Principal { return Principal("group:" + id) }

// Person gives the person that a principal names.
func (p Principal) Person() (PersonID, bool) {
	id, ok := cut(string(p), "person:")
	return PersonID(id), ok
}

// Group gives the group that a principal names.
func (p Principal) Group() (GroupID, bool) {
	if p == Admins {
		return AdminGroup, true
	}
	id, ok := cut(string(p), "group:")
	return GroupID(id), ok
}

func cut(text, prefix string) (string, bool) {
	if len(text) > len(prefix) && text[:len(prefix)] == prefix {
		return text[len(prefix):], true
	}
	return "", false
}

// Kind is what a resource is to its requesters.
type Kind string

// The kinds. Access to a device begins when the requester starts it.
const (
	KindResource Kind = "resource"
	KindDevice   Kind = "device"
)

// Resource is something that people may ask for.
type Resource struct {
	ID          ResourceID `json:"id"`
	Kind        Kind       `json:"kind"`
	Name        string     `json:"name"`
	Description string     `json:"description,omitempty"`
	Owner       PersonID   `json:"owner,omitempty"`
	URL         string     `json:"url,omitempty"`
	Target      Target     `json:"connector"`
}

// Flow says who may ask for its resources and who must approve. A request is
// pinned to the version of the flow under which it was submitted.
type Flow struct {
	ID           FlowID       `json:"id"`
	Version      int          `json:"version"`
	Name         string       `json:"name"`
	Resources    []ResourceID `json:"resources"`
	VisibleTo    []Principal  `json:"visible_to"`
	Submitters   []Principal  `json:"submitters,omitempty"` // who may ask for others, beside their managers
	Steps        []Step       `json:"steps"`
	Duration     DurationRule `json:"duration"`
	Fields       []Field      `json:"fields,omitempty"`
	Policies     []Policy     `json:"policies,omitempty"`
	PendingFor   Duration     `json:"pending_for"`
	RemindEvery  Duration     `json:"remind_every,omitzero"`
	ClaimWithin  Duration     `json:"claim_within"`
	StartsWithin Duration     `json:"starts_within,omitzero"` // how far ahead a start may lie; zero: at once only
	Order        int          `json:"order"`
	DenyWhen     DenyWhen     `json:"deny_when"`
	SamePerson   SamePerson   `json:"same_person"`
	DecideIn     []Via        `json:"decide_in"`
	Delegation   bool         `json:"delegation"`    // whether delegates may decide
	EmailSignIn  bool         `json:"email_sign_in"` // whether deciding from a mail needs a sign-in
	ShowProgress bool         `json:"show_progress"`
	Enabled      bool         `json:"enabled"`
}

// Step is one step of a flow. Steps are decided in order.
type Step struct {
	Approvers     []Principal `json:"approvers"` // Manager and Owner allowed
	Needed        Needed      `json:"needed"`
	Fallback      []Principal `json:"fallback,omitempty"` // who may decide too, after EscalateAfter
	EscalateAfter Duration    `json:"escalate_after,omitzero"`
	SkipAfter     Duration    `json:"skip_after,omitzero"` // then the request goes on without it
}

// Policy is a set of Cedar policies that may decide a request when it is
// submitted.
type Policy struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

// DurationMode says what a requester may choose.
type DurationMode string

// The modes of DurationRule.
const (
	DurationNone   DurationMode = "none"   // not timed
	DurationFixed  DurationMode = "fixed"  // the one entry of Choices
	DurationChoice DurationMode = "choice" // one of Choices
)

// DurationRule says for how long access is given.
type DurationRule struct {
	Mode    DurationMode `json:"mode"`
	Choices []Duration   `json:"choices,omitempty"`
	Max     Duration     `json:"max,omitzero"` // with DurationChoice: anything up to this
	Extend  ExtendRule   `json:"extend,omitzero"`
}

// ExtendRule says how access may be extended while it is held. Zero Times: not
// at all.
type ExtendRule struct {
	UpTo      Duration    `json:"up_to"` // each time
	Times     int         `json:"times"`
	Approvers []Principal `json:"approvers,omitempty"` // any one of them; none: nobody has to approve it
}

// Field is a question of the flow's own on the request form.
type Field struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Required bool     `json:"required"`
	Choices  []string `json:"choices,omitempty"` // the answer is one of them
	Pattern  string   `json:"pattern,omitempty"` // RE2, matched against the whole answer
	Message  string   `json:"message,omitempty"` // said when the answer does not match
}

// DenyWhen says when denials end a request.
type DenyWhen string

// One denial ends it, or only when the approvals needed can no longer be had.
const (
	DenyAny         DenyWhen = "any"
	DenyUnreachable DenyWhen = "unreachable"
)

// SamePerson says whether one person's decision may count in several steps.
type SamePerson string

// A person counts once in a request, or in each step they may decide.
const (
	SameDistinct SamePerson = "distinct"
	SameCarry    SamePerson = "carry"
)

// Via is where an act came from.
type Via string

// Where acts come from.
const (
	ViaPortal    Via = "portal"
	ViaSlack     Via = "slack"
	ViaEmail     Via = "email"
	ViaTimer     Via = "timer"
	ViaWorkflow  Via = "workflow"
	ViaSweeper   Via = "sweeper"
	ViaDirectory Via = "directory"
	ViaPolicy    Via = "policy"
	ViaDevice    Via = "device"
)

// Timed tells whether access under the flow has an end.
func (f Flow) Timed() bool { return f.Duration.Mode != DurationNone }

// VisibleFor tells whether someone who may act as these principals may ask.
func (f Flow) VisibleFor(principals []Principal) bool {
	return slices.ContainsFunc(f.VisibleTo, func(p Principal) bool {
		return p == Everyone || slices.Contains(principals, p)
	})
}

// Names tells whether the flow names a principal: among those who may ask, or
// among those who decide.
func (f Flow) Names(p Principal) bool {
	return slices.Contains(f.VisibleTo, p) || slices.Contains(f.Submitters, p) || slices.Contains(f.Duration.Extend.Approvers, p) || slices.ContainsFunc(f.Steps, func(s Step) bool {
		return slices.Contains(s.Approvers, p) || slices.Contains(s.Fallback, p)
	})
}

// LetsAskFor tells whether someone who may act as these principals may ask for a
// person: their manager may, and whom the flow names.
func (f Flow) LetsAskFor(s Subject, who PersonID, principals []Principal) bool {
	return s.Manager != "" && s.Manager == who || slices.ContainsFunc(f.Submitters, func(p Principal) bool {
		return p == Everyone || slices.Contains(principals, p)
	})
}

// Serving picks the flow that serves a resource for someone: of the enabled
// flows visible to them the one with the lowest order, then id.
func Serving(flows []Flow, resource ResourceID, principals []Principal) (Flow, bool) {
	var best Flow
	found := false
	for _, f := range flows {
		if !f.Enabled || !slices.Contains(f.Resources, resource) || !f.VisibleFor(principals) {
			continue
		}
		if !found || f.Order < best.Order || f.Order == best.Order && f.ID < best.ID {
			best, found = f, true
		}
	}
	return best, found
}

// Resolve turns the approvers of a step into principals. Manager and Owner
// vanish where there is none.
func (s Step) Resolve(manager, owner PersonID) []Principal {
	return resolve(s.Approvers, manager, owner)
}

// ResolveFallback does the same with those who come in after EscalateAfter.
func (s Step) ResolveFallback(manager, owner PersonID) []Principal {
	return resolve(s.Fallback, manager, owner)
}

func resolve(approvers []Principal, manager, owner PersonID) []Principal {
	var out []Principal
	for _, approver := range approvers {
		switch {
		case approver == Manager && manager == "", approver == Owner && owner == "":
			continue
		case approver == Manager:
			approver = OfPerson(manager)
		case approver == Owner:
			approver = OfPerson(owner)
		}
		if !slices.Contains(out, approver) {
			out = append(out, approver)
		}
	}
	return out
}
