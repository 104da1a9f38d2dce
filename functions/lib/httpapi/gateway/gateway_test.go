package gateway_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"latchkey/functions/lib/httpapi/gateway"
)

// call is an event of payload format 2.0, as AWS documents it.
const call = `{
  "version": "2.0", "routeKey": "ANY /v1/{proxy+}", "rawPath": "/v1/requests",
  "rawQueryString": "view=mine&status=active",
  "cookies": ["a=1", "b=2"],
  "headers": {"content-type": "application/json", "accept": "text/html,application/json"},
  "requestContext": {
    "timeEpoch": 1782896400123, "domainName": "id.execute-api.eu-west-1.amazonaws.com", "stage": "$default",
    "authorizer": {"jwt": {"claims": {"sub": "abc", "email_verified": "true"}, "scopes": null}},
    "http": {"method": "POST", "path": "/v1/requests", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"}
  },
  "body": "eyJhIjoxfQ==", "isBase64Encoded": true
}`

func event(t *testing.T) events.APIGatewayV2HTTPRequest {
	t.Helper()
	var e events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal([]byte(call), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTheHandlerSeesWhatTheClientSent(t *testing.T) {
	got := map[string]string{}
	h := gateway.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		cookie, _ := r.Cookie("b")
		token, _ := gateway.Claims(r.Context())
		got = map[string]string{"method": r.Method, "path": r.URL.Path, "view": r.URL.Query().Get("view"),
			"accept": r.Header.Get("Accept"), "cookie": cookie.Value, "body": string(body), "host": r.Host,
			"from": r.RemoteAddr, "sub": token.Subject, "at": gateway.Arrived(r.Context()).UTC().Format(time.RFC3339Nano)}
	}))
	if _, err := h(t.Context(), event(t)); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"method": "POST", "path": "/v1/requests", "view": "mine",
		"accept": "text/html,application/json", "cookie": "2", "body": `{"a":1}`,
		"host": "id.execute-api.eu-west-1.amazonaws.com", "from": "192.0.2.1", "sub": "abc", "at": "2026-07-01T09:00:00.123Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestThePathIsTheOneBelowTheStage(t *testing.T) {
	for _, c := range []struct{ stage, raw, want string }{
		{"$default", "/v1/me", "/v1/me"},
		{"prod", "/prod/v1/me", "/v1/me"},
		{"prod", "/production/v1/me", "/production/v1/me"},
		{"$default", "/v1/a b", "/v1/a b"},
		{"$default", "/v1/100%", "/v1/100%"},
	} {
		e := event(t)
		e.RequestContext.Stage, e.RawPath = c.stage, c.raw
		got := ""
		h := gateway.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.URL.Path }))
		if _, err := h(t.Context(), e); err != nil || got != c.want {
			t.Errorf("stage %s, %s: path %q, %v", c.stage, c.raw, got, err)
		}
	}
}

func TestAnswersKeepTheirCookiesTextAndBytes(t *testing.T) {
	h := gateway.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", "a=1")
		w.Header().Add("Set-Cookie", "b=2")
		w.Header().Add("Vary", "Accept")
		w.Header().Add("Vary", "Origin")
		w.WriteHeader(http.StatusCreated)
		if r.URL.Path == "/bytes" {
			_, _ = w.Write([]byte{0xff, 0x00})
			return
		}
		_, _ = w.Write([]byte("é"))
	}))
	out, err := h(t.Context(), event(t))
	if err != nil || out.StatusCode != 201 || out.Body != "é" || out.IsBase64Encoded || out.Headers["Vary"] != "Accept, Origin" ||
		!cmp.Equal(out.Cookies, []string{"a=1", "b=2"}) {
		t.Errorf("answer %+v, %v", out, err)
	}
	e := event(t)
	e.RawPath = "/bytes"
	out, err = h(t.Context(), e)
	if raw, _ := base64.StdEncoding.DecodeString(out.Body); err != nil || !out.IsBase64Encoded || string(raw) != "\xff\x00" {
		t.Errorf("bytes %+v, %v", out, err)
	}
}

func TestABodyThatIsNotBase64IsABadRequest(t *testing.T) {
	e := event(t)
	e.Body = "!"
	h := gateway.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("called") }))
	if out, err := h(t.Context(), e); err != nil || out.StatusCode != http.StatusBadRequest {
		t.Errorf("answer %+v, %v", out, err)
	}
}

// TestAHandlerHasTimeToSayThatItHadTooLittle before Lambda ends the function.
func TestAHandlerHasTimeToSayThatItHadTooLittle(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	h := gateway.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	out, err := h(ctx, event(t))
	if err != nil || out.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("answer %+v, %v", out, err)
	}
	if ctx.Err() != nil {
		t.Error("the function's time is over")
	}
}

func TestARouteWithoutATokenHasNoClaims(t *testing.T) {
	e := event(t)
	e.RequestContext.Authorizer = nil
	h := gateway.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, ok := gateway.Claims(r.Context()); ok {
			t.Error("claims from nowhere")
		}
	}))
	if _, err := h(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}
