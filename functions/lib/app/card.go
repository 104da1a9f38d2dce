package app

import (
	"context"

	"latchkey/functions/lib/access"
)

// Card shows a request to someone as their direct message does. To who may not
// see the request, it does not exist.
func (a *App) Card(ctx context.Context, c Caller, id access.RequestID) (Card, error) {
	view, err := a.Get(ctx, c, id)
	if err != nil {
		return Card{}, err
	}
	events, err := a.eventsOf(ctx, id, view.Version)
	if err != nil {
		return Card{}, err
	}
	card := Card{View: view}
	turns := turnsOf(events)
	if view.Progress {
		card.Decided, card.More = turns.decided, turns.more
	}
	for _, e := range []access.Event{turns.decided, turns.more, turns.last} {
		for _, who := range []access.PersonID{e.Actor.ID, e.Actor.OnBehalfOf} {
			if _, known := view.Names[who]; who == "" || known {
				continue
			}
			if view.Names[who], err = a.nameOf(ctx, access.OfPerson(who)); err != nil {
				return Card{}, err
			}
		}
	}
	card.Letter.To, card.Letter.Request = c.Person, view.Request
	card.Letter.Kind, card.Letter.Event = standing(view, c.Person.ID, turns)
	return card, a.addNames(ctx, &card.Letter)
}

// eventsOf reads the events up to a version.
func (a *App) eventsOf(ctx context.Context, id access.RequestID, version int) ([]access.Event, error) {
	var out []access.Event
	for len(out) < version {
		page, err := a.Requests.Events(ctx, id, len(out), 100)
		if err != nil || len(page) == 0 {
			return out, err
		}
		for _, sealed := range page {
			e, err := sealed.Open()
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
	}
	return out[:version], nil
}

// turns are the events that a card speaks of.
type turns struct {
	submitted access.Event
	last      access.Event // that led to the status
	decided   access.Event // that settled the request: withdrawn or left until it expired, that
	more      access.Event // the last verdict on more time
}

func turnsOf(events []access.Event) turns {
	var t turns
	var status access.Status
	for _, e := range events {
		switch {
		case e.Type == access.EventSubmitted:
			t.submitted = e
		case e.Type == access.EventExtended, e.Type == access.EventExtensionDenied:
			t.more = e
		}
		if e.Status != status {
			t.last = e
		}
		if status.Undecided() && !e.Status.Undecided() || e.Status != status && (e.Status == access.Canceled || e.Status == access.Expired) {
			t.decided = e
		}
		status = e.Status
	}
	return t
}

// standing gives the notice that says where a request stands, and the event that
// it tells of. No notice says that access is being taken away.
func standing(v View, reader access.PersonID, t turns) (access.NoticeKind, access.Event) {
	if reader != v.Requester {
		return standingForOthers(v, t)
	}
	switch v.Status {
	case access.Pending:
		return access.NoticeSubmitted, t.submitted
	case access.NeedsInfo:
		return access.NoticeAsked, t.last
	case access.MissingData:
		return access.NoticeMissingData, t.last
	case access.Approved, access.Ready, access.Granting, access.Active:
		return access.NoticeApproved, t.decided
	case access.Denied:
		return access.NoticeDenied, t.last
	case access.Canceled:
		return access.NoticeCanceled, t.last
	case access.Expired:
		return access.NoticeExpired, t.last
	case access.Ended:
		return access.NoticeEnded, t.last
	case access.Failed:
		return access.NoticeFailed, t.last
	}
	return "", t.last
}

func standingForOthers(v View, t turns) (access.NoticeKind, access.Event) {
	switch {
	case v.Admin && v.Status == access.MissingData:
		return access.NoticeMissingData, t.last
	case v.Admin && v.Status == access.Stuck:
		return access.NoticeStuck, t.last
	case v.Extension.Asked > 0:
		return access.NoticeExtensionAsked, access.Event{Type: access.EventExtensionAsked, Status: v.Status,
			Details: access.Details{Asked: v.Extension.Asked}, Texts: map[string]string{access.TextReason: v.Extension.Reason}}
	}
	return access.NoticeToDecide, t.submitted
}
