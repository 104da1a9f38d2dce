package chat_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

const token = "xoxb-not-to-be-told"

// webAPI is a Slack that gives one answer, and notes what it was asked.
type webAPI struct {
	status int
	header http.Header
	answer string
	calls  []string
	asked  []string
	tokens []string
}

func (s *webAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.calls, s.asked = append(s.calls, strings.TrimPrefix(r.URL.Path, "/api/")), append(s.asked, string(body))
	s.tokens = append(s.tokens, r.Header.Get("Authorization"))
	for name, values := range s.header {
		w.Header()[name] = values
	}
	w.WriteHeader(s.status)
	_, _ = io.WriteString(w, s.answer)
}

// vault is Secrets Manager with the values that it gives one after the other.
type vault struct {
	values []string
	reads  int
}

func (v *vault) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	value := v.values[min(v.reads, len(v.values)-1)]
	v.reads++
	return &secretsmanager.GetSecretValueOutput{SecretString: &value}, nil
}

type clientTest struct {
	*chat.Client
	api   *webAPI
	vault *vault
	now   time.Time
}

func newClient(t *testing.T, status int, answer string) *clientTest {
	t.Helper()
	c := &clientTest{api: &webAPI{status: status, answer: answer, header: http.Header{}}, now: time.Now(),
		vault: &vault{values: []string{`{"bot_token":"` + token + `","signing_secret":"s","client_secret":"c"}`}}}
	server := httptest.NewServer(c.api)
	t.Cleanup(server.Close)
	clock := func() time.Time { return c.now }
	c.Client = chat.NewClient(server.URL, &chat.Secrets{Manager: c.vault, Name: "stack/slack", Clock: clock}, clock)
	return c
}

const typed = "The words that someone typed"

func (c *clientTest) post(t *testing.T) error {
	_, err := c.PostMessage(t.Context(), "D1", "", "req_1", chat.Message{Text: typed, Blocks: renderer(t).Help().Blocks})
	return err
}

func TestWhatSlackAnswersHasAName(t *testing.T) {
	for answer, want := range map[string]error{
		"message_not_found": app.ErrCopyLost, "channel_not_found": app.ErrCopyLost, "cant_update_message": app.ErrCopyLost,
		"invalid_auth": app.ErrSlackNotSetUp, "account_inactive": app.ErrSlackNotSetUp, "token_revoked": app.ErrSlackNotSetUp,
		"missing_scope":  app.ErrSlackNotSetUp,
		"user_not_found": &app.Refusal{Code: "user_not_found"}, "invalid_blocks": &app.Refusal{Code: "invalid_blocks"},
		token:            &app.Refusal{Code: "unknown"},
		"internal_error": &app.Unavailable{Code: "internal_error"},
		"ratelimited":    &app.Unavailable{Code: "ratelimited", After: 30 * time.Second},
	} {
		err := newClient(t, http.StatusOK, `{"ok":false,"error":"`+answer+`"}`).post(t)
		if err == nil || err.Error() != want.Error() || errors.Is(want, app.ErrCopyLost) != errors.Is(err, app.ErrCopyLost) {
			t.Errorf("%s became %v, want %v", answer, err, want)
		}
	}
}

func TestNoErrorHoldsTheTokenOrAText(t *testing.T) {
	for status, answer := range map[int]string{
		http.StatusBadGateway: "<html>" + token + typed, http.StatusOK: `{"ok":false,"error":"` + typed + token + `"}`,
		http.StatusFound: "", http.StatusAccepted: "no JSON " + token,
	} {
		err := newClient(t, status, answer).post(t)
		if err == nil || strings.Contains(err.Error(), token) || strings.Contains(err.Error(), typed) {
			t.Errorf("%d %q became %v", status, answer, err)
		}
	}
}

func TestALimitedMethodIsLeftAloneForAsLongAsSlackSays(t *testing.T) {
	c := newClient(t, http.StatusTooManyRequests, "")
	c.api.header.Set("Retry-After", "7")
	for range 2 {
		busy, ok := errors.AsType[*app.Unavailable](c.post(t))
		if !ok || busy.After <= 0 || busy.After > 7*time.Second {
			t.Errorf("the answer is %v", busy)
		}
	}
	if len(c.api.calls) != 1 {
		t.Errorf("Slack was asked %d times", len(c.api.calls))
	}
	c.api.status, c.api.answer = http.StatusOK, `{"ok":true,"channel":"D2","ts":"1.2"}`
	if _, err := c.PostMessage(t.Context(), "D2", "", "req_1", chat.Message{Text: typed}); err != nil {
		t.Errorf("one who is limited holds up another: %v", err)
	}
	c.now = c.now.Add(8 * time.Second)
	if err := c.post(t); err != nil {
		t.Errorf("after the time: %v", err)
	}
}

func TestANewTokenIsTakenWhenSlackRefusesTheOld(t *testing.T) {
	c := newClient(t, http.StatusOK, `{"ok":false,"error":"token_revoked"}`)
	c.vault.values = append(c.vault.values, `{"bot_token":"xoxb-new","signing_secret":"s"}`)
	if err := c.post(t); !errors.Is(err, app.ErrSlackNotSetUp) {
		t.Errorf("%v", err)
	}
	if len(c.api.calls) != 2 || !strings.Contains(c.api.asked[1]+c.api.tokens[1], "xoxb-new") {
		t.Errorf("asked %d times, with %q", len(c.api.calls), c.api.tokens)
	}
}

func TestWithoutASecretSlackIsNotSetUp(t *testing.T) {
	c := newClient(t, http.StatusOK, `{"ok":true}`)
	c.vault.values = []string{`{"bot_token":"","signing_secret":"","client_secret":""}`}
	if err := c.post(t); !errors.Is(err, app.ErrSlackNotSetUp) || len(c.api.calls) != 0 {
		t.Errorf("%v after %d calls", err, len(c.api.calls))
	}
}
