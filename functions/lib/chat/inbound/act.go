package inbound

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

// place is where someone pressed a button: a message in their direct messages,
// or their Home.
type place struct {
	Channel string `json:"c,omitempty"`
	Stamp   string `json:"t,omitempty"`
	Home    bool   `json:"h,omitempty"`
}

func placeOf(in slack.InteractionCallback) place {
	return place{in.Container.ChannelID, in.Container.MessageTs, in.View.Type == slack.VTHomeTab}
}

// about is a modal's private_metadata: chat's, with where it was opened from.
type about struct {
	chat.Ref
	place
}

// commandOf gives the command that an entry stands for, or nil.
func commandOf(e chat.Entry) access.Command {
	decide := access.Decide{Reason: e.Text, Duration: e.Duration, Version: e.Version}
	switch e.Action {
	case access.ActApprove:
		decide.Verdict = access.Approve
	case access.ActDeny:
		decide.Verdict = access.Deny
	case access.ActAsk:
		decide.Verdict = access.Ask
	case access.ActApproveExtension:
		decide.Verdict, decide.Extension = access.Approve, true
	case access.ActDenyExtension:
		decide.Verdict, decide.Extension = access.Deny, true
	case access.ActAnswer:
		return access.Answer{Text: e.Text}
	case access.ActExtend:
		return access.Extend{Duration: e.Duration, Reason: e.Text}
	case access.ActStart:
		return access.Start{}
	case access.ActEnd:
		return access.End{}
	case access.ActCancel:
		return access.Cancel{}
	default:
		return nil
	}
	return decide
}

// begin opens the modal of a button or, for what asks nothing more, does it. Who
// may not do it, as things are now, is told so before they write a reason.
func (h *Handler) begin(ctx context.Context, who actor, ref chat.Ref, from place, trigger string) error {
	ref.Version = 0 // the modal will show the request as it is now
	asks := chat.Asks(ref.Action)
	probe := commandOf(chat.Entry{Ref: ref, Text: "?"})
	changes, err := h.App.Would(ctx, who.Caller, ref.Request, probe)
	if asks && access.CodeOf(err) == access.CodeInvalid { // what is missing is what the modal asks for
		changes, err = true, nil
	}
	switch {
	case err == nil && changes && asks:
		view, err := h.modal(ctx, who, ref, from)
		if err != nil {
			return err
		}
		return h.Slack.OpenView(ctx, trigger, view)
	case err == nil && changes:
		_, err = h.App.Act(ctx, who.Caller, ref.Request, probe)
	}
	h.show(ctx, who, ref.Request, from)
	return err
}

// modal asks for what an action needs, as things are now.
func (h *Handler) modal(ctx context.Context, who actor, ref chat.Ref, from place) (slack.ModalViewRequest, error) {
	card, err := h.App.Card(ctx, who.Caller, ref.Request)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	view, err := h.Render.Modal(ref.Action, card)
	if err != nil {
		return view, err
	}
	ref.Version = card.Version
	data, err := json.Marshal(about{ref, from})
	view.PrivateMetadata = string(data)
	return view, err
}

// submitted does what a modal was for. What went wrong is said in the modal.
func (h *Handler) submitted(ctx context.Context, c call, user app.SlackUser, in slack.InteractionCallback) (any, error) {
	entry, err := chat.ReadEntry(in.View)
	form := in.View.CallbackID == chat.CallbackRequest
	if err != nil || !form && (string(entry.Action) != in.View.CallbackID || commandOf(entry) == nil) {
		return nil, unknown()
	}
	h.note(ctx, slog.String("submitted", in.View.CallbackID))
	work, cancel := context.WithDeadline(ctx, c.work)
	defer cancel()
	who, err := h.actor(work, user)
	if err != nil {
		return h.refusal(ctx, in.View, err), nil
	}
	if form {
		return h.submit(ctx, work, who, in.View, entry), nil
	}
	var at about
	if json.Unmarshal([]byte(in.View.PrivateMetadata), &at) != nil {
		return nil, unknown()
	}
	return h.act(ctx, work, who, in.View, entry, at.place), nil
}

// act does what was entered. The pressed message, or Home, is right at once; the
// other messages follow from the stream. Once it is done, nothing that fails makes
// it undone.
func (h *Handler) act(ctx, work context.Context, who actor, view slack.View, entry chat.Entry, from place) any {
	r, err := h.App.Act(work, who.Caller, entry.Request, commandOf(entry))
	if err == nil {
		h.note(ctx, slog.String("id", string(r.ID)))
		h.show(work, who, r.ID, from)
		return nil
	}
	if access.CodeOf(err) == access.CodeStaleVersion {
		if anew, failed := h.modal(work, who, entry.Ref, from); failed == nil {
			h.failed(ctx, err)
			return slack.NewUpdateViewSubmissionResponse(above(h.words(ctx, err), anew))
		}
	}
	if access.CodeOf(err) != access.CodeInvalid {
		h.show(work, who, entry.Request, from)
	}
	return h.refusal(ctx, view, err)
}

// show brings what someone pressed in up to date. Only direct messages have but
// one reader.
func (h *Handler) show(ctx context.Context, who actor, id access.RequestID, from place) {
	var err error
	switch {
	case from.Home:
		err = h.publishHome(ctx, who)
	case from.Stamp != "" && len(from.Channel) > 0 && from.Channel[0] == 'D':
		err = h.App.ShowPressed(ctx, who.Caller, app.Copy{Request: id, Person: who.Person.ID, Channel: from.Channel, Stamp: from.Stamp})
	}
	if err != nil && access.CodeOf(err) != access.CodeNotFound {
		h.failed(ctx, err)
	}
}
