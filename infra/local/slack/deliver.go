package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// The app's request URLs, after its base.
const (
	interactionsPath = "/slack/interactions"
	commandsPath     = "/slack/commands"
	eventsPath       = "/slack/events"
)

// heard is what came of sending something to the app.
type heard struct {
	status  int // 0: no answer
	late    bool
	body    []byte
	header  http.Header
	problem string // "", or as X-Slack-Retry-Reason has it
}

func (h heard) ok() bool { return h.problem == "" }

// Sign gives the headers with which Slack signs a body at a time, in seconds.
func Sign(secret string, at int64, body string) map[string]string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%d:%s", at, body)
	return map[string]string{
		"X-Slack-Request-Timestamp": strconv.FormatInt(at, 10),
		"X-Slack-Signature":         "v0=" + hex.EncodeToString(mac.Sum(nil)),
	}
}

// deliver sends something to the app and waits for the answer as long as Slack
// does. The caller does not hold the lock.
func (w *Workspace) deliver(path, kind, body string, more map[string]string) heard {
	w.mu.Lock()
	settings, at := w.settings, w.now()
	w.mu.Unlock()
	header := with(Sign(w.config.App.SigningSecret, at.Unix(), body), map[string]string{
		"Content-Type": kind, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
	}, more)
	d := Delivery{At: at.UTC(), URL: settings.RequestURL + path, Header: header, Body: body}
	h := heard{problem: "connection_failed"}
	if !settings.Unreachable {
		h = w.send(d)
	}
	d.Status, d.Answer = h.status, string(h.body)
	w.mu.Lock()
	w.deliveries = keep(w.deliveries, d)
	w.mu.Unlock()
	return h
}

// longestAnswer bounds what is read of an answer, in bytes.
const longestAnswer = 1 << 20

func (w *Workspace) send(d Delivery) heard {
	ctx, cancel := context.WithTimeout(w.ending, w.config.Patience)
	defer cancel()
	failed := func() heard {
		if ctx.Err() != nil {
			return heard{late: true, problem: "http_timeout"}
		}
		return heard{problem: "connection_failed"}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, strings.NewReader(d.Body))
	if err != nil {
		return failed()
	}
	for name, value := range d.Header {
		r.Header.Set(name, value)
	}
	res, err := w.http.Do(r)
	if err != nil {
		return failed()
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, longestAnswer))
	if err != nil {
		return failed()
	}
	h := heard{status: res.StatusCode, body: body, header: res.Header}
	if res.StatusCode/100 != 2 {
		h.problem = "http_error"
	}
	return h
}

// What the client of Slack tells whoever waits for an app.
const (
	saysTimeout = "Operation timed out. Apps need to respond within 3 seconds."
	saysTrouble = "We had some trouble connecting. Try again?"
)

// tells gives that in words, "" if all is well.
func (h heard) tells() string {
	switch {
	case h.ok():
		return ""
	case h.late:
		return saysTimeout
	case h.status != 0:
		return fmt.Sprintf("This app responded with Status Code %d", h.status)
	}
	return saysTrouble
}

// tellsCommand is the same for a slash command.
func (h heard) tellsCommand(command string) string {
	code := "dispatch_failed"
	switch {
	case h.ok():
		return ""
	case h.late:
		code = "operation_timeout"
	case h.status >= 500:
		code = "http_service_error"
	case h.status != 0:
		code = "http_client_error"
	}
	return fmt.Sprintf("%s failed with the error %q", command, code)
}
