package connector

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Webhook tells an endpoint of the company's own what is wanted, and asks it
// what is there. README.md, beside this file, is written for whoever builds the
// endpoint.
//
// Both are a POST of a JSON document {type, timestamp, data}, signed as
// https://www.standardwebhooks.com has it: "access.ensure", which any 2xx
// accepts, and "access.observe", which 2xx answers with {present, foreign}.
// They say how things should be and not what has happened, so the endpoint may
// be told the same thing any number of times. Each call has an id of its own:
// with one id for each wish, an endpoint that drops the ids it knows would
// never give a second time what it gave and took before.
//
// 408, 409, 425, 429, 5xx, a time-out and an unusable answer are *app.Unavailable;
// every other answer is an *app.Refusal whose code is "http_" and the status.
// Errors hold no address, no body, no email and no secret.
type Webhook struct {
	Client  *http.Client // of NewWebhookClient
	Secrets interface {
		// Secret gives a signing secret by its name. It may be a few minutes
		// old unless it is read anew.
		Secret(ctx context.Context, name string, anew bool) (string, error)
	}
	People interface {
		Person(ctx context.Context, id access.PersonID) (app.Versioned[app.Person], error)
	}
	Clock func() time.Time
	NewID func() string
}

// message is the body of a call.
type message struct {
	Type      string      `json:"type"`
	Timestamp string      `json:"timestamp"` // RFC 3339, UTC, to the microsecond
	Data      entitlement `json:"data"`
}

type entitlement struct {
	ID     string `json:"entitlement"` // the same for one person and one target, always
	Target string `json:"target"`      // the URL that is called
	Person person `json:"person"`
	Want   *bool  `json:"want,omitempty"`
}

type person struct {
	ID    access.PersonID `json:"id"`
	Email string          `json:"email"` // as it is now; empty if the person is gone
}

// Ensure tells the endpoint what is wanted.
func (w Webhook) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	_, err := w.call(ctx, key, "access.ensure", &want)
	return err
}

// Observe asks the endpoint what is there. An answer that does not say so is no
// observation.
func (w Webhook) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	body, err := w.call(ctx, key, "access.observe", nil)
	if err != nil {
		return app.Observation{}, err
	}
	var answer struct {
		Present *bool `json:"present"`
		Foreign bool  `json:"foreign"`
	}
	if len(body) > maxAnswer || json.Unmarshal(body, &answer) != nil || answer.Present == nil {
		return app.Observation{}, &app.Unavailable{Code: "bad_answer"}
	}
	return app.Observation{Present: *answer.Present, Foreign: answer.Foreign}, nil
}

// call sends one message and gives the body of a 2xx. If the endpoint does not
// take the signature, and the secret has changed since it was read, the message
// goes out once more with the new one.
func (w Webhook) call(ctx context.Context, key app.EntitlementKey, kind string, want *bool) ([]byte, error) {
	who, err := w.People.Person(ctx, key.Person)
	if err != nil {
		return nil, fmt.Errorf("person %s: %w", key.Person, err)
	}
	if !who.Exists() {
		who.Doc.Email = ""
	}
	address, name := key.Target.Webhook()
	now := w.Clock()
	body, err := json.Marshal(message{kind, now.UTC().Format("2006-01-02T15:04:05.000000Z07:00"),
		entitlement{entitlementID(key), address, person{key.Person, who.Doc.Email}, want}})
	if err != nil {
		return nil, err
	}
	secret, err := w.Secrets.Secret(ctx, name, false)
	if err != nil {
		return nil, err
	}
	id := "msg_" + w.NewID()
	answer, err := w.post(ctx, address, secret, id, now, body)
	if !unauthorized(err) {
		return answer, err
	}
	fresh, failed := w.Secrets.Secret(ctx, name, true)
	if failed != nil {
		return nil, failed
	}
	if fresh == secret {
		return nil, err
	}
	return w.post(ctx, address, fresh, id, now, body)
}

func (w Webhook) post(ctx context.Context, address, secret, id string, at time.Time, body []byte) ([]byte, error) {
	signer, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return nil, &app.Refusal{Code: "malformed_secret"}
	}
	signature, err := signer.Sign(id, at, body)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil || r.URL.Scheme != "https" || r.URL.User != nil {
		return nil, &app.Refusal{Code: "address_not_allowed"}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "latchkey")
	r.Header.Set(standardwebhooks.HeaderWebhookID, id)
	r.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	r.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	return w.answer(w.Client.Do(r))
}

func unauthorized(err error) bool {
	var refusal *app.Refusal
	return errors.As(err, &refusal) && (refusal.Code == "http_401" || refusal.Code == "http_403")
}

// entitlementID names a person and a target in a word of fixed length.
func entitlementID(key app.EntitlementKey) string {
	sum := sha256.Sum256([]byte(string(key.Person) + "\n" + key.Target.String()))
	return "ent_" + hex.EncodeToString(sum[:16])
}
