package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// world is the company of one story. Its names are like no other story's.
type world struct {
	*testing.T
	Stores
	ctx    context.Context
	now    time.Time
	suffix string
	ids    io.Reader
	flow   access.Flow
}

func newWorld(t *testing.T, s Stores) *world {
	w := &world{T: t, Stores: s, ctx: t.Context(), ids: ulid.Monotonic(rand.Reader, 0)}
	w.now = time.Now().UTC().Truncate(time.Millisecond)
	w.suffix = "-" + strings.ToLower(w.ulid()[16:])
	w.flow = access.Flow{ID: access.FlowID(w.name("flow")), Version: 3, VisibleTo: []access.Principal{access.Everyone},
		Steps:    []access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}},
		Duration: access.DurationRule{Mode: access.DurationFixed, Choices: []access.Duration{access.Duration(2 * time.Minute)}},
		// Long enough that no sweeper of a running stack takes a story's request.
		PendingFor: access.Duration(50 * 365 * 24 * time.Hour), DecideIn: []access.Via{access.ViaPortal}, ShowProgress: true, Enabled: true}
	return w
}

func (w *world) ulid() string { return ulid.MustNew(ulid.Timestamp(w.now), w.ids).String() }

func (w *world) name(of string) string { return of + w.suffix }

func (w *world) person(of string) access.PersonID { return access.PersonID(w.name(of)) }

func (w *world) later(d time.Duration) *world {
	next := *w
	next.now = w.now.Add(d)
	return &next
}

func (w *world) facts(actor access.Actor, principals ...access.Principal) access.Facts {
	ben := access.OfPerson(w.person("ben"))
	return access.Facts{Actor: actor, Principals: principals, Flow: w.flow, Minimum: access.Duration(time.Second),
		Requester: access.Subject{ID: w.person("ana"), Active: true, Manager: w.person("ben")},
		Resource: access.Resource{ID: access.ResourceID(w.name("staging")), Kind: access.KindResource, Owner: w.person("chloe"),
			Target: access.Target{Connector: "group", ID: w.name("staging-users")}},
		Steps:    []access.Resolved{{Principals: []access.Principal{ben, access.OfGroup("sec")}, Candidates: []access.PersonID{w.person("ben")}}},
		Settings: access.Settings{RequestsEnabled: true, ShowProgress: true}, Pace: access.NormalPace}
}

func (w *world) by(who string) access.Actor {
	return access.Actor{Kind: access.ByPerson, ID: w.person(who), Via: access.ViaPortal}
}

// change decides a command on a request as it was read.
func (w *world) change(before app.Stored, command access.Command, f access.Facts) app.Change {
	w.Helper()
	events, err := before.Handle(command, f, w.now)
	if err != nil || len(events) == 0 {
		w.Fatalf("%T on a request that is %q: %v, %d events", command, before.Status, err, len(events))
	}
	return w.sealed(before, events)
}

func (w *world) sealed(before app.Stored, events []access.Event) app.Change {
	w.Helper()
	sealed, err := access.Seal(events, before.Hash, rand.Reader)
	if err != nil {
		w.Fatal(err)
	}
	after := before.Request
	for _, e := range events {
		if err := after.Apply(e); err != nil {
			w.Fatal(err)
		}
	}
	return app.Change{Before: before, After: after, Events: sealed}
}

// submission is Ana's asking for a resource.
func (w *world) submission(resource string) app.Change {
	f := w.facts(w.by("ana"))
	f.Resource.ID = access.ResourceID(w.name(resource))
	return w.change(app.Stored{}, access.Submit{ID: access.RequestID("req_" + w.ulid()), Reason: "The release of Friday"}, f)
}

func (w *world) decision(before app.Stored, verdict access.Verdict, who string) app.Change {
	f := w.facts(w.by(who), access.OfPerson(w.person(who)), access.OfGroup("sec"))
	return w.change(before, access.Decide{Verdict: verdict, Reason: "because"}, f)
}

func (w *world) system(before app.Stored, command access.Command) app.Change {
	return w.change(before, command, w.facts(access.System(access.ViaWorkflow)))
}

// commit stores a change and gives the request as it is stored then.
func (w *world) commit(c app.Change) app.Stored {
	w.Helper()
	if err := w.Requests.Commit(w.ctx, c); err != nil {
		w.Fatalf("commit of version %d: %v", c.After.Version, err)
	}
	return w.load(c.After.ID)
}

func (w *world) load(id access.RequestID) app.Stored {
	w.Helper()
	stored, err := w.Requests.Load(w.ctx, id)
	if err != nil {
		w.Fatal(err)
	}
	return stored
}

func (w *world) submitted(resource string) app.Stored {
	w.Helper()
	return w.commit(w.submission(resource))
}

// active brings a submitted request to the access.
func (w *world) active(r app.Stored) app.Stored {
	w.Helper()
	r = w.commit(w.decision(r, access.Approve, "ben"))
	r = w.commit(w.system(r, access.BeginGrant{}))
	return w.commit(w.system(r, access.ObservedPresent{}))
}

func (w *world) wants(err, want error) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Errorf("got %v, want %v", err, want)
	}
}

func (w *world) fine(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) same(got, want any) {
	w.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		w.Errorf("-want +got\n%s", diff)
	}
}

// eventually repeats a look at an index, which may be a moment behind, until it
// shows what it should.
func (w *world) eventually(want any, look func() any) {
	w.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		got := look()
		diff := cmp.Diff(want, got, cmpopts.EquateEmpty())
		if diff == "" {
			return
		}
		if time.Now().After(deadline) {
			w.Fatalf("-want +got\n%s", diff)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// history reads a request's chain, which must verify and lead to the snapshot.
func (w *world) history(r app.Stored) []access.SealedEvent {
	w.Helper()
	events, err := w.Requests.Events(w.ctx, r.ID, 0, 1000)
	w.fine(err)
	w.fine(access.Verify(events))
	replayed, err := access.Replay(events)
	w.fine(err)
	w.same(r.Request, replayed)
	if len(events) > 0 && events[len(events)-1].Hash != r.Hash {
		w.Errorf("the snapshot does not name the end of its chain")
	}
	return events
}
