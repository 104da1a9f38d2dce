package faults_test

import (
	"container/heap"
	"context"
	"time"

	"latchkey/functions/lib/app"
)

// task is something that happens at a time.
type task struct {
	at  time.Time
	seq int
	do  func()
}

type agenda []task

func (a agenda) Len() int      { return len(a) }
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a agenda) Less(i, j int) bool {
	if !a[i].at.Equal(a[j].at) {
		return a[i].at.Before(a[j].at)
	}
	return a[i].seq < a[j].seq
}
func (a *agenda) Push(x any) { *a = append(*a, x.(task)) }
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

// in does something after a while: to the millisecond, as times are stored.
func (w *world) in(after time.Duration, do func()) {
	w.at(task{at: w.now.Add(max(after, 0) + time.Millisecond - 1).Truncate(time.Millisecond), do: do})
}

func (w *world) at(t task) {
	w.seq++
	t.seq = w.seq
	heap.Push(&w.agenda, t)
}

// run plays the scenario until nothing is left to happen.
func (w *world) run() {
	w.scenario.begin(w)
	w.sweepBy(began)
	for range 20_000 {
		if w.agenda.Len() == 0 {
			return
		}
		next := heap.Pop(&w.agenda).(task)
		w.now = next.at
		next.do()
		w.people()
	}
	w.Errorf("it never came to rest: %v", w.stands())
}

// sweepBy has the sweeper come at the first turn of its schedule from a moment
// on. The sweeps between, which find nothing, are left out.
func (w *world) sweepBy(due time.Time) {
	if due.Before(w.now) {
		due = w.now
	}
	turn := began.Add(max(due.Sub(began)+sweepEvery-1, sweepEvery) / sweepEvery * sweepEvery)
	if !turn.After(w.now) {
		turn = turn.Add(sweepEvery)
	}
	if !w.sweepAt.IsZero() && !turn.Before(w.sweepAt) {
		return
	}
	w.sweepAt = turn
	w.at(task{at: turn, do: func() {
		if w.sweepAt.Equal(turn) {
			w.sweepAt = time.Time{}
			w.sweep()
		}
	}})
}

func (w *world) sweep() {
	_, _ = w.invoke("sweeper", "sweep", func(ctx context.Context, a *app.App) error {
		_, err := a.Sweep(ctx)
		return err
	})
	w.changed = true // whatever is still due is swept again
}
