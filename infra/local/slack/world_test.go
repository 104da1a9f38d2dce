package slack_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

// The company.
var (
	ana = slack.UserID("ana")
	ben = slack.UserID("ben")
)

const redirect = "https://latchkey.example.com/integrations/slack"

// world is a workspace, an app that does as a test wants, and the client that
// Latchkey uses.
type world struct {
	*testing.T
	app     slack.App
	url     string
	api     *slackgo.Client
	control slack.Client

	mu  sync.Mutex
	now time.Time
	// answer is what the app does with what it is sent. It runs on a goroutine of
	// its own.
	answer http.HandlerFunc
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, now: time.Now(), answer: func(http.ResponseWriter, *http.Request) {}}
	app := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		answer := w.answer
		w.mu.Unlock()
		answer(rw, r)
	}))
	w.app = slack.NewApp(app.URL, redirect)
	server := httptest.NewUnstartedServer(nil)
	w.url = "http://" + server.Listener.Addr().String()
	workspace := slack.New(slack.Config{
		URL: w.url, App: w.app, Clock: w.clock, Patience: 200 * time.Millisecond, Retries: []time.Duration{0, 0},
		People: append([]slack.Person{slack.Member("ana", "Ana", "ana@example.com"), slack.Member("ben", "Ben", "ben@example.com")}, slack.Others()...),
	})
	server.Config.Handler = workspace.Handler()
	server.Start()
	t.Cleanup(func() { workspace.End(); server.Close(); app.Close() })
	w.api = slackgo.New(w.app.BotToken, slackgo.OptionAPIURL(w.url+"/api/"))
	w.control = slack.Client{Base: w.url + "/control", HTTP: server.Client()}
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) passes(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) answers(do http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = do
}

// says lets the app answer everything with a JSON text.
func (w *world) says(text string) {
	w.answers(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		io.WriteString(rw, text)
	})
}

func must[V any](t testing.TB) func(V, error) V {
	return func(v V, err error) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (w *world) well(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused checks an error of the Web API.
func (w *world) refused(err error, code string) {
	w.Helper()
	if err == nil || err.Error() != code {
		w.Errorf("%v instead of %s", err, code)
	}
}

// raw calls a method with JSON as it is, and gives the answer.
func (w *world) raw(method, body string) (status int, answer map[string]any) {
	w.Helper()
	r := must[*http.Request](w)(http.NewRequestWithContext(w.Context(), http.MethodPost, w.url+"/api/"+method, strings.NewReader(body)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+w.app.BotToken)
	res := must[*http.Response](w)(http.DefaultClient.Do(r))
	defer res.Body.Close()
	w.well(json.NewDecoder(res.Body).Decode(&answer))
	return res.StatusCode, answer
}

// payload reads an interaction as Latchkey does: the signature first.
func (w *world) payload(r *http.Request) slackgo.InteractionCallback {
	body := w.signed(r)
	form := must[url.Values](w)(url.ParseQuery(body))
	var payload slackgo.InteractionCallback
	w.well(json.Unmarshal([]byte(form.Get("payload")), &payload))
	return payload
}

func (w *world) signed(r *http.Request) string {
	body, err := io.ReadAll(r.Body)
	v, headers := slackgo.NewSecretsVerifier(r.Header, w.app.SigningSecret)
	if err = errors.Join(err, headers); err == nil {
		v.Write(body)
		err = v.Ensure()
	}
	if err != nil {
		w.Errorf("it is not signed as Slack signs: %v", err)
	}
	return string(body)
}

// eventually waits until something is so.
func (w *world) eventually(what string, is func() bool) {
	w.Helper()
	deadline, next := time.After(5*time.Second), time.NewTicker(5*time.Millisecond)
	defer next.Stop()
	for !is() {
		select {
		case <-deadline:
			w.Fatal("not in time: ", what)
		case <-next.C:
		}
	}
}

func (w *world) messages(user string) []slack.Message {
	w.Helper()
	return must[[]slack.Message](w)(w.control.Messages(w.Context(), user))
}

// posted posts a message with a button to someone, and gives its ts.
func (w *world) posted(user string) string {
	w.Helper()
	button := slackgo.NewButtonBlockElement("approve", "req_1", slackgo.NewTextBlockObject(slackgo.PlainTextType, "Approve", false, false))
	_, ts, err := w.api.PostMessageContext(w.Context(), user, slackgo.MsgOptionText("A request", false), slackgo.MsgOptionBlocks(
		slackgo.NewSectionBlock(slackgo.NewTextBlockObject(slackgo.MarkdownType, "*Ana* asks", false, false), nil, nil),
		slackgo.NewActionBlock("decide", button)))
	w.well(err)
	return ts
}

func modal(blocks ...slackgo.Block) slackgo.ModalViewRequest {
	words := func(text string) *slackgo.TextBlockObject {
		return slackgo.NewTextBlockObject(slackgo.PlainTextType, text, false, false)
	}
	if blocks == nil {
		blocks = []slackgo.Block{slackgo.NewDividerBlock()}
	}
	return slackgo.ModalViewRequest{
		Type: slackgo.VTModal, Title: words("Deny"), Submit: words("Deny access"), Close: words("Cancel"),
		CallbackID: "deny", PrivateMetadata: "req_1", Blocks: slackgo.Blocks{BlockSet: blocks},
	}
}

func reason() slackgo.Block {
	words := func(text string) *slackgo.TextBlockObject {
		return slackgo.NewTextBlockObject(slackgo.PlainTextType, text, false, false)
	}
	return slackgo.NewInputBlock("reason", words("Reason"), nil, slackgo.NewPlainTextInputBlockElement(nil, "text"))
}
