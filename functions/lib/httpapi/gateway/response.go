package gateway

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// writer collects an answer. Like the server of net/http it takes the first
// status and the headers as they were then.
type writer struct {
	header http.Header
	sent   http.Header // nil until the status is known
	status int
	body   bytes.Buffer
	head   bool
}

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) {
	if w.sent != nil || status < 200 {
		return // an interim response has no place in the payload
	}
	w.status, w.sent = status, w.header.Clone()
}

func (w *writer) Write(p []byte) (int, error) {
	if w.sent == nil {
		if w.header.Get("Content-Type") == "" {
			w.header.Set("Content-Type", http.DetectContentType(p))
		}
		w.WriteHeader(http.StatusOK)
	}
	if w.head || w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		return len(p), nil
	}
	return w.body.Write(p)
}

// response gives the payload. Cookies need a list of their own; other headers
// with several values are joined, as the payload has one value for each name.
// A body that is not UTF-8 text, or is compressed, goes as base64.
func (w *writer) response() events.APIGatewayV2HTTPResponse {
	w.WriteHeader(http.StatusOK)
	r := events.APIGatewayV2HTTPResponse{
		StatusCode: w.status,
		Headers:    make(map[string]string, len(w.sent)),
		Cookies:    w.sent.Values("Set-Cookie"),
		Body:       w.body.String(),
	}
	for name, values := range w.sent {
		if name != "Set-Cookie" {
			r.Headers[name] = strings.Join(values, ", ")
		}
	}
	if w.sent.Get("Content-Encoding") != "" || !utf8.Valid(w.body.Bytes()) {
		r.Body, r.IsBase64Encoded = base64.StdEncoding.EncodeToString(w.body.Bytes()), true
	}
	return r
}
