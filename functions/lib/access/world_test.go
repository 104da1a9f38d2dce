package access_test

import (
	"maps"
	"slices"
	"time"

	"latchkey/functions/lib/access"
)

// world is a small company: who works there, what they may ask for, and one
// request with its history. It gathers the facts as the use cases do.
type world struct {
	people    map[access.PersonID]*person
	resources map[access.ResourceID]access.Resource
	flows     []access.Flow
	settings  access.Settings
	usage     access.Usage
	pace      access.Pace
	minimum   access.Duration

	delegators map[access.PersonID][]access.PersonID // by their delegate
	policy     access.PolicyVerdict
	denied     *access.Request // what a submission follows
	acting     access.PersonID

	now     time.Time
	via     access.Via
	request access.Request
	history []access.Event
}

type person struct {
	manager   access.PersonID
	groups    []access.GroupID
	suspended bool
}

const (
	minute = access.Duration(time.Minute)
	hour   = access.Duration(time.Hour)
	day    = 24 * hour
)

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func newWorld() *world {
	w := &world{
		people: map[access.PersonID]*person{
			"ana":   {manager: "ben", groups: []access.GroupID{"engineering"}},
			"gus":   {manager: "ben", groups: []access.GroupID{"engineering"}},
			"ben":   {manager: "eli", groups: []access.GroupID{"engineering"}},
			"chloe": {manager: "eli", groups: []access.GroupID{"design"}},
			"dan":   {manager: "eli", groups: []access.GroupID{"security"}},
			"dina":  {manager: "eli", groups: []access.GroupID{"security"}},
			"eli":   {groups: []access.GroupID{access.AdminGroup}},
			"eva":   {groups: []access.GroupID{access.AdminGroup}},
			"fay":   {groups: []access.GroupID{"engineering"}},
		},
		resources: map[access.ResourceID]access.Resource{},
		settings:  access.Settings{RequestsEnabled: true, ShowProgress: true},
		pace:      access.FastPace, minimum: minute, now: morning, via: access.ViaPortal,
	}
	w.offers("staging", "", once(access.DurationFixed, 2*minute), access.Manager)
	w.offers("figma", "chloe", once(access.DurationChoice, hour, 8*hour), access.Owner)
	w.offers("github", "", once(access.DurationNone), access.Admins)
	w.offers("prod-db", "chloe", once(access.DurationChoice, hour, 8*hour), access.OfGroup("security"))
	w.flow("figma").Duration.Extend = access.ExtendRule{UpTo: hour, Times: 2, Approvers: []access.Principal{access.Manager}}
	w.offers("lab", "", once(access.DurationFixed, hour), access.OfPerson("gus"))
	w.offers("laptop", "", once(access.DurationChoice, hour, 4*hour), access.Admins)
	w.offers("orphan", "", once(access.DurationFixed, hour), access.Owner)
	w.offers("vault", "chloe", once(access.DurationFixed, hour), access.OfGroup("security"))
	w.flow("vault").Steps[0].Needed.Count = 2
	w.flow("vault").Steps = append(w.flow("vault").Steps,
		access.Step{Approvers: []access.Principal{access.Owner}, Needed: access.Needed{Count: 1}})
	w.flow("github").DecideIn = []access.Via{access.ViaPortal}
	w.flow("prod-db").Fields = []access.Field{
		{ID: "ticket", Label: "Ticket", Required: true, Pattern: `^[A-Z]+-[0-9]+$`},
		{ID: "remark", Label: "Remark"},
	}
	w.several("release", access.Needed{All: true}, access.OfGroup("security"), access.Owner)
	w.several("board", access.Needed{Count: 2}, access.OfGroup("security"), access.OfPerson("chloe"), access.OfPerson("gus"))
	w.flow("board").DenyWhen = access.DenyUnreachable
	w.several("audit", access.Needed{Count: 1}, access.OfGroup("security"))
	audit := w.flow("audit")
	audit.SamePerson = access.SameCarry
	audit.Steps = append(audit.Steps, access.Step{Approvers: []access.Principal{access.OfGroup("security")}, Needed: access.Needed{Count: 2}},
		access.Step{Approvers: []access.Principal{access.OfPerson("dan"), access.OfPerson("eva")}, Needed: access.Needed{Count: 1}})
	w.several("night", access.Needed{Count: 1}, access.OfGroup("security"))
	night := w.flow("night")
	night.RemindEvery = hour
	night.Steps[0].Fallback, night.Steps[0].EscalateAfter, night.Steps[0].SkipAfter = []access.Principal{access.Admins}, 2*hour, 3*hour
	night.Steps = append([]access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}}, night.Steps...)
	night.StartsWithin = 7 * day
	laptop := w.resources["laptop"]
	laptop.Kind = access.KindDevice
	w.resources["laptop"] = laptop
	return w
}

func once(mode access.DurationMode, choices ...access.Duration) access.DurationRule {
	return access.DurationRule{Mode: mode, Choices: choices}
}

