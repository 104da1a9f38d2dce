// Package conformance is the suite that every connector passes: each row is one
// promise that app.Connector makes and that settling an entitlement relies on.
//
// A connector's test hands over a Subject, which is the connector together with
// the outside system behind it, and calls Run. The suite never trusts what the
// connector says about itself: it compares it with Subject.Truth.
package conformance

import (
	"context"
	"maps"
	"slices"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Subject is a connector under test, and the hands on the system behind it.
type Subject struct {
	Connector app.Connector

	// People and Targets are two of each. At first none of these people has any
	// access to any of these targets.
	People  [2]access.PersonID
	Targets [2]access.Target

	// Refused is a target that the system refuses to everybody, for good.
	Refused access.Target

	// Truth tells what is there, without asking the connector.
	Truth func(key app.EntitlementKey) app.Observation

	// Sole says that access is there once or not at all, so that what someone else
	// gave is all there can be. Truth then tells Latchkey's from others' by what it
	// saw come about.
	Sole bool

	// Wish stores what is wanted, as it is in the product before a connector is
	// called. It is nil where the system behind the connector does not read that.
	Wish func(key app.EntitlementKey, want bool)

	// GiveForeign makes someone other than Latchkey give the access.
	GiveForeign func(key app.EntitlementKey)

	// Meet makes the next call of Ensure that reaches the system, or of Observe
	// for Blind, meet a fault. deliver brings what Late held up, and takes back a
	// fault that no call has met.
	Meet func(fault Fault) (deliver func())
}

// Fault is something that happens to one call on its way.
type Fault int

// The faults. All but Twice let the call fail.
const (
	Down  Fault = iota // it never arrives
	Lost               // it arrives, and its answer is lost
	Late               // it arrives only when it is delivered, long after it failed
	Twice              // it arrives twice
	Blind              // an observation gets no answer
)

func (f Fault) String() string {
	return [...]string{"down", "lost", "late", "twice", "blind"}[f]
}

// Run runs every row of the suite, each on a subject of its own.
func Run(t *testing.T, subject func(t *testing.T) Subject) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		t.Run(name, func(t *testing.T) { rows[name](world{t, subject(t)}) })
	}
}

// reporter is the part of testing.T that rows use.
type reporter interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// world is a row's hands: a connector, and steps in the domain's words.
type world struct {
	reporter
	Subject
}

// key names the entitlement of a person to a target, by their numbers.
func (w world) key(person, target int) app.EntitlementKey {
	return app.EntitlementKey{Person: w.People[person], Target: w.Targets[target]}
}

func (w world) ensure(key app.EntitlementKey, want bool) {
	w.Helper()
	if err := w.Connector.Ensure(w.Context(), key, want); err != nil {
		w.Fatalf("ensure %t: %v", want, err)
	}
}

// settle does what a use case does when it settles an entitlement: it looks,
// calls where what is there is not what is wanted, and looks again.
func (w world) settle(key app.EntitlementKey, want bool) {
	w.Helper()
	if w.Wish != nil {
		w.Wish(key, want)
	}
	seen, err := w.Connector.Observe(w.Context(), key)
	if err != nil {
		w.Fatalf("observe: %v", err)
	}
	if !seen.Meets(want) {
		w.ensure(key, want)
	}
	w.sees(key, app.Observation{Present: want, Foreign: seen.Foreign})
}

// looks observes, and tells by whose doing access is there.
func (w world) looks(key app.EntitlementKey) (app.Observation, error) {
	seen, err := w.Connector.Observe(w.Context(), key)
	if seen.Sole != (w.Sole && seen.Foreign) {
		w.Errorf("observed %+v of a system where that is %t", seen, w.Sole)
	}
	return app.Observation{Present: seen.Present, Foreign: seen.Foreign}, err
}

// sees checks that the connector and the truth both say what is expected.
func (w world) sees(key app.EntitlementKey, want app.Observation) {
	w.Helper()
	got, err := w.looks(key)
	if err != nil || got != want {
		w.Errorf("observed %+v, %v; want %+v", got, err, want)
	}
	w.is(key, want)
}

// is checks the truth alone.
func (w world) is(key app.EntitlementKey, want app.Observation) {
	w.Helper()
	if got := w.Truth(key); got != want {
		w.Errorf("there is %+v, want %+v", got, want)
	}
}
