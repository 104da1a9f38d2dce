package slack

import (
	"crypto/rand"
	"encoding/json"
	"net/url"
	"strings"
	"time"
)

// payload is what every interaction tells
// (https://docs.slack.dev/reference/interaction-payloads).
func (w *Workspace) payload(kind string, p Person) map[string]any {
	return map[string]any{
		"type": kind, "token": verificationToken, "api_app_id": AppID, "enterprise": nil, "is_enterprise_install": false,
		"team": map[string]any{"id": Team, "domain": teamDomain},
		"user": map[string]any{"id": p.ID, "username": handle(p), "name": handle(p), "team_id": p.TeamID},
	}
}

// verificationToken is what Slack still sends and nobody should look at.
const verificationToken = "deprecated0000000000token"

// form is the body of an interaction.
func form(payload map[string]any) string {
	text, _ := json.Marshal(payload)
	return url.Values{"payload": {string(text)}}.Encode()
}

const formType = "application/x-www-form-urlencoded"

// response is where the app may answer to what someone did: five times within
// half an hour.
type response struct {
	user    string
	channel string
	ts      string // of the message that it came from
	until   time.Time
	left    int
}

func (w *Workspace) newResponse(user, ts string) string {
	token := strings.ToLower(rand.Text())
	c, _ := w.direct(user)
	w.responses[token] = &response{user: user, channel: c.id, ts: ts, until: w.now().Add(30 * time.Minute), left: 5}
	return w.config.URL + "/respond/" + token
}

// pressed is an action as payloads have it.
func (w *Workspace) pressed(n, e node, p Press, suggested []choice) (map[string]any, string) {
	action := map[string]any{"type": e.Type, "action_id": e.ActionID, "block_id": n.BlockID, "action_ts": w.stamp()}
	if e.Placeholder != nil {
		action["placeholder"] = e.Placeholder
	}
	if e.Type == "button" {
		if e.Text != nil {
			action["text"] = e.Text
		}
		if e.Value != "" {
			action["value"] = e.Value
		}
		if style := e.as(); style != "" {
			action["style"] = style
		}
		return action, ""
	}
	var given any = p.Value
	if e.Type == "checkboxes" {
		given = append([]string{}, p.Several...)
	}
	f := fill(e, given, true, suggested)
	for name, value := range f.state {
		action[name] = value
	}
	return action, f.wrong
}
