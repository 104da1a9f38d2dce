package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"

	"latchkey/functions/lib/access"
)

// SlackLinkChanged brings someone's messages in line with the Slack user who they
// are, or are no more: of what waits for them, what they asked for and what they
// hold.
func (a *App) SlackLinkChanged(ctx context.Context, id access.PersonID) error {
	mine, err := a.openOf(ctx, id)
	if err != nil {
		return err
	}
	held, err := a.Entitlements.HeldBy(ctx, id)
	if err != nil {
		return err
	}
	for _, h := range held {
		mine = append(mine, h.Request)
	}
	for _, request := range mine {
		if err := a.show(ctx, request, func(reader access.PersonID) bool { return reader == id }, id); err != nil {
			return err
		}
	}
	principals, err := a.principals(ctx, id)
	if err != nil {
		return err
	}
	delegators, err := a.delegators(ctx, id, a.now())
	if err != nil {
		return err
	}
	for _, d := range delegators {
		principals = append(principals, d.Principals...)
	}
	return a.showWaiting(ctx, principals, []access.PersonID{id})
}

// recentChanges is how many changes of a delegation are looked back at: the stream
// may be late.
const recentChanges = 5

// DelegationChanged brings messages in line with who decides for a person now, and
// did lately.
func (a *App) DelegationChanged(ctx context.Context, id access.PersonID) error {
	principals, err := a.principals(ctx, id)
	if err != nil {
		return err
	}
	delegation, err := a.Directory.Delegation(ctx, id)
	if err != nil {
		return err
	}
	changes, err := a.Directory.Events(ctx, "delegation:"+string(id), max(delegation.Version-recentChanges, 0), recentChanges)
	if err != nil {
		return err
	}
	delegates := []access.PersonID{delegation.Doc.To}
	for _, e := range changes {
		var before Delegation
		if json.Unmarshal([]byte(e.Texts[access.TextBefore].Text), &before) == nil {
			delegates = append(delegates, before.To)
		}
	}
	var now []access.PersonID
	if delegation.Exists() && delegation.Doc.Active(a.now()) {
		now = append(now, delegation.Doc.To)
	}
	return a.showAllWaiting(ctx, principals, func(id access.PersonID) bool { return slices.Contains(delegates, id) }, now)
}

// showWaiting brings these people's messages, and those of their delegates, about
// what waits for principals up to date.
func (a *App) showWaiting(ctx context.Context, principals []access.Principal, people []access.PersonID) error {
	concerned := slices.Clone(people)
	for _, id := range people {
		delegation, err := a.Directory.Delegation(ctx, id)
		if err != nil {
			return err
		}
		if delegation.Exists() {
			concerned = append(concerned, delegation.Doc.To)
		}
	}
	return a.showAllWaiting(ctx, principals, func(id access.PersonID) bool { return slices.Contains(concerned, id) }, concerned)
}

// showAllWaiting has what waits for principals brought up to date where those of
// whom it is so have a message, and posted to others; but not to a crowd.
func (a *App) showAllWaiting(ctx context.Context, principals []access.Principal, has func(access.PersonID) bool, others []access.PersonID) error {
	a = a.remembering()
	waiting := a.waitingFor(principals)
	crowds := map[access.Principal]bool{}
	for cursor := ""; ; {
		page, next, err := waiting(ctx, Page{Limit: 100, Cursor: cursor})
		if err != nil {
			return err
		}
		for _, r := range page {
			to := others
			if crowded, err := a.onlyCrowds(ctx, crowds, r, principals); err != nil {
				return err
			} else if crowded {
				to = nil
			}
			if err := a.show(ctx, r.ID, has, to...); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// onlyCrowds tells whether all of the principals that a request waits for are
// crowds.
func (a *App) onlyCrowds(ctx context.Context, known map[access.Principal]bool, r access.Request, principals []access.Principal) (bool, error) {
	for _, p := range r.Approvers() {
		if !slices.Contains(principals, p) {
			continue
		}
		crowd, err := once(known, p, func() (bool, error) {
			people, err := a.behind(ctx, []access.Principal{p}, access.MostMessaged+1)
			return len(people) > access.MostMessaged, err
		})
		if err != nil || !crowd {
			return false, err
		}
	}
	return true, nil
}

// show is queueUpdates where nothing may wait for Slack, as suspensions come by the
// same way: what fails is owed to those who have a message.
func (a *App) show(ctx context.Context, id access.RequestID, has func(access.PersonID) bool, others ...access.PersonID) error {
	err := a.queueUpdates(ctx, id, has, others...)
	if err == nil {
		return nil
	}
	a.Counter.Count(MetricSlackUnqueued, 1)
	slog.Error("not queued for Slack, and owed", "request", id, "why", err)
	return a.Copies.Owe(ctx, SlackDebt{Request: id, Quiet: true})
}

// queueUpdates has the messages about a request brought up to date: of those of
// whom it is so, where they have one, and of others who are connected to Slack.
// While Slack is switched off, that is owed to who has one.
func (a *App) queueUpdates(ctx context.Context, id access.RequestID, has func(access.PersonID) bool, others ...access.PersonID) error {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return err
	}
	copies, err := a.Copies.Copies(ctx, id)
	if err != nil {
		return err
	}
	var people []access.PersonID
	for _, c := range copies {
		if has(c.Person) {
			people = append(people, c.Person)
		}
	}
	if !settings.Doc.SlackReady() {
		if len(people) == 0 {
			return nil
		}
		return a.Copies.Owe(ctx, SlackDebt{Request: id, Quiet: true})
	}
	for _, other := range others {
		if slices.Contains(people, other) {
			continue
		}
		link, err := a.SlackLinks.SlackLink(ctx, other)
		if err != nil {
			return err
		}
		if link.Exists() && link.Doc.User.Team == settings.Doc.SlackTeamID {
			people = append(people, other)
		}
	}
	if len(people) == 0 {
		return nil
	}
	again := a.NewID()
	messages := make([]Message, len(people))
	for i, person := range people {
		messages[i] = Message{Request: id, To: person, Again: again}
	}
	return a.SlackOutbox.Queue(ctx, messages)
}
