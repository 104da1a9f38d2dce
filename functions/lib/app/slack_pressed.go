package app

import (
	"context"
	"errors"

	"latchkey/functions/lib/access"
)

// ShowPressed makes the message in which someone pressed a button show the
// request as it is now. One that the store does not know is theirs from then on:
// it was posted, and the word of it got lost. Of two, the one that is known is
// kept up to date later. To who may not see the request any more it shows nothing
// of it. ErrCopyLost.
func (a *App) ShowPressed(ctx context.Context, reader Caller, pressed Copy) error {
	link, err := a.SlackLinks.SlackLink(ctx, pressed.Person)
	if err != nil {
		return err
	}
	for attempt := range attempts {
		known, err := a.Copies.Copy(ctx, pressed.Request, pressed.Person)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		other := known.Stamp != "" && (known.Stamp != pressed.Stamp || known.Channel != pressed.Channel)
		next := known
		next.Request, next.Person, next.User = pressed.Request, pressed.Person, link.Doc.User.ID
		next.Channel, next.Stamp = pressed.Channel, pressed.Stamp
		card, err := a.cardOf(ctx, reader, next)
		if access.CodeOf(err) == access.CodeNotFound {
			if other || known == (Copy{}) {
				return a.Messenger.Withdraw(ctx, next)
			}
			return a.takeBack(ctx, known)
		}
		if err != nil {
			return err
		}
		next.Shown = "" // whatever is thought to stand there, this is what was pressed
		if next.Shown, err = a.Messenger.Update(ctx, next, card); err != nil {
			return err
		}
		if next.Version = card.Version; other {
			return nil
		}
		switch err := a.Copies.PutCopy(ctx, known, next); {
		case err == nil:
			_, err = a.refresh(ctx, reader, next, card)
			return err
		case !errors.Is(err, ErrConflict):
			return err
		}
		if err := a.backOff(ctx, attempt); err != nil { // someone else wrote it: whose message stands?
			return err
		}
	}
	return &Unavailable{Code: "changes_too_fast"}
}
