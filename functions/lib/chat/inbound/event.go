package inbound

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// delivery is what is used of what the Events API sends.
// https://docs.slack.dev/apis/events-api
type delivery struct {
	Type      string `json:"type"`
	Challenge string `json:"challenge"` // url_verification
	Team      string `json:"team_id"`
	Event     struct {
		Type string `json:"type"`
		User string `json:"user"`
		Tab  string `json:"tab"`
	} `json:"event"`
}

// event takes what happened in the workspace. Slack tries again, signed anew, when
// it believes that an event was lost: to show the Home as it is twice does no
// harm, so nothing remembers the ids of events.
func (h *Handler) event(ctx context.Context, r *http.Request, c call) (any, error) {
	var d delivery
	if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
		return nil, &refused{http.StatusBadRequest, "malformed"}
	}
	if d.Type == "url_verification" { // an admin enters the address before the settings
		return map[string]string{"challenge": d.Challenge}, nil
	}
	user := app.SlackUser{Team: d.Team, ID: d.Event.User}
	if err := h.admit(ctx, c, user, ""); err != nil {
		return nil, err
	}
	if d.Type != "event_callback" || d.Event.Type != "app_home_opened" || d.Event.Tab == "messages" {
		return nil, nil
	}
	h.note(ctx, slog.String("slack", "app_home_opened"))
	ctx, cancel := context.WithDeadline(ctx, c.work)
	defer cancel()
	if err := h.showHome(ctx, user); err != nil {
		h.failed(ctx, err) // it is shown when they open it next
	}
	return nil, nil
}

// showHome shows someone their Home or, to who can do nothing from here, why.
func (h *Handler) showHome(ctx context.Context, user app.SlackUser) error {
	who, err := h.actor(ctx, user)
	switch access.CodeOf(err) {
	case access.CodeNotLinked:
		return h.Slack.PublishHome(ctx, user.ID, h.Render.HomeNotLinked())
	case access.CodeSuspended:
		said := slack.Blocks{BlockSet: h.message(ctx, err).Blocks}
		return h.Slack.PublishHome(ctx, user.ID, slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: said})
	}
	if err != nil {
		return err
	}
	return h.publishHome(ctx, who)
}

func (h *Handler) publishHome(ctx context.Context, who actor) error {
	home, err := h.App.OpenHome(ctx, who.Caller)
	if err != nil {
		return err
	}
	return h.Slack.PublishHome(ctx, who.user.ID, h.Render.Home(home))
}
