package inbound_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat/inbound"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/infra/local/slack"
)

const nowhere = "http://127.0.0.1:1" // no Slack is to be called

func TestACallThatSlackDidNotSendChangesNothing(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-secret-token", signing)
	help := command(team, "U0ANA00000", "help")
	other := command("T0PARTNER0", "U0ANA00000", "help")
	unsigned := func(e *events.APIGatewayV2HTTPRequest) {
		delete(e.Headers, "x-slack-signature")
		delete(e.Headers, "x-slack-request-timestamp")
	}
	truncated := `payload=%7B%22type%22%3A%22block_act`
	large := "text=" + strings.Repeat("x", inbound.MaxBody)
	approve := `{"a":"approve","r":"req_1","v":1}`
	for _, c := range []struct {
		name, path, body string
		options          []gatewaytest.Option
		status           int
		why              string
	}{
		{"unsigned", "commands", help, []gatewaytest.Option{unsigned}, 401, "unsigned"},
		{"without a time", "commands", help, []gatewaytest.Option{gatewaytest.WithHeader("X-Slack-Request-Timestamp", "")}, 401, "unsigned"},
		{"signed in another way", "commands", help, []gatewaytest.Option{gatewaytest.WithHeader("X-Slack-Signature", "v1=00")}, 401, "unsigned"},
		{"an empty signature", "commands", help, []gatewaytest.Option{gatewaytest.WithHeader("X-Slack-Signature", "v0=")}, 401, "forged"},
		{"forged", "commands", help, []gatewaytest.Option{signedWith("another secret", o.ago(0), help)}, 401, "forged"},
		{"signed with no secret at all", "commands", help, []gatewaytest.Option{signedWith("", o.ago(0), help)}, 401, "forged"},
		{"signed for another body", "commands", help, []gatewaytest.Option{signedWith(signing, o.ago(0), other)}, 401, "forged"},
		{"signed for another time", "commands", help, []gatewaytest.Option{signedWith(signing, o.ago(time.Hour), help),
			gatewaytest.WithHeader("X-Slack-Request-Timestamp", o.ago(0))}, 401, "forged"},
		{"late", "commands", help, []gatewaytest.Option{signedWith(signing, o.ago(5*time.Minute+2*time.Second), help)}, 401, "late"},
		{"early", "commands", help, []gatewaytest.Option{signedWith(signing, o.ago(-5*time.Minute-2*time.Second), help)}, 401, "late"},
		{"oversized, before anything else", "commands", large, []gatewaytest.Option{unsigned}, 413, "too_large"},
		{"oversized and signed", "interactions", large, nil, 413, "too_large"},
		{"JSON where a form is expected", "commands", help, []gatewaytest.Option{gatewaytest.WithHeader("Content-Type", "application/json")}, 415, "media_type"},
		{"a form where JSON is expected", "events", "{}", []gatewaytest.Option{gatewaytest.WithHeader("Content-Type", "text/plain")}, 415, "media_type"},
		{"cut off", "interactions", truncated, nil, 400, "malformed"},
		{"an event cut off", "events", `{"type":"event_callb`, nil, 400, "malformed"},
		{"without a payload", "interactions", "x=1", nil, 400, "malformed"},
		{"a command of nobody", "commands", "command=%2Faccess", nil, 400, "malformed"},
		{"another workspace's command", "commands", other, nil, 403, "wrong_workspace"},
		{"another workspace's button", "interactions", press("T0PARTNER0", "T0PARTNER0", "U0ANA00000", "approve", approve), nil, 403, "wrong_workspace"},
		{"a button of someone from a shared channel", "interactions", press(team, "T0PARTNER0", "U0ANA00000", "approve", approve), nil, 403, "wrong_workspace"},
		{"another workspace's event", "events", `{"type":"event_callback","team_id":"T0PARTNER0","event":{"type":"app_home_opened","user":"U1"}}`, nil, 403, "wrong_workspace"},
		{"an unknown button", "interactions", press(team, team, "U0ANA00000", "launch", approve), nil, 400, "unknown"},
		{"a button that is not what it says", "interactions", press(team, team, "U0ANA00000", "deny", approve), nil, 400, "unknown"},
		{"a button without a request", "interactions", press(team, team, "U0ANA00000", "approve", "x"), nil, 400, "unknown"},
		{"an admin's move, which Slack has no button for", "interactions", press(team, team, "U0ANA00000", "override", `{"a":"override","r":"req_1"}`), nil, 400, "unknown"},
		{"an unknown modal", "interactions", submission("U0ANA00000", "launch", approve, "x"), nil, 400, "unknown"},
		{"a modal that is not what it says", "interactions", submission("U0ANA00000", "deny", approve, "x"), nil, 400, "unknown"},
		{"an unknown kind", "interactions", payload(map[string]any{"type": "shortcut", "team": map[string]any{"id": team}, "user": map[string]any{"id": "U1"}}), nil, 400, "unknown"},
	} {
		o.log.Reset()
		res := o.sends("/slack/"+c.path, c.body, c.options...)
		said := text(res)
		if res.StatusCode != c.status || said != "" || !strings.Contains(o.log.String(), `"refused":"`+c.why+`"`) {
			t.Errorf("%s: %d %q, log %s", c.name, res.StatusCode, said, o.log.String())
		}
		if wrote := o.changes(); len(wrote) > 0 {
			t.Errorf("%s: wrote %v", c.name, wrote)
		}
		for _, secret := range []string{signing, "xoxb", "secret-trigger", "secret-url", "v0=", "U0ANA"} {
			if strings.Contains(o.log.String(), secret) {
				t.Errorf("%s: the log holds %q: %s", c.name, secret, o.log.String())
			}
		}
	}
}

