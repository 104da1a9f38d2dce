package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func (c company) last(id access.RequestID) access.Event {
	c.Helper()
	sealed, err := c.Requests.Events(c.Context(), id, 0, 100)
	c.Must(err)
	e, err := sealed[len(sealed)-1].Open()
	c.Must(err)
	return e
}

func (c company) withdrawn(id access.RequestID, why string) {
	c.Helper()
	c.stands(id, access.Canceled)
	e := c.last(id)
	if e.Details.Failure != why || e.Actor != access.System(access.ViaDirectory) {
		c.Fatalf("canceled by %+v, because of %q", e.Actor, e.Details.Failure)
	}
}

// benAsks asks for what Ana asks for, too.
func (c company) benAsks() access.Request {
	c.Helper()
	c.person("ben", under("dan"))
	r, err := c.Submit(c.Context(), c.SignsIn("ben"), app.Submission{Resource: "staging", Reason: "A demo"})
	c.Must(err)
	return r
}

func TestAFlowThatIsSwitchedOffCancelsWhatIsUndecidedAndRevokesNothing(t *testing.T) {
	for name, ends := range map[string]func(company){
		"disabled": func(c company) { c.flow(func(f *access.Flow) { f.Enabled = false }) },
		"deleted":  func(c company) { c.deleteFlow() },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t)
			held, _ := c.anaHolds()
			asked := c.benAsks()
			c.flow(func(f *access.Flow) { f.Name = "Staging, renamed" })
			c.Must(c.FlowChanged(t.Context(), "staging-flow"))
			c.stands(asked.ID, access.Pending) // it keeps the version it was submitted under
			ends(c)
			for range 2 {
				c.Must(c.FlowChanged(t.Context(), "staging-flow"))
			}
			c.withdrawn(asked.ID, "flow_disabled")
			if got := c.happened(asked.ID); got != "submitted canceled" {
				t.Errorf("happened: %s", got)
			}
			c.stands(held.ID, access.Active)
			c.inStaging(true)
		})
	}
}

func (c company) deleteFlow() {
	c.Helper()
	flow, err := c.Catalog.Flow(c.Context(), "staging-flow")
	c.Must(err)
	c.Must(c.DeleteFlow(c.Context(), c.SignsIn("eli"), "staging-flow", app.Condition{Version: flow.Version}))
}

func TestAResourceThatIsGoneCancelsWhatIsUndecided(t *testing.T) {
	c := newCompany(t)
	held, _ := c.anaHolds()
	asked := c.benAsks()
	c.Must(c.ResourceChanged(t.Context(), "staging"))
	c.stands(asked.ID, access.Pending)

	c.deleteFlow()
	resource, err := c.Catalog.Resource(t.Context(), "staging")
	c.Must(err)
	c.Must(c.DeleteResource(t.Context(), c.SignsIn("eli"), "staging", app.Condition{Version: resource.Version}))
	for range 2 {
		c.Must(c.ResourceChanged(t.Context(), "staging"))
	}
	c.withdrawn(asked.ID, "resource_deleted")
	c.stands(held.ID, access.Active)
}

// crowd lets so many people ask for Staging, which Ben decides.
func (c company) crowd(n int) []access.RequestID {
	c.Helper()
	c.decidedBy(one, access.OfPerson("ben"))
	var ids []access.RequestID
	for i := range n {
		id := access.PersonID(fmt.Sprintf("p%03d", i))
		caller := app.Caller{Person: app.Person{ID: id, Status: app.PersonActive}, Principals: []access.Principal{access.OfPerson(id)}, Via: access.ViaPortal}
		r, err := c.Submit(c.Context(), caller, app.Submission{Resource: "staging", Reason: "A demo"})
		c.Must(err)
		ids = append(ids, r.ID)
	}
	return ids
}

// broken are requests of which one cannot be written.
type broken struct {
	app.Requests
	id access.RequestID
}

var errBroken = errors.New("broken")

func (b broken) Commit(ctx context.Context, c app.Change) error {
	if c.After.ID == b.id {
		return errBroken
	}
	return b.Requests.Commit(ctx, c)
}

func TestAChangeReachesEveryPageAndOneFailureKeepsItFromNoOther(t *testing.T) {
	c := newCompany(t)
	ids := c.crowd(103)
	c.flow(func(f *access.Flow) { f.Enabled = false })
	whole := c.App
	c.App.Requests = broken{c.Requests, ids[102]} // on the first page
	err := c.FlowChanged(t.Context(), "staging-flow")
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), string(ids[102])) {
		t.Errorf("the failure is told as %v", err)
	}
	for _, id := range ids[:102] {
		c.stands(id, access.Canceled)
	}
	c.stands(ids[102], access.Pending)
	c.App = whole
	c.Must(c.FlowChanged(t.Context(), "staging-flow"))
	c.withdrawn(ids[102], "flow_disabled")
}

// hurried are requests that are read until the time is up: with the first list of
// tasks, or before it.
type hurried struct {
	app.Requests
	before   bool
	timeIsUp func()
}

func (h hurried) Tasks(ctx context.Context, principals []access.Principal, p app.Page) ([]access.Request, string, error) {
	if h.before {
		h.timeIsUp()
	}
	defer h.timeIsUp()
	return h.Requests.Tasks(ctx, principals, p)
}

func TestWhatThereWasNoTimeForIsToldAndDoneTheNextTime(t *testing.T) {
	c := newCompany(t)
	ids := c.crowd(3)
	c.person("ben", suspended)
	for _, before := range []bool{true, false} {
		ctx, cancel := context.WithCancel(t.Context())
		late := c.App
		late.Requests = hurried{c.Requests, before, cancel}
		if err := late.PersonChanged(ctx, "ben"); !errors.Is(err, context.Canceled) {
			t.Errorf("time is up before the list %v: %v", before, err)
		}
	}
	c.Must(c.PersonChanged(t.Context(), "ben"))
	for _, id := range ids {
		c.stands(id, access.MissingData)
	}
}
