package httpapi_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

const slackPath = "/v1/me/integrations/slack"

// slackSignIn lets whoever comes with the code "NAME's" be NAME in Slack.
type slackSignIn struct{ nonces map[string]bool }

func (s slackSignIn) Page(_ context.Context, settings access.Settings, state, nonce string) (string, error) {
	s.nonces[nonce] = true
	return "https://slack.example.com/?" + url.Values{"state": {state}, "team": {settings.SlackTeamID}}.Encode(), nil
}

func (s slackSignIn) Claims(_ context.Context, settings access.Settings, code, nonce string) (app.SlackClaims, error) {
	name, ok := strings.CutSuffix(code, "'s")
	if !ok || !s.nonces[nonce] {
		return app.SlackClaims{}, app.ErrSlackSignIn
	}
	if name == "nobody" {
		return app.SlackClaims{}, &app.Unavailable{Code: "ratelimited", After: 30 * time.Second}
	}
	return app.SlackClaims{User: app.SlackUser{Team: settings.SlackTeamID, ID: "U0" + strings.ToUpper(name)}, Workspace: "Acme",
		Email: name + "@example.com", EmailVerified: true}, nil
}

func (slackSignIn) Member(_ context.Context, user app.SlackUser) (app.SlackMember, error) {
	return app.SlackMember{User: user, Name: user.ID, Guest: user.ID == "U0DAN"}, nil
}

func newOfficeWithSlack(t *testing.T) *office {
	o := newOffice(t)
	o.SlackSignIn = slackSignIn{map[string]bool{}}
	o.slackIs("T0ACME", "111.222")
	return o
}

func (o *office) slackIs(team, client string) {
	o.Helper()
	tag := o.calls("eli", 200, "GET", "/v1/admin/settings", nil).Header.Get("ETag")
	body := map[string]any{"requests_enabled": true, "show_progress": true, "max_open_requests": 20, "max_submissions_per_hour": 30}
	if team != "" {
		body["slack_team_id"], body["slack_client_id"] = team, client
	}
	got := read[contract.Settings](o.T, o.calls("eli", 200, "PUT", "/v1/admin/settings", body, "If-Match", tag))
	if got.SlackTeamId != team || got.SlackClientId != client {
		o.Errorf("the settings are %+v", got)
	}
}

// begins gives the state with which someone's sign-in comes back.
func (o *office) begins(who string) string {
	o.Helper()
	begun := read[contract.SlackSignIn](o.T, o.calls(who, 201, "POST", slackPath, nil))
	page, err := url.Parse(begun.AuthorizeUrl)
	o.Must(err)
	if page.Query().Get("team") != "T0ACME" || len(page.Query().Get("state")) < 43 || begun.ExpiresAt.Sub(o.At).Round(time.Minute) != 10*time.Minute {
		o.Errorf("a sign-in begins with %+v", begun)
	}
	return page.Query().Get("state")
}

func (o *office) refused(who string, status int, code contract.ProblemCode, method, path string, body any) {
	o.Helper()
	if p := read[contract.Problem](o.T, o.calls(who, status, method, path, body)); p.Code != code || p.Detail == "" {
		o.Errorf("%s %s: %+v, want %s", method, path, p, code)
	}
}

func answer(code, state string) map[string]any { return map[string]any{"code": code, "state": state} }