func TestASignedCallIsTakenOnce(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-1", signing)
	help := command(team, "U0ANA00000", "help")
	old := signedWith(signing, o.ago(5*time.Minute-time.Second), help)
	upper := func(e *events.APIGatewayV2HTTPRequest) {
		e.Headers["x-slack-signature"] = "v0=" + strings.ToUpper(strings.TrimPrefix(e.Headers["x-slack-signature"], "v0="))
	}
	for i, c := range []struct {
		options []gatewaytest.Option
		status  int
	}{
		{nil, 200},
		{nil, 401},
		{[]gatewaytest.Option{upper}, 401},
		{[]gatewaytest.Option{inBase64}, 401},
		{[]gatewaytest.Option{old, inBase64}, 200}, // the same words, at another time
		{[]gatewaytest.Option{old}, 401},
	} {
		if res := o.sends("/slack/commands", help, c.options...); res.StatusCode != c.status {
			t.Errorf("call %d: %d, want %d", i, res.StatusCode, c.status)
		}
	}
	o.At = o.At.Add(time.Second)
	if res := o.sends("/slack/commands", help); res.StatusCode != 200 {
		t.Errorf("the same words a second later: %d", res.StatusCode)
	}
}

// In an organization of several workspaces Slack names the organization, or
// another of its workspaces, as where someone belongs.
func TestPeopleOfAnOrganizationAreKnownByTheirLink(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.handler.Slack = &told{}
	value := `{"a":"cancel","r":"` + string(r.ID) + `"}`
	call := func(user, home, enterprise string) string {
		d.At = d.At.Add(time.Second)
		body := map[string]any{"type": "block_actions", "team": map[string]any{"id": slack.Team, "enterprise_id": enterprise}, "enterprise": map[string]any{"id": enterprise},
			"user": map[string]any{"id": user, "team_id": home}, "response_url": "https://hooks.slack.com/actions/1", "actions": []any{map[string]any{"type": "button", "block_id": "b", "action_id": "cancel", "value": value}}}
		if enterprise == "" {
			delete(body, "enterprise")
		}
		return fmt.Sprint(d.sends("/slack/interactions", payload(body)).StatusCode)
	}
	if got := call(ana, "T0PARTNER0", ""); got != "403" {
		t.Errorf("a stranger without an organization: %s", got)
	}
	for _, home := range []string{"E0EXAMPLE0", "T0ANOTHER0"} {
		if got := call("U0STRANGER", home, "E0EXAMPLE0"); got != "200" {
			t.Errorf("someone of the organization who is not linked: %s", got)
		}
		d.stands(r.ID, access.Pending)
	}
	if got := call(ana, "E0EXAMPLE0", "E0EXAMPLE0"); got != "200" {
		t.Errorf("Ana: %s", got)
	}
	d.stands(r.ID, access.Canceled)
	if got := call(ana, "T0ANOTHER0", "E0EXAMPLE0"); got != "200" {
		t.Errorf("Ana, at home in another workspace: %s", got)
	}
}

// An event that Slack believes lost comes again, with a signature of its own.
func TestAnEventThatSlackRepeatsIsTaken(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-1", signing)
	quiet := &told{}
	o.handler.Slack = quiet
	event := fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event_id":"Ev1","event":{"type":"app_home_opened","user":"U1","tab":"home"}}`, team)
	for i := range 3 {
		if res := o.sends("/slack/events", event, gatewaytest.WithHeader("X-Slack-Retry-Num", fmt.Sprint(i))); res.StatusCode != 200 {
			t.Errorf("delivery %d: %d", i, res.StatusCode)
		}
		o.At = o.At.Add(time.Minute)
	}
	for _, other := range []string{`"app_home_opened","user":"U1","tab":"messages"`, `"tokens_revoked","user":"U1"`} {
		event := fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event":{"type":%s}}`, team, other)
		if res := o.sends("/slack/events", event); res.StatusCode != 200 {
			t.Errorf("%s: %d", other, res.StatusCode)
		}
	}
	if quiet.published != 3 {
		t.Errorf("Home was published %d times", quiet.published)
	}
}

