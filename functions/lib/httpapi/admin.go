package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/shape"
)

// document is a configuration document on its way out.
type document struct {
	version int
	body    any
}

// shows answers with a document under the ETag of its version.
func (s server) shows(w http.ResponseWriter, r *http.Request, status int, do func(context.Context, app.Caller) (document, error)) {
	caller, err := s.caller(r)
	if err != nil {
		WriteError(w, r, err)
		return
	}
	doc, err := do(r.Context(), caller)
	if err != nil {
		WriteError(w, r, err)
		return
	}
	WriteDocument(w, r, status, doc.version, doc.body)
}

// writes answers a PUT: 201 for what is new, else 200.
func (s server) writes(w http.ResponseWriter, r *http.Request, ifMatch contract.IfMatch, ifNoneMatch contract.IfNoneMatchAny,
	do func(context.Context, app.Caller, app.Condition) (document, error)) {
	status := http.StatusOK
	if ifNoneMatch != "" {
		status = http.StatusCreated
	}
	s.shows(w, r, status, func(ctx context.Context, c app.Caller) (document, error) {
		when, err := ParseCondition(ifMatch, ifNoneMatch)
		if err != nil {
			return document{}, err
		}
		return do(ctx, c, when)
	})
}

// removes answers a DELETE.
func (s server) removes(w http.ResponseWriter, r *http.Request, ifMatch contract.IfMatch, do func(context.Context, app.Caller, app.Condition) error) {
	caller, err := s.caller(r)
	if err == nil {
		err = NoBody(r)
	}
	var when app.Condition
	if err == nil {
		when, err = ParseCondition(ifMatch, "")
	}
	if err == nil {
		err = do(r.Context(), caller, when)
	}
	if err != nil {
		WriteError(w, r, err)
		return
	}
	WriteNothing(w)
}

// changes shows the history of a document.
func (s server) changes(w http.ResponseWriter, r *http.Request, subject string, limit contract.Limit, cursor contract.Cursor) {
	s.history(w, r, limit, cursor, func(ctx context.Context, c app.Caller, after, limit int) (app.History, error) {
		return s.app.ConfigurationEvents(ctx, c, subject, after, limit)
	})
}

// sameID holds the id of a body against the one of the path.
func sameID(body, path contract.Id) error {
	if body != "" && body != path {
		return access.InvalidField("/id", shape.CodePattern, "The address names another id.")
	}
	return nil
}

// durations reads several durations, each at its pointer.
type durations struct{ err error }

func (d *durations) read(pointer, text string, missing access.Duration) access.Duration {
	duration, err := durationOf(pointer, text)
	if err != nil && d.err == nil {
		d.err = err
	}
	if text == "" {
		return missing
	}
	return duration
}
