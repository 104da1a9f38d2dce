package inbound

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

const (
	// MaxBody is the largest body that a call may have, in bytes. The largest that
	// Slack sends here are of a modal or a Home that was acted on, with the whole
	// view: up to 250 kB, which the form's encoding may treble.
	MaxBody = 1 << 20

	// window is how far a call's timestamp may lie from now.
	// https://docs.slack.dev/authentication/verifying-requests-from-slack
	window = 5 * time.Minute

	// anewEvery is how often, at most, a signature that does not fit makes the
	// secret be read again: it may have been replaced.
	anewEvery = 30 * time.Second
)

// refused is why a call is not taken. Slack, or who says to be Slack, gets the
// status alone; the word is for the log.
type refused struct {
	status int
	why    string
}

func (e *refused) Error() string { return "refused: " + e.why }

// call is what is known of a call before it is read.
type call struct {
	mac  []byte    // its signature
	at   time.Time // when it was signed
	work time.Time // until when its work may go on
}

// opened checks a call's size, kind and signature, in this order, and gives its
// body back to it.
func (h *Handler) opened(ctx context.Context, r *http.Request, media string) (call, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	switch got, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); {
	case err != nil:
		return call{}, &refused{http.StatusBadRequest, "unread"}
	case len(body) > MaxBody:
		return call{}, &refused{http.StatusRequestEntityTooLarge, "too_large"}
	case got != media:
		return call{}, &refused{http.StatusUnsupportedMediaType, "media_type"}
	}
	claimed, stamp, err := h.claims(r.Header)
	if err != nil {
		return call{}, err
	}
	if err := h.signed(ctx, claimed.mac, stamp, body); err != nil {
		return call{}, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return claimed, nil
}

// claims reads the headers of the signature, and holds the time against the
// clock. stamp is the time as it was written, which is how it was signed.
func (h *Handler) claims(header http.Header) (c call, stamp string, err error) {
	stamp = header.Get("X-Slack-Request-Timestamp")
	text, versioned := strings.CutPrefix(header.Get("X-Slack-Signature"), "v0=")
	mac, err := hex.DecodeString(text)
	seconds, timeErr := strconv.ParseInt(stamp, 10, 64)
	if !versioned || err != nil || timeErr != nil {
		return call{}, "", &refused{http.StatusUnauthorized, "unsigned"}
	}
	at, now := time.Unix(seconds, 0), h.App.Clock()
	if at.Before(now.Add(-window)) || at.After(now.Add(window)) {
		return call{}, "", &refused{http.StatusUnauthorized, "late"}
	}
	return call{mac: mac, at: at}, stamp, nil
}

// signed checks the signature in constant time.
func (h *Handler) signed(ctx context.Context, mac []byte, stamp string, body []byte) error {
	for _, anew := range []bool{false, true} {
		if anew && !h.mayReadAnew() {
			break
		}
		secret, err := h.Secrets.Secret(ctx, anew)
		switch {
		case errors.Is(err, chat.ErrNotSetUp):
			return &refused{http.StatusForbidden, "not_set_up"}
		case err != nil:
			return &refused{http.StatusServiceUnavailable, "secret_unread"}
		}
		sum := hmac.New(sha256.New, []byte(secret.SigningSecret))
		sum.Write([]byte("v0:" + stamp + ":"))
		sum.Write(body)
		if hmac.Equal(sum.Sum(nil), mac) {
			return nil
		}
	}
	return &refused{http.StatusUnauthorized, "forged"}
}

// mayReadAnew keeps forgeries from causing a read of the secret each.
func (h *Handler) mayReadAnew() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.App.Clock()
	if now.Sub(h.readAnew) < anewEvery {
		return false
	}
	h.readAnew = now
	return true
}

// admit takes a signed call, once, if it comes from the company's workspace. The
// signing secret is the app's own, so a signature tells the app.
//
// What Slack repeats, an event that it believes lost, it signs anew.
func (h *Handler) admit(ctx context.Context, c call, user app.SlackUser, home string) error {
	settings, err := h.App.Catalog.Settings(ctx)
	switch {
	case err != nil:
		return &refused{http.StatusServiceUnavailable, "settings_unread"}
	case !settings.Doc.SlackReady():
		return &refused{http.StatusForbidden, "not_set_up"}
	case user.Team != settings.Doc.SlackTeamID, home != "" && home != user.Team:
		return &refused{http.StatusForbidden, "wrong_workspace"}
	}
	first, err := h.App.Replays.Once(ctx, "slack#"+hex.EncodeToString(c.mac), c.at.Add(window+time.Minute))
	switch {
	case err != nil:
		return &refused{http.StatusServiceUnavailable, "not_noted"}
	case !first:
		return &refused{http.StatusUnauthorized, "replayed"}
	}
	return nil
}
