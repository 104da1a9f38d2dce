package slack

import (
	"crypto/rand"
	"encoding/json"
	"strconv"
	"time"
)

// OpenHome opens the app's Home tab as someone, which the app is told.
func (w *Workspace) OpenHome(user string) (Seen, error) {
	w.mu.Lock()
	who, err := w.acting(user)
	if err != nil {
		w.mu.Unlock()
		return Seen{}, err
	}
	c, _ := w.direct(user)
	event := map[string]any{"type": "app_home_opened", "user": who.ID, "channel": c.id, "tab": "home", "event_ts": w.stamp()}
	if home := w.screen(user).home; home != nil {
		event["view"] = *home
	}
	body := w.event(event)
	w.mu.Unlock()
	h := w.tell(body)
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.seen(user, h)
	s.Problem = "" // Slack tells nobody when an event is lost
	return s, nil
}

// event wraps an event of the Events API.
func (w *Workspace) event(event map[string]any) string {
	text, _ := json.Marshal(map[string]any{
		"token": verificationToken, "team_id": Team, "context_team_id": Team, "context_enterprise_id": nil, "api_app_id": AppID,
		"event": event, "type": "event_callback", "event_id": "Ev" + rand.Text()[:10], "event_time": w.now().Unix(),
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": Team, "user_id": botUser, "is_bot": true, "is_enterprise_install": false,
		}},
		"is_ext_shared_channel": false, "event_context": "4-" + rand.Text(),
	})
	return string(text)
}

const jsonType = "application/json"

// tell sends an event, and sends it again, later, if it is not acknowledged
// (https://docs.slack.dev/apis/events-api). It gives what came of the first time.
func (w *Workspace) tell(body string) heard {
	first := w.deliver(eventsPath, jsonType, body, nil)
	h := first
	w.work.Go(func() {
		for i, after := range w.config.Retries {
			if h.ok() || h.header.Get("X-Slack-No-Retry") == "1" {
				return
			}
			select {
			case <-w.ending.Done():
				return
			case <-time.After(after):
			}
			h = w.deliver(eventsPath, jsonType, body, map[string]string{
				"X-Slack-Retry-Num": strconv.Itoa(i + 1), "X-Slack-Retry-Reason": h.problem,
			})
		}
	})
	return first
}

// VerifyURL sends the challenge that an app has to answer before it gets events.
func (w *Workspace) VerifyURL() Seen {
	challenge := rand.Text()
	text, _ := json.Marshal(map[string]any{"token": verificationToken, "challenge": challenge, "type": "url_verification"})
	h := w.deliver(eventsPath, jsonType, string(text), nil)
	var says struct {
		Challenge string `json:"challenge"`
	}
	if _ = json.Unmarshal(h.body, &says); says.Challenge == "" {
		says.Challenge = string(h.body)
	}
	s := Seen{Acknowledged: h.ok() && says.Challenge == challenge, Status: h.status, Problem: h.tells()}
	if h.ok() && !s.Acknowledged {
		s.Problem = "Your URL didn't respond with the value of the challenge parameter."
	}
	return s
}
