package app

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"strings"
	"time"

	"latchkey/functions/lib/access"
)

// linkWithin is how long a person has for the sign-in with Slack.
const linkWithin = 10 * time.Minute

func slackLinkSubject(person access.PersonID) string { return "slack_link:" + string(person) }

// SlackLink reads the caller's link. One to another workspace than the settings
// name does not count, and is not shown.
func (a *App) SlackLink(ctx context.Context, c Caller) (Versioned[SlackLink], error) {
	settings, err := a.slackSettings(ctx)
	if err != nil {
		return Versioned[SlackLink]{}, err
	}
	link, err := a.SlackLinks.SlackLink(ctx, c.Person.ID)
	if link.Exists() && link.Doc.User.Team != settings.SlackTeamID {
		link.Doc, link.Deleted = SlackLink{}, true
	}
	return link, err
}

// SlackSignInPage is where a person signs in with Slack, and until when the
// answer is taken.
type SlackSignInPage struct {
	URL     string
	Expires time.Time
}

// BeginSlackLink starts a sign-in with Slack. Nothing is linked before
// FinishSlackLink.
func (a *App) BeginSlackLink(ctx context.Context, c Caller) (SlackSignInPage, error) {
	settings, err := a.slackSettings(ctx)
	if err != nil {
		return SlackSignInPage{}, err
	}
	secret := make([]byte, 64)
	if _, err := io.ReadFull(a.Random, secret); err != nil {
		return SlackSignInPage{}, err
	}
	state, nonce := base64.RawURLEncoding.EncodeToString(secret[:32]), base64.RawURLEncoding.EncodeToString(secret[32:])
	address, err := a.SlackSignIn.Page(ctx, settings, state, nonce)
	if err != nil {
		return SlackSignInPage{}, slackRefusal(err)
	}
	t := Ticket{Key: hashToken(state), Person: c.Person.ID, Nonce: nonce, Expires: a.now().Truncate(time.Second).Add(linkWithin)}
	return SlackSignInPage{address, t.Expires}, a.Tickets.PutTicket(ctx, t)
}

// FinishSlackLink links the caller to the Slack user who signed in: code and
// state are what Slack's page sent the caller back with, and are good once. To
// link the same Slack user again changes nothing.
func (a *App) FinishSlackLink(ctx context.Context, c Caller, code, state string) (Versioned[SlackLink], error) {
	none := Versioned[SlackLink]{}
	settings, err := a.slackSettings(ctx)
	if err != nil {
		return none, err
	}
	ticket, err := a.Tickets.TakeTicket(ctx, hashToken(state), c.Person.ID)
	switch {
	case errors.Is(err, ErrUnknown):
		return none, access.Refuse(access.CodeBusy, "Please try again.")
	case errors.Is(err, ErrNotFound), err == nil && !a.now().Before(ticket.Expires):
		return none, linkExpired()
	case err != nil:
		return none, err
	}
	claims, err := a.SlackSignIn.Claims(ctx, settings, code, ticket.Nonce)
	if err == nil {
		err = claims.check(settings.SlackTeamID, c.Person.Email)
	}
	if err != nil {
		return none, slackRefusal(err)
	}
	member, err := a.SlackSignIn.Member(ctx, claims.User)
	if err == nil {
		err = member.check(claims.User)
	}
	if err != nil {
		return none, slackRefusal(err)
	}
	return a.putSlackLink(ctx, c, SlackLink{Person: c.Person.ID, User: claims.User, Name: member.Name, Workspace: claims.Workspace, At: a.now()})
}

// check decides whether Slack vouches for this person, in this workspace.
func (s SlackClaims) check(team, email string) error {
	switch {
	case s.User.Team != team:
		return access.Refuse(access.CodeWrongWorkspace, "You signed in to another Slack workspace than your company's.")
	case !s.EmailVerified || !strings.EqualFold(s.Email, email):
		return access.Refuse(access.CodeEmailMismatch, "The Slack user has another email than you have here, or has not confirmed it.")
	}
	return nil
}

