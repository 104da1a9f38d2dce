package httpapi_test

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/contract"
)

// api is a server of which two calls are answered.
type api struct {
	contract.ServerInterface
	fails error
}

func (a api) CreateRequest(w http.ResponseWriter, r *http.Request, _ contract.CreateRequestParams) {
	body, err := httpapi.Decode[contract.CreateRequestJSONRequestBody](r)
	if err == nil {
		err = a.fails
	}
	if err != nil {
		httpapi.WriteError(w, r, err)
		return
	}
	httpapi.WriteJSON(w, r, http.StatusCreated, body)
}

func (a api) GetMe(w http.ResponseWriter, r *http.Request, _ contract.GetMeParams) {
	httpapi.WriteJSON(w, r, http.StatusOK, map[string]string{"id": "ana"})
}

func handler(fails error) (http.Handler, *strings.Builder) {
	var log strings.Builder
	return httpapi.Mount(api{fails: fails}, slog.New(slog.NewJSONHandler(&log, nil)), time.Now), &log
}

func send(h http.Handler, method, target, body string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func problem(t *testing.T, res *http.Response) contract.Problem {
	t.Helper()
	var p contract.Problem
	if err := json.NewDecoder(res.Body).Decode(&p); err != nil || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d is no problem+json: %v", res.StatusCode, err)
	}
	return p
}

func TestABadBodyIsRefusedWithAPointerToWhatIsWrong(t *testing.T) {
	h, _ := handler(nil)
	for _, c := range []struct {
		name, body, code, pointer string
		status                    int
	}{
		{"missing", `{"resource_id":"staging"}`, "invalid", "/reason", 422},
		{"wrong type", `{"resource_id":"staging","reason":7}`, "invalid", "/reason", 422},
		{"unknown", `{"resource_id":"staging","reason":"x","more":1}`, "invalid", "/more", 422},
		{"wrong case", `{"resource_id":"staging","Reason":"x"}`, "invalid", "/Reason", 422},
		{"too long", `{"resource_id":"staging","reason":"` + strings.Repeat("x", 2001) + `"}`, "invalid", "/reason", 422},
		{"twice", `{"resource_id":"staging","reason":"x","reason":"y"}`, "malformed_body", "/reason", 400},
		{"no JSON", `{`, "malformed_body", "", 400},
		{"oversized", `{"reason":"` + strings.Repeat("x", 70_000) + `"}`, "body_too_large", "", 413},
	} {
		res := send(h, "POST", "/v1/requests", c.body)
		p := problem(t, res)
		pointed := c.pointer == ""
		for _, e := range p.Errors {
			pointed = pointed || e.Pointer == c.pointer
		}
		if res.StatusCode != c.status || string(p.Code) != c.code || !pointed {
			t.Errorf("%s: %d %s %v", c.name, res.StatusCode, p.Code, p.Errors)
		}
	}
}

func TestAGoodBodyArrivesWhole(t *testing.T) {
	h, _ := handler(nil)
	res := send(h, "POST", "/v1/requests", `{"resource_id":"staging","reason":"A demo"}`)
	text, _ := io.ReadAll(res.Body)
	if res.StatusCode != 201 || !strings.Contains(string(text), `"A demo"`) {
		t.Errorf("%d %s", res.StatusCode, text)
	}
}

func TestOnlyJSONIsTakenAndOnlyKnownAddressesAnswer(t *testing.T) {
	h, _ := handler(nil)
	for _, c := range []struct {
		method, target, body, media string
		status                      int
	}{
		{"POST", "/v1/requests", "{}", "text/plain", 415},
		{"PATCH", "/v1/requests", "", "", 405},
		{"GET", "/v1/nowhere", "", "", 404},
		{"GET", "/v1/requests?view=mine&view=all", "", "", 400},
		{"GET", "/v1/requests?colour=red", "", "", 400},
	} {
		var headers []string
		if c.media != "" {
			headers = []string{"Content-Type", c.media}
		}
		res := send(h, c.method, c.target, c.body, headers...)
		if problem(t, res); res.StatusCode != c.status {
			t.Errorf("%s %s: %d, want %d", c.method, c.target, res.StatusCode, c.status)
		}
	}
}

func TestWhatWentWrongInsideIsLoggedAndNotTold(t *testing.T) {
	h, log := handler(errors.New("table latchkey-Requests is gone"))
	res := send(h, "POST", "/v1/requests", `{"resource_id":"staging","reason":"A private matter"}`)
	p := problem(t, res)
	if res.StatusCode != 500 || p.Code != "internal" || strings.Contains(p.Detail, "table") {
		t.Errorf("%d %+v", res.StatusCode, p)
	}
	if line := log.String(); !strings.Contains(line, "is gone") || strings.Contains(line, "private") {
		t.Errorf("log line %s", line)
	}
}

func TestALimitSaysWhenToComeAgain(t *testing.T) {
	limit := access.Refuse(access.CodeTooManyRequests, "Too many.")
	limit.RetryAfter = 1500 * time.Millisecond
	h, _ := handler(limit)
	res := send(h, "POST", "/v1/requests", `{"resource_id":"staging","reason":"x"}`)
	if res.StatusCode != 429 || res.Header.Get("Retry-After") != "2" {
		t.Errorf("%d, Retry-After %q", res.StatusCode, res.Header.Get("Retry-After"))
	}
}

func TestWhatTheClientHasIsNotSentAgain(t *testing.T) {
	h, _ := handler(nil)
	first := send(h, "GET", "/v1/me", "")
	again := send(h, "GET", "/v1/me", "", "If-None-Match", "W/"+first.Header.Get("ETag"))
	if first.StatusCode != 200 || again.StatusCode != 304 || first.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d, then %d", first.StatusCode, again.StatusCode)
	}
}

func TestAConditionNamesOneVersionAtMost(t *testing.T) {
	for _, c := range []struct {
		match, none string
		want        app.Condition
		code        access.Code
	}{
		{match: `"7.abc"`, want: app.Condition{Version: 7}},
		{none: "*", want: app.Condition{New: true}},
		{match: `"0.abc"`, want: app.Condition{Zero: true}},
		{},
		{match: `W/"7.abc"`, code: access.CodeVersionMismatch},
		{match: `"abc"`, code: access.CodeVersionMismatch},
		{match: "*", code: httpapi.CodeInvalidParameter},
		{match: `"7.a", "8.b"`, code: httpapi.CodeInvalidParameter},
		{match: `"7.a"`, none: "*", code: httpapi.CodeInvalidParameter},
	} {
		got, err := httpapi.ParseCondition(c.match, c.none)
		if access.CodeOf(err) != c.code || got != c.want {
			t.Errorf("If-Match %q, If-None-Match %q: %+v, %v", c.match, c.none, got, err)
		}
	}
}

// A code without a status would be told as an internal error.
func TestEveryCodeOfTheContractHasItsStatus(t *testing.T) {
	text, err := os.ReadFile("../../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Components struct {
			Schemas map[string]struct{ Enum []string }
		}
	}
	if err := yaml.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	codes := d.Components.Schemas["ProblemCode"].Enum
	if len(codes) < 20 {
		t.Fatalf("the contract lists %d codes", len(codes))
	}
	for _, code := range codes {
		w := httptest.NewRecorder()
		httpapi.WriteError(w, httptest.NewRequest("GET", "/", nil), access.Refuse(access.Code(code), "x"))
		if w.Code == http.StatusInternalServerError && code != "internal" {
			t.Errorf("%s has no status", code)
		}
	}
}
