package app

import (
	"context"
	"errors"
	"slices"

	"latchkey/functions/lib/access"
)

// DeliverSlack brings someone's message about a request up to date, or posts it,
// and says in its thread what a notice has to say. It may be repeated, and says
// nothing twice but after a crash between Slack's answer and the mark.
//
// *Unavailable says when to try again. What Slack refuses for good is counted,
// and not tried again.
func (a *App) DeliverSlack(ctx context.Context, m Message) error {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return err
	}
	if !settings.Doc.SlackReady() {
		return a.oweCopy(ctx, m)
	}
	key := m.Key("slack")
	if m.Kind != "" {
		if given, err := a.Marks.Marked(ctx, key); err != nil || given {
			return err
		}
	}
	reader, user, err := a.deliverSlack(ctx, m, settings.Doc.SlackTeamID)
	var refusal *Refusal
	switch {
	case errors.Is(err, ErrSlackNotSetUp): // the settings say it is: someone will repair the secret
		a.Counter.Count(MetricSlackNotSetUp, 1)
		return &Unavailable{Code: "slack_not_set_up"}
	case errors.As(err, &refusal):
		a.Counter.Count(MetricSlackRefused, 1)
	case err != nil:
		return err
	}
	if m.Kind != "" {
		if err := a.Marks.Mark(ctx, key, a.now().Add(markLifetime)); err != nil {
			return err
		}
	}
	if user != "" {
		a.refreshHome(ctx, reader, user)
	}
	return nil
}

// oweCopy notes that a message which stands there is behind, as Slack was
// switched off before it could be changed.
func (a *App) oweCopy(ctx context.Context, m Message) error {
	_, err := a.Copies.Copy(ctx, m.Request, m.To)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.Copies.Owe(ctx, SlackDebt{Request: m.Request, Seq: m.Seq, Quiet: true})
}

// deliverSlack gives who reads, and as which user, if that changed what they have.
func (a *App) deliverSlack(ctx context.Context, m Message, team string) (Caller, string, error) {
	shown, err := a.Copies.Copy(ctx, m.Request, m.To)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Caller{}, "", err
	}
	reader, user, err := a.slackReader(ctx, m.To, team)
	if err != nil {
		return reader, "", err
	}
	if user == "" {
		return reader, "", a.takeBack(ctx, shown)
	}
	card, err := a.Card(ctx, reader, m.Request)
	if access.CodeOf(err) == access.CodeNotFound {
		if err = a.takeBack(ctx, shown); shown == (Copy{}) {
			user = ""
		}
		return reader, user, err
	}
	if err != nil {
		return reader, "", err
	}
	before := shown
	moved := shown != (Copy{}) && shown.User != user
	if moved { // the person is connected as another Slack user since
		if err := a.takeBack(ctx, shown); err != nil {
			return reader, user, err
		}
		shown = Copy{}
	}
	told := m.Kind != "" && card.Still(m.Kind, m.To)
	wanted := told || asks(card) || moved && !card.Status.Final()
	switch {
	case shown == (Copy{}) && !wanted:
		return reader, "", nil
	case shown.Stamp == "":
		shown, err = a.post(ctx, reader, user, shown, m, wanted)
	default:
		card.Standby = shown.Standby
		shown, err = a.refresh(ctx, reader, shown, card)
	}
	// What Slack does not take as a card's new text says nothing of its thread.
	var refusal *Refusal
	refused := errors.As(err, &refusal) && shown.Stamp != ""
	says := (err == nil || refused) && told && shown.Seq != m.Seq
	if says {
		if failed := a.reply(ctx, shown, m); failed != nil {
			err = failed
		}
	}
	if errors.Is(err, ErrCopyLost) { // someone deleted it
		if err = a.Copies.DropCopy(ctx, shown); err == nil && wanted {
			shown, err = a.post(ctx, reader, user, Copy{}, m, true)
		}
	}
	if shown.Stamp == before.Stamp && shown.Shown == before.Shown && !says {
		return reader, "", err
	}
	return reader, user, err
}

// slackReader gives a person as who reads in Slack, and as which user; "" if they
// may not, or not there.
func (a *App) slackReader(ctx context.Context, id access.PersonID, team string) (Caller, string, error) {
	person, err := a.Directory.Person(ctx, id)
	if err != nil || !person.Exists() || !person.Doc.Active() {
		return Caller{}, "", err
	}
	link, err := a.SlackLinks.SlackLink(ctx, id)
	if err != nil || !link.Exists() || link.Doc.User.Team != team {
		return Caller{}, "", err
	}
	caller, err := a.callerAs(ctx, person.Doc, access.ViaSlack)
	return caller, link.Doc.User.ID, err
}

// asks tells whether a card waits for its reader's decision or answer.
func asks(c Card) bool {
	return slices.Contains(c.Actions, access.ActApprove) || slices.Contains(c.Actions, access.ActApproveExtension) ||
		slices.Contains(c.Actions, access.ActAnswer)
}

// reply says what a notice has to say below the card.
func (a *App) reply(ctx context.Context, shown Copy, m Message) error {
	letter, wanted, err := a.letter(ctx, m)
	if err != nil || !wanted {
		return err
	}
	if err := a.Messenger.Reply(ctx, shown, letter); err != nil {
		return err
	}
	a.Counter.Count(MetricSlackSent, 1)
	return nil
}
