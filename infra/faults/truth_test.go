package faults_test

import (
	"context"
	"time"

	"latchkey/functions/lib/app"
)

// truth is the system that access is given in. It remembers everything.
type truth struct {
	w       *world
	present map[app.EntitlementKey]bool
	spans   map[app.EntitlementKey][]span
	given   int // how often
	// down tells whether calls for this wish fail at the moment; nil is never.
	down func(want bool) bool
}

// span is a time for which access was there. To is zero while it is.
type span struct{ from, to time.Time }

// connector is the truth as one process reaches it.
type connector struct {
	p *process
	*truth
}

func (c connector) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	name := "Ensure absent"
	if want {
		name = "Ensure present"
	}
	return c.p.call(name, true, func() error {
		if c.down != nil && c.down(want) {
			return &app.Unavailable{Code: "timed_out"}
		}
		return c.ensure(key, want)
	})
}

func (c connector) Observe(_ context.Context, key app.EntitlementKey) (seen app.Observation, err error) {
	err = c.p.call("Observe", false, func() error {
		seen.Present = c.present[key]
		return nil
	})
	return seen, err
}

func (t *truth) ensure(key app.EntitlementKey, want bool) error {
	if want {
		t.armed(key)
		t.given++
	}
	if t.present[key] == want {
		return nil
	}
	t.present[key] = want
	if want {
		t.spans[key] = append(t.spans[key], span{from: t.w.now})
	} else {
		t.spans[key][len(t.spans[key])-1].to = t.w.now
	}
	return nil
}

// armed checks, at the moment in which access is to be given, that the store
// holds the end of a request for it.
func (t *truth) armed(key app.EntitlementKey) {
	for _, r := range t.w.requests() {
		if r.Requester == key.Person && r.Target == key.Target && r.Due.After(t.w.now) {
			return
		}
	}
	t.w.Errorf("access of %s to %s was given without an armed end", key.Person, key.Target)
}
