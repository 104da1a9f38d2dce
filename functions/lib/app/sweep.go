package app

import (
	"context"
	"errors"
	"slices"

	"latchkey/functions/lib/access"
)

// Bounds of what one sweep starts, so that an outage drains without a stampede: a
// dead endpoint that lets each call run into its time-out gets no more new runs at
// once than these.
const (
	mostOfConnector = 100
	mostOfTarget    = 25
)

// mostNotices bounds the notices of coming ends: they start nothing.
const mostNotices = 200

// mostRead bounds what a sweep looks at in one shard of a connector, to find
// targets beside the one that is in the way.
const mostRead = 1000

// Sweep starts the next run of whatever is overdue, whether or not the present
// one lives, and has the holders told whose access ends soon. Each connector has
// its own bounds. It returns how many it saw overdue.
func (a *App) Sweep(ctx context.Context) (int, error) {
	overdue := 0
	var failed []error
	for _, connector := range access.Connectors() {
		found, err := a.sweepConnector(ctx, connector)
		overdue, failed = overdue+found, append(failed, err)
	}
	a.Counter.Count(MetricAccessOverdue, overdue)
	return overdue, errors.Join(failed...)
}

// sweepConnector sweeps what one connector is to give or to take.
func (a *App) sweepConnector(ctx context.Context, connector string) (int, error) {
	now := a.now()
	var due []access.Request
	var failed []error
	for shard := range Shards {
		some, err := a.Requests.Overdue(ctx, connector, shard, now, mostRead)
		due, failed = append(due, some...), append(failed, err)
	}
	var overdue []access.Request
	var notices []access.RequestID
	for _, r := range due {
		switch {
		case r.Overdue(a.Pace, now):
			overdue = append(overdue, r)
		case now.Before(r.EndsAt) && len(notices) < mostNotices:
			notices = append(notices, r.ID)
		}
	}
	for _, id := range slices.Concat(inTurn(overdue), notices) {
		_, err := a.change(ctx, id, access.LookAfter{}, a.bySystem(access.ViaSweeper))
		failed = append(failed, err)
	}
	return len(overdue), errors.Join(failed...)
}

// inTurn goes round the targets: the first of each, the second of each, and so on
// up to mostOfTarget and, in all, mostOfConnector. Of one target, and among the
// targets, who has been due longest comes first.
func inTurn(overdue []access.Request) []access.RequestID {
	slices.SortStableFunc(overdue, func(a, b access.Request) int { return a.Due.Compare(b.Due) })
	turns := make([][]access.RequestID, mostOfTarget)
	had := map[access.Target]int{}
	for _, r := range overdue {
		if turn := had[r.Target]; turn < mostOfTarget {
			turns[turn] = append(turns[turn], r.ID)
			had[r.Target]++
		}
	}
	all := slices.Concat(turns...)
	return all[:min(len(all), mostOfConnector)]
}
