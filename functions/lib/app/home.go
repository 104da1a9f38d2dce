package app

import (
	"context"
	"log/slog"
	"time"

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

// homeLifetime is for how long after it was opened a Home is kept up to date.
const homeLifetime = 14 * 24 * time.Hour

func homeKey(person access.PersonID) string { return "slack#home#" + string(person) }

// OpenHome is Home for someone who looks at it now: from then on it is published
// again whenever a message of theirs changes.
func (a *App) OpenHome(ctx context.Context, c Caller) (Home, error) {
	if err := a.Marks.Mark(ctx, homeKey(c.Person.ID), a.now().Add(homeLifetime)); err != nil {
		return Home{}, err
	}
	return a.Home(ctx, c)
}

// refreshHome publishes someone's Home anew, if they looked at it lately. What
// fails is no error: whoever opens their Home gets it anew.
func (a *App) refreshHome(ctx context.Context, c Caller, user string) {
	looked, err := a.Marks.Marked(ctx, homeKey(c.Person.ID))
	if err == nil && looked {
		var home Home
		if home, err = a.Home(ctx, c); err == nil {
			err = a.Messenger.PublishHome(ctx, user, home)
		}
	}
	if err != nil {
		slog.Warn("Home was not published", "person", c.Person.ID, "why", err)
	}
}
