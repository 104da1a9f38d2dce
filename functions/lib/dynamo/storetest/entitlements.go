package storetest

import (
	"errors"
	"slices"
	"strconv"
	"strings"
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
	"what a check needs to know is remembered":                                                 remembered,
	"an entitlement is listed once its check is due, until that is moved":                      checks,
	"checks that have waited longest come first":                                               checksOfMany,
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

// remembered: what a check needs to know is there when the lease is taken again.
func remembered(w *world) {
	e := w.acquire("one", w.now)
	e.Last, e.GoneAt, e.Readded, e.CheckAt = "req_1", w.now, "req_2", w.now.Add(time.Hour)
	w.fine(w.Entitlements.Record(w.ctx, e))
	next := w.acquire("two", w.now)
	if next.Last != e.Last || !next.GoneAt.Equal(e.GoneAt) || next.Readded != e.Readded || !next.CheckAt.Equal(e.CheckAt) {
		w.Errorf("recorded %+v, read %+v", e, next)
	}
}

// toCheck lists this story's entitlement if a check of it is due.
func (w *world) toCheck(at time.Time) func() any {
	return func() any {
		var found []app.EntitlementKey
		for shard := range app.Shards {
			keys, err := w.Entitlements.ToCheck(w.ctx, shard, at, 1000)
			w.fine(err)
			for _, key := range keys {
				if key.Person == w.person("ana") {
					found = append(found, key)
				}
			}
		}
		return found
	}
}

func checks(w *world) {
	far := w.later(100 * 365 * 24 * time.Hour) // past the sight of a running stack's sweeper
	e := w.acquire("one", w.now)
	e.CheckAt = far.now
	w.fine(w.Entitlements.Record(w.ctx, e))
	w.eventually([]app.EntitlementKey{w.entitlement()}, w.toCheck(far.now))
	w.eventually([]app.EntitlementKey(nil), w.toCheck(far.now.Add(-time.Millisecond)))

	e = w.acquire("two", w.now)
	w.eventually([]app.EntitlementKey{w.entitlement()}, w.toCheck(far.now)) // nobody forgets it over a lease
	e.CheckAt = far.now.Add(time.Hour)
	w.fine(w.Entitlements.Record(w.ctx, e))
	w.eventually([]app.EntitlementKey(nil), w.toCheck(far.now))
	w.eventually([]app.EntitlementKey{w.entitlement()}, w.toCheck(e.CheckAt))

	last := w.acquire("three", w.now)
	last.CheckAt = time.Time{}
	w.fine(w.Entitlements.Record(w.ctx, last))
	w.eventually([]app.EntitlementKey(nil), w.toCheck(e.CheckAt))
	if _, err := w.Entitlements.ToCheck(w.ctx, app.Shards, w.now, 1); err == nil {
		w.Error("there is one shard too many")
	}
}

// checksOfMany: those that have waited longest come first, at most as many as
// asked for.
func checksOfMany(w *world) {
	far := w.later(100 * 365 * 24 * time.Hour)
	const many = 20
	for i := range many {
		key := app.EntitlementKey{Person: w.person("ana"), Target: access.WebhookTarget("https://hooks.example.com/a:b", w.name("hook-"+strconv.Itoa(i)))}
		e, err := w.Entitlements.Acquire(w.ctx, key, "one", w.now, w.now.Add(time.Minute))
		w.fine(err)
		e.CheckAt = far.now.Add(-time.Duration(i) * time.Minute)
		w.fine(w.Entitlements.Record(w.ctx, e))
	}
	w.eventually(many, func() any { return len(w.toCheck(far.now)().([]app.EntitlementKey)) })
	used := 0
	for shard := range app.Shards {
		all, err := w.Entitlements.ToCheck(w.ctx, shard, far.now, 1000)
		w.fine(err)
		first, err := w.Entitlements.ToCheck(w.ctx, shard, far.now, 1)
		w.fine(err)
		var order []int
		for _, key := range all {
			if number, mine := strings.CutPrefix(key.Target.ID, "hook-"); mine && key.Person == w.person("ana") {
				number, _, _ = strings.Cut(number, "-")
				i, err := strconv.Atoi(number)
				w.fine(err)
				order = append(order, -i)
			}
		}
		if len(first) != min(1, len(all)) || !slices.IsSorted(order) {
			w.Errorf("shard %d: %d of %d, in the order %v", shard, len(first), len(all), order)
		}
		if len(order) > 0 {
			used++
		}
	}
	if used < 2 {
		w.Error("all stand in one shard")
	}
}
