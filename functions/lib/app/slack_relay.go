package app

import (
	"context"
	"log/slog"

	"latchkey/functions/lib/access"
)

// relayToSlack queues what Slack is to say because of an event. What fails is
// counted and owed, and is no error as long as that can be noted: the stream
// would come again with this record and hold up the mails of the next. While
// Slack is switched off, owed is that the messages which stand there come up to
// date.
func (a *App) relayToSlack(ctx context.Context, r access.Request, e access.Event) error {
	debt := SlackDebt{Request: r.ID, Seq: e.Seq}
	settings, err := a.Catalog.Settings(ctx)
	if err == nil && !settings.Doc.SlackReady() {
		copies, err := a.Copies.Copies(ctx, r.ID)
		if err == nil && len(copies) == 0 {
			return nil
		}
		debt.Quiet = true
		return a.Copies.Owe(ctx, debt)
	}
	if err == nil {
		err = a.queueForSlack(ctx, r, e, settings.Doc.SlackTeamID)
	}
	if err == nil {
		return nil
	}
	a.Counter.Count(MetricSlackUnqueued, 1)
	slog.Error("not queued for Slack, and owed", "request", r.ID, "event", e.Seq, "why", err)
	return a.Copies.Owe(ctx, debt)
}

func (a *App) queueForSlack(ctx context.Context, r access.Request, e access.Event, team string) error {
	messages, err := a.slackMessages(ctx, r, e, team)
	if err != nil || len(messages) == 0 {
		return err
	}
	return a.SlackOutbox.Queue(ctx, messages)
}

// slackMessages lists who is told what in Slack, of those who are linked to the
// workspace; and that the messages of everyone else are to be brought up to date.
func (a *App) slackMessages(ctx context.Context, r access.Request, e access.Event, team string) ([]Message, error) {
	told, err := a.toldInSlack(ctx, r, e)
	if err != nil {
		return nil, err
	}
	people := make([]access.PersonID, len(told))
	for i, m := range told {
		people[i] = m.To
	}
	links, err := a.SlackLinks.LinksOf(ctx, people)
	if err != nil {
		return nil, err
	}
	linked, has := map[access.PersonID]bool{}, map[access.PersonID]bool{}
	for _, link := range links {
		linked[link.Person] = link.User.Team == team
	}
	var out []Message
	for _, m := range told {
		if linked[m.To] {
			out, has[m.To] = append(out, m), true
		}
	}
	if e.Type == access.EventRevocationFailed && !e.Details.GaveUp {
		return out, nil // a message says nothing of single attempts
	}
	copies, err := a.Copies.Copies(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		if !has[c.Person] {
			out = append(out, Message{Request: r.ID, Seq: e.Seq, To: c.Person})
		}
	}
	return out, nil
}

// toldInSlack lists who is told what, each person once for each kind. Of a crowd
// that may decide, nobody is: who stands in for it is.
func (a *App) toldInSlack(ctx context.Context, r access.Request, e access.Event) ([]Message, error) {
	var kinds []access.NoticeKind
	principals := map[access.NoticeKind][]access.Principal{}
	for _, n := range r.Notices(e) {
		if principals[n.Kind] == nil {
			kinds = append(kinds, n.Kind)
		}
		principals[n.Kind] = append(principals[n.Kind], n.To)
	}
	var out []Message
	for _, kind := range kinds {
		people, standby, err := a.recipients(ctx, r, kind, principals[kind])
		if err != nil {
			return nil, err
		}
		seen := map[access.PersonID]bool{}
		add := func(ids []access.PersonID, standby bool) {
			for _, id := range ids {
				if !seen[id] && r.Still(kind, id) {
					seen[id] = true
					out = append(out, Message{Request: r.ID, Seq: e.Seq, Kind: kind, To: id, Standby: standby})
				}
			}
		}
		add(people, false)
		add(standby, true)
	}
	return out, nil
}

// recipients lists who is told something in Slack, and who in place of crowds.
// Each principal counts for itself: who is named beside a crowd is told.
func (a *App) recipients(ctx context.Context, r access.Request, kind access.NoticeKind, principals []access.Principal) (people, standby []access.PersonID, err error) {
	if !kind.AsksToDecide() {
		people, err = a.behind(ctx, principals, mostRecipients)
		return people, nil, err
	}
	crowded := false
	for _, p := range principals {
		some, err := a.behind(ctx, []access.Principal{p}, access.MostMessaged+1)
		switch {
		case err != nil:
			return nil, nil, err
		case len(some) > access.MostMessaged:
			crowded = true
		default:
			people = append(people, some...)
		}
	}
	if crowded {
		if standby, err = a.standby(ctx, r); err != nil {
			return nil, nil, err
		}
	}
	people, err = a.withDelegates(ctx, r, people)
	return people, standby, err
}

// standby lists who is told in place of a crowd.
func (a *App) standby(ctx context.Context, r access.Request) ([]access.PersonID, error) {
	flow, err := a.Catalog.FlowVersion(ctx, r.Flow, r.FlowVersion)
	if err != nil {
		return nil, err
	}
	return a.behind(ctx, r.Standby(flow), access.MostMessaged)
}
