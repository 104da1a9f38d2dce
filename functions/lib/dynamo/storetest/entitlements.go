package storetest

import (
	"errors"
	"sync/atomic"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var entitlementStories = map[string]func(*world){
	"one provisioner at a time has the lease": func(w *world) {
		key := w.entitlement()
		first := w.acquire("one", w.now)
		if first.Version == 0 || first.Present || first.Foreign || first.EntitlementKey != key {
			w.Errorf("a new entitlement is %+v", first)
		}
		_, err := w.Entitlements.Acquire(w.ctx, key, "two", w.now.Add(30*time.Second), w.now.Add(2*time.Minute))
		w.wants(err, app.ErrLeased)
	},
	"of many that want the lease one gets it": func(w *world) {
		var got atomic.Int32
		atOnce(20, func(i int) {
			_, err := w.Entitlements.Acquire(w.ctx, w.entitlement(), w.ulidOf(i), w.now, w.now.Add(time.Minute))
			if err == nil {
				got.Add(1)
			} else if !errors.Is(err, app.ErrLeased) {
				w.Error(err)
			}
		})
		w.same(int(got.Load()), 1)
	},
	"what was observed is recorded, and the lease is free again": func(w *world) {
		e := w.acquire("one", w.now)
		e.Present, e.Foreign, e.ObservedAt = true, true, w.now
		w.fine(w.Entitlements.Record(w.ctx, e))
		next := w.acquire("two", w.now)
		if !next.Present || !next.Foreign || !next.ObservedAt.Equal(w.now) || next.Version <= e.Version {
			w.Errorf("recorded %+v, read %+v", e, next)
		}
	},
	"a lease that ran out can be taken, and its holder records nothing any more": func(w *world) {
		slow := w.acquire("slow", w.now)
		quick := w.acquire("quick", w.now.Add(2*time.Minute))
		slow.Present = true
		w.wants(w.Entitlements.Record(w.ctx, slow), app.ErrConflict)
		w.fine(w.Entitlements.Record(w.ctx, quick))
		w.wants(w.Entitlements.Record(w.ctx, slow), app.ErrConflict)
		if w.acquire("last", w.now).Present {
			w.Error("what the slow one saw was recorded")
		}
	},
	"a record repeated is the same record": func(w *world) {
		e := w.acquire("one", w.now)
		e.Present = true
		w.fine(w.Entitlements.Record(w.ctx, e))
		w.fine(w.Entitlements.Record(w.ctx, e))
	},
	"a gift is remembered with its account and the moment it was taken, and is no entitlement": gifts,
	"a request holds its entitlement from the grant to the end, in the same writes":            holders,
	"requests for two resources with one target hold one entitlement":                          sharedTarget,
}

func (w *world) entitlement() app.EntitlementKey {
	return app.EntitlementKey{Person: w.person("ana"), Target: access.Target{Connector: "group", ID: w.name("staging-users")}}
}

func (w *world) ulidOf(i int) string { return w.name(string(rune('a' + i))) }

func (w *world) acquire(lease string, now time.Time) app.Entitlement {
	w.Helper()
	e, err := w.Entitlements.Acquire(w.ctx, w.entitlement(), lease, now, now.Add(time.Minute))
	w.fine(err)
	return e
}

func (w *world) holds(want ...access.RequestID) {
	w.Helper()
	got, err := w.Entitlements.Holders(w.ctx, w.entitlement())
	w.fine(err)
	w.same(got, want)
	held, err := w.Entitlements.HeldBy(w.ctx, w.person("ana"))
	w.fine(err)
	var all []app.Holding
	for _, id := range want {
		all = append(all, app.Holding{EntitlementKey: w.entitlement(), Request: id})
	}
	w.same(held, all)
}

func holders(w *world) {
	r := w.commit(w.decision(w.submitted("staging"), access.Approve, "ben"))
	w.holds()
	r = w.commit(w.system(r, access.BeginGrant{}))
	w.holds(r.ID)
	r = w.commit(w.system(r, access.ObservedPresent{}))
	w.holds(r.ID)
	r = w.commit(w.change(r, access.End{}, w.facts(w.by("ana"))))
	w.holds()
	w.commit(w.system(r, access.ObservedAbsent{}))
	w.holds()

	longer := w.entitlement()
	longer.Target.ID += "#more" // its rows begin with this one's key
	other, err := w.Entitlements.Holders(w.ctx, longer)
	w.fine(err)
	w.same(len(other), 0)
}

func sharedTarget(w *world) {
	first, second := w.active(w.submitted("staging")), w.active(w.submitted("staging-too"))
	w.holds(first.ID, second.ID)
	end := w.later(5 * time.Minute)
	end.commit(end.system(first, access.EndDue{}))
	w.holds(second.ID)
}
