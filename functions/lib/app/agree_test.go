package app_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"
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

// TestTheSimulatorAndTheEngineAgree plays the same acts by random flows twice:
// once simulated, once through the use cases that people and timers call.
func TestTheSimulatorAndTheEngineAgree(t *testing.T) {
	for range 30 { // of rapid's hundred
		rapid.Check(t, agrees)
	}
}

func agrees(t *rapid.T) {
	m := anyCompany(t)
	now := m.began
	a := &app.App{Requests: requests{m}, Directory: m, Catalog: m, Workflow: noRuns{}, Clock: func() time.Time { return now },
		NewID: func() string { return ulid.MustNew(ulid.Timestamp(now), rand.Reader).String() }, Random: rand.Reader,
		Pause: func(context.Context, time.Duration) error { return nil }, Pace: access.FastPace, Minimum: access.Duration(time.Second)}
	caller := func(id access.PersonID) app.Caller {
		principals := []access.Principal{access.OfPerson(id)}
		for _, g := range m.people[id].Groups {
			principals = append(principals, access.OfGroup(g))
		}
		return app.Caller{Person: m.people[id], Principals: principals, Via: access.ViaPortal}
	}
	var acts []app.SimulatedAct
	for range rapid.IntRange(0, 7).Draw(t, "acts") {
		by := access.PersonID(fmt.Sprintf("p%d", rapid.IntRange(0, len(m.people)-1).Draw(t, "by")))
		if m.people[by].Active() {
			acts = append(acts, app.SimulatedAct{After: drawn(t, "after", 0, 0, 2*time.Hour, 5*time.Hour), By: by,
				Verdict: drawn(t, "verdict", access.Approve, access.Approve, access.Approve, access.Deny, access.Ask)})
		}
	}
	admin := app.Caller{Person: app.Person{ID: "boss"}, Admin: true}
	simulated, err := a.Simulate(t.Context(), admin, "flow", app.Simulated{Requester: "p0", Submission: app.Submission{Resource: "thing"}, At: now, Acts: acts})
	if err != nil {
		t.Fatal(err)
	}

	r, err := a.Submit(t.Context(), caller("p0"), app.Submission{Resource: "thing", Reason: "For real."})
	if err != nil {
		t.Fatal(err)
	}
	compare := func(i int, err error) {
		want := simulated.Outcomes[i]
		var code access.Code
		if want.Refused != nil {
			code = want.Refused.Code
		}
		types := func(events []access.Event) (out []string) {
			for _, e := range events {
				out = append(out, string(e.Type)+" "+string(e.Actor.OnBehalfOf)+" "+string(e.Status))
			}
			return out
		}
		if diff := cmp.Diff(types(want.Events), types(m.happened)); diff != "" || code != access.CodeOf(err) || want.Request.Status != m.stored.Status {
			t.Fatalf("outcome %d: simulated %s, refused %q; really %s, %v (-simulated +really):\n%s", i, want.Request.Status, code, m.stored.Status, err, diff)
		}
		m.happened = nil
	}
	compare(0, nil)
	for i, act := range acts {
		until := now.Add(act.After)
		for m.stored.Status.Undecided() && !m.stored.Timer().After(until) {
			if timer := m.stored.Timer(); timer.After(now) {
				now = timer
			}
			before := m.stored.Version
			if _, err := a.TimedOut(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: m.began}); err != nil {
				t.Fatal(err)
			}
			if m.stored.Version == before {
				break
			}
		}
		now = until
		_, err := a.Act(t.Context(), caller(act.By), r.ID, access.Decide{Verdict: act.Verdict, Reason: "So."})
		compare(i+1, err)
	}
}
