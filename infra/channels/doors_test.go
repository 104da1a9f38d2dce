package channels_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/infra/local/slack"
)

// try is what someone tries to decide.
type try struct {
	who     string
	request access.RequestID
	verdict access.Verdict
	reason  string
	version int // what they saw, or 0
}

// door is a way to decide. It gives what the person is told, "" if it is done.
type door struct {
	name   string
	decide func(*office, try) string
}

// doors are all of them. Each goes through what answers on AWS.
var doors = []door{
	{"the API", (*office).byAPI},
	{"Slack", (*office).bySlack},
	{"mail", (*office).byMail},
	{"an override", (*office).byOverride},
}

func (o *office) byAPI(t try) string { return o.posts(t, "decisions") }

func (o *office) byOverride(t try) string { return o.posts(t, "override") }

// posts calls the API as the portal does.
func (o *office) posts(t try, call string) string {
	body := map[string]any{"decision": t.verdict, "reason": t.reason}
	if t.version > 0 {
		body["version"] = t.version
	}
	claims := gatewaytest.WithClaims(map[string]string{"iss": gatewaytest.Issuer, "sub": t.who, "token_use": "id",
		"email": t.who + "@example.com", "email_verified": "true"})
	res := gatewaytest.Call(o, o.api, gatewaytest.Event("POST", "/v1/requests/"+string(t.request)+"/"+call, claims, gatewaytest.WithJSON(body)))
	if res.StatusCode == http.StatusOK {
		return ""
	}
	var problem struct {
		Detail string
		Errors []struct{ Detail string }
	}
	o.Must(json.NewDecoder(res.Body).Decode(&problem))
	if len(problem.Errors) > 0 {
		return problem.Errors[0].Detail
	}
	return problem.Detail
}

// bySlack presses the button, fills in the modal and submits it. A button that
// opens none says the same as a modal that was open already.
func (o *office) bySlack(t try) string {
	o.Helper()
	ref, _ := json.Marshal(map[string]any{"a": t.verdict, "r": t.request, "v": t.version})
	user := map[string]any{"id": slack.UserID(t.who), "team_id": slack.Team}
	o.shown = shown{}
	o.slackSends(map[string]any{"type": "block_actions", "user": user, "trigger_id": "1.2.3", "response_url": "https://hooks.slack.com/actions/1",
		"actions": []any{map[string]any{"type": "button", "block_id": "b", "action_id": t.verdict, "value": string(ref)}}})
	answer := o.slackSends(map[string]any{"type": "view_submission", "user": user, "view": map[string]any{
		"id": "V1", "type": "modal", "callback_id": t.verdict, "private_metadata": string(ref),
		"state": map[string]any{"values": map[string]any{"reason": map[string]any{"input": map[string]any{"type": "plain_text_input", "value": t.reason}}}}}})
	said := modalSays(answer)
	if o.shown.opened == 0 && o.shown.said != said {
		o.Errorf("the button said %q, the modal %q", o.shown.said, said)
	}
	return said
}

// modalSays gives what an answer to a modal says, "" if it closes.
func modalSays(answer string) string {
	if answer == "" {
		return ""
	}
	var a struct {
		Errors map[string]string `json:"errors"`
		View   struct {
			Blocks []struct {
				Text struct{ Text string }
			}
		} `json:"view"`
	}
	if json.Unmarshal([]byte(answer), &a) != nil {
		return answer
	}
	for _, said := range a.Errors {
		return said
	}
	if len(a.View.Blocks) == 0 {
		return answer
	}
	return a.View.Blocks[0].Text.Text
}

func (o *office) slackSends(payload map[string]any) string {
	o.Helper()
	payload["team"] = map[string]any{"id": slack.Team}
	data, err := json.Marshal(payload)
	o.Must(err)
	body := url.Values{"payload": {string(data)}}.Encode()
	options := []gatewaytest.Option{gatewaytest.WithJSON(body), gatewaytest.WithHeader("Content-Type", "application/x-www-form-urlencoded")}
	for name, value := range slack.Sign(signing, o.At.Unix(), body) {
		options = append(options, gatewaytest.WithHeader(name, value))
	}
	res := gatewaytest.Call(o, o.calls, gatewaytest.Event("POST", "/slack/interactions", options...))
	answer, err := io.ReadAll(res.Body)
	o.Must(err)
	if res.StatusCode != http.StatusOK {
		o.Fatalf("Slack was answered %d", res.StatusCode)
	}
	return strings.TrimSpace(string(answer))
}
