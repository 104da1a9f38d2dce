package inbound

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

// interaction takes a press of a button, a choice in a modal, what is typed into a
// menu, or a modal that was submitted.
// https://docs.slack.dev/reference/interaction-payloads
func (h *Handler) interaction(ctx context.Context, r *http.Request, c call) (any, error) {
	if isSSLCheck(r) {
		return nil, nil
	}
	in, err := slack.InteractionCallbackParse(r)
	if err != nil {
		return nil, &refused{http.StatusBadRequest, "malformed"}
	}
	user := app.SlackUser{Team: in.Team.ID, ID: in.User.ID}
	if err := h.admit(ctx, c, user, homeOf(in)); err != nil {
		return nil, err
	}
	switch in.Type {
	case slack.InteractionTypeBlockActions:
		return nil, h.pressed(ctx, c, user, in)
	case slack.InteractionTypeBlockSuggestion:
		return h.suggest(ctx, c, user, in)
	case slack.InteractionTypeViewSubmission:
		return h.submitted(ctx, c, user, in)
	}
	return nil, unknown()
}

// homeOf gives the workspace that someone belongs to, or "" where that is not told.
// In an organization of several workspaces it is the organization's id, or another
// of its workspaces: who may act is then a matter of who is linked alone.
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
func homeOf(in slack.InteractionCallback) string {
	if in.Enterprise.ID != "" || in.Team.EnterpriseID != "" {
		return ""
	}
	return in.User.TeamID
}

// isSSLCheck tells Slack's look at the certificate, which wants to be answered.
func isSSLCheck(r *http.Request) bool { return r.PostFormValue("ssl_check") == "1" }

// unknown refuses what Latchkey has put nowhere in Slack.
func unknown() error { return &refused{http.StatusBadRequest, "unknown"} }

// pressed does what a button is for, and says why where it does not.
func (h *Handler) pressed(ctx context.Context, c call, user app.SlackUser, in slack.InteractionCallback) error {
	if len(in.ActionCallback.BlockActions) == 0 {
		return unknown()
	}
	var do func(context.Context, actor) error
	switch a := in.ActionCallback.BlockActions[0]; {
	case a.ActionID == chat.ActionView: // a link, of which Slack tells
		return nil
	case a.ActionID == chat.ActionRequest:
		do = func(ctx context.Context, who actor) error { return h.openForm(ctx, who, in.TriggerID) }
	case in.View.CallbackID == chat.CallbackRequest && a.BlockID == chat.InputResource:
		chosen := access.ResourceID(a.SelectedOption.Value)
		do = func(ctx context.Context, who actor) error { return h.choose(ctx, who, in.View, chosen) }
	default:
		ref, err := chat.ReadRef(a.Value)
		if err != nil || string(ref.Action) != a.ActionID || commandOf(chat.Entry{Ref: ref}) == nil {
			return unknown()
		}
		h.note(ctx, slog.String("action", a.ActionID))
		do = func(ctx context.Context, who actor) error {
			return h.begin(ctx, who, ref, placeOf(in), in.TriggerID)
		}
	}
	work, cancel := context.WithDeadline(ctx, c.work)
	defer cancel()
	who, err := h.actor(work, user)
	if err == nil {
		err = do(work, who)
	}
	if err != nil {
		h.tell(ctx, in, err)
	}
	return nil
}

// actor is who acts, and as which Slack user.
type actor struct {
	app.Caller
	user app.SlackUser
}

func (h *Handler) actor(ctx context.Context, user app.SlackUser) (actor, error) {
	caller, err := h.App.SlackCaller(ctx, user)
	if err == nil {
		h.note(ctx, slog.String("person", string(caller.Person.ID)))
	}
	return actor{caller, user}, err
}

// tell says an error to who pressed: beside the message, in the modal, or in one
// that opens over Home.
func (h *Handler) tell(ctx context.Context, in slack.InteractionCallback, err error) {
	h.failed(ctx, err)
	switch {
	case in.ResponseURL != "":
		err = h.Slack.Respond(ctx, in.ResponseURL, h.message(ctx, err))
	case in.View.Type == slack.VTModal:
		err = h.Slack.UpdateView(ctx, in.View.ID, "", h.view(ctx, err))
	default:
		err = h.Slack.OpenView(ctx, in.TriggerID, h.view(ctx, err))
	}
	if err != nil {
		h.failed(ctx, err)
	}
}
