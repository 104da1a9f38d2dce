package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/dynamo/meter"
)

// RunCost measures what one whole, simple life costs, as DynamoDB counts it:
// asked for, approved by a manager, given and taken by the group connector. It
// logs the units by step and fails beyond a bound.
func RunCost(t *testing.T, open func(*testing.T, ...func(*dynamodb.Options)) Stores) {
	m := &meter.Meter{}
	w := newWorld(t, open(t, m.Option))
	total := 0.0
	step := func(name string, do func()) {
		m.Take()
		do()
		used := m.Take()
		total += used.Write
		t.Logf("%-40s %5.1f write units", name, used.Write)
	}
	var r app.Stored
	commit := func(name string, next func() app.Change) {
		step(name, func() { r = w.commit(next()) })
	}
	group, ana := access.GroupID(w.name("staging-users")), w.person("ana")
	observe := func(name string, change func() error) {
		step(name, func() {
			e := w.acquire(name, w.now)
			w.fine(change())
			w.fine(w.Entitlements.Record(w.ctx, e))
		})
	}

	commit("submitted", func() app.Change {
		f := w.facts(w.by("ana"))
		f.Steps[0].Principals = f.Steps[0].Principals[:1] // the manager alone
		c := w.change(app.Stored{}, access.Submit{ID: access.RequestID("req_" + w.ulid()), Reason: "The release of Friday"}, f)
		c.Idempotency = w.key(c, 24*time.Hour)
		return c
	})
	step("token of the waiting run", func() { w.fine(w.Requests.PutToken(w.ctx, w.token(1, strings.Repeat("t", 600)))) })
	commit("approved", func() app.Change { return w.decision(r, access.Approve, "ben") })
	commit("granting", func() app.Change { return w.system(r, access.BeginGrant{}) })
	observe("lease, membership, observed", func() error { return w.Memberships.AddGranted(w.ctx, group, ana) })
	commit("active", func() app.Change { return w.system(r, access.ObservedPresent{}) })
	w.now = w.now.Add(3 * time.Minute)
	commit("ending", func() app.Change { return w.system(r, access.EndDue{}) })
	observe("lease, membership taken, observed", func() error { return w.Memberships.RemoveGranted(w.ctx, group, ana) })
	commit("ended", func() app.Change { return w.system(r, access.ObservedAbsent{}) })

	t.Logf("%-40s %5.1f write units", "the whole life", total)
	if total > 65 {
		t.Errorf("a simple life costs %.1f write units", total)
	}
}
