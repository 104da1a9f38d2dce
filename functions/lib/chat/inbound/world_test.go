package inbound_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/chat"
	"latchkey/functions/lib/chat/inbound"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/functions/lib/mail"
)

const (
	team    = "T0EXAMPLE0"
	signing = "8f742231b10e8888abcd99yyyzzz85a5"
	portal  = "https://portal.example.com"
)

// vault is a Secrets Manager with the secret of the Slack app, or without.
type vault struct {
	secret string
	down   error
	reads  int
}

func (v *vault) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	v.reads++
	return &secretsmanager.GetSecretValueOutput{SecretString: &v.secret}, v.down
}

func secretOf(token, signing string) string {
	data, _ := json.Marshal(chat.Secret{BotToken: token, SigningSecret: signing, ClientSecret: "c"})
	return string(data)
}

// office is the small company with Slack set up, called as the API Gateway calls
// it.
type office struct {
	*apptest.Company
	vault   *vault
	handler *inbound.Handler
	calls   http.Handler
	log     logged

	mu      sync.Mutex
	changed []string // the rows written since the last look, but for the notes of what came
}

// logged is a log that is read while it is written.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logged) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Reset()
}

// newOffice sets it up, with a Slack at an address.
func newOffice(t *testing.T, slackURL, token, secret string) *office {
	t.Helper()
	db := memory.New(t)
	o := &office{vault: &vault{secret: secretOf(token, secret)}}
	o.Company = apptest.On(t, dynamo.New(db.Client(), memory.Tables))
	o.setUp(team, "1.2")
	db.Watch = func(w memory.Write) {
		o.mu.Lock()
		defer o.mu.Unlock()
		if !strings.HasPrefix(w.PK, "ONCE#") {
			o.changed = append(o.changed, w.PK+" "+w.SK)
		}
	}
	secrets := &chat.Secrets{Manager: o.vault, Name: "latchkey/slack", Clock: o.Clock}
	client := chat.NewClient(slackURL, secrets, o.Clock)
	render, err := chat.NewRenderer(portal, mail.Words)
	o.Must(err)
	o.Messenger = chat.Messenger{Client: client, Render: render}
	o.handler = &inbound.Handler{App: &o.App, Secrets: secrets, Slack: client, Render: render, Note: httpapi.Annotate}
	mux := http.NewServeMux()
	o.handler.Register(mux)
	o.calls = httpapi.Around(mux, slog.New(slog.NewJSONHandler(&o.log, nil)), o.Clock)
	return o
}

// setUp lets the admin name the workspace.
func (o *office) setUp(team, client string) {
	o.Helper()
	eli := o.SignsIn("eli")
	settings, err := o.Catalog.Settings(o.Context())
	o.Must(err)
	after := settings.Doc
	after.SlackTeamID, after.SlackClientID = team, client
	_, err = o.PutSettings(o.Context(), eli, after, app.Condition{Version: settings.Version, Zero: settings.Version == 0})
	o.Must(err)
}

// sends sends a call as Slack signs it. Options change it after that.
func (o *office) sends(path, body string, options ...gatewaytest.Option) *http.Response {
	o.Helper()
	media := "application/x-www-form-urlencoded"
	if path == "/slack/events" {
		media = "application/json"
	}
	stamp := strconv.FormatInt(o.Clock().Unix(), 10)
	all := []gatewaytest.Option{gatewaytest.WithJSON(body), gatewaytest.WithHeader("Content-Type", media), signedWith(signing, stamp, body)}
	return gatewaytest.Call(o, o.calls, gatewaytest.Event("POST", path, append(all, options...)...))
}

// signedWith signs a body (https://docs.slack.dev/authentication/verifying-requests-from-slack).
func signedWith(secret, stamp, body string) gatewaytest.Option {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":" + body))
	return func(e *events.APIGatewayV2HTTPRequest) {
		e.Headers["x-slack-request-timestamp"] = stamp
		e.Headers["x-slack-signature"] = "v0=" + hex.EncodeToString(mac.Sum(nil))
	}
}

func inBase64(e *events.APIGatewayV2HTTPRequest) {
	e.Body, e.IsBase64Encoded = base64.StdEncoding.EncodeToString([]byte(e.Body)), true
}

// ago gives the time of a signature so long ago.
func (o *office) ago(d time.Duration) string {
	return strconv.FormatInt(o.Clock().Add(-d).Unix(), 10)
}

// changes gives what was written since the last look.
func (o *office) changes() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	was := o.changed
	o.changed = nil
	return was
}

func text(r *http.Response) string {
	body, _ := io.ReadAll(r.Body)
	return string(body)
}

// command is what Slack sends of /access.
func command(team, user, said string) string {
	return url.Values{"command": {"/access"}, "text": {said}, "team_id": {team}, "user_id": {user}, "trigger_id": {"1.2.secret-trigger"},
		"response_url": {"https://hooks.slack.com/commands/secret-url"}, "api_app_id": {"A0LATCHKEY"}}.Encode()
}

// press is what Slack sends of a button in someone's direct messages.
func press(team, home, user, action, value string) string {
	return payload(map[string]any{"type": "block_actions", "team": map[string]any{"id": team}, "user": map[string]any{"id": user, "team_id": home},
		"trigger_id": "1.2.secret-trigger", "response_url": "https://hooks.slack.com/actions/secret-url", "container": map[string]any{"type": "message", "channel_id": "D0ANA00000", "message_ts": "1.000001"},
		"actions": []any{map[string]any{"type": "button", "block_id": "b", "action_id": action, "value": value}}})
}

// submission is what Slack sends of a modal with a reason.
func submission(user, callback, metadata, reason string) string {
	return payload(map[string]any{"type": "view_submission", "team": map[string]any{"id": team}, "user": map[string]any{"id": user, "team_id": team},
		"view": map[string]any{"id": "V1", "type": "modal", "callback_id": callback, "private_metadata": metadata, "state": map[string]any{"values": map[string]any{"reason": map[string]any{"input": map[string]any{"type": "plain_text_input", "value": reason}}}}}})
}

func payload(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return url.Values{"payload": {string(data)}}.Encode()
}
