package faults_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// holding is a time for which a request wanted its access: from when its end was
// armed until that came, agreed or early.
type holding struct {
	key         app.EntitlementKey
	from, until time.Time // until zero: it still does
	given       time.Time // when the access was observed; zero: never
	agreed      time.Time // its end; zero: not timed, or not given
	left        time.Time // when it stopped to be a holder; zero: it still is
	gone        time.Time // when it was said to have ended, or to have failed
}

// holdings reads from the events when the access was wanted.
func (w *world) holdings(r access.Request, events []access.Event) []holding {
	var out []holding
	for _, e := range events {
		if e.Type == access.EventGranting {
			out = append(out, holding{key: app.EntitlementKey{Person: r.Requester, Target: r.Target}, from: e.At, until: e.Details.GrantBy})
			if !e.Details.Due.After(e.At) {
				w.Errorf("a grant of %s began without an armed end", r.Resource)
			}
		}
		if len(out) == 0 {
			continue
		}
		h := &out[len(out)-1]
		switch e.Type {
		case access.EventActivated:
			h.given, h.agreed, h.until = e.At, e.Details.EndsAt, e.Details.EndsAt
		case access.EventExtended:
			h.agreed, h.until = e.Details.EndsAt, e.Details.EndsAt
		case access.EventEnding, access.EventGrantFailed:
			h.left, h.until = e.At, e.At
			if !h.agreed.IsZero() && h.agreed.Before(e.At) {
				h.until = h.agreed
			}
		case access.EventEnded, access.EventFailed:
			h.gone = e.At
		}
		if e.Type == access.EventGrantFailed && !w.mayFail() {
			w.Errorf("a grant of %s failed (%s)", r.Resource, e.Details.Failure)
		}
	}
	return out
}

// kept checks that access was there from when it was observed for as long as it
// was wanted.
func (w *world) kept(held []holding) {
	for _, h := range held {
		there := h.given.IsZero()
		for _, s := range w.truth.spans[h.key] {
			there = there || !s.from.After(h.given) && (s.to.IsZero() || !h.until.IsZero() && !s.to.Before(h.until))
		}
		if !there {
			w.Errorf("access was to be there from %s to %s, and was %v", clock(h.given), clock(h.until), w.truth.spans[h.key])
		}
	}
}

// gone checks that access was there for nobody who did not want it, that it went
// in time, and that nobody was said to be without it before.
func (w *world) gone(held []holding) {
	slices.SortFunc(held, func(a, b holding) int { return a.from.Compare(b.from) })
	for key, spans := range w.truth.spans {
		for _, s := range spans {
			if s.to.IsZero() {
				s.to = w.now
			}
			until := s.from // as far as it was wanted, holding after holding
			wanted := false
			for _, h := range held {
				if h.key != key || h.from.After(s.to) {
					continue
				}
				wanted = wanted || !h.from.After(s.from)
				w.inTime(s, until, h.from)
				if h.until.IsZero() {
					h.until = s.to
				}
				if until.Before(h.until) {
					until = h.until
				}
			}
			if !wanted {
				w.Errorf("access was given at %s, and nobody wanted it", clock(s.from))
			}
			w.inTime(s, until, s.to)
			for _, h := range held {
				if h.key == key && s.from.Before(h.gone) && h.gone.Before(s.to) && !keptAt(h.gone, key, held) {
					w.Errorf("access was said to be gone at %s, and was there from %v", clock(h.gone), s)
				}
			}
		}
	}
}

// inTime checks that access which was wanted until one moment was not there
// without a reason for too long, which was until another.
func (w *world) inTime(s span, until, to time.Time) {
	if back := began.Add(w.scenario.back); w.scenario.stuck && back.After(until) {
		until = back
	}
	if late := to.Sub(until); late > w.bound() {
		w.Errorf("access was there from %v, which is %v too long, and may be %v", s, late, w.bound())
	}
}

// keptAt tells whether there was a holder at a moment.
func keptAt(at time.Time, key app.EntitlementKey, held []holding) bool {
	return slices.ContainsFunc(held, func(h holding) bool {
		return h.key == key && !h.from.After(at) && (h.left.IsZero() || at.Before(h.left))
	})
}

// moment is what a run takes beside its waits.
const moment = 2 * time.Second

// longestPause is the MaxDelaySeconds of the machines.
const longestPause = time.Minute

// bound is how late access may be taken away, at most. Without a fault that is
// but a moment. Each fault adds:
//
//   - a function that dies, or does not get through: either its run goes on, and
//     waits at most for the lease that was left behind (LeaseTime) and, as it
//     tries, for one pause of its machine's Retry; or its run ended, and the
//     sweeper steps in after the Grace of the pace.
//   - a sweeper that dies: its period, until the next one.
//   - a run that was stopped by hand: what its request was due by, which is
//     EndLimit while it is being ended; and the sweeper's period.
func (w *world) bound() time.Duration {
	late := moment + w.scenario.late
	for _, h := range w.hits {
		if strings.HasPrefix(h.function, "sweeper") {
			late += sweepEvery
			continue
		}
		late += max(app.LeaseTime+longestPause, pace.Grace+sweepEvery)
	}
	for range w.stopped {
		late += max(access.EndLimit, pace.Grace) + sweepEvery
	}
	return late
}

func clock(t time.Time) string { return t.Format("15:04:05.000") }

func (s span) String() string { return fmt.Sprintf("%s to %s", clock(s.from), clock(s.to)) }
