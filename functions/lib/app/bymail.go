package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"slices"

	"latchkey/functions/lib/access"
)

// tokenBytes is how long the token of a mail's links is, before it is written in
// base64url.
const tokenBytes = 32

// newLink makes the token of a letter that asks for a decision, and stores what
// it stands for. A letter that asks for none, or by a flow that takes none by
// email, gets no token.
func (a *App) newLink(ctx context.Context, l *Letter) error {
	link, asks := l.Request.LinkFor(l.To.ID, l.Kind, l.AsOf)
	if !asks || !l.ByMail {
		return nil
	}
	random := make([]byte, tokenBytes)
	if _, err := io.ReadFull(a.Random, random); err != nil {
		return err
	}
	l.Token = base64.RawURLEncoding.EncodeToString(random)
	link.ID = linkID(random)
	return a.MailLinks.PutLink(ctx, link)
}

func linkID(random []byte) string {
	sum := sha256.Sum256(random)
	return hex.EncodeToString(sum[:])
}

// findLink finds the link of a token. One that is malformed is as one that nobody
// made, or that is forgotten.
func (a *App) findLink(ctx context.Context, token string) (access.MailLink, error) {
	random, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(random) != tokenBytes {
		return access.MailLink{}, notFound("link")
	}
	link, err := a.MailLinks.Link(ctx, linkID(random))
	if errors.Is(err, ErrNotFound) || err == nil && link.Expires.Before(a.now()) {
		return access.MailLink{}, notFound("link")
	}
	return link, err
}

// KnowsMail fails, with access.CodeNotFound, for a token that is of no mail.
func (a *App) KnowsMail(ctx context.Context, token string) error {
	_, err := a.findLink(ctx, token)
	return err
}

// openLink finds what a token stands for.
func (a *App) openLink(ctx context.Context, token string) (access.MailUse, Person, error) {
	link, err := a.findLink(ctx, token)
	if err != nil {
		return access.MailUse{}, Person{}, err
	}
	person, err := a.Directory.Person(ctx, link.Person)
	void := !person.Exists() || !person.Doc.Active() || link.SentAt.Before(person.Doc.LinksSince)
	return access.MailUse{MailLink: link, Void: void}, person.Doc, err
}

// byLink gathers the facts of who uses a mail's link: the person who signed in
// or, where the flow waives that, the one whom the mail went to.
func (a *App) byLink(ctx context.Context, r access.Request, use access.MailUse, to Person, who *Caller) (access.Facts, Caller, error) {
	flow, err := a.Catalog.FlowVersion(ctx, r.Flow, r.FlowVersion)
	if err != nil {
		return access.Facts{}, Caller{}, err
	}
	caller := Caller{Person: to, Via: access.ViaEmail}
	if use.SignedIn = flow.EmailSignIn && who != nil; use.SignedIn {
		caller = *who
		caller.Via = access.ViaEmail
	} else if caller.Principals, err = a.principals(ctx, to.ID); err != nil {
		return access.Facts{}, caller, err
	}
	f, err := a.callerFacts(ctx, caller, r)
	f.Mail = &use
	return f, caller, err
}

// DecideByMail decides with a mail's link what the mail asked for, and spends
// the link. who is nil while nobody has signed in.
func (a *App) DecideByMail(ctx context.Context, token string, who *Caller, c access.Decide) (access.Request, error) {
	use, _, err := a.openLink(ctx, token)
	if err != nil {
		return access.Request{}, err
	}
	c.Extension = use.Step == 0
	var caller Caller
	r, err := a.change(ctx, use.Request, c, func(ctx context.Context, r access.Request) (f access.Facts, err error) {
		use, to, err := a.openLink(ctx, token) // each time: another may have used it
		if err != nil {
			return f, err
		}
		f, caller, err = a.byLink(ctx, r, use, to, who)
		return f, err
	})
	return r, a.forCaller(ctx, caller, r, err)
}

// Mailed is what a mail's link leads to, as far as who uses it may see it.
type Mailed struct {
	access.MailLink
	To     Person
	Void   bool // the links no longer work
	Open   bool // it can be decided with
	SignIn bool // a sign-in is needed first, and nobody has
	Theirs bool // it was sent to who uses it, or to whom they sit in for

	Shown     bool // the rest is there
	View      View
	Requester Person
	Manager   string            // the requester's, or ""
	By        string            // name of who decided with it
	Shorter   []access.Duration // that may be given instead
	Zone      string            // of who uses it
	Refused   *access.Error     // why it cannot be decided, or nil
}

// ReadMail tells what a mail's link leads to, and changes nothing. To who has
// not signed in where that is needed, and to whom it was not sent, it says no
// more than that there is, or was, something to decide.
func (a *App) ReadMail(ctx context.Context, token string, who *Caller) (Mailed, error) {
	use, to, err := a.openLink(ctx, token)
	if err != nil {
		return Mailed{}, err
	}
	a = a.remembering()
	stored, err := a.load(ctx, use.Request)
	if err != nil {
		return Mailed{}, err
	}
	f, caller, err := a.byLink(ctx, stored.Request, use, to, who)
	if err != nil {
		return Mailed{}, err
	}
	m := Mailed{MailLink: use.MailLink, To: to, Void: use.Void, Zone: caller.Person.TimeZone,
		Open:   !use.Void && !use.Spent() && stored.Asks(use.MailLink) && slices.Contains(f.Flow.DecideIn, access.ViaEmail),
		SignIn: f.Flow.EmailSignIn && who == nil}
	m.Theirs = !m.SignIn && f.MailedTo(use.Person)
	m.Shown = m.Theirs && !m.Void && (f.Mail.SignedIn || m.Open) && stored.MayRead(f)
	if !m.Shown {
		return m, nil
	}
	_, err = stored.Handle(access.Decide{Verdict: access.Deny, Reason: "?", Extension: m.Step == 0}, f, a.now())
	errors.As(err, &m.Refused)
	if m.Step > 0 {
		m.Shorter = f.Flow.Duration.Shorter(stored.Given, a.Minimum)
	}
	if m.View, err = a.view(ctx, stored.Request, f); err != nil {
		return m, err
	}
	requester, err := a.Directory.Person(ctx, stored.Requester)
	if err != nil {
		return m, err
	}
	if m.Requester = requester.Doc; m.Requester.Manager != "" {
		if m.Manager, err = a.NameOf(ctx, m.Requester.Manager); err != nil {
			return m, err
		}
	}
	if m.SpentBy != "" {
		m.By, err = a.NameOf(ctx, m.SpentBy)
	}
	return m, err
}