// check decides whether a user may act for a person of the company.
func (m SlackMember) check(user SlackUser) error {
	switch {
	case m.User != user || m.Stranger:
		return access.Refuse(access.CodeWrongWorkspace, "This Slack user is not of your company's workspace.")
	case m.Deleted || m.Bot:
		return access.Refuse(access.CodeSlackUserRefused, "This Slack user is deactivated, or a bot.")
	case m.Guest:
		return access.Refuse(access.CodeGuest, "Guests of the Slack workspace cannot be connected.")
	}
	return nil
}

func linkExpired() error {
	return access.Refuse(access.CodeLinkExpired, "This sign-in with Slack was used, took too long, or is not yours. Choose Connect again.")
}

// slackRefusal says what an answer of SlackSignIn means to the caller.
func slackRefusal(err error) error {
	var unavailable *Unavailable
	switch {
	case errors.Is(err, ErrSlackNotSetUp):
		slog.Warn("Slack is not set up", "why", err)
		return slackNotSetUp()
	case errors.Is(err, ErrSlackSignIn):
		slog.Warn("a sign-in with Slack was refused", "why", err)
		return linkExpired()
	case errors.Is(err, ErrSlackStranger):
		return access.Refuse(access.CodeWrongWorkspace, "This Slack user is not of your company's workspace.")
	case errors.As(err, &unavailable):
		slog.Warn("Slack is unavailable", "why", unavailable.Code)
		return &access.Error{Code: access.CodeSlackUnavailable, Message: "Slack does not answer at the moment. Choose Connect again a little later.",
			RetryAfter: unavailable.After}
	}
	return err
}

func (a *App) putSlackLink(ctx context.Context, c Caller, link SlackLink) (Versioned[SlackLink], error) {
	read := func(ctx context.Context) (Versioned[SlackLink], error) {
		return a.SlackLinks.SlackLink(ctx, link.Person)
	}
	for attempt := range attempts {
		before, err := read(ctx)
		if err != nil || before.Exists() && before.Doc.User == link.User {
			return before, err
		}
		person, err := a.Directory.Person(ctx, link.Person)
		if err != nil {
			return before, err
		}
		if !person.Doc.Active() {
			return before, access.Refuse(access.CodeSuspended, "You are suspended at the moment.")
		}
		e, err := edit(a, c.Actor(), slackLinkSubject(link.Person), kindOf(before), before, link)
		if err != nil {
			return before, err
		}
		err = a.SlackLinks.EditSlackLink(ctx, e)
		switch {
		case errors.Is(err, ErrTaken):
			return before, access.Refuse(access.CodeSlackUserTaken, "This Slack user is connected to another person. They can disconnect it in the portal.")
		case !errors.Is(err, ErrConflict):
			return written(ctx, e, err, read)
		}
		if err := a.backOff(ctx, attempt); err != nil {
			return before, err
		}
	}
	return Versioned[SlackLink]{}, access.Refuse(access.CodeBusy, "Please try again.")
}

// EndSlackLink takes the caller's link back, whatever workspace it leads to. It
// may be repeated.
func (a *App) EndSlackLink(ctx context.Context, c Caller, when Condition) error {
	for attempt := range attempts {
		e, err := a.unlink(ctx, c.Actor(), c.Person.ID)
		if err != nil {
			return err
		}
		if when.misses(e.Before.Version) {
			return access.Refuse(access.CodeVersionMismatch, "It has changed since you read it.")
		}
		if !e.Delete {
			return nil
		}
		err = a.SlackLinks.EditSlackLink(ctx, e)
		if !errors.Is(err, ErrConflict) {
			_, err = written(ctx, e, err, func(ctx context.Context) (Versioned[SlackLink], error) {
				return a.SlackLinks.SlackLink(ctx, c.Person.ID)
			})
			return err
		}
		if err := a.backOff(ctx, attempt); err != nil {
			return err
		}
	}
	return access.Refuse(access.CodeBusy, "Please try again.")
}

// unlink makes the edit that removes a person's link. Where there is none it is
// what was read alone.
func (a *App) unlink(ctx context.Context, actor access.Actor, person access.PersonID) (Edit[SlackLink], error) {
	before, err := a.SlackLinks.SlackLink(ctx, person)
	if err != nil || !before.Exists() {
		return Edit[SlackLink]{Before: before}, err
	}
	return edit(a, actor, slackLinkSubject(person), EventDeleted, before, SlackLink{Person: person})
}
