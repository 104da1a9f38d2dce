package app

import (
	"context"
	"encoding/json"
	"errors"

	"latchkey/functions/lib/access"
)

// What can happen to the configuration.
const (
	EventCreated access.EventType = "created"
	EventUpdated access.EventType = "updated"
	EventDeleted access.EventType = "deleted"
	EventBound   access.EventType = "bound" // a sign-in was bound to a person
	EventUnbound access.EventType = "unbound"

	EventEmailCleared access.EventType = "email_cleared" // mails are sent to a person's address again
)

// Condition is what a caller requires of the document that they write, from
// If-Match and If-None-Match (RFC 9110).
type Condition struct {
	Version int  // If-Match; 0: not given
	Zero    bool // If-Match names the version 0, of what was never written
	New     bool // If-None-Match: *
}

// misses tells whether the condition names another version than the one that is
// there.
func (c Condition) misses(version int) bool {
	return (c.Version != 0 || c.Zero) && c.Version != version
}

// check holds a condition against the document as it is. A write says that it
// creates, or names the version that it changes, so that nobody undoes what they
// never saw.
func (c Condition) check(exists bool, version int) error {
	switch {
	case c.New && exists:
		return access.Refuse(access.CodeAlreadyExists, "There is one of this id already.")
	case c.Zero && exists:
		return access.Refuse(access.CodeVersionMismatch, "It has changed since you read it.")
	case !c.New && !c.Zero && c.Version == 0:
		return access.Refuse(access.CodeVersionRequired,
			"Say with If-Match which version you change, or with If-None-Match: * that you create.")
	case c.Version != 0 && (!exists || c.Version != version):
		return access.Refuse(access.CodeVersionMismatch, "It has changed since you read it.")
	}
	return nil
}

// checkRemoval is check for what is to be removed. Nothing that is not there can
// be removed, whatever version of it is named (RFC 9110, 13.2.1).
func (c Condition) checkRemoval(exists bool, version int, what string) error {
	if !exists {
		return notFound(what)
	}
	return c.check(exists, version)
}

// admins refuses everyone but admins.
func admins(c Caller) error {
	if !c.Admin {
		return access.Refuse(access.CodeForbidden, "Only an admin can do this.")
	}
	return nil
}

func validID(id string) error {
	if !access.ValidID(id) {
		return access.InvalidField("/id", "format",
			"An id has at most 63 lower-case letters, digits, dots, dashes and underscores.")
	}
	return nil
}

// refused makes one error of findings; nil if there are none.
func refused(code access.Code, found []access.FieldError) error {
	if len(found) == 0 {
		return nil
	}
	return &access.Error{Code: code, Message: found[0].Message, Fields: found}
}

// edit makes an Edit: the document's next version and the event that tells of
// it, with the document before and after as sealed texts.
func edit[T any](a *App, actor access.Actor, subject string, kind access.EventType, before Versioned[T], after T) (Edit[T], error) {
	event := access.Event{Subject: subject, Seq: before.Version + 1, At: a.now(), Type: kind, Actor: actor, Texts: map[string]string{}}
	for name, doc := range map[string]any{access.TextBefore: before.Doc, access.TextAfter: after} {
		if name == access.TextBefore && !before.Exists() || name == access.TextAfter && kind == EventDeleted {
			continue
		}
		text, err := json.Marshal(doc)
		if err != nil {
			return Edit[T]{}, err
		}
		event.Texts[name] = string(text)
	}
	sealed, err := access.Seal([]access.Event{event}, before.Hash, a.Random)
	if err != nil {
		return Edit[T]{}, err
	}
	return Edit[T]{Before: before, After: after, Delete: kind == EventDeleted, Event: sealed[0]}, nil
}

// kindOf tells what writing a document does.
func kindOf[T any](before Versioned[T]) access.EventType {
	if before.Exists() {
		return EventUpdated
	}
	return EventCreated
}

// written gives the document that a write led to, or what a store's answer
// means to the caller. A write whose outcome is unknown is looked up: its
// event's hash tells it from any other.
func written[T any](ctx context.Context, e Edit[T], err error, read func(context.Context) (Versioned[T], error)) (Versioned[T], error) {
	if errors.Is(err, ErrUnknown) {
		if now, readErr := read(ctx); readErr == nil && now.Hash == e.Event.Hash {
			err = nil
		}
	}
	switch {
	case err == nil:
		return Versioned[T]{Doc: e.After, Version: e.Event.Seq, Hash: e.Event.Hash, Deleted: e.Delete}, nil
	case errors.Is(err, ErrConflict):
		return e.Before, access.Refuse(access.CodeVersionMismatch, "It has changed since you read it.")
	case errors.Is(err, ErrTaken):
		return e.Before, &access.Error{Code: access.CodeEmailTaken, Message: "Another person has this email.",
			Fields: []access.FieldError{{Pointer: "/email", Code: "taken", Message: "Another person has this email."}}}
	case errors.Is(err, ErrLastAdmin):
		return e.Before, access.Refuse(access.CodeLastAdmin, "The last admin cannot be removed.")
	case errors.Is(err, ErrUnknown):
		return e.Before, access.Refuse(access.CodeBusy, "Please try again.")
	}
	return e.Before, err
}

// list reads a page of the configuration, for admins.
func list[T any](ctx context.Context, c Caller, p Page, read func(context.Context, Page) ([]Versioned[T], string, error)) ([]Versioned[T], string, error) {
	if err := admins(c); err != nil {
		return nil, "", err
	}
	docs, next, err := read(ctx, p)
	return docs, next, asInvalidCursor(err)
}

// one reads a document of the configuration, for admins.
func one[T any](c Caller, doc Versioned[T], err error, what string) (Versioned[T], error) {
	if forbidden := admins(c); forbidden != nil {
		return Versioned[T]{}, forbidden
	}
	if err == nil && !doc.Exists() {
		err = notFound(what)
	}
	return doc, err
}
