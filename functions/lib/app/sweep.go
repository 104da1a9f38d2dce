package app

import (
	"context"
	"errors"

	"latchkey/functions/lib/access"
)

// mostSwept bounds what one sweep of one shard starts, so that what piled up
// during an outage drains evenly.
const mostSwept = 25

// Sweep starts the next run of whatever is overdue, whether or not the present
// one lives, and has the holders told whose access ends soon. It returns how
// many were overdue.
func (a *App) Sweep(ctx context.Context) (int, error) {
	now := a.now()
	found := 0
	var failed []error
	for shard := range Shards {
		ids, err := a.Requests.Overdue(ctx, shard, now, mostSwept)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		for _, id := range ids {
			overdue, err := a.sweep(ctx, id)
			if err != nil {
				failed = append(failed, err)
			}
			if overdue {
				found++
			}
		}
	}
	a.Counter.Count(MetricAccessOverdue, found)
	return found, errors.Join(failed...)
}

// sweep looks after a request if it is still past its due (the index may lag
// behind), and tells whether it was overdue.
func (a *App) sweep(ctx context.Context, id access.RequestID) (bool, error) {
	stored, err := a.Requests.Load(ctx, id)
	if err != nil || stored.Due.IsZero() || stored.Due.After(a.now()) {
		return false, err
	}
	overdue := stored.Overdue(a.Pace, a.now())
	_, err = a.change(ctx, id, access.LookAfter{}, a.bySystem(access.ViaSweeper))
	return overdue, err
}
