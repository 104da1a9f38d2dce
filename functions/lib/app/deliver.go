package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"latchkey/functions/lib/access"
)

// markLifetime is how long what was sent is remembered: longer than a message
// can wait in its queue (14 days in the template).
const markLifetime = 30 * 24 * time.Hour

// Deliver sends one message by email, unless it was sent or overtaken. A crash
// between the mail service's answer and the mark sends it again; nothing else
// does. A mail that the service refuses for good is counted, and not tried
// again; so is one to an address that mails come back from.
func (a *App) Deliver(ctx context.Context, m Message) error {
	key := m.Key("email")
	sent, err := a.Marks.Marked(ctx, key)
	if err != nil || sent {
		return err
	}
	letter, wanted, err := a.letter(ctx, m)
	if err != nil || !wanted {
		return err
	}
	if held, err := a.heldBack(ctx, letter.To); err != nil || held {
		return err
	}
	if err := a.newLink(ctx, &letter); err != nil {
		return err
	}
	err = a.Mailer.Send(ctx, letter)
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		a.Counter.Count(MetricMailRefused, 1)
	case err != nil:
		return err
	default:
		a.Counter.Count(MetricMailSent, 1)
	}
	return a.Marks.Mark(ctx, key, a.now().Add(markLifetime))
}

// letter gathers what a message says as things are now. It is not wanted any
// more if its reader left, or if what it asks for is done.
func (a *App) letter(ctx context.Context, m Message) (Letter, bool, error) {
	if m.About != "" {
		return a.letterAbout(ctx, m)
	}
	asOf := a.now()
	stored, err := a.Requests.Load(ctx, m.Request)
	if err != nil {
		return Letter{}, false, fmt.Errorf("request %s: %w", m.Request, err)
	}
	sealed, err := a.Requests.Event(ctx, m.Request, m.Seq)
	if err != nil {
		return Letter{}, false, fmt.Errorf("event %d of %s: %w", m.Seq, m.Request, err)
	}
	event, err := sealed.Open()
	if err != nil {
		return Letter{}, false, err
	}
	to, err := a.Directory.Person(ctx, m.To)
	if err != nil || !to.Exists() || !to.Doc.Active() || !stored.Still(m.Kind, m.To) {
		return Letter{}, false, err
	}
	l := Letter{Kind: m.Kind, AsOf: asOf, To: to.Doc, Request: stored.Request, Event: event}
	return l, true, a.addNames(ctx, &l)
}

func (a *App) addNames(ctx context.Context, l *Letter) error {
	resource, err := a.Catalog.Resource(ctx, l.Request.Resource)
	if err != nil {
		return err
	}
	l.Resource = resource.Doc
	requester, err := a.Directory.Person(ctx, l.Request.Requester)
	if err != nil {
		return err
	}
	l.Requester = requester.Doc
	if requester.Doc.Manager != "" {
		if l.Manager, err = a.nameOf(ctx, access.OfPerson(requester.Doc.Manager)); err != nil {
			return err
		}
	}
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return err
	}
	l.Support = settings.Doc.SupportURL
	flow, err := a.Catalog.FlowVersion(ctx, l.Request.Flow, l.Request.FlowVersion)
	if err != nil {
		return err
	}
	l.Fields, l.Extend = flow.Fields, l.Request.Extendable(flow.Duration.Extend)
	l.ByMail, l.SignIn = slices.Contains(flow.DecideIn, access.ViaEmail), flow.EmailSignIn
	facts := access.Facts{Actor: access.Actor{Kind: access.ByPerson, ID: l.To.ID}, Flow: flow, Settings: settings.Doc}
	if l.Event.Actor.ID != "" && l.Request.SeesProgress(facts) {
		l.By, err = a.nameOf(ctx, access.OfPerson(l.Event.Actor.ID))
	}
	return err
}
