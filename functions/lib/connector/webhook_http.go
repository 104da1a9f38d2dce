package connector

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"latchkey/functions/lib/app"
)

// The bounds of one call of a webhook.
const (
	connectTimeout = 3 * time.Second // to connect; and as much again for TLS
	callTimeout    = 10 * time.Second
	maxAnswer      = 64 << 10 // bytes
	maxRetryAfter  = time.Hour
)

// NewWebhookClient makes the HTTP client of webhooks. It dials what the guard
// allows, directly, and never follows a redirect. roots are the certificate
// authorities to trust; nil for the system's.
func NewWebhookClient(guard Guard, roots *x509.CertPool) *http.Client {
	dialer := &net.Dialer{Timeout: connectTimeout, Control: guard.Control}
	return &http.Client{
		Timeout:       callTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext, // and no proxy, which would dial for us
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
			TLSHandshakeTimeout:    connectTimeout,
			ForceAttemptHTTP2:      true,
			MaxResponseHeaderBytes: maxAnswer,
			IdleConnTimeout:        callTimeout, // a connection that slept with the function is no good
		},
	}
}

// answer sorts what came of a call: the body of a 2xx, at most one byte more
// than maxAnswer, or the error.
func (w Webhook) answer(r *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, unreachable(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(io.LimitReader(r.Body, maxAnswer+1))
	code := "http_" + strconv.Itoa(r.StatusCode)
	switch {
	case passes(r.StatusCode):
		return nil, &app.Unavailable{Code: code, After: w.retryAfter(r.Header.Get("Retry-After"))}
	case r.StatusCode/100 != 2:
		return nil, &app.Refusal{Code: code}
	case err != nil:
		return nil, unreachable(err)
	}
	return body, nil
}

// passes tells which statuses may be another the next time.
func passes(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500
}

// retryAfter reads the header: seconds, or a date (RFC 9110, section 10.2.3).
func (w Webhook) retryAfter(text string) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(w.Clock())
	}
	return min(max(wait, 0), maxRetryAfter)
}

// unreachable gives the word for a call that got no answer. The error that net
// and net/http give is left behind: it holds the address.
func unreachable(err error) error {
	var (
		refusal     *app.Refusal
		timeout     net.Error
		certificate *tls.CertificateVerificationError
		name        *net.DNSError
	)
	switch {
	case errors.As(err, &refusal):
		return &app.Refusal{Code: refusal.Code}
	case errors.As(err, &certificate):
		return &app.Unavailable{Code: "bad_certificate"}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &app.Unavailable{Code: "timeout"}
	case errors.As(err, &name):
		return &app.Unavailable{Code: "unknown_host"}
	}
	return &app.Unavailable{Code: "no_answer"}
}
