package conformance

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// outside is a system that lives in memory, and a sound connector to it.
type outside struct {
	mu      sync.Mutex
	given   map[app.EntitlementKey]app.Observation
	fault   *Fault
	held    func()
	refused access.Target
}

func (o *outside) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if key.Target == o.refused {
		return &app.Refusal{Code: "not_here"}
	}
	arrive := func() {
		seen := o.given[key]
		seen.Present = want
		o.given[key] = seen
	}
	if o.fault == nil || *o.fault == Blind {
		arrive()
		return nil
	}
	fault := *o.fault
	o.fault = nil
	switch fault {
	case Lost:
		arrive()
	case Late:
		o.held = arrive
	case Twice:
		arrive()
		arrive()
		return nil
	}
	return errors.New("no answer")
}

func (o *outside) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.fault != nil && *o.fault == Blind {
		o.fault = nil
		return app.Observation{}, errors.New("no answer")
	}
	return o.given[key], ctx.Err()
}

func (o *outside) subject(c app.Connector) Subject {
	return Subject{
		Connector: c, People: [2]access.PersonID{"ana", "ben"},
		Targets: [2]access.Target{{Connector: "memory", ID: "one"}, {Connector: "memory", ID: "two"}},
		Refused: o.refused,
		Truth:   func(key app.EntitlementKey) app.Observation { o.mu.Lock(); defer o.mu.Unlock(); return o.given[key] },
		GiveForeign: func(key app.EntitlementKey) {
			seen := o.given[key]
			seen.Foreign = true
			o.given[key] = seen
		},
		Meet: func(f Fault) func() { o.fault, o.held = &f, func() {}; return func() { o.held(); o.fault = nil } },
	}
}

func newOutside() *outside {
	return &outside{given: map[app.EntitlementKey]app.Observation{}, refused: access.Target{Connector: "memory", ID: "none"}}
}

// broken is a connector with one thing wrong.
type broken struct {
	*outside
	ensure  func(ctx context.Context, key app.EntitlementKey, want bool) error
	observe func(ctx context.Context, key app.EntitlementKey) (app.Observation, error)
}

func (b broken) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	if b.ensure != nil {
		return b.ensure(ctx, key, want)
	}
	return b.outside.Ensure(ctx, key, want)
}

func (b broken) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	if b.observe != nil {
		return b.observe(ctx, key)
	}
	return b.outside.Observe(ctx, key)
}

func TestASoundConnectorPasses(t *testing.T) {
	Run(t, func(*testing.T) Subject { o := newOutside(); return o.subject(o) })
}

// TestABrokenConnectorFails: each flaw is found, and each row finds one.
func TestABrokenConnectorFails(t *testing.T) {
	flaws := map[string]struct {
		make func(o *outside) broken
		row  string
	}{
		"ignores an order that it has seen before": {swallowsRepeats, "gives, takes, and gives again"},
		"fails when there is nothing to do":        {complainsOfNothing, "the same call again changes nothing"},
		"gives what it is asked to look at":        {givesBySight, "observing changes nothing"},
		"calls every failure final":                {allFinal, "survives whatever happens to a call"},
		"remembers what it ordered":                {remembers, "what comes late is put right"},
		"takes no answer for no access":            {silenceIsAbsence, "does not say what it did not see"},
		"calls giving up final":                    {allFinal, "a caller who gives up gets a passing failure"},
		"calls a refusal passing":                  {nothingFinal, "a refusal is final"},
		"takes what others gave":                   {takesAll, "access of others is told and never touched"},
		"tidies up after others":                   {takesAll, "access that others give meanwhile stays"},
		"forgets who asked":                        {forgetsWho, "people and targets do not interfere"},
		"mixes up calls that overlap":              {forgetsWho, "people and targets do not interfere, all at once"},
	}
	found := map[string]bool{}
	for name, flaw := range flaws {
		found[flaw.row] = true
		o := newOutside()
		if said := run(t.Context(), rows[flaw.row], o.subject(flaw.make(o))); len(said) == 0 {
			t.Errorf("a connector that %s passes %q", name, flaw.row)
		}
	}
	for name := range rows {
		if !found[name] {
			t.Errorf("no flaw shows that %q can fail", name)
		}
	}
}

