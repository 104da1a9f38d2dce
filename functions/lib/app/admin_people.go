package app

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"latchkey/functions/lib/access"
)

// PersonDetails is a person as admins see them.
type PersonDetails struct {
	Versioned[Person]
	Granted      []access.GroupID // that access gave them; not read in lists
	EmailProblem access.EmailProblem
}

// People lists the directory's people, for admins.
func (a *App) People(ctx context.Context, c Caller, p Page) ([]PersonDetails, string, error) {
	docs, next, err := list(ctx, c, p, a.Directory.People)
	if err != nil {
		return nil, "", err
	}
	var emails []string
	for _, doc := range docs {
		emails = append(emails, doc.Doc.Email)
	}
	mailboxes, err := a.Mailboxes.Mailboxes(ctx, emails)
	if err != nil {
		return nil, "", err
	}
	var out []PersonDetails
	for _, doc := range docs {
		out = append(out, PersonDetails{Versioned: doc, EmailProblem: mailboxes[doc.Doc.Email].Problem})
	}
	return out, next, nil
}

// Person reads a person, for admins.
func (a *App) Person(ctx context.Context, c Caller, id access.PersonID) (PersonDetails, error) {
	doc, err := a.Directory.Person(ctx, id)
	if doc, err = one(c, doc, err, "person"); err != nil {
		return PersonDetails{}, err
	}
	d := PersonDetails{Versioned: doc}
	if _, d.Granted, err = a.Directory.GroupsOf(ctx, id); err != nil {
		return d, err
	}
	d.EmailProblem, err = a.emailProblem(ctx, doc.Doc)
	return d, err
}

// PutPerson writes a person. The binding to a sign-in is kept.
func (a *App) PutPerson(ctx context.Context, c Caller, p Person, when Condition) (Versioned[Person], error) {
	before, err := a.toEdit(ctx, c, p.ID)
	if err == nil {
		err = when.check(before.Exists(), before.Version)
	}
	if err != nil {
		return before, err
	}
	p.Email = strings.ToLower(p.Email)
	p.Subject = before.Doc.Subject
	if err := a.checkPerson(ctx, p, before.Doc); err != nil {
		return before, err
	}
	return a.writePerson(ctx, c.Actor(), kindOf(before), before, p)
}

// DeletePerson removes a person from the directory.
func (a *App) DeletePerson(ctx context.Context, c Caller, id access.PersonID, when Condition) error {
	before, err := a.toEdit(ctx, c, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "person")
	}
	if err != nil {
		return err
	}
	_, err = a.writePerson(ctx, c.Actor(), EventDeleted, before, Person{ID: id})
	return err
}

// Unbind lets the next sign-in with a person's verified email be bound anew.
func (a *App) Unbind(ctx context.Context, c Caller, id access.PersonID, when Condition) error {
	before, err := a.toEdit(ctx, c, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "person")
	}
	if err != nil {
		return err
	}
	after := before.Doc
	after.Subject = ""
	_, err = a.writePerson(ctx, c.Actor(), EventUnbound, before, after)
	return err
}

func (a *App) toEdit(ctx context.Context, c Caller, id access.PersonID) (Versioned[Person], error) {
	if err := admins(c); err != nil {
		return Versioned[Person]{}, err
	}
	if err := validID(string(id)); err != nil {
		return Versioned[Person]{}, err
	}
	return a.Directory.Person(ctx, id)
}

func (a *App) writePerson(ctx context.Context, actor access.Actor, kind access.EventType, before Versioned[Person], after Person) (Versioned[Person], error) {
	after.LinksSince = before.Doc.LinksSince
	leaves := before.Doc.Active() && !after.Active()
	moved := !strings.EqualFold(before.Doc.Email, after.Email) // whoever reads the former mailbox has the links
	if !before.Exists() || leaves || moved {
		after.LinksSince = a.now()
	}
	if leaves {
		return a.dismiss(ctx, actor, kind, before, after)
	}
	e, err := edit(a, actor, "person:"+string(after.ID), kind, before, after)
	if err != nil {
		return before, err
	}
	err = a.Directory.EditPerson(ctx, e, false)
	return written(ctx, e, err, func(ctx context.Context) (Versioned[Person], error) {
		return a.Directory.Person(ctx, after.ID)
	})
}

