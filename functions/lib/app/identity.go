package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"latchkey/functions/lib/access"
)

// Identity says whom the API takes for whom.
type Identity struct {
	FirstAdminEmail  string
	TrustIssuerEmail bool // the issuer's emails are true without email_verified
	KnownOnly        bool // no sign-in is bound here
}

// Claims are the parts of an ID token that matter. The authorizer has checked
// its signature, issuer, audience and times.
type Claims struct {
	Issuer        string
	Subject       string
	Email         string
	EmailVerified bool
	Name          string
	TokenUse      string // "id", "access", or empty where the issuer has no such claim
}

// Caller is the signed-in person, and whom they may act for.
type Caller struct {
	Person     Person
	Principals []access.Principal
	Admin      bool
	Via        access.Via
}

// Actor gives the caller as events name them.
func (c Caller) Actor() access.Actor {
	return access.Actor{Kind: access.ByPerson, ID: c.Person.ID, Via: c.Via}
}

// SignIn finds the person whom a token speaks for. The first sign-in with a
// verified email binds the token's issuer and subject to the person of that
// email, for good; later changes of email move nothing. Roles come from the
// directory alone.
func (a *App) SignIn(ctx context.Context, c Claims, via access.Via) (Caller, error) {
	if c.Issuer == "" || c.Subject == "" || c.TokenUse != "" && c.TokenUse != "id" {
		return Caller{}, access.Refuse(access.CodeUnauthenticated, "This API takes ID tokens.")
	}
	key := SubjectKey(c.Issuer, c.Subject)
	id, err := a.Directory.PersonBySubject(ctx, key)
	if errors.Is(err, ErrNotFound) {
		if a.Identity.KnownOnly {
			return Caller{}, notRegistered()
		}
		id, err = a.firstSignIn(ctx, key, c)
	}
	if err != nil {
		return Caller{}, err
	}
	person, err := a.Directory.Person(ctx, id)
	if err != nil {
		return Caller{}, err
	}
	if !person.Exists() || person.Doc.Subject != key {
		return Caller{}, notRegistered()
	}
	return a.callerAs(ctx, person.Doc, via)
}

// callerAs lets a person act, if they are active.
func (a *App) callerAs(ctx context.Context, person Person, via access.Via) (Caller, error) {
	if !person.Active() {
		return Caller{}, access.Refuse(access.CodeSuspended, "You are suspended at the moment.")
	}
	principals, err := a.principals(ctx, person.ID)
	if err != nil {
		return Caller{}, err
	}
	return Caller{Person: person, Principals: principals, Admin: slices.Contains(principals, access.Admins), Via: via}, nil
}

func notRegistered() error {
	return access.Refuse(access.CodeNotRegistered, "You are signed in, but nobody of this directory.")
}

// firstSignIn binds a subject to the unbound, active person of a verified
// email. While there is no admin, FirstAdminEmail becomes one.
func (a *App) firstSignIn(ctx context.Context, key string, c Claims) (access.PersonID, error) {
	email := strings.ToLower(c.Email)
	if email == "" || !c.EmailVerified && !a.Identity.TrustIssuerEmail {
		return "", notRegistered()
	}
	for attempt := range attempts {
		before, err := a.personOfEmail(ctx, email)
		if err != nil {
			return "", err
		}
		first, err := a.firstAdmin(ctx, email)
		if err != nil {
			return "", err
		}
		if before.Doc.Subject == key {
			return before.Doc.ID, nil // another call of the same first sign-in came first
		}
		known := before.Exists() && before.Doc.Active() && before.Doc.Subject == ""
		if !known && !(first && !before.Exists()) {
			return "", notRegistered()
		}
		after := before.Doc
		if !before.Exists() {
			after = Person{ID: before.Doc.ID, Email: email, Name: c.Name, Status: PersonActive}
			if after.Name == "" {
				after.Name = email
			}
		}
		after.Subject = key
		if first {
			after.Groups = append(after.Groups[:len(after.Groups):len(after.Groups)], access.AdminGroup)
		}
		err = a.bind(ctx, before, after, first)
		if errors.Is(err, ErrConflict) || errors.Is(err, ErrUnknown) {
			if err := a.backOff(ctx, attempt); err != nil {
				return "", err
			}
			continue
		}
		return after.ID, err
	}
	return "", access.Refuse(access.CodeBusy, "Please try again.")
}

// firstAdmin tells whether this email makes its owner the first admin.
func (a *App) firstAdmin(ctx context.Context, email string) (bool, error) {
	if a.Identity.FirstAdminEmail == "" || !strings.EqualFold(email, a.Identity.FirstAdminEmail) {
		return false, nil
	}
	admins, err := a.Directory.Admins(ctx)
	return admins == 0, err
}

// personOfEmail reads the person of an email or, if there is none, an empty
// document of the id that a new one would have: the email's local part, if it
// can be one and is free.
func (a *App) personOfEmail(ctx context.Context, email string) (Versioned[Person], error) {
	id, err := a.Directory.PersonByEmail(ctx, email)
	if err == nil {
		return a.Directory.Person(ctx, id)
	}
	if !errors.Is(err, ErrNotFound) {
		return Versioned[Person]{}, err
	}
	local, _, _ := strings.Cut(email, "@")
	if access.ValidID(local) {
		person, err := a.Directory.Person(ctx, access.PersonID(local))
		if err != nil || !person.Exists() {
			person.Doc.ID = access.PersonID(local)
			return person, err
		}
	}
	var fresh Versioned[Person]
	fresh.Doc.ID = access.PersonID(strings.ToLower(a.NewID()))
	return fresh, nil
}
