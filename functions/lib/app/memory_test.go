package app_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// memory is a company without a database, as far as asking and deciding need
// one.
type memory struct {
	app.Requests
	app.Directory
	app.Catalog
	people   map[access.PersonID]app.Person
	flow     access.Flow
	resource access.Resource
	sitsIn   map[access.PersonID]app.Delegation // by whom they sit in for
	stored   app.Stored
	happened []access.Event
	began    time.Time
}

func (m *memory) Events(context.Context, string, int, int) ([]access.SealedEvent, error) {
	return nil, nil
}

func (m *memory) Load(_ context.Context, id access.RequestID) (app.Stored, error) {
	if m.stored.ID != id {
		return app.Stored{}, app.ErrNotFound
	}
	return m.stored, nil
}

func (m *memory) Commit(_ context.Context, c app.Change) error {
	m.stored = app.Stored{Request: c.After, Hash: c.Events[len(c.Events)-1].Hash}
	for _, sealed := range c.Events {
		e, err := sealed.Open()
		if err != nil {
			return err
		}
		m.happened = append(m.happened, e)
	}
	return nil
}

func (m *memory) Token(context.Context, access.RequestID) (app.Token, error) {
	return app.Token{}, app.ErrNotFound
}

func (m *memory) OpenRequests(context.Context, access.PersonID) (map[access.ResourceID]access.RequestID, error) {
	return nil, nil
}

func (m *memory) SubmittedSince(context.Context, access.PersonID, time.Time, int) ([]time.Time, error) {
	return nil, nil
}

func (m *memory) Person(_ context.Context, id access.PersonID) (app.Versioned[app.Person], error) {
	p, ok := m.people[id]
	if !ok {
		return app.Versioned[app.Person]{}, nil
	}
	return app.Versioned[app.Person]{Doc: p, Version: 1}, nil
}

