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

// TestTheSimulatorAndTheEngineAgree plays the same acts by random flows three
// times: simulated, through the use cases that people and timers call, and by the
// domain alone with all that can be known of the company, where the others look
// only as far as they need.
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
	acts := anyActs(t, m)
	admin := app.Caller{Person: app.Person{ID: "boss"}, Admin: true}
	simulated, err := a.Simulate(t.Context(), admin, "flow", app.Simulated{Requester: "p0", Submission: app.Submission{Resource: "thing"}, At: now, Acts: acts})
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Submit(t.Context(), m.caller("p0"), app.Submission{Resource: "thing", Reason: "For real."})
	if err != nil {
		t.Fatal(err)
	}
	k := knowing{memory: m}
	k.does(t, access.Submit{ID: r.ID, Reason: "For real."}, "p0", now)
	compare := func(i int, err error) {
		want := simulated.Outcomes[i]
		var code access.Code
		if want.Refused != nil {
			code = want.Refused.Code
		}
		if diff := cmp.Diff(told(want.Events), told(m.happened)); diff != "" || code != access.CodeOf(err) || want.Request.Status != m.stored.Status {
			t.Fatalf("outcome %d: simulated %s, refused %q; really %s, %v (-simulated +really):\n%s", i, want.Request.Status, code, m.stored.Status, err, diff)
		}
		if diff := cmp.Diff(told(k.happened), told(m.happened)); diff != "" || k.code != access.CodeOf(err) {
			t.Fatalf("outcome %d: refused %q; really %v (-by who knows all +really):\n%s", i, k.code, err, diff)
		}
		m.happened, k.happened = nil, nil
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
			k.does(t, access.Tick{}, "", now)
			if m.stored.Version == before {
				break
			}
		}
		now = until
		decide := access.Decide{Verdict: act.Verdict, Reason: "So."}
		_, err := a.Act(t.Context(), m.caller(act.By), r.ID, decide)
		k.does(t, decide, act.By, now)
		compare(i+1, err)
	}
}

func anyActs(t *rapid.T, m *memory) []app.SimulatedAct {
	var acts []app.SimulatedAct
	for range rapid.IntRange(0, 7).Draw(t, "acts") {
		by := access.PersonID(fmt.Sprintf("p%d", rapid.IntRange(0, len(m.people)-1).Draw(t, "by")))
		if m.people[by].Active() {
			acts = append(acts, app.SimulatedAct{After: drawn(t, "after", 0, 0, 2*time.Hour, 5*time.Hour), By: by,
				Verdict: drawn(t, "verdict", access.Approve, access.Approve, access.Approve, access.Deny, access.Ask)})
		}
	}
	return acts
}

func (m *memory) principals(id access.PersonID) []access.Principal {
	out := []access.Principal{access.OfPerson(id)}
	for _, g := range m.people[id].Groups {
		out = append(out, access.OfGroup(g))
	}
	return out
}

func (m *memory) caller(id access.PersonID) app.Caller {
	return app.Caller{Person: m.people[id], Principals: m.principals(id), Via: access.ViaPortal}
}

// told says what happened.
func told(events []access.Event) (out []string) {
	for _, e := range events {
		out = append(out, fmt.Sprintln(e.Type, e.Actor.OnBehalfOf, e.Status, e.Details.Opens, e.Details.Principals))
	}
	return out
}

// knowing decides with all that can be known.
type knowing struct {
	*memory
	request  access.Request
	happened []access.Event
	code     access.Code
}

func (k *knowing) does(t *rapid.T, c access.Command, who access.PersonID, now time.Time) {
	events, err := k.request.Handle(c, k.facts(who, now), now)
	k.code = access.CodeOf(err)
	for _, e := range events {
		if err := k.request.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	k.happened = append(k.happened, events...)
}

func (k *knowing) facts(who access.PersonID, now time.Time) access.Facts {
	f := access.Facts{Actor: access.System(access.ViaTimer), Flow: k.flow, Resource: k.resource, Pace: access.FastPace,
		Minimum: access.Duration(time.Second), Settings: access.Settings{RequestsEnabled: true, ShowProgress: true, MaxAsks: 2},
		Requester: access.Subject{ID: "p0", Active: true, Manager: k.people["p0"].Manager, Principals: k.principals("p0")}}
	if who != "" {
		f.Actor, f.Principals = access.Actor{Kind: access.ByPerson, ID: who, Via: access.ViaPortal}, k.principals(who)
	}
	for id, d := range k.sitsIn {
		if d.To == who && d.Active(now) && k.people[id].Active() {
			f.Delegators = append(f.Delegators, access.Delegator{ID: id, Principals: k.principals(id)})
		}
	}
	slices.SortFunc(f.Delegators, func(a, b access.Delegator) int { return slices.Compare([]byte(a.ID), []byte(b.ID)) })
	for _, s := range k.flow.Steps {
		principals, fallback := s.Resolve(f.Requester.Manager, k.resource.Owner), s.ResolveFallback(f.Requester.Manager, k.resource.Owner)
		f.Steps = append(f.Steps, access.Resolved{Principals: principals, Candidates: k.active(principals), Fallback: fallback, Standby: k.active(fallback)})
	}
	return f
}

func (k *knowing) active(principals []access.Principal) []access.PersonID {
	var out []access.PersonID
	for id, p := range k.people {
		if p.Active() && slices.ContainsFunc(k.principals(id), func(p access.Principal) bool { return slices.Contains(principals, p) }) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
