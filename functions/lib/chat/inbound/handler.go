package inbound

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

// Slack waits three seconds for an answer, and a trigger id is good for as long.
// https://docs.slack.dev/interactivity/handling-user-interaction
const (
	workFor   = 2300 * time.Millisecond // then what is being done is given up
	answerFor = 2800 * time.Millisecond // and that is said

	// longAgo is longer than API Gateway waits for a function: a call is not older.
	longAgo = 30 * time.Second
)

// Secrets gives the secret of the Slack app: chat.ErrNotSetUp while there is
// none.
type Secrets interface {
	Secret(ctx context.Context, anew bool) (chat.Secret, error)
}

// Slack is what is called of Slack's Web API, as chat.Client does.
type Slack interface {
	OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) error
	UpdateView(ctx context.Context, view, hash string, v slack.ModalViewRequest) error
	PublishHome(ctx context.Context, user string, v slack.HomeTabViewRequest) error
	Respond(ctx context.Context, url string, m chat.Message) error
}

// Handler answers the calls.
type Handler struct {
	App     *app.App
	Secrets Secrets
	Slack   Slack
	Render  chat.Renderer

	// Arrived tells when the call of a context reached the API, which was before
	// this function began to start; the zero time, or nil: nobody knows.
	Arrived func(context.Context) time.Time
	// Note adds to the log line of the call of a context.
	Note func(context.Context, ...slog.Attr)

	mu       sync.Mutex
	readAnew time.Time
}

// The kinds of bodies that Slack sends.
const (
	mediaForm = "application/x-www-form-urlencoded"
	mediaJSON = "application/json"
)

// Register adds the routes.
func (h *Handler) Register(mux *http.ServeMux) {
	mux.HandleFunc("POST /slack/interactions", h.answered(mediaForm, h.interaction))
	mux.HandleFunc("POST /slack/commands", h.answered(mediaForm, h.command))
	mux.HandleFunc("POST /slack/events", h.answered(mediaJSON, h.event))
}

// answered opens a call and answers with what take gives: JSON, or nothing for
// nil. By the time that Slack gives up, the call has been answered.
func (h *Handler) answered(media string, take func(context.Context, *http.Request, call) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		arrived := time.Now()
		if h.Arrived != nil {
			if at := h.Arrived(r.Context()); at.Before(arrived) && at.After(arrived.Add(-longAgo)) {
				arrived = at
			}
		}
		ctx, cancel := context.WithDeadline(r.Context(), arrived.Add(answerFor))
		defer cancel()
		c, err := h.opened(ctx, r, media)
		var answer any
		if err == nil {
			c.work = arrived.Add(workFor)
			answer, err = take(ctx, r, c)
		}
		h.write(w, r, answer, err)
	}
}

func (h *Handler) write(w http.ResponseWriter, r *http.Request, answer any, err error) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	var no *refused
	switch {
	case errors.As(err, &no):
		h.note(r.Context(), slog.String("refused", no.why))
		w.WriteHeader(no.status)
		return
	case err != nil:
		h.note(r.Context(), slog.String("error", err.Error()))
		w.WriteHeader(http.StatusInternalServerError)
		return
	case answer == nil:
		w.WriteHeader(http.StatusOK)
		return
	}
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(answer); err != nil {
		h.note(r.Context(), slog.String("error", err.Error()))
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", mediaJSON)
	_, _ = w.Write(body.Bytes()) // a caller who went away is nobody's error
}

func (h *Handler) note(ctx context.Context, attrs ...slog.Attr) {
	if h.Note != nil {
		h.Note(ctx, attrs...)
	}
}
