package chat_test

import (
	"context"
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

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
	"latchkey/infra/local/slack"
)

// atWork is the messenger in the local stack's workspace, which refuses what
// Slack refuses.
type atWork struct {
	chat.Messenger
	control slack.Client
	ben     string

	mu    sync.Mutex
	opens *slackgo.ModalViewRequest // when a button is pressed
}

func newAtWork(t *testing.T) *atWork {
	t.Helper()
	w := &atWork{ben: slack.UserID("ben")}
	pressed := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		var in slackgo.InteractionCallback
		w.mu.Lock()
		defer w.mu.Unlock()
		if err := json.Unmarshal([]byte(form.Get("payload")), &in); err != nil || w.opens == nil {
			return
		}
		if err := w.Client.OpenView(context.Background(), in.TriggerID, *w.opens); err != nil {
			t.Errorf("%s: %v", w.opens.CallbackID, err)
		}
	}))
	t.Cleanup(pressed.Close)
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	installed := slack.NewApp(pressed.URL)
	workspace := slack.New(slack.Config{URL: address, App: installed, Clock: time.Now,
		People: []slack.Person{slack.Member("ben", "Ben Ortiz", "ben@example.com")}})
	server.Config.Handler = workspace.Handler()
	server.Start()
	t.Cleanup(func() { workspace.End(); server.Close() })
	w.control = slack.Client{Base: address + "/control", HTTP: server.Client()}
	secret := &vault{values: []string{`{"bot_token":"` + installed.BotToken + `","signing_secret":"` + installed.SigningSecret + `"}`}}
	w.Messenger = chat.Messenger{Render: renderer(t),
		Client: chat.NewClient(address, &chat.Secrets{Manager: secret, Clock: time.Now}, time.Now)}
	settings, err := w.control.Settings(t.Context())
	if err == nil {
		settings.Pace = 0
		err = w.control.Set(t.Context(), settings)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSlackTakesEverythingThatIsSaid(t *testing.T) {
	w := newAtWork(t)
	all, err := chat.Preview(w.Render)
	if err != nil {
		t.Fatal(err)
	}
	channel, err := w.Open(t.Context(), w.ben)
	if err != nil {
		t.Fatal(err)
	}
	press := ""
	for _, s := range all {
		if s.Message == nil {
			continue
		}
		stamp, err := w.Client.PostMessage(t.Context(), channel, "", "req_1", *s.Message)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		if s.Name == "card-approver-pending" {
			press = stamp
		}
		if err := w.Client.UpdateMessage(t.Context(), channel, stamp, slackgo.SlackMetadata{EventType: "sample", EventPayload: map[string]any{}}, *s.Message); err != nil {
			t.Errorf("%s, again: %v", s.Name, err)
		}
	}
	for _, s := range all {
		switch {
		case s.Home != nil:
			if err := w.Client.PublishHome(t.Context(), w.ben, *s.Home); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
		case s.Modal != nil:
			w.mu.Lock()
			w.opens = s.Modal
			w.mu.Unlock()
			seen, err := w.control.Press(t.Context(), w.ben, slack.Press{Message: press, ActionID: "approve"})
			if err != nil || seen.Modal == nil || seen.Modal.Title != s.Modal.Title.Text {
				t.Errorf("%s: Ben sees %+v, %v", s.Name, seen.Modal, err)
			}
			if _, err := w.control.Close(t.Context(), w.ben, true); err != nil {
				t.Error(err)
			}
		}
	}
	said, err := w.control.Messages(t.Context(), w.ben)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range said {
		if len(m.Reading.Mentions) > 0 {
			t.Errorf("%q mentions %v", m.Text, m.Reading.Mentions)
		}
		for _, link := range m.Reading.Links {
			if !strings.HasPrefix(link.URL, "https://access.example.com") {
				t.Errorf("%q links to %s", m.Text, link.URL)
			}
		}
	}
}

func TestACardIsPostedFoundChangedAnsweredAndLost(t *testing.T) {
	w := newAtWork(t)
	card := app.Card{View: app.View{Request: access.Request{ID: "req_1", Requester: "ana", Status: access.Stuck}}}
	channel, err := w.Open(t.Context(), w.ben)
	if err != nil {
		t.Fatal(err)
	}
	card.Letter.To.ID = "ana"
	stamp, shown, err := w.Post(t.Context(), channel, card)
	if err != nil {
		t.Fatal(err)
	}
	for request, want := range map[access.RequestID]string{"req_1": stamp, "req_2": ""} {
		if found, err := w.Find(t.Context(), channel, request); err != nil || found != want {
			t.Errorf("%s is found at %q, %v", request, found, err)
		}
	}
	at := app.Copy{Request: "req_1", Channel: channel, Stamp: stamp}
	at.Shown = shown
	if same, err := w.Update(t.Context(), at, card); err != nil || same != shown {
		t.Errorf("what reads the same is %q, not %q: %v", same, shown, err)
	}
	card.Status = access.Ending
	if other, err := w.Update(t.Context(), at, card); err != nil || other == shown {
		t.Errorf("what reads otherwise is %q: %v", other, err)
	}
	letter := app.Letter{Kind: access.NoticeExpired, To: card.Letter.To, Request: card.Request}
	if err := w.Reply(t.Context(), at, letter); err != nil {
		t.Error(err)
	}
	said, err := w.control.Messages(t.Context(), w.ben)
	if err != nil || len(said) != 1 || len(said[0].Replies) != 1 || !said[0].Replies[0].Broadcast || !strings.Contains(said[0].Reading.Text, "It is being taken away.") {
		t.Errorf("Ben sees %+v, %v", said, err)
	}
	if err == nil && len(said) == 1 && len(said[0].Versions) != 1 {
		t.Errorf("changed %d times", len(said[0].Versions))
	}
	for _, gone := range []app.Copy{{Channel: channel, Stamp: "1.000001"}, {Channel: "D0NOWHERE", Stamp: stamp}} {
		if _, err := w.Update(t.Context(), gone, card); !errors.Is(err, app.ErrCopyLost) {
			t.Errorf("%+v: %v", gone, err)
		}
	}
	if err := w.Withdraw(t.Context(), at); err != nil {
		t.Error(err)
	}
	if found, err := w.Find(t.Context(), channel, "req_1"); err != nil || found != "" {
		t.Errorf("what was withdrawn is found at %q, %v", found, err)
	}
	if _, err := w.Open(t.Context(), "U0NOBODY00"); err == nil {
		t.Error("a channel with nobody")
	} else if _, final := errors.AsType[*app.Refusal](err); !final {
		t.Error(err)
	}
}
