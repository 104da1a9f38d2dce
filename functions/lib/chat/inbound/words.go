package inbound

import (
	"context"
	"errors"
	"log/slog"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

// What is said where no rule of access is the reason.
const (
	saidSlow        = "This takes longer than Slack waits. Please look at the request to see how it stands."
	saidFailed      = "Something went wrong here. It was recorded; please try again."
	saidTooLate     = "Slack had closed the way by the time that the form was ready. Please try again."
	saidNoSlack     = "Slack did not show the form. Please try again, or use the portal."
	saidAgain       = "It is not known whether this was submitted. Please send the form again: it is one request, however often it is sent."
	saidFormChanged = "What has to be said for this has changed since. Please look at the form again."
	saidSentOnce    = "This form was sent already. Please look at your requests."
)

// words gives the sentence for an error: that of the portal, if a rule is the
// reason, with who was first, if the reader may know.
func (h *Handler) words(ctx context.Context, err error) string {
	var refusal *access.Error
	var passing *app.Unavailable
	var final *app.Refusal
	switch {
	case access.CodeOf(err) == access.CodeNotLinked:
		return h.Render.NotLinked()
	case access.CodeOf(err) == access.CodeIdempotencyReused:
		return saidSentOnce
	case errors.As(err, &refusal) && refusal.Code == access.CodeStaleVersion:
		return refusal.Message // it is shown anew
	case errors.As(err, &refusal):
		by := ""
		if refusal.Decided != nil && refusal.Decided.By != "" {
			by, _ = h.App.NameOf(ctx, refusal.Decided.By) // without a name the sentence is true as well
		}
		return chat.Sentence(refusal, by)
	case errors.Is(err, context.DeadlineExceeded):
		return saidSlow
	case errors.As(err, &final) && (final.Code == "expired_trigger_id" || final.Code == "exchanged_trigger_id"):
		return saidTooLate
	case errors.As(err, &final), errors.As(err, &passing), errors.Is(err, app.ErrSlackNotSetUp):
		return saidNoSlack
	}
	return saidFailed
}

// failed notes an error by its code or, where it has none, by what it says.
func (h *Handler) failed(ctx context.Context, err error) {
	if code := access.CodeOf(err); code != "" {
		h.note(ctx, slog.String("code", string(code)))
		return
	}
	h.note(ctx, slog.String("error", err.Error()))
}

// message says an error beside a message or a command. Who is not linked finds the
// way there.
func (h *Handler) message(ctx context.Context, err error) chat.Message {
	m := chat.Said(h.words(ctx, err))
	if access.CodeOf(err) == access.CodeNotLinked {
		m.Blocks = h.Render.Connect()
	}
	return m
}

// view says an error in a modal.
func (h *Handler) view(ctx context.Context, err error) slack.ModalViewRequest {
	v := chat.Says("That did not work", "")
	v.Blocks.BlockSet = h.message(ctx, err).Blocks
	return v
}

// refusal answers a modal that was submitted: beside the inputs, where the error
// is about those, else in place of them.
func (h *Handler) refusal(ctx context.Context, v slack.View, err error) any {
	h.failed(ctx, err)
	var e *access.Error
	if errors.As(err, &e) && e.Code == access.CodeInvalid {
		if beside, ok := chat.FieldErrors(v, e); ok {
			return slack.NewErrorsViewSubmissionResponse(beside)
		}
	}
	instead := h.view(ctx, err)
	return slack.NewUpdateViewSubmissionResponse(&instead)
}

// above puts a sentence over a modal.
func above(said string, v slack.ModalViewRequest) *slack.ModalViewRequest {
	v.Blocks.BlockSet = append(chat.Said(said).Blocks, v.Blocks.BlockSet...)
	return &v
}