func TestWhatSlackAsksAtSetUpIsAnsweredOnceItIsSigned(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-1", signing)
	o.setUp("", "") // the settings come after the addresses
	verify := `{"type":"url_verification","token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV"}`
	if res := o.sends("/slack/events", verify); res.StatusCode != 200 || text(res) != `{"challenge":"3eZbrw1aBm2rZgRNFdxV"}`+"\n" {
		t.Errorf("verification: %d", res.StatusCode)
	}
	if res := o.sends("/slack/commands", "ssl_check=1&token=x"); res.StatusCode != 200 {
		t.Errorf("certificate check: %d", res.StatusCode)
	}
	for _, body := range []string{"events " + verify, "commands ssl_check=1"} {
		path, body, _ := strings.Cut(body, " ")
		if res := o.sends("/slack/"+path, body, signedWith("another", o.ago(0), body)); res.StatusCode != 401 || text(res) != "" {
			t.Errorf("%s unsigned: %d", path, res.StatusCode)
		}
	}
}

func TestUntilSlackIsSetUpNothingIsTaken(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-1", signing)
	help := command(team, "U0ANA00000", "help")
	o.setUp("", "")
	if res := o.sends("/slack/commands", help); res.StatusCode != http.StatusForbidden || !strings.Contains(o.log.String(), `"refused":"not_set_up"`) {
		t.Errorf("without the workspace in the settings: %d, log %s", res.StatusCode, o.log.String())
	}
	o.log.Reset()
	o.setUp(team, "1.2")
	o.At = o.At.Add(6 * time.Minute) // the secret is not remembered for longer
	o.vault.secret = "{}"
	if res := o.sends("/slack/commands", help); res.StatusCode != http.StatusForbidden {
		t.Errorf("without a secret: %d", res.StatusCode)
	}
	if !strings.Contains(o.log.String(), `"refused":"not_set_up"`) {
		t.Errorf("log %s", o.log.String())
	}
}

// A secret that an admin replaces is known at the next call, and forgeries do not
// make it be read each time.
func TestAReplacedSecretIsReadAnew(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-1", signing)
	help := command(team, "U0ANA00000", "help")
	if res := o.sends("/slack/commands", help); res.StatusCode != 200 {
		t.Fatal(res.StatusCode)
	}
	o.vault.secret = secretOf("xoxb-1", "the next")
	next := signedWith("the next", o.ago(0), help)
	if res := o.sends("/slack/commands", help, next); res.StatusCode != 200 {
		t.Errorf("with the next secret: %d", res.StatusCode)
	}
	o.vault.secret = secretOf("xoxb-1", "the third")
	third := signedWith("the third", o.ago(0), help)
	if res := o.sends("/slack/commands", help, third); res.StatusCode != 401 {
		t.Errorf("read anew at once: %d", res.StatusCode)
	}
}

// Before Slack is set up, and while the secret cannot be read, whoever finds the
// address could else make it be read as often as they like.
func TestCallsOfAnyoneDoNotReadTheSecretEachTime(t *testing.T) {
	for name, broken := range map[string]func(*vault){
		"not set up": func(v *vault) { v.secret = "" },
		"down":       func(v *vault) { v.down = errors.New("throttled") },
	} {
		o := newOffice(t, nowhere, "xoxb-1", signing)
		whole := *o.vault
		broken(o.vault)
		help := command(team, "U0ANA00000", "help")
		for range 50 {
			o.sends("/slack/commands", help, signedWith("forged", o.ago(0), help))
		}
		if o.vault.reads != 1 {
			t.Errorf("%s: %d calls read the secret %d times", name, 50, o.vault.reads)
		}
		*o.vault = whole
		o.At = o.At.Add(31 * time.Second)
		if res := o.sends("/slack/commands", help); res.StatusCode != 200 {
			t.Errorf("%s, then mended: %d", name, res.StatusCode)
		}
	}
}

// unwritable is a store that takes nothing.
type unwritable struct{}

func (unwritable) Once(context.Context, string, time.Time) (bool, error) {
	return false, app.ErrUnknown
}

func TestWhereNothingCanBeNotedNothingIsTaken(t *testing.T) {
	o := newOffice(t, nowhere, "xoxb-1", signing)
	o.Replays = unwritable{}
	res := o.sends("/slack/commands", command(team, "U0ANA00000", "help"))
	if res.StatusCode != http.StatusServiceUnavailable || text(res) != "" || len(o.changes()) > 0 {
		t.Errorf("%d", res.StatusCode)
	}
}
