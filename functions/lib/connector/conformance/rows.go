package conformance

import (
	"context"
	"errors"
	"regexp"
	"sync"

	"latchkey/functions/lib/app"
)

var (
	absent  = app.Observation{}
	present = app.Observation{Present: true}
	foreign = app.Observation{Foreign: true}
	both    = app.Observation{Present: true, Foreign: true}
)

// rows are the promises, each by its own words.
var rows = map[string]func(world){
	"gives, takes, and gives again": func(w world) {
		key := w.key(0, 0)
		w.sees(key, absent)
		for range 2 {
			w.ensure(key, true)
			w.sees(key, present)
			w.ensure(key, false)
			w.sees(key, absent)
		}
	},
	"the same call again changes nothing": func(w world) {
		key := w.key(0, 0)
		for _, want := range []bool{false, true, false} {
			for range 3 {
				w.ensure(key, want)
				w.sees(key, app.Observation{Present: want})
			}
		}
	},
	"observing changes nothing": func(w world) {
		for _, want := range []bool{true, false} {
			w.ensure(w.key(0, 0), want)
			w.sees(w.key(0, 0), app.Observation{Present: want})
			w.sees(w.key(0, 0), app.Observation{Present: want})
			w.sees(w.key(1, 0), absent)
		}
	},
	"survives whatever happens to a call":              faults,
	"what comes late is put right":                     lateCalls,
	"does not say what it did not see":                 blind,
	"a caller who gives up gets a passing failure":     givenUp,
	"a refusal is final":                               refusal,
	"access of others is told and never touched":       othersAccess,
	"access that others give meanwhile stays":          othersMeanwhile,
	"people and targets do not interfere":              neighbours,
	"people and targets do not interfere, all at once": crowd,
}

// faults enumerates what may happen to a call, by what is there before and by
// what is wanted: it fails in passing or not at all, and settling again leads
// to what is wanted. Nobody else's access moves. Where nothing is to change, a
// connector that knows so need not call, or not wait for an answer.
func faults(w world) {
	key, other := w.key(0, 0), w.key(1, 0)
	w.ensure(other, true)
	for _, fault := range []Fault{Down, Lost, Late, Twice} {
		for _, before := range []bool{false, true} {
			for _, want := range []bool{false, true} {
				w.settle(key, before)
				deliver := w.Meet(fault)
				err := w.Connector.Ensure(w.Context(), key, want)
				idle := err == nil && before == want
				if failed := err != nil; !idle && failed != (fault != Twice) || final(err) {
					w.Errorf("%s, from %t to %t: %v", fault, before, want, err)
				}
				if deliver != nil {
					deliver()
				}
				w.settle(key, want)
				w.is(other, present)
			}
		}
	}
}

// lateCalls holds a call up until the wish has turned.
func lateCalls(w world) {
	key := w.key(0, 0)
	for _, wish := range []bool{false, true} {
		w.settle(key, wish)
		deliver := w.Meet(Late)
		if err := w.Connector.Ensure(w.Context(), key, !wish); err == nil || final(err) {
			w.Errorf("a call that is held up: %v, not a passing failure", err)
		}
		w.settle(key, wish)
		deliver()
		seen, err := w.looks(key)
		if truth := w.Truth(key); err != nil || seen != truth {
			w.Errorf("after a late call: observed %+v, %v; there is %+v", seen, err, truth)
		}
		w.settle(key, wish)
	}
}

func blind(w world) {
	key := w.key(0, 0)
	for _, want := range []bool{true, false} {
		w.ensure(key, want)
		w.Meet(Blind)
		if seen, err := w.Connector.Observe(w.Context(), key); err == nil || final(err) {
			w.Errorf("observed %+v, %v without an answer; want a passing failure", seen, err)
		}
		w.sees(key, app.Observation{Present: want})
	}
}

func givenUp(w world) {
	ctx, cancel := context.WithCancel(w.Context())
	cancel()
	if err := w.Connector.Ensure(ctx, w.key(0, 0), true); err == nil || final(err) {
		w.Errorf("ensure: %v", err)
	}
	if _, err := w.Connector.Observe(ctx, w.key(0, 0)); err == nil || final(err) {
		w.Errorf("observe: %v", err)
	}
	w.settle(w.key(0, 0), true)
}

// code is what a refusal's word looks like: it is stored, shown and compared.
var code = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

func refusal(w world) {
	key := app.EntitlementKey{Person: w.People[0], Target: w.Refused}
	var first, again *app.Refusal
	if err := w.Connector.Ensure(w.Context(), key, true); !errors.As(err, &first) {
		w.Fatalf("%v is no refusal", err)
	}
	if !code.MatchString(first.Code) {
		w.Errorf("%q is no stable word", first.Code)
	}
	if err := w.Connector.Ensure(w.Context(), key, true); !errors.As(err, &again) || *again != *first {
		w.Errorf("refused with %v, then with %v", first, err)
	}
	w.is(key, absent)
}

func othersAccess(w world) {
	key := w.key(0, 0)
	w.GiveForeign(key)
	w.sees(key, foreign)
	w.ensure(key, false)
	w.sees(key, foreign)
	w.ensure(key, true)
	if w.Sole {
		w.sees(key, foreign)
		w.meets(key, true)
	} else {
		w.sees(key, both)
	}
	w.ensure(key, false)
	w.sees(key, foreign)
	w.meets(key, false)
}

// othersMeanwhile: where access is there once or not at all, nobody else can give
// it meanwhile.
func othersMeanwhile(w world) {
	key := w.key(0, 0)
	w.ensure(key, true)
	w.GiveForeign(key)
	if w.Sole {
		w.sees(key, present)
		w.ensure(key, false)
		w.sees(key, absent)
		return
	}
	w.sees(key, both)
	w.ensure(key, false)
	w.sees(key, foreign)
}

func neighbours(w world) {
	all := []app.EntitlementKey{w.key(0, 0), w.key(0, 1), w.key(1, 0), w.key(1, 1)}
	given := map[app.EntitlementKey]bool{}
	for _, want := range []bool{true, false} {
		for _, key := range all {
			w.ensure(key, want)
			given[key] = want
			for _, each := range all {
				w.sees(each, app.Observation{Present: given[each]})
			}
		}
	}
}

func crowd(w world) {
	keep, take := []app.EntitlementKey{w.key(0, 0), w.key(1, 1)}, []app.EntitlementKey{w.key(0, 1), w.key(1, 0)}
	for _, key := range take {
		w.ensure(key, true)
	}
	var calls sync.WaitGroup
	for i := range 2 {
		for key, want := range map[app.EntitlementKey]bool{keep[i]: true, take[i]: false} {
			calls.Go(func() {
				if err := w.Connector.Ensure(w.Context(), key, want); err != nil {
					w.Errorf("ensure %t: %v", want, err)
				}
			})
		}
	}
	calls.Wait()
	for i := range 2 {
		w.sees(keep[i], present)
		w.sees(take[i], absent)
	}
}

// meets checks that what is there is as good as what is wanted.
func (w world) meets(key app.EntitlementKey, want bool) {
	w.Helper()
	if seen, err := w.Connector.Observe(w.Context(), key); err != nil || !seen.Meets(want) {
		w.Errorf("observed %+v, %v, which does not do for %t", seen, err, want)
	}
}

// final tells whether a connector's error says that trying again is no use.
func final(err error) bool {
	var refusal *app.Refusal
	return errors.As(err, &refusal)
}
