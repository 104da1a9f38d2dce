// Package apptest is a small company for tests: the use cases on Amazon's
// DynamoDB Local, with a workflow that only remembers.
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
	"latchkey/functions/lib/dynamo/dynamolocal"
	"latchkey/functions/lib/policy"
)

// Runs is a workflow that remembers what it was told.
type Runs struct {
	mu      sync.Mutex
	Started []string
	Begun   []app.Run // as they were started
	Stopped []string
	Answers []app.Output
}

// Start remembers each run once.
func (w *Runs) Start(_ context.Context, r app.Run) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if name := string(r.Machine) + " " + r.Name(); !slices.Contains(w.Started, name) {
		w.Started, w.Begun = append(w.Started, name), append(w.Begun, r)
	}
	return nil
}

// Stop remembers the run.
func (w *Runs) Stop(_ context.Context, id access.RequestID, n int, _ string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Stopped = append(w.Stopped, app.RunName(id, n))
	return nil
}

// Answer remembers the answer.
func (w *Runs) Answer(_ context.Context, _ string, out app.Output) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Answers = append(w.Answers, out)
	return nil
}

type noCounts struct{}

func (noCounts) Count(string, int) {}

// Company is an App on Amazon's DynamoDB Local, with a clock that tests move.
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
	local := dynamolocal.Start(t)
	stores := dynamo.New(local.Client(), local.Tables(t))
	c := &Company{T: t, Runs: &Runs{}, At: time.Now().UTC().Truncate(time.Millisecond)}
	c.App = app.App{
		Requests: stores.Requests, Entitlements: stores.Entitlements, Directory: stores.Directory,
		Catalog: stores.Catalog, Devices: stores.Devices, SlackLinks: stores.Directory, Tickets: stores.Tickets, Workflow: c.Runs, Counter: noCounts{},
		Policies:   policy.New(),
		Connectors: map[string]app.Connector{"group": connector.Group{Memberships: stores.Directory}},
		Clock:      func() time.Time { return c.At },
		NewID:      func() string { return ulid.MustNew(ulid.Timestamp(c.At), rand.Reader).String() },
		Random:     rand.Reader, Pause: app.Pause, Pace: access.FastPace, Minimum: access.Duration(time.Second), DriftEvery: access.Duration(time.Hour),
		Identity: app.Identity{FirstAdminEmail: "eli@example.com"},
	}
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
		SamePerson: access.SameDistinct, DecideIn: []access.Via{access.ViaPortal}, Delegation: true, ShowProgress: true, Enabled: true}, isNew)
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
