package app_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// holdsPast is access to a target whose end passed so long ago, and whose run is
// gone.
func (c company) holdsPast(target access.Target, by time.Duration) access.RequestID {
	c.Helper()
	ends := c.At.Add(-by)
	return c.holdsUntil(target, ends, ends.Add(access.FastPace.Grace))
}

// holdsUntil is access that ends then, and is due then.
func (c company) holdsUntil(target access.Target, ends, due time.Time) access.RequestID {
	c.Helper()
	id := access.RequestID("req_" + c.NewID())
	began := ends.Add(-2 * time.Hour)
	events := []access.Event{
		{Type: access.EventSubmitted, Status: access.Pending, Details: access.Details{Requester: "ana", Resource: "staging",
			Connector: target.Connector, Target: target.ID, Flow: "staging-flow", FlowVersion: 1, Asked: access.Duration(2 * time.Hour)}},
		{Type: access.EventOverridden, Status: access.Approved, Details: access.Details{Verdict: access.Approve, Run: 1, Machine: access.ApprovalMachine}},
		{Type: access.EventGranting, Status: access.Granting},
		{Type: access.EventActivated, Status: access.Active, Details: access.Details{EndsAt: ends, Due: due}},
	}
	var after access.Request
	for i := range events {
		events[i].Subject, events[i].Seq, events[i].At, events[i].Actor = "request:"+string(id), i+1, began, access.System(access.ViaWorkflow)
		c.Must(after.Apply(events[i]))
	}
	sealed, err := access.Seal(events, "", rand.Reader)
	c.Must(err)
	c.Must(c.Requests.Commit(c.Context(), app.Change{After: after, Events: sealed}))
	return id
}

// sweeps gives how many runs a sweep starts.
func (c company) sweeps() int {
	c.Helper()
	before := len(c.Runs.Started)
	_, err := c.Sweep(c.Context())
	c.Must(err)
	return len(c.Runs.Started) - before
}

func (c company) tookOver(id access.RequestID) bool {
	for _, run := range c.Runs.Started {
		if strings.HasSuffix(run, " "+app.RunName(id, 2)) {
			return true
		}
	}
	return false
}

// Promise 6: after downtime, overdue ends drain fairly and without a stampede.
func TestAfterDowntimeOverdueEndsDrainFairlyAndWithoutAStampede(t *testing.T) {
	c := newCompany(t)
	dead, alive := access.WebhookTarget("https://dead.example.com", "dead"), access.WebhookTarget("https://alive.example.com", "alive")
	for range 200 {
		c.holdsPast(dead, 5*time.Hour)
	}
	var others []access.RequestID
	for i := range 4 {
		others = append(others, c.holdsPast(alive, time.Duration(i+1)*time.Minute),
			c.holdsPast(access.Target{Connector: access.ConnectorGroup, ID: fmt.Sprintf("group-%d", i)}, time.Minute))
	}
	const atOnce = 25 // of one target
	if first := c.sweeps(); first != atOnce+len(others) {
		t.Errorf("the first sweep starts %d runs", first)
	}
	for _, id := range others {
		if !c.tookOver(id) {
			t.Errorf("%s waits behind the dead endpoint", id)
		}
	}
	for drained := atOnce; drained < 200; drained += atOnce {
		c.At = c.At.Add(time.Second)
		if next := c.sweeps(); next != atOnce {
			t.Errorf("after %d a sweep starts %d runs", drained, next)
		}
	}
	if left := c.sweeps(); left != 0 {
		t.Errorf("%d runs are started twice", left)
	}
}

func TestASweepOfManyDeadEndpointsIsBounded(t *testing.T) {
	c := newCompany(t)
	for i := range 12 {
		for range 10 {
			c.holdsPast(access.WebhookTarget(fmt.Sprintf("https://dead-%d.example.com", i), "dead"), time.Hour)
		}
	}
	if first, second := c.sweeps(), c.sweeps(); first != 100 || second != 20 {
		t.Errorf("two sweeps start %d and %d runs", first, second)
	}
}

func TestWhoHasBeenDueLongestComesFirst(t *testing.T) {
	c := newCompany(t)
	target := access.WebhookTarget("https://slow.example.com", "slow")
	var last access.RequestID
	for i := range 26 {
		last = c.holdsPast(target, time.Hour-time.Duration(i)*time.Minute)
	}
	c.sweeps()
	if c.tookOver(last) {
		t.Error("the one due last was among the first")
	}
	if c.sweeps(); !c.tookOver(last) {
		t.Error("and is not started by the second sweep")
	}
}

func TestNoticesDelayNoEnds(t *testing.T) {
	c := newCompany(t)
	target := access.Target{Connector: "group", ID: "staging-users"}
	for range 25 {
		c.soon(target)
	}
	late := c.holdsPast(target, 10*time.Second)
	c.sweeps()
	if !c.tookOver(late) {
		t.Error("25 notices kept an overdue end waiting")
	}
}

// soon is access whose holder is to be told that it ends.
func (c company) soon(target access.Target) {
	c.Helper()
	c.holdsUntil(target, c.At.Add(time.Hour), c.At.Add(-time.Minute))
}
