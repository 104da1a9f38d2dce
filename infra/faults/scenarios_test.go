package faults_test

import (
	"context"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// scenario is a story in which people do what they are used to.
type scenario struct {
	name   string
	begin  func(w *world)
	habits []habit
	want   map[access.ResourceID]string // how each request ends: its status and end reason; "": as its events say
	given  int                          // how often access is given, without a fault
	late   time.Duration                // how late access may be taken away, without a fault

	back      time.Duration // until then, from the beginning, the outside system fails:
	unwilling bool          // to give access
	stuck     bool          // to take it away
}

func anaAsks(resource access.ResourceID) func(w *world) {
	return func(w *world) { w.in(0, func() { w.does("ana", "submits", "", asks(resource, time.Time{})) }) }
}

func of(resource access.ResourceID, status access.Status) func(access.Request) bool {
	return func(r access.Request) bool { return r.Resource == resource && r.Status == status }
}

// down makes the outside system fail for a wish, until it is back.
func down(s scenario, want bool) func(w *world) {
	return func(w *world) {
		w.truth.down = func(is bool) bool { return is == want && w.now.Before(began.Add(s.back)) }
		s.begin(w)
	}
}

func scenarios() []scenario {
	staging := func(want string) map[access.ResourceID]string { return map[access.ResourceID]string{"staging": want} }
	all := []scenario{
		{name: "a timed life to its end", begin: anaAsks("staging"), habits: []habit{benApproves, eliRetries},
			want: staging("ended expired"), given: 1},
		{name: "given back early", begin: anaAsks("staging"), want: staging("ended given_back"), given: 1,
			habits: []habit{benApproves, eliRetries, anaGivesBack}},
		{name: "extended near the end", begin: anaAsks("staging"), want: staging("ended expired"), given: 1,
			habits: []habit{benApproves, eliRetries, {is(access.Active),
				func(r access.Request, _ time.Time) time.Time { return r.EndsAt.Add(-time.Second) }, by("ana", "extends", extendsOnce)}}},
		{name: "two overlapping holders of one entitlement", begin: anaAsks("staging"), given: 1,
			want: map[access.ResourceID]string{"staging": "ended expired", "staging-too": "ended expired"},
			habits: []habit{benApproves, eliRetries, {of("staging", access.Active), after(time.Minute),
				by("ana", "asks for more", asks("staging-too", time.Time{}))}}},
		{name: "a device that is started", begin: anaAsks("laptop"), given: 1,
			want:   map[access.ResourceID]string{"laptop": "ended expired"},
			habits: []habit{benApproves, eliRetries, {is(access.Ready), after(3 * time.Minute), by("ana", "starts", moves(access.Start{}))}}},
		{name: "a device that nobody starts", begin: anaAsks("laptop"),
			want:   map[access.ResourceID]string{"laptop": "expired"},
			habits: []habit{benApproves}},
		{name: "suspended while it is held", begin: anaAsks("staging"), want: staging("ended suspended"), given: 1,
			habits: []habit{benApproves, eliRetries, {is(access.Active), after(3 * time.Minute), by("eli", "suspends", suspends)}}},
		{name: "not timed, and given back", begin: anaAsks("forever"), given: 1,
			want:   map[access.ResourceID]string{"forever": "ended given_back"},
			habits: []habit{benApproves, eliRetries, anaGivesBack}},
		{name: "begins later", want: staging("ended expired"), given: 1, habits: []habit{benApproves, eliRetries},
			begin: func(w *world) {
				w.in(0, func() { w.does("ana", "submits", "", asks("staging", began.Add(12*time.Minute))) })
			}},
		{name: "held for longer than a run lives", begin: anaAsks("long"), given: 1, habits: []habit{benApproves, eliRetries},
			want: map[access.ResourceID]string{"long": "ended expired"}},
		{name: "revoked while a grant hangs, if one does", begin: anaAsks("staging"), want: staging(""), given: 1,
			habits: []habit{benApproves, eliRetries, eliRevokes}},
		{name: "nobody decides", begin: anaAsks("staging"), want: staging("expired")},
		{name: "its run is stopped by hand, and the sweeper takes over", late: pace.Grace + sweepEvery, begin: anaAsks("staging"), want: staging("ended expired"), given: 1,
			habits: []habit{benApproves, eliRetries, {is(access.Active), after(3 * time.Minute), stopsRuns}}},
	}
	revoked := scenario{name: "revoked while it is being given", begin: anaAsks("staging"), want: staging("ended revoked"),
		back: time.Hour, unwilling: true,
		habits: []habit{benApproves, eliRetries, eliRevokes}}
	revoked.begin = down(revoked, true)
	failing := scenario{name: "the outside system cannot give it, until it is repaired", begin: anaAsks("staging"),
		want: staging("ended expired"), back: 6 * time.Minute, unwilling: true, given: 1, habits: []habit{benApproves, eliRetries}}
	failing.begin = down(failing, true)
	stuck := scenario{name: "the outside system cannot take it away, until it is repaired", begin: anaAsks("staging"),
		want: staging("ended expired"), back: 25 * time.Minute, stuck: true, late: 4*pace.StuckWait + sweepEvery, // its waits have doubled twice
		given: 1, habits: []habit{benApproves, eliRetries}}
	stuck.begin = down(stuck, false)
	return append(all, revoked, failing, stuck)
}

// extendsOnce looks before it asks again: an extension has no key.
func extendsOnce(ctx context.Context, a *app.App, c app.Caller, id access.RequestID) error {
	view, err := a.Get(ctx, c, id)
	if err != nil || view.Request.Extensions > 0 {
		return err
	}
	_, err = a.Act(ctx, c, id, access.Extend{Duration: access.Duration(5 * time.Minute)})
	return err
}

func suspends(ctx context.Context, a *app.App, c app.Caller, _ access.RequestID) error {
	ana, err := a.Person(ctx, c, "ana")
	if err != nil || !ana.Doc.Active() {
		return err
	}
	ana.Doc.Status = app.PersonSuspended
	_, err = a.PutPerson(ctx, c, ana.Doc, app.Condition{Version: ana.Version})
	return err
}

// stopsRuns is what someone can do in the AWS console.
func stopsRuns(w *world, _ access.RequestID) {
	for _, e := range w.order {
		if e.status == "RUNNING" {
			e.end("ABORTED")
		}
	}
}
