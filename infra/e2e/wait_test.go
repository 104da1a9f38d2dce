package e2e

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"latchkey/infra/local/status"
)

// patience is how long anything may take on the busiest machine: longer than a
// queue hides a letter that failed, which is six minutes. It costs only those who
// wait in vain.
const patience = 8 * time.Minute

// Who looks, looks soon again, and then more and more seldom: every look is
// work for the machine that is waited for.
const (
	firstGlance = 100 * time.Millisecond
	lastGlance  = time.Second
)

// eventually looks until what is seen is as it should be, and gives it.
func eventually[T any](t *testing.T, what string, look func() T, isSo func(T) bool) T {
	t.Helper()
	began := time.Now()
	for glance := firstGlance; ; glance = min(glance*5/4, lastGlance) {
		seen := look()
		took := time.Since(began)
		if isSo(seen) {
			t.Logf("after %s: %s", took.Round(10*time.Millisecond), what)
			waited.add(what, took)
			return seen
		}
		if took > patience {
			t.Fatalf("not within %s: %s; last seen: %+v\nin the way may be:\n%s", patience, what, seen, inTheWay())
		}
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(glance):
		}
	}
}

// inTheWay says what a wait in vain may have waited for.
func inTheWay() string {
	s, err := readStack()
	if err != nil {
		return err.Error()
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return status.Report(ctx, s.config(), s.Approval, s.Revocation)
}

// waits are how long what was waited for took.
type waits struct {
	sync.Mutex
	list []wait
}

type wait struct {
	what string
	took time.Duration
}

var waited waits

func (w *waits) add(what string, took time.Duration) {
	w.Lock()
	defer w.Unlock()
	w.list = append(w.list, wait{what, took})
}

// summary says how busy the machine was, and what was waited for longest.
func (w *waits) summary() string {
	w.Lock()
	defer w.Unlock()
	if len(w.list) == 0 {
		return "nothing was waited for"
	}
	slices.SortFunc(w.list, func(a, b wait) int { return int(a.took - b.took) })
	at := func(percent int) time.Duration {
		return w.list[(len(w.list)-1)*percent/100].took.Round(10 * time.Millisecond)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "waited %d times: half of them within %s, 95 in 100 within %s; the longest:", len(w.list), at(50), at(95))
	for _, longest := range slices.Backward(w.list[max(0, len(w.list)-5):]) {
		fmt.Fprintf(&out, "\n  %s: %s", longest.took.Round(10*time.Millisecond), longest.what)
	}
	return out.String()
}
