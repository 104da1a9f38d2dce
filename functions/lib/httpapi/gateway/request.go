package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// request makes the *http.Request that an event stands for.
func request(ctx context.Context, event events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	body := []byte(event.Body)
	if event.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(event.Body); err != nil {
			return nil, fmt.Errorf("body of the event: %w", err)
		}
	}
	call := event.RequestContext
	target := &url.URL{Path: path(event), RawQuery: event.RawQueryString}
	r := &http.Request{
		Method:        call.HTTP.Method,
		URL:           target,
		RequestURI:    target.RequestURI(),
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        header(event),
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		RemoteAddr:    call.HTTP.SourceIP, // without a port: API Gateway knows none
		Host:          call.DomainName,
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	r.Header.Del("Host")
	r.Header.Del("Content-Length")
	if len(body) > 0 {
		r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	}
	return r.WithContext(withCall(ctx, event)), nil
}

// path gives the path as the client meant it. An HTTP API decodes every escape
// of rawPath but that of the percent sign itself, so "a%2Fb" and "a/b" arrive
// alike, "a%20b" as "a b", "a%25b" as "a%25b". A stage other than $default
// stands in front of it.
func path(event events.APIGatewayV2HTTPRequest) string {
	p := strings.ReplaceAll(event.RawPath, "%25", "%")
	if stage := event.RequestContext.Stage; stage != "" && stage != "$default" {
		if rest, ok := strings.CutPrefix(p, "/"+stage); ok && (rest == "" || rest[0] == '/') {
			p = rest
		}
	}
	if p == "" {
		return "/"
	}
	return p
}

// header gives the headers. Those sent several times arrive joined with commas
// and stay so, because nothing says where one ends; cookies stand in a list of
// their own, or, from other senders, in their header.
func header(event events.APIGatewayV2HTTPRequest) http.Header {
	h := make(http.Header, len(event.Headers)+1)
	for name, value := range event.Headers {
		h.Set(name, value)
	}
	if len(event.Cookies) > 0 {
		h.Set("Cookie", strings.Join(event.Cookies, "; "))
	}
	return h
}