func TestAPersonConnectsToSlackAndDisconnects(t *testing.T) {
	o := newOfficeWithSlack(t)
	integration := func() contract.SlackIntegration {
		t.Helper()
		return read[contract.SlackIntegration](t, o.calls("ana", 200, "GET", slackPath, nil))
	}
	if got := integration(); got.Connected || got.Version != 0 {
		t.Errorf("before: %+v", got)
	}
	state := o.begins("ana")
	if got := integration(); got.Connected {
		t.Errorf("the sign-in alone connected %+v", got)
	}
	put := o.calls("ana", 200, "PUT", slackPath, answer("ana's", state))
	got := read[contract.SlackIntegration](t, put)
	want := contract.SlackIntegration{Version: 1, Connected: true, Team: contract.SlackName{Id: "T0ACME", Name: "Acme"},
		User: contract.SlackName{Id: "U0ANA", Name: "U0ANA"}, Since: o.At}
	if got != want || integration() != want {
		t.Errorf("connected as %+v, want %+v", got, want)
	}
	if again := read[contract.SlackIntegration](t, o.calls("ana", 200, "PUT", slackPath, answer("ana's", o.begins("ana")))); again != want {
		t.Errorf("again: %+v", again)
	}
	o.calls("ana", 412, "DELETE", slackPath, nil, "If-Match", `"7"`)
	o.calls("ana", 204, "DELETE", slackPath, nil, "If-Match", put.Header.Get("ETag"))
	o.calls("ana", 204, "DELETE", slackPath, nil)
	if got := integration(); got.Connected || got.User.Id != "" || got.Version != 2 {
		t.Errorf("after: %+v", got)
	}
	history := "/v1/admin/people/ana/integrations/slack/events"
	o.calls("ana", 403, "GET", history, nil)
	events := read[contract.EventPage](t, o.calls("eli", 200, "GET", history, nil)).Data
	if len(events) != 2 || events[0].Type != "created" || events[0].Actor.Id != "ana" || events[1].Type != "deleted" {
		t.Errorf("the history of the connection: %+v", events)
	}
}

func TestWhoMayNotBeConnectedIsToldWhy(t *testing.T) {
	o := newOfficeWithSlack(t)
	o.refused("ana", 409, "link_expired", "PUT", slackPath, answer("ana's", "never given out"))
	o.refused("ana", 409, "link_expired", "PUT", slackPath, answer("ana's", o.begins("ben")))
	o.refused("ana", 409, "link_expired", "PUT", slackPath, answer("forged", o.begins("ana")))
	o.refused("ana", 403, "email_mismatch", "PUT", slackPath, answer("ben's", o.begins("ana")))
	o.refused("dan", 403, "guest", "PUT", slackPath, answer("dan's", o.begins("dan")))
	res := o.calls("ana", 503, "PUT", slackPath, answer("nobody's", o.begins("ana")))
	if p := read[contract.Problem](t, res); p.Code != "slack_unavailable" || res.Header.Get("Retry-After") != "30" {
		t.Errorf("while Slack is unavailable: %+v, %v", p, res.Header)
	}
	o.refused("ana", 422, "invalid", "PUT", slackPath, map[string]any{"code": "ana's"})
	if got := read[contract.SlackIntegration](t, o.calls("ana", 200, "GET", slackPath, nil)); got.Version != 0 {
		t.Errorf("connected all the same: %+v", got)
	}
	if strings.Contains(o.log.String(), "forged") || strings.Contains(o.log.String(), "@") {
		t.Errorf("the log holds a code or an email: %s", o.log.String())
	}
}

func TestTheIntegrationsAreaIsThereOnceAnAdminSetSlackUp(t *testing.T) {
	o := newOfficeWithSlack(t)
	shown := func() bool {
		return read[contract.Me](t, o.calls("ana", 200, "GET", "/v1/me", nil)).Features.Integrations
	}
	if !shown() {
		t.Error("set up, and not shown")
	}
	o.calls("ana", 200, "PUT", slackPath, answer("ana's", o.begins("ana")))
	o.slackIs("T0NEW", "111.222")
	if got := read[contract.SlackIntegration](t, o.calls("ana", 200, "GET", slackPath, nil)); got.Connected {
		t.Errorf("connected to a workspace that is no longer the company's: %+v", got)
	}
	o.slackIs("", "")
	if shown() {
		t.Error("shown, and not set up")
	}
	for method, body := range map[string]any{"GET": nil, "POST": nil, "PUT": answer("ana's", "state")} {
		o.refused("ana", 404, "slack_not_set_up", method, slackPath, body)
	}
	o.calls("ana", 204, "DELETE", slackPath, nil)
	tag := o.calls("eli", 200, "GET", "/v1/admin/settings", nil).Header.Get("ETag")
	half := map[string]any{"requests_enabled": true, "show_progress": true, "max_open_requests": 20, "max_submissions_per_hour": 30, "slack_team_id": "T0ACME"}
	o.calls("eli", 422, "PUT", "/v1/admin/settings", half, "If-Match", tag)
}
