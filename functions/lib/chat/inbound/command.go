package inbound

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

// reply answers a command; only who gave it sees it.
// https://docs.slack.dev/interactivity/implementing-slash-commands
type reply struct {
	Type   string        `json:"response_type"`
	Text   string        `json:"text"`
	Blocks []slack.Block `json:"blocks,omitempty"`
}

func toOne(m chat.Message) *reply { return &reply{slack.ResponseTypeEphemeral, m.Text, m.Blocks} }

// command takes /access.
func (h *Handler) command(ctx context.Context, r *http.Request, c call) (any, error) {
	if isSSLCheck(r) {
		return nil, nil
	}
	said, err := slack.SlashCommandParse(r)
	if err != nil || said.TeamID == "" {
		return nil, &refused{http.StatusBadRequest, "malformed"}
	}
	user := app.SlackUser{Team: said.TeamID, ID: said.UserID}
	if err := h.admit(ctx, c, user, ""); err != nil {
		return nil, err
	}
	work, cancel := context.WithDeadline(ctx, c.work)
	defer cancel()
	answer, err := h.obey(work, user, said)
	if err != nil {
		h.failed(ctx, err)
		return toOne(h.message(ctx, err)), nil
	}
	return answer, nil
}

// obey does what a command says. What it does not know, it explains.
func (h *Handler) obey(ctx context.Context, user app.SlackUser, said slack.SlashCommand) (any, error) {
	who, err := h.actor(ctx, user)
	if err != nil {
		return nil, err
	}
	switch word := strings.ToLower(strings.TrimSpace(said.Text)); word {
	case "":
		h.note(ctx, slog.String("command", "request"))
		return nil, h.openForm(ctx, who, said.TriggerID)
	case "status":
		h.note(ctx, slog.String("command", word))
		home, err := h.App.Home(ctx, who.Caller)
		if err != nil {
			return nil, err
		}
		return toOne(h.Render.Status(home)), nil
	}
	h.note(ctx, slog.String("command", "help"))
	return toOne(h.Render.Help()), nil
}
