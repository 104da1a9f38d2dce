package app

import (
	"context"
	"errors"
)

// post posts the card of a request to who has none. The copy is written first,
// without a stamp, and the request read after that: whoever changes it later
// finds the copy. If a stamp is missing from an earlier try, the message may be
// there nonetheless, and is looked for; where it is not, it is posted only if it
// still has something to say.
func (a *App) post(ctx context.Context, reader Caller, user string, begun Copy, m Message, wanted bool) (Copy, error) {
	stamp := ""
	if begun == (Copy{}) {
		channel, err := a.Messenger.Open(ctx, user)
		if err != nil {
			return begun, err
		}
		begun = Copy{Request: m.Request, Person: m.To, User: user, Channel: channel, Seq: m.Seq, Standby: m.Standby}
		if err := a.Copies.PutCopy(ctx, Copy{}, begun); err != nil {
			return begun, err
		}
	} else {
		var err error
		if stamp, err = a.Messenger.Find(ctx, begun.Channel, begun.Request); err != nil {
			return begun, a.orForget(ctx, begun, err)
		}
	}
	if stamp == "" && !wanted {
		return begun, a.Copies.DropCopy(ctx, begun)
	}
	card, err := a.cardOf(ctx, reader, begun)
	if err != nil {
		return begun, err
	}
	posted := begun
	posted.Stamp = stamp
	if stamp == "" {
		if posted.Stamp, posted.Shown, err = a.Messenger.Post(ctx, begun.Channel, card); err != nil {
			return begun, a.orForget(ctx, begun, err)
		}
		posted.Version = card.Version
		a.Counter.Count(MetricSlackSent, 1)
	}
	if err := a.Copies.PutCopy(ctx, begun, posted); err != nil {
		return posted, err
	}
	return a.refresh(ctx, reader, posted, card)
}

// orForget forgets a message that will never be posted.
func (a *App) orForget(ctx context.Context, begun Copy, err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) || errors.Is(err, ErrCopyLost) {
		if err := a.Copies.DropCopy(ctx, begun); err != nil {
			return err
		}
	}
	if errors.Is(err, ErrCopyLost) {
		return &Refusal{"channel_gone"}
	}
	return err
}

// refresh changes a message to a card, and on until it shows the request as it is
// now, and gives the copy as it stands then. Whoever finds that someone else wrote
// the copy meanwhile cannot tell whose message stands, and changes it again.
// ErrCopyLost.
func (a *App) refresh(ctx context.Context, reader Caller, shown Copy, card Card) (Copy, error) {
	unsure := false
	for attempt := range attempts {
		at, next := shown, shown
		if unsure {
			at.Shown = ""
		}
		var err error
		if next.Shown, err = a.Messenger.Update(ctx, at, card); err != nil {
			return shown, err
		}
		next.Version = card.Version
		if next != shown || unsure {
			err = a.Copies.PutCopy(ctx, shown, next)
		}
		switch {
		case err == nil:
			stored, err := a.load(ctx, shown.Request)
			if shown, unsure = next, false; err != nil || shown.Version >= stored.Version {
				return shown, err
			}
		case !errors.Is(err, ErrConflict):
			return shown, err
		default:
			if shown, err = a.Copies.Copy(ctx, shown.Request, shown.Person); err != nil {
				return shown, err
			}
			unsure = true
			if err := a.backOff(ctx, attempt); err != nil {
				return shown, err
			}
		}
		if card, err = a.cardOf(ctx, reader, shown); err != nil {
			return shown, err
		}
	}
	return shown, &Unavailable{Code: "changes_too_fast"}
}

func (a *App) cardOf(ctx context.Context, reader Caller, shown Copy) (Card, error) {
	card, err := a.Card(ctx, reader, shown.Request)
	card.Standby = shown.Standby
	return card, err
}

// takeBack empties a message whose reader may not see the request any more, or is
// another Slack user now, and forgets it. What Slack does not let be changed is
// counted and forgotten too.
func (a *App) takeBack(ctx context.Context, shown Copy) error {
	if shown == (Copy{}) {
		return nil
	}
	at := shown
	if at.Stamp == "" {
		var err error
		if at.Stamp, err = a.Messenger.Find(ctx, shown.Channel, shown.Request); err != nil && !errors.Is(err, ErrCopyLost) {
			return err
		}
	}
	if at.Stamp != "" {
		err := a.Messenger.Withdraw(ctx, at)
		if _, refused := errors.AsType[*Refusal](err); refused {
			a.Counter.Count(MetricSlackRefused, 1)
		} else if err != nil && !errors.Is(err, ErrCopyLost) {
			return err
		}
	}
	return a.Copies.DropCopy(ctx, shown)
}