func (m *memory) Persons(_ context.Context, ids []access.PersonID) ([]app.Person, error) {
	var out []app.Person
	for _, id := range ids {
		if p, ok := m.people[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

func (m *memory) GroupsOf(_ context.Context, id access.PersonID) (directory, granted []access.GroupID, err error) {
	return m.people[id].Groups, nil, nil
}

func (m *memory) Group(context.Context, access.GroupID) (app.Versioned[app.Group], error) {
	return app.Versioned[app.Group]{}, nil
}

func (m *memory) Members(_ context.Context, group access.GroupID, _ app.Page) ([]access.PersonID, string, error) {
	var out []access.PersonID
	for id, p := range m.people {
		if slices.Contains(p.Groups, group) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, "", nil
}

func (m *memory) DelegatorsOf(_ context.Context, id access.PersonID) ([]access.PersonID, error) {
	var out []access.PersonID
	for delegator, d := range m.sitsIn {
		if d.To == id {
			out = append(out, delegator)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (m *memory) Delegation(_ context.Context, id access.PersonID) (app.Versioned[app.Delegation], error) {
	return app.Versioned[app.Delegation]{Doc: m.sitsIn[id], Version: 1}, nil
}

func (m *memory) Resource(context.Context, access.ResourceID) (app.Versioned[access.Resource], error) {
	return app.Versioned[access.Resource]{Doc: m.resource, Version: 1}, nil
}

func (m *memory) Flow(context.Context, access.FlowID) (app.Versioned[access.Flow], error) {
	return app.Versioned[access.Flow]{Doc: m.flow, Version: 1}, nil
}

func (m *memory) FlowVersion(context.Context, access.FlowID, int) (access.Flow, error) {
	return m.flow, nil
}

func (m *memory) FlowsOf(context.Context, access.ResourceID) ([]access.Flow, error) {
	return []access.Flow{m.flow}, nil
}

func (m *memory) Settings(context.Context) (app.Versioned[access.Settings], error) {
	return app.Versioned[access.Settings]{Doc: access.Settings{RequestsEnabled: true, ShowProgress: true, MaxAsks: 2}}, nil
}

// requests is the part of it that has another Events.
type requests struct{ *memory }

func (requests) Events(context.Context, access.RequestID, int, int) ([]access.SealedEvent, error) {
	return nil, nil
}

type noRuns struct{ app.Workflow }

func (noRuns) Start(context.Context, app.Run) error                      { return nil }
func (noRuns) Stop(context.Context, access.RequestID, int, string) error { return nil }

func drawn[T any](t *rapid.T, label string, of ...T) T {
	return rapid.SampledFrom(of).Draw(t, label)
}

// anyCompany has a few people, two groups and a flow of any kind.
func anyCompany(t *rapid.T) *memory {
	m := &memory{people: map[access.PersonID]app.Person{}, sitsIn: map[access.PersonID]app.Delegation{},
		began: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	var ids []access.PersonID
	for i := range rapid.IntRange(3, 7).Draw(t, "people") {
		ids = append(ids, access.PersonID(fmt.Sprintf("p%d", i)))
	}
	for _, id := range ids {
		p := app.Person{ID: id, Status: drawn(t, "status", app.PersonActive, app.PersonActive, app.PersonActive, app.PersonSuspended)}
		if manager := drawn(t, "manager", append(ids, "")...); manager != id {
			p.Manager = manager
		}
		for _, g := range []access.GroupID{"red", "blue"} {
			if rapid.Bool().Draw(t, "in "+string(g)) {
				p.Groups = append(p.Groups, g)
			}
		}
		m.people[id] = p
		if rapid.IntRange(0, 3).Draw(t, "away") == 0 {
			m.sitsIn[id] = app.Delegation{Person: id, To: drawn(t, "delegate", ids...), From: m.began, Until: m.began.Add(10 * time.Hour)}
		}
	}
	asker := m.people["p0"]
	asker.Status = app.PersonActive
	m.people["p0"] = asker
	m.resource = access.Resource{ID: "thing", Kind: access.KindResource, Owner: drawn(t, "owner", ids...),
		Target: access.Target{Connector: "group", ID: "holders"}}
	m.flow = access.Flow{ID: "flow", Version: 1, Name: "Any", Resources: []access.ResourceID{"thing"}, VisibleTo: []access.Principal{access.Everyone},
		Duration: access.DurationRule{Mode: access.DurationNone}, PendingFor: access.Duration(20 * time.Hour), ClaimWithin: access.Duration(time.Hour),
		DenyWhen:   drawn(t, "deny when", access.DenyAny, access.DenyUnreachable),
		SamePerson: drawn(t, "same person", access.SameDistinct, access.SameCarry), DecideIn: []access.Via{access.ViaPortal},
		RemindEvery: drawn(t, "remind", 0, access.Duration(3*time.Hour)), Delegation: rapid.Bool().Draw(t, "delegation"), Enabled: true, ShowProgress: true}
	words := []access.Principal{access.OfGroup("red"), access.OfGroup("blue"), access.Manager, access.Owner, access.OfPerson("p1"), access.OfPerson("p2")}
	for range rapid.IntRange(1, 3).Draw(t, "steps") {
		step := access.Step{Approvers: rapid.SliceOfNDistinct(rapid.SampledFrom(words), 1, 3, rapid.ID).Draw(t, "approvers"),
			Needed: drawn(t, "needed", access.Needed{Count: 1}, access.Needed{Count: 2}, access.Needed{All: true})}
		if !step.Needed.All && rapid.Bool().Draw(t, "escalates") {
			step.EscalateAfter, step.Fallback = access.Duration(4*time.Hour), []access.Principal{drawn(t, "fallback", words...)}
		}
		step.SkipAfter = drawn(t, "skip", 0, 0, access.Duration(6*time.Hour))
		m.flow.Steps = append(m.flow.Steps, step)
	}
	return m
}
