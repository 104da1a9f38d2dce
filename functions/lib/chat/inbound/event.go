package inbound

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"

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
func (h *Handler) event(ctx context.Context, r *http.Request, s seal) (any, error) {
	var d delivery
	if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
		return nil, &refused{http.StatusBadRequest, "malformed"}
	}
	if d.Type == "url_verification" { // an admin enters the address before the settings
		return map[string]string{"challenge": d.Challenge}, nil
	}
	user := app.SlackUser{Team: d.Team, ID: d.Event.User}
	if err := h.admit(ctx, s, user, ""); err != nil {
		return nil, err
	}
	if d.Type != "event_callback" || d.Event.Type != "app_home_opened" || d.Event.Tab == "messages" {
		return nil, nil
	}
	h.note(ctx, slog.String("slack", "app_home_opened"))
	return nil, h.showHome(ctx, user)
}
