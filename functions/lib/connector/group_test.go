package connector_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/connector/conformance"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/dynamolocal"
)

var errNoAnswer = errors.New("no answer")

// flaky are memberships whose next call meets a fault.
type flaky struct {
	app.Memberships
	mu    sync.Mutex
	fault *conformance.Fault
	held  func()
}

func (f *flaky) meet(fault conformance.Fault) func() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault, f.held = &fault, func() {}
	return func() { f.held(); f.next() }
}

// next takes the fault that the call meets, if there is one.
func (f *flaky) next() *conformance.Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	fault := f.fault
	f.fault = nil
	return fault
}

func (f *flaky) call(arrive func() error) error {
	fault := f.next()
	if fault == nil {
		return arrive()
	}
	switch *fault {
	case conformance.Lost:
		return errors.Join(arrive(), errNoAnswer)
	case conformance.Late:
		f.held = func() { _ = arrive() }
	case conformance.Twice:
		return errors.Join(arrive(), arrive())
	}
	return errNoAnswer
}

func (f *flaky) AddGranted(ctx context.Context, group access.GroupID, person access.PersonID) error {
	return f.call(func() error { return f.Memberships.AddGranted(ctx, group, person) })
}

func (f *flaky) RemoveGranted(ctx context.Context, group access.GroupID, person access.PersonID) error {
	return f.call(func() error { return f.Memberships.RemoveGranted(ctx, group, person) })
}

func (f *flaky) GroupsOf(ctx context.Context, person access.PersonID) (directory, granted []access.GroupID, err error) {
	if f.next() != nil {
		return nil, nil, errNoAnswer
	}
	return f.Memberships.GroupsOf(ctx, person)
}

func TestGroupConforms(t *testing.T) {
	local := dynamolocal.Start(t)
	conformance.Run(t, func(t *testing.T) conformance.Subject {
		directory := dynamo.New(local.Client(), local.Tables(t)).Directory
		memberships := &flaky{Memberships: directory}
		group := func(id access.GroupID) access.Target { return access.Target{Connector: "group", ID: string(id)} }
		return conformance.Subject{
			Connector: connector.Group{Memberships: memberships},
			People:    [2]access.PersonID{"ana", "ben"},
			Targets:   [2]access.Target{group("staging-users"), group("staging-users-2")},
			Refused:   group(access.AdminGroup),
			Truth: func(key app.EntitlementKey) app.Observation {
				own, granted, err := directory.GroupsOf(t.Context(), key.Person)
				if err != nil {
					t.Error(err)
				}
				id := access.GroupID(key.Target.ID)
				return app.Observation{Present: slices.Contains(granted, id), Foreign: slices.Contains(own, id)}
			},
			GiveForeign: func(key app.EntitlementKey) { joins(t, directory, key.Person, access.GroupID(key.Target.ID)) },
			Meet:        memberships.meet,
		}
	})
}

// joins makes someone a member by the directory itself.
func joins(t *testing.T, directory app.Directory, person access.PersonID, group access.GroupID) {
	t.Helper()
	event := access.Event{Subject: "person:" + string(person), Seq: 1, At: time.Now().UTC(), Type: app.EventCreated}
	sealed, err := access.Seal([]access.Event{event}, "", rand.Reader)
	if err == nil {
		err = directory.EditPerson(t.Context(), app.Edit[app.Person]{Event: sealed[0], After: app.Person{ID: person,
			Name: string(person), Email: string(person) + "@example.com", Status: app.PersonActive, Groups: []access.GroupID{group}}}, false)
	}
	if err != nil {
		t.Fatal(err)
	}
}
