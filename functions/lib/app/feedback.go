package app

import (
	"context"
	"errors"
	"fmt"

	"latchkey/functions/lib/access"
)

// Feedback is what the mail service says of a mail to one address.
type Feedback struct {
	To string
	access.MailReport
}

// TakeFeedback remembers that mails to an address come back, and has the admins
// told, once for each time that it is marked: whoever does not get mail any more
// may be the one whom a request waits for. It may be repeated.
func (a *App) TakeFeedback(ctx context.Context, f Feedback) error {
	problem := f.Problem()
	if !problem.Is() {
		return nil
	}
	about, err := a.Directory.PersonByEmail(ctx, f.To)
	if errors.Is(err, ErrNotFound) {
		return nil // they have left, or have another address by now
	}
	if err != nil {
		return err
	}
	if err := a.Mailboxes.Report(ctx, f.To, problem); err != nil {
		return err
	}
	mailbox, err := a.Mailboxes.Mailbox(ctx, f.To)
	if err != nil || !mailbox.Problem.Is() {
		return err
	}
	if mailbox.Problem == problem {
		a.Counter.Count(MetricAddressMarked, 1)
	}
	return a.tellOfMailbox(ctx, about, mailbox.Mark(f.To))
}

func (a *App) tellOfMailbox(ctx context.Context, about access.PersonID, mark string) error {
	var messages []Message
	err := a.eachPerson(ctx, access.Admins, func(p Person) bool {
		if p.ID != about {
			messages = append(messages, Message{Kind: access.NoticeUndeliverable, To: p.ID, About: about, Mark: mark})
		}
		return len(messages) < mostRecipients
	})
	if err != nil || len(messages) == 0 {
		return err
	}
	return a.Outbox.Queue(ctx, messages)
}

// letterAbout gathers what an admin is told of someone's address. It is not
// wanted any more once the address is in order, or another.
func (a *App) letterAbout(ctx context.Context, m Message) (Letter, bool, error) {
	to, err := a.Directory.Person(ctx, m.To)
	if err != nil || !to.Exists() || !to.Doc.Active() {
		return Letter{}, false, err
	}
	about, err := a.Directory.Person(ctx, m.About)
	if err != nil || !about.Exists() {
		return Letter{}, false, err
	}
	mailbox, err := a.Mailboxes.Mailbox(ctx, about.Doc.Email)
	if err != nil || !mailbox.Problem.Is() {
		return Letter{}, false, err
	}
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return Letter{}, false, err
	}
	return Letter{Kind: m.Kind, To: to.Doc, About: about.Doc, Problem: mailbox.Problem, Support: settings.Doc.SupportURL}, true, nil
}

// heldBack tells whether a person gets no mail because it comes back. It is
// counted each time.
func (a *App) heldBack(ctx context.Context, to Person) (bool, error) {
	mailbox, err := a.Mailboxes.Mailbox(ctx, to.Email)
	if err != nil || !mailbox.Problem.Is() {
		return false, err
	}
	a.Counter.Count(MetricMailHeldBack, 1)
	return true, nil
}

// ClearEmail has mails sent to a person's address again. Where nothing is wrong
// with it, nothing changes.
func (a *App) ClearEmail(ctx context.Context, c Caller, id access.PersonID, when Condition) error {
	before, err := a.toEdit(ctx, c, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "person")
	}
	if err != nil {
		return err
	}
	mailbox, err := a.Mailboxes.Mailbox(ctx, before.Doc.Email)
	if err != nil || !mailbox.Problem.Is() {
		return err
	}
	e, err := edit(a, c.Actor(), "person:"+string(id), EventEmailCleared, before, before.Doc)
	if err != nil {
		return err
	}
	_, err = written(ctx, e, a.Mailboxes.Clear(ctx, e, a.now()), func(ctx context.Context) (Versioned[Person], error) {
		return a.Directory.Person(ctx, id)
	})
	return err
}

// emailProblem reads what is wrong with a person's address.
func (a *App) emailProblem(ctx context.Context, p Person) (access.EmailProblem, error) {
	if p.Email == "" {
		return access.EmailProblem{}, nil
	}
	mailbox, err := a.Mailboxes.Mailbox(ctx, p.Email)
	if err != nil {
		err = fmt.Errorf("mailbox of %s: %w", p.ID, err)
	}
	return mailbox.Problem, err
}
