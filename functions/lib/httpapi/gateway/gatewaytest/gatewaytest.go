// Package gatewaytest calls a handler the way the API Gateway does, so that a
// test goes through the same adapter and the same JSON as a call on AWS.
package gatewaytest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/httpapi/gateway"
)

// Issuer is the issuer of the tokens that [SignedIn] makes up.
const Issuer = "https://issuer.example.com"

// Option changes an event before it is sent.
type Option func(*events.APIGatewayV2HTTPRequest)

// Event makes the event of a call. target is a path with an optional query.
func Event(method, target string, options ...Option) events.APIGatewayV2HTTPRequest {
	path, query, _ := strings.Cut(target, "?")
	e := events.APIGatewayV2HTTPRequest{
		Version:        "2.0",
		RouteKey:       "ANY /v1/{proxy+}",
		RawPath:        path,
		RawQueryString: query,
		Headers:        map[string]string{"host": "api.example.com", "x-forwarded-proto": "https"},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			RouteKey:   "ANY /v1/{proxy+}",
			Stage:      "$default",
			RequestID:  "JKJaXmPLvHcESHA=",
			APIID:      "a11ce551",
			DomainName: "api.example.com",
			TimeEpoch:  time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC).UnixMilli(),
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: method, Path: path, Protocol: "HTTP/1.1", SourceIP: "192.0.2.1", UserAgent: "test",
			},
		},
	}
	for _, option := range options {
		option(&e)
	}
	return e
}

// SignedIn gives the call the ID token of a verified email.
func SignedIn(email string) Option {
	return WithClaims(map[string]string{
		"iss": Issuer, "sub": "subject-of-" + email, "aud": "client", "token_use": "id",
		"email": email, "email_verified": "true",
	})
}

// WithClaims gives the call a token with these claims.
func WithClaims(claims map[string]string) Option {
	return func(e *events.APIGatewayV2HTTPRequest) {
		e.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
			JWT: &events.APIGatewayV2HTTPRequestContextAuthorizerJWTDescription{Claims: maps.Clone(claims)},
		}
	}
}

// WithHeader sets a header.
func WithHeader(name, value string) Option {
	return func(e *events.APIGatewayV2HTTPRequest) { e.Headers[strings.ToLower(name)] = value }
}

// WithJSON gives the call a body: a string as it is, anything else as JSON.
func WithJSON(body any) Option {
	return func(e *events.APIGatewayV2HTTPRequest) {
		text, ok := body.(string)
		if !ok {
			data, err := json.Marshal(body)
			if err != nil {
				panic(err)
			}
			text = string(data)
		}
		e.Headers["content-type"] = "application/json"
		e.Body = text
		if !utf8.ValidString(text) {
			e.Body, e.IsBase64Encoded = base64.StdEncoding.EncodeToString([]byte(text)), true
		}
	}
}

// Call sends an event through JSON and the adapter to a handler.
func Call(t testing.TB, handler http.Handler, event events.APIGatewayV2HTTPRequest) *http.Response {
	t.Helper()
	response, err := gateway.Handler(handler)(t.Context(), throughJSON(t, event))
	if err != nil {
		t.Fatalf("the adapter: %v", err)
	}
	response = throughJSON(t, response)
	body := []byte(response.Body)
	if response.IsBase64Encoded {
		if body, err = base64.StdEncoding.DecodeString(response.Body); err != nil {
			t.Fatalf("the body of the answer: %v", err)
		}
	}
	r := &http.Response{
		StatusCode: response.StatusCode, Status: http.StatusText(response.StatusCode),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
	for name, value := range response.Headers {
		r.Header.Set(name, value)
	}
	for _, cookie := range response.Cookies {
		r.Header.Add("Set-Cookie", cookie)
	}
	return r
}

// throughJSON gives what arrives on the other side of the wire.
func throughJSON[T any](t testing.TB, value T) (arrived T) {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &arrived); err != nil {
		t.Fatal(err)
	}
	return arrived
}
