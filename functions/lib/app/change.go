package app

import (
	"context"
	"errors"
	"fmt"

	"latchkey/functions/lib/access"
)

// attempts is how often a command is decided anew after it lost a race.
const attempts = 12

// gather reads the facts that a command needs about a request.
type gather func(ctx context.Context, r access.Request) (access.Facts, error)

// change decides a command on a request and stores the outcome. Who loses a
// race, or cannot know whether they did, reads again and decides again. What
// was stored is announced to the workflow at once; the relay says it again.
func (a *App) change(ctx context.Context, id access.RequestID, c access.Command, facts gather) (access.Request, error) {
	for attempt := range attempts {
		stored, err := a.load(ctx, id)
		if err != nil {
			return access.Request{}, err
		}
		f, err := facts(ctx, stored.Request)
		if err != nil {
			return access.Request{}, err
		}
		f.Pace, f.Minimum = a.Pace, a.Minimum
		events, err := stored.Handle(c, f, a.now())
		if err != nil {
			return stored.Request, err
		}
		after, err := a.commit(ctx, stored, events, nil, spent(f.Mail, events))
		if errors.Is(err, ErrConflict) || errors.Is(err, ErrUnknown) {
			if err := a.backOff(ctx, attempt); err != nil {
				return access.Request{}, err
			}
			continue
		}
		if err != nil {
			return access.Request{}, err
		}
		return after, a.announce(ctx, f.Actor, after, events)
	}
	return access.Request{}, access.Refuse(access.CodeBusy, "Too much happens to this request at once; please try again.")
}

// spent gives the link that a decision was made with, as it is then.
func spent(m *access.MailUse, events []access.Event) *access.MailLink {
	if m == nil || len(events) == 0 {
		return nil
	}
	link := m.SpentOn(events[0])
	return &link
}

func (a *App) load(ctx context.Context, id access.RequestID) (Stored, error) {
	stored, err := a.Requests.Load(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return Stored{}, notFound("request")
	}
	return stored, err
}

// commit applies events to a request, seals them and stores both.
func (a *App) commit(ctx context.Context, before Stored, events []access.Event, key *Idempotency, link *access.MailLink) (access.Request, error) {
	after := before.Request
	if len(events) == 0 {
		return after, nil
	}
	for _, e := range events {
		if err := after.Apply(e); err != nil {
			return access.Request{}, fmt.Errorf("apply: %w", err)
		}
	}
	sealed, err := access.Seal(events, before.Hash, a.Random)
	if err != nil {
		return access.Request{}, err
	}
	err = a.Requests.Commit(ctx, Change{Before: before, After: after, Events: sealed, Idempotency: key, Link: link})
	var open *DuplicateOpen
	if errors.As(err, &open) {
		return access.Request{}, access.DuplicateOpen(open.Request)
	}
	return after, err
}

func notFound(what string) error {
	return access.Refuse(access.CodeNotFound, "There is no such %s.", what)
}
