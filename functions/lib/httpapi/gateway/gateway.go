// Package gateway lets a net/http handler answer API Gateway's HTTP APIs, in
// their payload format 2.0.
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html)
package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// Handler answers events with an HTTP handler.
func Handler(h http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		r, err := request(ctx, event)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusBadRequest}, nil
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return response(w), nil
	}
}

// request makes the request that the client sent. Headers of one name come
// joined by commas, cookies in a list of their own, binary bodies as base64.
func request(ctx context.Context, e events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	body := []byte(e.Body)
	if e.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(e.Body); err != nil {
			return nil, fmt.Errorf("body: %w", err)
		}
	}
	from := e.RequestContext
	target := &url.URL{Path: path(e), RawQuery: e.RawQueryString}
	r, err := http.NewRequestWithContext(withClaims(ctx, e), from.HTTP.Method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, value := range e.Headers {
		r.Header.Set(name, value)
	}
	if len(e.Cookies) > 0 {
		r.Header.Set("Cookie", strings.Join(e.Cookies, "; "))
	}
	r.Host = from.DomainName
	r.RemoteAddr = from.HTTP.SourceIP
	r.RequestURI = target.RequestURI()
	return r, nil
}

// path gives the path below the stage: rawPath has a named stage in front.
func path(e events.APIGatewayV2HTTPRequest) string {
	stage := e.RequestContext.Stage
	if rest, ok := strings.CutPrefix(e.RawPath, "/"+stage+"/"); ok && stage != "$default" {
		return "/" + rest
	}
	return e.RawPath
}

// response writes what the handler answered. A body that is not UTF-8 text, or
// that is compressed, goes as base64.
func response(w *httptest.ResponseRecorder) events.APIGatewayV2HTTPResponse {
	result := w.Result()
	out := events.APIGatewayV2HTTPResponse{StatusCode: result.StatusCode, Headers: map[string]string{}}
	for name, values := range result.Header {
		if name == "Set-Cookie" {
			out.Cookies = values
			continue
		}
		out.Headers[name] = strings.Join(values, ", ")
	}
	body := w.Body.Bytes()
	if utf8.Valid(body) && result.Header.Get("Content-Encoding") == "" {
		out.Body = string(body)
	} else {
		out.Body, out.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	return out
}

type claimsKey struct{}

func withClaims(ctx context.Context, e events.APIGatewayV2HTTPRequest) context.Context {
	if a := e.RequestContext.Authorizer; a != nil && a.JWT != nil {
		return context.WithValue(ctx, claimsKey{}, a.JWT.Claims)
	}
	return ctx
}

// Claims gives the claims of the token that the JWT authorizer checked, all as
// text, or nil on a route without one.
func Claims(ctx context.Context) map[string]string {
	claims, _ := ctx.Value(claimsKey{}).(map[string]string)
	return claims
}
