package faults_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
)

// single lists what can go wrong once in a scenario that went well.
func single(base *world) []plan {
	var out []plan
	for i, b := range base.boundaries {
		for _, f := range possible(b) {
			out = append(out, plan{faults: map[int]fault{i + 1: f}, patient: true})
			if strings.HasPrefix(b.function, "api") {
				out = append(out, plan{faults: map[int]fault{i + 1: f}})
			}
		}
	}
	for i := range base.entered {
		out = append(out, plan{stops: map[int]bool{i + 1: true}, patient: true})
	}
	return append(out, plan{twice: true, patient: true})
}

// possible lists the faults of a boundary.
func possible(b boundary) []fault {
	switch {
	case b.call == "answer":
		return []fault{dies, hangs}
	case strings.HasPrefix(b.call, "Ensure"):
		return []fault{dies, hangs, lost, deaf, late}
	case b.effect:
		return []fault{dies, hangs, lost, deaf}
	}
	return []fault{dies, lost}
}

// play runs a scenario with what goes wrong, and holds it against the promise.
func (c *company) play(s *scenario, p plan) *world {
	w := c.world(s, p)
	w.run()
	w.check()
	return w
}

// plainly plays a scenario in which nothing goes wrong.
func (c *company) plainly(t *testing.T, s *scenario) *world {
	t.Helper()
	w := c.play(s, plan{patient: true})
	if w.truth.given != s.given {
		w.Errorf("access was given %d times, want %d", w.truth.given, s.given)
	}
	if s.stuck && w.alarms == 0 {
		w.Errorf("no alarm was raised")
	}
	for _, wrong := range w.wrong {
		t.Fatalf("without a fault: %s", wrong)
	}
	return w
}

// reported fails the test for the first few worlds in which something is wrong.
func reported(t *testing.T, w *world, failures *int) {
	t.Helper()
	if len(w.wrong) == 0 {
		return
	}
	if *failures++; *failures > 10 {
		t.Fatal("and so on")
	}
	t.Errorf("%s:\n\t%s", w.what(), strings.Join(w.wrong, "\n\t"))
}

// what says what went wrong in a world.
func (w *world) what() string {
	out := fmt.Sprint(w.hits)
	if len(w.stopped) > 0 {
		out += fmt.Sprintf(" stopped in %q", w.stopped)
	}
	if w.plan.twice {
		out += " delivered twice"
	}
	if !w.plan.patient {
		out += " and nobody tries again"
	}
	return out
}

func TestKilledAtAnyWriteNoGrantWithoutAnArmedEndAndNothingWantedIsLost(t *testing.T) {
	c := settle(t)
	var boundaries, runs atomic.Int64
	t.Run("scenario", func(t *testing.T) {
		for _, s := range scenarios() {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				base := c.plainly(t, &s)
				failures := 0
				hit := map[int]bool{}
				for _, p := range single(base) {
					w := c.play(&s, p)
					runs.Add(1)
					for at := range p.faults {
						if hit[at] = true; len(w.hits) != 1 || w.hits[0].boundary != base.boundaries[at-1] {
							t.Fatalf("call %d is not the same each time: %v, %v", at, base.boundaries[at-1], w.hits)
						}
					}
					reported(t, w, &failures)
				}
				boundaries.Add(int64(len(hit)))
				t.Logf("%d calls, %d states", len(hit), len(base.entered))
			})
		}
	})
	t.Logf("%d calls were tried in %d runs", boundaries.Load(), runs.Load())
}

// A sample, always the same: all pairs would be millions.
func TestTwoFaultsInOneLifeAreNoWorse(t *testing.T) {
	c := settle(t)
	const pairs = 20
	for n, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			base := c.plainly(t, &s)
			random := rand.New(rand.NewPCG(7, uint64(n)))
			failures := 0
			for range pairs {
				p := plan{faults: map[int]fault{}, stops: map[int]bool{}, patient: true}
				for len(p.faults)+len(p.stops) < 2 {
					if at := random.IntN(len(base.entered)); random.IntN(6) == 0 {
						p.stops[at+1] = true
						continue
					}
					at := random.IntN(len(base.boundaries))
					f := possible(base.boundaries[at])
					p.faults[at+1] = f[random.IntN(len(f))]
				}
				reported(t, c.play(&s, p), &failures)
			}
		})
	}
}
