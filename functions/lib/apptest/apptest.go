// Package apptest is a small company for tests: the use cases on stores in
// memory, with a workflow that only remembers.
package apptest

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
	"latchkey/functions/lib/policy"
)

// Runs is a workflow that remembers what it was told.
type Runs struct {
	mu      sync.Mutex
	Started []string
	Begun   []app.Run // as they were started
	Stopped []string
	Answers []app.Output
	Down    error // what every call fails with
}

// Start remembers each run once.
func (w *Runs) Start(_ context.Context, r app.Run) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if name := string(r.Machine) + " " + r.Name(); w.Down == nil && !slices.Contains(w.Started, name) {
		w.Started, w.Begun = append(w.Started, name), append(w.Begun, r)
	}
	return w.Down
}

// Stop remembers the run.
func (w *Runs) Stop(_ context.Context, id access.RequestID, n int, _ string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Down == nil {
		w.Stopped = append(w.Stopped, app.RunName(id, n))
	}
	return w.Down
}

// Answer remembers the answer.
func (w *Runs) Answer(_ context.Context, _ string, out app.Output) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Down == nil {
		w.Answers = append(w.Answers, out)
	}
	return w.Down
}

type noCounts struct{}

func (noCounts) Count(string, int) {}

// Company is an App with a clock that tests move.
type Company struct {
	*testing.T
	app.App
	Runs *Runs
	At   time.Time
}

// New sets the company up: Eli is its admin, Ben manages Ana and approves Staging
// for two minutes, Dan is a stranger to it.
func New(t *testing.T) *Company {
	t.Helper()
	return On(t, dynamo.New(memory.New(t).Client(), memory.Tables))
}

// On sets the company up on other stores, which are empty.
func On(t *testing.T, stores dynamo.Stores) *Company {
	t.Helper()
	c := &Company{T: t, Runs: &Runs{}, At: time.Now().UTC().Truncate(time.Millisecond)}
	c.App = stores.App()
	c.Workflow, c.Counter, c.Policies = c.Runs, noCounts{}, policy.New()
	c.Connectors = map[string]app.Connector{"group": connector.Group{Memberships: stores.Directory}}
	c.Clock, c.Pause, c.Random = func() time.Time { return c.At }, app.Pause, rand.Reader
	c.NewID = func() string { return ulid.MustNew(ulid.Timestamp(c.At), rand.Reader).String() }
	c.Pace, c.Minimum, c.DriftEvery = access.FastPace, access.Duration(time.Second), access.Duration(time.Hour)
	c.Identity = app.Identity{FirstAdminEmail: "eli@example.com"}
	c.settleIn()
	return c
}

// settleIn makes Eli the first admin, who then sets the company up.
func (c *Company) settleIn() {
	c.Helper()
	ctx := c.Context()
	eli := c.SignsIn("eli")
	isNew := app.Condition{New: true}
	_, err := c.PutGroup(ctx, eli, app.Group{ID: "staging-users", Name: "Staging"}, isNew)
	c.Must(err)
	for _, p := range []app.Person{{ID: "ben"}, {ID: "dan"}, {ID: "ana", Manager: "ben"}} {
		p.Name, p.Email, p.Status = string(p.ID), string(p.ID)+"@example.com", app.PersonActive
		_, err := c.PutPerson(ctx, eli, p, isNew)
		c.Must(err)
	}
	_, err = c.PutResource(ctx, eli, access.Resource{ID: "staging", Kind: access.KindResource, Name: "Staging",
		Target: access.Target{Connector: "group", ID: "staging-users"}}, isNew)
	c.Must(err)
	_, _, err = c.PutFlow(ctx, eli, access.Flow{ID: "staging-flow", Name: "Staging", Resources: []access.ResourceID{"staging"},
		VisibleTo:  []access.Principal{access.Everyone},
		Steps:      []access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}},
		Duration:   access.DurationRule{Mode: access.DurationFixed, Choices: []access.Duration{access.Duration(2 * time.Minute)}},
		PendingFor: access.Duration(time.Hour), ClaimWithin: access.Duration(time.Hour), DenyWhen: access.DenyAny,
		SamePerson: access.SameDistinct, DecideIn: []access.Via{access.ViaPortal}, Delegation: true, EmailSignIn: true, ShowProgress: true, Enabled: true}, isNew)
	c.Must(err)
}

// Must fails the test.
func (c *Company) Must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// SignsIn signs someone in by the name that is their id.
func (c *Company) SignsIn(name string) app.Caller {
	c.Helper()
	caller, err := c.SignIn(c.Context(), app.Claims{Issuer: "https://issuer.example.com", Subject: name, TokenUse: "id",
		Email: name + "@example.com", EmailVerified: true, Name: name}, access.ViaPortal)
	c.Must(err)
	return caller
}
