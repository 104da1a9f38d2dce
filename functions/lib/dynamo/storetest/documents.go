package storetest

import (
	"crypto/rand"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// event is the next event of a document's chain.
func event[T any](w *world, subject string, before app.Versioned[T], kind access.EventType) access.SealedEvent {
	w.Helper()
	sealed, err := access.Seal([]access.Event{{Subject: subject, Seq: before.Version + 1, At: w.now, Type: kind, Actor: w.by("eli"),
		Texts: map[string]string{access.TextAfter: "what it became"}}}, before.Hash, rand.Reader)
	w.fine(err)
	return sealed[0]
}

func edit[T any](w *world, subject string, before app.Versioned[T], after T) app.Edit[T] {
	w.Helper()
	return app.Edit[T]{Before: before, After: after, Event: event(w, subject, before, "edited")}
}

func deletion[T any](w *world, subject string, before app.Versioned[T]) app.Edit[T] {
	w.Helper()
	return app.Edit[T]{Before: before, Delete: true, Event: event(w, subject, before, "deleted")}
}

// must gives a value that was read without an error.
func must[T any](w *world) func(v T, err error) T {
	return func(v T, err error) T {
		w.Helper()
		w.fine(err)
		return v
	}
}

// all walks the pages of a list of documents and keeps this story's.
func all[T any](w *world, limit int, next func(app.Page) ([]T, string, error), name func(T) string) []string {
	w.Helper()
	var names []string
	page := app.Page{Limit: limit}
	for range 10_000 {
		found, cursor, err := next(page)
		w.fine(err)
		if len(found) > limit {
			w.Fatalf("a page of %d, limit %d", len(found), limit)
		}
		for _, v := range found {
			if strings.Contains(name(v), w.suffix) {
				names = append(names, name(v))
			}
		}
		if cursor == "" {
			return names
		}
		page.Cursor = cursor
	}
	w.Fatal("the list does not end")
	return nil
}
