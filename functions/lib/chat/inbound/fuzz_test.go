package inbound_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
)

// FuzzRawBody sends bodies of any kind, signed as Slack signs and not. Nobody in
// them is linked to a person, so whatever they say changes nothing; and no body
// makes a call fail in a way that is not foreseen.
func FuzzRawBody(f *testing.F) {
	approve := `{"a":"approve","r":"req_01J0000000000000000000000A","v":1}`
	for _, seed := range []string{
		command(team, "U0ANA00000", ""), command(team, "U0ANA00000", "status"), command(team, "U0ANA00000", "<!channel>"),
		command("T0PARTNER0", "U0ANA00000", "help"), "ssl_check=1",
		press(team, team, "U0ANA00000", "approve", approve), press(team, team, "U0ANA00000", "view", "portal"),
		press(team, team, "U0ANA00000", "request", "home"), press(team, team, "U0ANA00000", "approve", "null"),
		submission("U0ANA00000", "deny", strings.Replace(approve, "approve", "deny", 1), "x"), submission("U0ANA00000", "request", "{}", "x"),
		payload(map[string]any{"type": "view_submission", "team": map[string]any{"id": team}, "view": nil}),
		payload(map[string]any{"type": "block_actions", "team": map[string]any{"id": team}, "actions": []any{nil}}),
		payload(map[string]any{"type": "block_actions", "team": map[string]any{"id": team}, "message": map[string]any{"blocks": []any{nil}}}),
		`{"type":"url_verification","challenge":"x"}`, `{"type":"event_callback","team_id":"T0EXAMPLE0","event":{"type":"app_home_opened","user":"U1"}}`,
		`{"type":"event_callback","team_id":"T0EXAMPLE0","event":null}`, `[]`, `null`, "payload=null", "payload=%", "payload=%7B%7D", "\xff\x00", "",
	} {
		f.Add(seed)
	}
	var o *office
	var once sync.Once
	f.Fuzz(func(t *testing.T, body string) {
		once.Do(func() { o = newOffice(t, nowhere, "xoxb-1", signing) })
		o.Company.T = t
		for _, path := range []string{"/slack/interactions", "/slack/commands", "/slack/events"} {
			res := o.sends(path, body, signedWith("forged", o.ago(0), body))
			if res.StatusCode < 400 || res.StatusCode >= 500 || text(res) != "" {
				t.Errorf("%s, forged: %d", path, res.StatusCode)
			}
			o.log.Reset()
			res = o.sends(path, body)
			if s := res.StatusCode; s != http.StatusOK && (s < 400 || s >= 500) {
				t.Errorf("%s: %d, log %s", path, s, o.log.String())
			}
			if wrote := o.changes(); len(wrote) > 0 {
				t.Errorf("%s: wrote %v", path, wrote)
			}
		}
	})
}