// dismiss writes a person who may act no longer, and removes their link to Slack
// with them: it does not come back when they do.
func (a *App) dismiss(ctx context.Context, actor access.Actor, kind access.EventType, before Versioned[Person], after Person) (Versioned[Person], error) {
	for attempt := range attempts {
		e, err := edit(a, actor, "person:"+string(after.ID), kind, before, after)
		if err != nil {
			return before, err
		}
		link, err := a.unlink(ctx, actor, after.ID)
		if err != nil {
			return before, err
		}
		read := func(ctx context.Context) (Versioned[Person], error) { return a.Directory.Person(ctx, after.ID) }
		err = a.SlackLinks.DismissPerson(ctx, e, link)
		if !errors.Is(err, ErrConflict) {
			return written(ctx, e, err, read)
		}
		now, readErr := read(ctx)
		if readErr != nil || now.Version != before.Version {
			return written(ctx, e, err, read)
		}
		if err := a.backOff(ctx, attempt); err != nil { // it was the link that changed
			return before, err
		}
	}
	return before, access.Refuse(access.CodeBusy, "Please try again.")
}

// bind writes a person's first sign-in.
func (a *App) bind(ctx context.Context, before Versioned[Person], after Person, first bool) error {
	actor := access.Actor{Kind: access.ByPerson, ID: after.ID, Via: access.ViaPortal}
	e, err := edit(a, actor, "person:"+string(after.ID), EventBound, before, after)
	if err != nil {
		return err
	}
	return a.Directory.EditPerson(ctx, e, first)
}

func (a *App) checkPerson(ctx context.Context, p, before Person) error {
	var found []access.FieldError
	add := func(pointer, code, message string) {
		found = append(found, access.FieldError{Pointer: pointer, Code: code, Message: message})
	}
	if address, err := mail.ParseAddress(p.Email); err != nil || address.Address != p.Email || len(p.Email) > 254 {
		add("/email", "format", "This is not an email address.")
	}
	if strings.TrimSpace(p.Name) == "" || len(p.Name) > access.MaxName {
		add("/name", "required", fmt.Sprintf("A name is needed, of at most %d bytes.", access.MaxName))
	}
	if p.Status != PersonActive && p.Status != PersonSuspended {
		add("/status", "unknown", "A person is active or suspended.")
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil {
		add("/time_zone", "unknown", "This is not an IANA time zone.")
	}
	if len(p.Groups) > access.MaxGroups {
		add("/groups", "count", fmt.Sprintf("A person is in at most %d groups.", access.MaxGroups))
	}
	if p.Manager == p.ID {
		add("/manager", "self", "Nobody is their own manager.")
	} else if known, err := a.isPerson(ctx, p.Manager); err != nil {
		return err
	} else if !known {
		add("/manager", "unknown", "There is no such person.")
	}
	if err := refused(access.CodeInvalid, found); err != nil {
		return err
	}
	return a.checkGroups(ctx, p, before)
}

func (a *App) isPerson(ctx context.Context, id access.PersonID) (bool, error) {
	if id == "" {
		return true, nil
	}
	person, err := a.Directory.Person(ctx, id)
	return person.Exists(), err
}

// checkGroups checks the groups that a person joins or leaves: they exist, each
// stands once, and no connector owns them.
func (a *App) checkGroups(ctx context.Context, p, before Person) error {
	for i, id := range p.Groups {
		pointer := fmt.Sprintf("/groups/%d", i)
		if slices.Index(p.Groups, id) < i {
			return access.InvalidField(pointer, "duplicate", "This group stands twice.")
		}
		if slices.Contains(before.Groups, id) || id == access.AdminGroup {
			continue
		}
		group, err := a.Directory.Group(ctx, id)
		if err != nil {
			return err
		}
		if !group.Exists() {
			return access.InvalidField(pointer, "unknown", "There is no such group.")
		}
		owners, err := a.Directory.ManagedBy(ctx, id)
		if err != nil {
			return err
		}
		if len(owners) > 0 {
			return &access.Error{Code: access.CodeManagedGroup, Message: "The members of this group are given by requests alone.",
				Fields: []access.FieldError{{Pointer: pointer, Code: "managed", Message: "A connector owns this group."}}}
		}
	}
	return nil
}