// offers adds a resource with a flow of one step that any approver decides.
func (w *world) offers(id access.ResourceID, owner access.PersonID, rule access.DurationRule, approvers ...access.Principal) {
	w.resources[id] = access.Resource{ID: id, Kind: access.KindResource, Name: string(id), Owner: owner,
		Target: access.Target{Connector: "group", ID: string(id) + "-users"}}
	w.flows = append(w.flows, access.Flow{ID: access.FlowID(id + "-flow"), Version: 1, Name: string(id),
		Resources: []access.ResourceID{id}, VisibleTo: []access.Principal{access.Everyone}, Duration: rule,
		Submitters: []access.Principal{access.Everyone},
		Steps:      []access.Step{{Approvers: approvers, Needed: access.Needed{Count: 1}}},
		PendingFor: 30 * day, ClaimWithin: day, DenyWhen: access.DenyAny, SamePerson: access.SameDistinct,
		DecideIn:   []access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail},
		Delegation: true, EmailSignIn: true, ShowProgress: true, Enabled: true})
}

// several is offers with a step that takes more than one.
func (w *world) several(id access.ResourceID, needed access.Needed, approvers ...access.Principal) {
	w.offers(id, "chloe", once(access.DurationFixed, hour), approvers...)
	w.flow(id).Steps[0].Needed = needed
}

func (w *world) flow(resource access.ResourceID) *access.Flow {
	i := slices.IndexFunc(w.flows, func(f access.Flow) bool { return slices.Contains(f.Resources, resource) })
	return &w.flows[i]
}

// principals are all as whom a person may act.
func (w *world) principals(id access.PersonID) []access.Principal {
	p, ok := w.people[id]
	if !ok {
		return nil
	}
	out := []access.Principal{access.OfPerson(id)}
	for _, group := range p.groups {
		out = append(out, access.OfGroup(group))
		if group == access.AdminGroup {
			out = append(out, access.Admins)
		}
	}
	return out
}

// facts are what a command about the request needs to know when this actor
// gives it.
func (w *world) facts(actor access.Actor) access.Facts {
	return w.factsAbout(actor, w.request.Requester, w.request.Resource)
}

func (w *world) factsAbout(actor access.Actor, requester access.PersonID, resource access.ResourceID) access.Facts {
	f := access.Facts{Actor: actor, Settings: w.settings, Usage: w.usage, Minimum: w.minimum, Pace: w.pace,
		Resource: w.resources[resource]}
	f.Principals = w.principals(actor.ID)
	if actor.OnBehalfOf != "" {
		f.Principals = append(f.Principals, w.principals(actor.OnBehalfOf)...)
	}
	f.Admin = slices.Contains(w.principals(actor.ID), access.Admins)
	subject, ok := w.people[requester]
	if !ok {
		return f
	}
	f.Requester = access.Subject{ID: requester, Active: !subject.suspended, Manager: subject.manager,
		Principals: w.principals(requester)}
	f.Flow = *w.flow(resource)
	w.acting = actor.ID
	f.Steps = w.steps(f, subject)
	for _, id := range w.delegators[actor.ID] {
		f.Delegators = append(f.Delegators, access.Delegator{ID: id, Principals: w.principals(id)})
	}
	f.Policy, f.Resubmits = w.policy, w.denied
	if actor.Via == access.ViaEmail { // by a mail that was sent right now
		kind := access.NoticeToDecide
		if w.request.Status == access.Active {
			kind = access.NoticeExtensionAsked
		}
		link, _ := w.request.LinkFor(actor.ID, kind, w.now)
		f.Mail = &access.MailUse{MailLink: link, SignedIn: true}
	}
	return f
}

// steps resolves what the use cases resolve and no more, so that a rule which
// needs more is found: for a submission the first step, for a directory's change
// the open one too.
func (w *world) steps(f access.Facts, subject *person) []access.Resolved {
	out := make([]access.Resolved, len(f.Flow.Steps))
	wanted := []int{0}
	if w.request.Version > 0 {
		wanted = w.request.ToResolve(f.Flow)
		if open := w.request.Step(); f.Actor.Via == access.ViaDirectory && open >= 0 {
			wanted = append(wanted, open)
		}
	}
	for _, i := range wanted {
		step, enough := f.Flow.Steps[i], w.request.Enough(f.Flow, i)
		out[i].Principals = step.Resolve(subject.manager, f.Resource.Owner)
		out[i].Fallback = step.ResolveFallback(subject.manager, f.Resource.Owner)
		out[i].Candidates = w.some(out[i].Principals, enough)
		out[i].Standby = w.some(out[i].Fallback, enough)
	}
	return out
}

// some finds active people behind principals: who has voted, and enough others.
func (w *world) some(principals []access.Principal, enough int) []access.PersonID {
	var out []access.PersonID
	add := func(id access.PersonID) {
		may := slices.ContainsFunc(w.principals(id), func(p access.Principal) bool { return slices.Contains(principals, p) })
		if may && !w.people[id].suspended && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, id := range append(w.request.Voters(), w.acting) {
		if w.people[id] != nil {
			add(id)
		}
	}
	voters := len(out)
	for _, id := range slices.Sorted(maps.Keys(w.people)) {
		if enough > 0 && len(out) >= voters+enough {
			break
		}
		add(id)
	}
	return out
}

func (w *world) person(id access.PersonID) access.Actor {
	return access.Actor{Kind: access.ByPerson, ID: id, Via: w.via}
}

// commit makes events part of the request and its history, as a store does.
func (w *world) commit(events []access.Event) error {
	for _, e := range events {
		if err := w.request.Apply(e); err != nil {
			return err
		}
		w.history = append(w.history, e)
	}
	return nil
}
