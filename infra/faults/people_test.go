package faults_test

import (
	"context"
	"fmt"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// act is something that someone does through the API.
type act func(ctx context.Context, a *app.App, c app.Caller, id access.RequestID) error

// habit is what someone does once for a request that comes to a place in its
// life, at a moment that they choose.
type habit struct {
	when func(r access.Request) bool
	at   func(r access.Request, now time.Time) time.Time
	do   func(w *world, id access.RequestID)
}

// by has someone act through the API.
func by(who, what string, do act) func(*world, access.RequestID) {
	return func(w *world, id access.RequestID) { w.does(who, what, id, do) }
}

// people look at the requests that have changed.
func (w *world) people() {
	if !w.changed {
		return
	}
	w.changed = false
	for _, r := range w.requests() {
		if !r.Due.IsZero() {
			w.sweepBy(r.Due)
		}
		for i, h := range w.scenario.habits {
			once := fmt.Sprint(i, r.ID, r.Run.Number)
			if h.when(r) && !w.done[once] {
				w.done[once] = true
				w.in(h.at(r, w.now).Sub(w.now), func() { h.do(w, r.ID) })
			}
		}
	}
}

// does calls the API. Whom it does not answer, or tells to come again, tries
// again if they are patient.
func (w *world) does(who, what string, id access.RequestID, do act) {
	took, err := w.invoke("api", what, func(ctx context.Context, a *app.App) error {
		caller, err := a.SignIn(ctx, claims(who), access.ViaPortal)
		if err != nil {
			return err
		}
		return do(ctx, a, caller, id)
	})
	switch code := access.CodeOf(err); {
	case err == nil:
	case code != "" && code != access.CodeBusy:
		if len(w.hits)+len(w.stopped) == 0 {
			w.Errorf("%s %s: %v", who, what, err)
		}
	case w.plan.patient:
		w.in(took+2*time.Second, func() { w.does(who, what, id, do) })
	default:
		w.gaveUp = true
	}
}

func claims(who string) app.Claims {
	return app.Claims{Issuer: "https://issuer.example.com", Subject: who, TokenUse: "id", Email: who + "@example.com", EmailVerified: true, Name: who}
}

// asks submits, always with the same key. The access begins then, or at once.
func asks(resource access.ResourceID, then time.Time) act {
	return func(ctx context.Context, a *app.App, c app.Caller, _ access.RequestID) error {
		_, err := a.Submit(ctx, c, app.Submission{Resource: resource, Reason: "The release of Friday", StartsAt: then, Key: string(resource)})
		return err
	}
}

func moves(command access.Command) act {
	return func(ctx context.Context, a *app.App, c app.Caller, id access.RequestID) error {
		_, err := a.Act(ctx, c, id, command)
		return err
	}
}

func is(status access.Status) func(access.Request) bool {
	return func(r access.Request) bool { return r.Status == status }
}

func after(d time.Duration) func(access.Request, time.Time) time.Time {
	return func(_ access.Request, now time.Time) time.Time { return now.Add(d) }
}

// What people do in many scenarios. They are slower than any function's
// time-out, so that what they do rarely overtakes what they were told.
var (
	benApproves = habit{is(access.Pending), after(3 * time.Minute), by("ben", "approves", moves(access.Decide{Verdict: access.Approve}))}
	eliRetries  = habit{is(access.Failed), after(3 * time.Minute), by("eli", "retries", moves(access.Retry{Reason: "Try again"}))}

	anaGivesBack = habit{is(access.Active), after(3 * time.Minute), by("ana", "gives back", moves(access.End{}))}
	eliRevokes   = habit{is(access.Granting), after(3 * time.Second), by("eli", "revokes", moves(access.Revoke{Reason: "Not now"}))}
)

// settleIn makes Eli the admin, who sets the company up: Ben manages Ana, who may
// ask for Staging, for Staging too (which is the same target), for longer than a
// run lives, without an end, and for a laptop.
func (w *world) settleIn() {
	ctx, a := context.Background(), w.app(&process{world: w})
	must := func(err error) {
		if err != nil {
			w.Error(err)
		}
	}
	eli, err := a.SignIn(ctx, claims("eli"), access.ViaPortal)
	must(err)
	isNew := app.Condition{New: true}
	for _, id := range []access.GroupID{"staging-users", "laptop-admins"} {
		_, err = a.PutGroup(ctx, eli, app.Group{ID: id, Name: string(id)}, isNew)
		must(err)
	}
	for _, p := range []app.Person{{ID: "ben"}, {ID: "ana", Manager: "ben"}} {
		p.Name, p.Email, p.Status = string(p.ID), string(p.ID)+"@example.com", app.PersonActive
		_, err = a.PutPerson(ctx, eli, p, isNew)
		must(err)
		_, err = a.SignIn(ctx, claims(string(p.ID)), access.ViaPortal)
		must(err)
	}
	for _, r := range []struct {
		id     access.ResourceID
		kind   access.Kind
		target string
		length time.Duration
	}{
		{"staging", access.KindResource, "staging-users", 10 * time.Minute},
		{"staging-too", access.KindResource, "staging-users", 14 * time.Minute},
		{"long", access.KindResource, "staging-users", access.RunLifetime + 10*24*time.Hour},
		{"forever", access.KindResource, "staging-users", 0},
		{"laptop", access.KindDevice, "laptop-admins", 10 * time.Minute},
	} {
		_, err = a.PutResource(ctx, eli, access.Resource{ID: r.id, Kind: r.kind, Name: string(r.id),
			Target: access.Target{Connector: access.ConnectorGroup, ID: r.target}}, isNew)
		must(err)
		flow := access.Flow{ID: access.FlowID(r.id + "-flow"), Name: string(r.id), Resources: []access.ResourceID{r.id},
			VisibleTo:  []access.Principal{access.Everyone},
			Steps:      []access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}},
			Duration:   access.DurationRule{Mode: access.DurationNone},
			PendingFor: access.Duration(20 * time.Minute), ClaimWithin: access.Duration(15 * time.Minute),
			StartsWithin: access.Duration(time.Hour), DenyWhen: access.DenyAny,
			SamePerson: access.SameDistinct, DecideIn: []access.Via{access.ViaPortal}, ShowProgress: true, Enabled: true}
		if r.length > 0 {
			flow.Duration = access.DurationRule{Mode: access.DurationFixed, Choices: []access.Duration{access.Duration(r.length)},
				Extend: access.ExtendRule{UpTo: access.Duration(5 * time.Minute), Times: 2}}
		}
		_, _, err = a.PutFlow(ctx, eli, flow, isNew)
		must(err)
	}
}
