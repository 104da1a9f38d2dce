package app

import (
	"context"
	"errors"
	"time"

	"latchkey/functions/lib/access"
)

// mostPaid bounds the debts of a shard that one sweep pays; with less time left
// than spareTime it leaves the rest to the next.
const (
	mostPaid  = 50
	spareTime = 20 * time.Second
)

// PaySlack passes on to Slack, while it is switched on, what is owed. It returns
// how much it passed on; what fails stays owed.
func (a *App) PaySlack(ctx context.Context) (int, error) {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil || !settings.Doc.SlackReady() {
		return 0, err
	}
	a = a.remembering()
	paid := 0
	var failed []error
	for shard := range Shards {
		debts, err := a.Copies.Debts(ctx, shard, mostPaid)
		failed = append(failed, err)
		for _, d := range debts {
			if until, limited := ctx.Deadline(); limited && until.Sub(a.Clock()) < spareTime {
				return paid, errors.Join(failed...)
			}
			if err := a.pay(ctx, d, settings.Doc.SlackTeamID); err != nil {
				failed = append(failed, err)
				continue
			}
			paid++
		}
	}
	return paid, errors.Join(failed...)
}

func (a *App) pay(ctx context.Context, d SlackDebt, team string) error {
	var err error
	if d.Quiet {
		err = a.queueUpdates(ctx, d.Request, func(access.PersonID) bool { return true })
	} else {
		err = a.queueEvent(ctx, d, team)
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return a.Copies.Pay(ctx, d)
}

func (a *App) queueEvent(ctx context.Context, d SlackDebt, team string) error {
	stored, err := a.Requests.Load(ctx, d.Request)
	if err != nil {
		return err
	}
	sealed, err := a.Requests.Event(ctx, d.Request, d.Seq)
	if err != nil {
		return err
	}
	event, err := sealed.Open()
	if err != nil {
		return err
	}
	return a.queueForSlack(ctx, stored.Request, event, team)
}
