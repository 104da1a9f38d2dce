package endpoint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"latchkey/infra/local/endpoint"
)

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// world is an endpoint, its control, and a caller.
type world struct {
	*testing.T
	at      string
	control endpoint.Client
	now     time.Time
}

func newWorld(t *testing.T) *world {
	e, err := endpoint.New(secret)
	if err != nil {
		t.Fatal(err)
	}
	hooks, control := httptest.NewServer(e), httptest.NewServer(e.Control())
	t.Cleanup(hooks.Close)
	t.Cleanup(control.Close)
	return &world{t, hooks.URL, endpoint.Client{Base: control.URL, HTTP: control.Client()}, time.Now()}
}

// call sends a message about Ana, signed with a key.
func (w *world) call(key, path, body string) *http.Response {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), http.MethodPost, w.at+path, bytes.NewBufferString(body))
	if err != nil {
		w.Fatal(err)
	}
	signer, err := standardwebhooks.NewWebhook(key)
	if err != nil {
		w.Fatal(err)
	}
	signature, err := signer.Sign("msg_1", w.now, []byte(body))
	if err != nil {
		w.Fatal(err)
	}
	r.Header.Set("webhook-id", "msg_1")
	r.Header.Set("webhook-timestamp", strconv.FormatInt(w.now.Unix(), 10))
	r.Header.Set("webhook-signature", signature)
	res, err := (&http.Client{Timeout: 500 * time.Millisecond}).Do(r)
	if err != nil {
		return nil
	}
	w.Cleanup(func() { res.Body.Close() })
	return res
}

// orders wants something for Ana, as of a moment; it gives the status, 0 where
// there was no answer.
func (w *world) orders(want bool, at time.Time) int {
	w.Helper()
	return status(w.call(secret, "/jira", fmt.Sprintf(
		`{"type":"access.ensure","timestamp":%q,"data":{"entitlement":"ent_1","person":{"id":"ana"},"want":%t}}`, at.Format(time.RFC3339Nano), want)))
}

func (w *world) looks() *http.Response {
	w.Helper()
	return w.call(secret, "/jira", `{"type":"access.observe","timestamp":"2026-03-02T09:00:00Z","data":{"entitlement":"ent_1","person":{"id":"ana"}}}`)
}

func status(res *http.Response) int {
	if res == nil {
		return 0
	}
	return res.StatusCode
}

func (w *world) holders(path string) []string {
	w.Helper()
	list, err := w.control.Holders(w.Context(), path)
	if err != nil {
		w.Fatal(err)
	}
	return list
}

func (w *world) meets(troubles ...endpoint.Trouble) {
	w.Helper()
	if err := w.control.Meet(w.Context(), "/jira", troubles...); err != nil {
		w.Fatal(err)
	}
}

func TestItGivesAndTakesAndTells(t *testing.T) {
	w := newWorld(t)
	for _, want := range []bool{true, true, false, false, true} {
		w.orders(want, w.now)
		var seen struct{ Present bool }
		if err := json.NewDecoder(w.looks().Body).Decode(&seen); err != nil || seen.Present != want {
			t.Errorf("%t is wanted, %t is seen: %v", want, seen.Present, err)
		}
		if holds := slices.Contains(w.holders("/jira"), "ana"); holds != want {
			t.Errorf("%t is wanted, and Ana is a holder: %t", want, holds)
		}
	}
	if got := w.holders("/figma"); len(got) != 0 {
		t.Errorf("elsewhere, %v have access", got)
	}
	calls, err := w.control.Calls(t.Context(), "/jira")
	if err != nil || len(calls) != 10 {
		t.Fatalf("%d calls, %v", len(calls), err)
	}
	calls[0].At = time.Time{}
	yes := true
	if want := (endpoint.Call{Type: endpoint.Ensure, Person: "ana", Want: &yes, Answer: 204}); !reflect.DeepEqual(calls[0], want) {
		t.Errorf("the first call was %+v", calls[0])
	}
}

func TestAnOrderThatWasOvertakenIsNotObeyed(t *testing.T) {
	w := newWorld(t)
	w.orders(false, w.now)
	if got := w.orders(true, w.now.Add(-time.Millisecond)); got != http.StatusNoContent {
		t.Errorf("it is answered with %d", got)
	}
	if got := w.holders("/jira"); len(got) != 0 {
		t.Errorf("%v have access", got)
	}
}

func TestWhatIsNotWellSignedIsNotHeard(t *testing.T) {
	w := newWorld(t)
	const message = `{"type":"access.ensure","timestamp":"2026-03-02T09:00:00Z","data":{"entitlement":"ent_1","person":{"id":"ana"},"want":true}}`
	forged := status(w.call("whsec_"+"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", "/jira", message))
	shapeless := status(w.call(secret, "/jira", `{"type":"access.ensure"}`))
	w.now = w.now.Add(-time.Hour)
	late := status(w.call(secret, "/jira", message))
	if forged != 401 || shapeless != 400 || late != 401 {
		t.Errorf("forged: %d, shapeless: %d, late: %d", forged, shapeless, late)
	}
	if calls, err := w.control.Calls(t.Context(), "/jira"); err != nil || len(calls) != 0 || len(w.holders("/jira")) != 0 {
		t.Errorf("it heard %v, %v", calls, err)
	}
}

func TestTroublesComeInOrderAndEnd(t *testing.T) {
	w := newWorld(t)
	w.meets(endpoint.Trouble{Times: 1}, endpoint.Trouble{Status: 429, RetryAfter: 7, Times: 2}, endpoint.Trouble{On: endpoint.Ensure, Status: 500})
	if got := status(w.looks()); got != 0 {
		t.Errorf("it answers %d", got)
	}
	for range 2 {
		if res := w.looks(); res.StatusCode != 429 || res.Header.Get("Retry-After") != "7" {
			t.Errorf("it answers %s, after %q", res.Status, res.Header.Get("Retry-After"))
		}
	}
	if look, order := status(w.looks()), w.orders(true, w.now); look != 200 || order != 500 || len(w.holders("/jira")) != 0 {
		t.Errorf("a look is answered with %d, an order with %d", look, order)
	}
	w.meets()
	if got := w.orders(true, w.now); got != 204 {
		t.Errorf("without trouble it answers %d", got)
	}
	calls, err := w.control.Calls(t.Context(), "/jira")
	var answers []int
	for _, c := range calls {
		answers = append(answers, c.Answer)
	}
	if want := []int{0, 429, 429, 200, 500, 204}; err != nil || !slices.Equal(answers, want) {
		t.Errorf("it has told of the answers %v, %v", answers, err)
	}
}

func TestATroubleWithAMistakeIsRefused(t *testing.T) {
	w := newWorld(t)
	for _, list := range []string{`[{"on": "access.steal"}]`, `[{"status": 99}]`, `[{"times": -1}]`, `[{"colour": "red"}]`, `{}`} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, w.control.Base+"/troubles?path=/jira", bytes.NewBufferString(list))
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		why, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusBadRequest || len(why) == 0 {
			t.Errorf("%s: %s %s", list, res.Status, why)
		}
	}
	if got := w.orders(true, w.now); got != 204 {
		t.Errorf("afterwards it answers %d", got)
	}
}