// TestWhereAccessIsThereOnceAFlawIsFoundToo: in a connector that gives beside
// others, and in one that takes what is there for Latchkey's.
func TestWhereAccessIsThereOnceAFlawIsFoundToo(t *testing.T) {
	for name, make := range map[string]func(o *outside) broken{
		"gives beside others": func(o *outside) broken { return broken{outside: o} },
		"claims everything":   claimsAll,
	} {
		o := newOutside()
		s := o.subject(make(o))
		s.Sole = true
		if said := run(t.Context(), othersAccess, s); len(said) == 0 {
			t.Errorf("a connector that %s passes", name)
		}
	}
}

func claimsAll(o *outside) broken {
	return broken{outside: o, observe: func(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
		seen, err := o.Observe(ctx, key)
		return app.Observation{Present: seen.Present || seen.Foreign}, err
	}}
}

func swallowsRepeats(o *outside) broken {
	seen := map[string]bool{}
	return broken{outside: o, ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
		id := fmt.Sprint(key, want)
		if seen[id] {
			return nil
		}
		seen[id] = true
		return o.Ensure(ctx, key, want)
	}}
}

func complainsOfNothing(o *outside) broken {
	return broken{outside: o, ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
		if o.given[key].Present == want {
			return errors.New("there is nothing to do")
		}
		return o.Ensure(ctx, key, want)
	}}
}

func givesBySight(o *outside) broken {
	return broken{outside: o, observe: func(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
		seen, err := o.Observe(ctx, key)
		return seen, errors.Join(err, o.Ensure(ctx, key, true))
	}}
}

func allFinal(o *outside) broken {
	return broken{outside: o, ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
		if o.Ensure(ctx, key, want) != nil {
			return &app.Refusal{Code: "no"}
		}
		return nil
	}}
}

func nothingFinal(o *outside) broken {
	return broken{outside: o, ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
		if err := o.Ensure(ctx, key, want); err != nil {
			return errors.New("try again")
		}
		return nil
	}}
}

// remembers answers from its own notes of what it ordered with success.
func remembers(o *outside) broken {
	notes := map[app.EntitlementKey]bool{}
	return broken{outside: o,
		ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
			err := o.Ensure(ctx, key, want)
			if err == nil {
				notes[key] = want
			}
			return err
		},
		observe: func(_ context.Context, key app.EntitlementKey) (app.Observation, error) {
			return app.Observation{Present: notes[key], Foreign: o.given[key].Foreign}, nil
		}}
}

func silenceIsAbsence(o *outside) broken {
	return broken{outside: o, observe: func(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
		seen, err := o.Observe(ctx, key)
		if err != nil {
			return app.Observation{}, ctx.Err()
		}
		return seen, nil
	}}
}

func takesAll(o *outside) broken {
	return broken{outside: o, ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
		if !want {
			delete(o.given, key)
			return nil
		}
		return o.Ensure(ctx, key, want)
	}}
}

func forgetsWho(o *outside) broken {
	blur := func(key app.EntitlementKey) app.EntitlementKey { key.Person = "someone"; return key }
	return broken{outside: o,
		ensure: func(ctx context.Context, key app.EntitlementKey, want bool) error {
			return o.Ensure(ctx, blur(key), want)
		},
		observe: func(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
			return o.Observe(ctx, blur(key))
		}}
}

// recorder takes down what a row reports, instead of failing a test.
type recorder struct {
	ctx  context.Context
	mu   sync.Mutex
	said []string
}

func (r *recorder) Helper()                  {}
func (r *recorder) Context() context.Context { return r.ctx }

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// run gives what a row reports of a subject. A goroutine of its own lets
// Fatalf end the row.
func run(ctx context.Context, row func(world), s Subject) []string {
	r := &recorder{ctx: ctx}
	var done sync.WaitGroup
	done.Go(func() { row(world{r, s}) })
	done.Wait()
	return slices.Clone(r.said)
}
