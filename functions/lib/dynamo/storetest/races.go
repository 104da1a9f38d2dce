package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var raceStories = map[string]func(*world){
	"of a hundred decisions on one version exactly one is stored":                hundredDecisions,
	"of twenty submissions for one resource exactly one is stored":               manySubmissions,
	"writers that read again after each conflict all get through, one a version": persistentWriters,
}

func atOnce(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}

func hundredDecisions(w *world) {
	r := w.submitted("staging")
	changes := make([]app.Change, 100)
	for i := range changes {
		verdict := access.Approve
		if i%2 == 1 {
			verdict = access.Deny
		}
		changes[i] = w.decision(r, verdict, fmt.Sprintf("approver%d", i))
	}
	var won atomic.Int32
	winner := make([]bool, len(changes))
	atOnce(len(changes), func(i int) {
		switch err := w.Requests.Commit(w.ctx, changes[i]); {
		case err == nil:
			won.Add(1)
			winner[i] = true
		case !errors.Is(err, app.ErrConflict):
			w.Errorf("decision %d: %v", i, err)
		}
	})
	if won.Load() != 1 {
		w.Fatalf("%d decisions were stored", won.Load())
	}
	stored := w.load(r.ID)
	for i, c := range changes {
		if winner[i] {
			w.same(stored.Request, c.After)
		}
	}
	w.same(len(w.history(stored)), 2)
}

func manySubmissions(w *world) {
	changes := make([]app.Change, 20)
	for i := range changes {
		changes[i] = w.submission("staging")
	}
	var mu sync.Mutex
	var stored []access.RequestID
	duplicates := map[access.RequestID]bool{}
	atOnce(len(changes), func(i int) {
		// A submission that collides with another is tried again, as its sender would.
		err := w.Requests.Commit(w.ctx, changes[i])
		for errors.Is(err, app.ErrConflict) {
			err = w.Requests.Commit(w.ctx, changes[i])
		}
		mu.Lock()
		defer mu.Unlock()
		var open *app.DuplicateOpen
		switch {
		case err == nil:
			stored = append(stored, changes[i].After.ID)
		case errors.As(err, &open):
			duplicates[open.Request] = true
		default:
			w.Errorf("submission %d: %v", i, err)
		}
	})
	if len(stored) != 1 || len(duplicates) != 1 || !duplicates[stored[0]] {
		w.Errorf("stored %v, refused because of %v", stored, duplicates)
	}
}

func persistentWriters(w *world) {
	r := w.submitted("staging")
	const writers = 10
	atOnce(writers, func(i int) {
		for {
			now := w.load(r.ID)
			err := w.Requests.Commit(w.ctx, w.system(now, access.NextRun{}))
			if err == nil {
				return
			}
			if !errors.Is(err, app.ErrConflict) {
				w.Errorf("writer %d: %v", i, err)
				return
			}
		}
	})
	last := w.load(r.ID)
	events := w.history(last)
	if len(events) != last.Version || last.Version < 2 || last.Version > writers+1 {
		w.Errorf("%d events, version %d, run %d", len(events), last.Version, last.Run.Number)
	}
}
