package inbound

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

// openForm asks what someone wants to have.
func (h *Handler) openForm(ctx context.Context, who actor, trigger string) error {
	offers, err := h.App.Menu(ctx, who.Caller, "")
	if err != nil {
		return err
	}
	return h.Slack.OpenView(ctx, trigger, h.Render.RequestForm(offers, ""))
}

// choose shows what the chosen resource needs. If another choice came first, it
// stands.
func (h *Handler) choose(ctx context.Context, who actor, view slack.View, chosen access.ResourceID) error {
	offers, err := h.App.Menu(ctx, who.Caller, chosen)
	if err != nil {
		return err
	}
	err = h.Slack.UpdateView(ctx, view.ID, view.Hash, h.Render.RequestForm(offers, chosen))
	if final := (*app.Refusal)(nil); errors.As(err, &final) && final.Code == "hash_conflict" {
		return nil
	}
	return err
}

// suggest answers what someone types into the menu of a catalog that is too large
// for one. To who may ask for nothing it suggests nothing.
func (h *Handler) suggest(ctx context.Context, c call, user app.SlackUser, in slack.InteractionCallback) (any, error) {
	if in.View.CallbackID != chat.CallbackRequest || in.BlockID != chat.InputResource {
		return nil, unknown()
	}
	work, cancel := context.WithDeadline(ctx, c.work)
	defer cancel()
	var offers []app.Offer
	who, err := h.actor(work, user)
	if err == nil {
		offers, err = h.App.Menu(work, who.Caller, "")
	}
	if err != nil {
		h.failed(ctx, err)
	}
	return map[string]any{"options": chat.Suggestions(offers, in.Value)}, nil
}

// submit asks for access, and answers the form. The same form submitted twice is
// one request, and one that asks for what is not asked for any more is shown anew.
func (h *Handler) submit(ctx, work context.Context, who actor, view slack.View, entry chat.Entry) any {
	offers, err := h.App.Menu(work, who.Caller, entry.Resource)
	if err != nil {
		return h.notSubmitted(ctx, view, err)
	}
	i := slices.IndexFunc(offers, func(o app.Offer) bool { return o.Resource.ID == entry.Resource })
	if anew := h.Render.RequestForm(offers, entry.Resource); i < 0 || !asked(view) {
		return slack.NewUpdateViewSubmissionResponse(&anew)
	} else if flow := offers[i].Flow; entry.Flow != flow.ID || entry.Version != flow.Version {
		return slack.NewUpdateViewSubmissionResponse(above(saidFormChanged, anew))
	}
	r, err := h.App.Submit(work, who.Caller, app.Submission{Resource: entry.Resource, Reason: entry.Text, Duration: entry.Duration,
		Answers: entry.AnswersTo(offers[i].Flow.Fields), Key: "slack-" + view.ID})
	if err != nil {
		return h.notSubmitted(ctx, view, err)
	}
	h.note(ctx, slog.String("id", string(r.ID)))
	done := h.submittedView(work, who, r)
	return slack.NewUpdateViewSubmissionResponse(&done)
}

// notSubmitted says why a form led to nothing. One that may succeed if it is sent
// again, or did already without anyone knowing, stays: it holds what was typed, and
// its view's id is what makes it one request however often it is sent.
func (h *Handler) notSubmitted(ctx context.Context, view slack.View, err error) any {
	if code := access.CodeOf(err); code != "" && code != access.CodeBusy {
		return h.refusal(ctx, view, err)
	}
	h.failed(ctx, err)
	return slack.NewErrorsViewSubmissionResponse(map[string]string{chat.InputResource: saidAgain})
}

// asked tells whether the form was that of a chosen resource: whoever is quicker
// than Slack submits the one before.
func asked(view slack.View) bool {
	if view.State == nil {
		return false
	}
	_, there := view.State.Values[chat.InputReason]
	return there
}

// submittedView says what happens next, as the requester's own message will.
func (h *Handler) submittedView(ctx context.Context, who actor, r access.Request) slack.ModalViewRequest {
	done := chat.Says("Request submitted", "Your request was submitted.")
	card, err := h.App.Card(ctx, who.Caller, r.ID)
	if err != nil {
		return done
	}
	message, err := h.Render.Card(card)
	if err != nil {
		return done
	}
	done.Blocks.BlockSet = slices.DeleteFunc(message.Blocks, func(b slack.Block) bool { return b.BlockType() == slack.MBTAction })
	return done
}
