package app

import (
	"context"

	"latchkey/functions/lib/access"
)

// homeRows is how many entries each list of a Home has at most.
const homeRows = 25

// Home gathers what Slack shows someone who opens the app. Of their requests it
// looks at the newest hundred.
func (a *App) Home(ctx context.Context, c Caller) (Home, error) {
	h := Home{Person: c.Person}
	me, err := a.Me(ctx, c)
	if err != nil {
		return Home{}, err
	}
	h.MayAsk, h.Support = me.Requests, me.SupportURL
	if h.Tasks, _, err = a.List(ctx, c, ListToDecide, Filter{}, Page{Limit: homeRows}); err != nil {
		return Home{}, err
	}
	if h.Held, _, err = a.Held(ctx, c, Page{Limit: homeRows}); err != nil {
		return Home{}, err
	}
	mine, _, err := a.List(ctx, c, ListMine, Filter{}, Page{Limit: 100})
	if err != nil {
		return Home{}, err
	}
	for _, v := range mine {
		if !v.Status.Final() && v.Status != access.Active && len(h.Requests) < homeRows {
			h.Requests = append(h.Requests, v)
		}
	}
	return h, nil
}
