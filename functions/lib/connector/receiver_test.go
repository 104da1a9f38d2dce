package connector_test

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/connector/conformance"
)

// receiver is an endpoint as README.md describes one, with TLS of its own. It
// takes no message that is not well signed, or that it has seen before.
type receiver struct {
	*testing.T
	*httptest.Server

	mu     sync.Mutex
	secret string
	seen   map[string]bool
	given  map[place]app.Observation
	meets  func(w http.ResponseWriter, r *http.Request, apply func()) bool // says whether it has dealt with the call
	calls  []call
}

// place is where access is given: a person at a path.
type place struct{ path, person string }

// call is what the receiver was sent.
type call struct {
	Type, Timestamp string
	Data            struct {
		Entitlement, Target string
		Person              struct{ ID, Email string }
		Want                *bool
	}
	path, id string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{T: t, secret: newSecret(), seen: map[string]bool{}, given: map[place]app.Observation{}}
	r.Server = httptest.NewUnstartedServer(http.HandlerFunc(r.receive))
	r.Config.ErrorLog = log.New(io.Discard, "", 0)
	r.StartTLS()
	t.Cleanup(r.Server.Close)
	return r
}

func newSecret() string { return "whsec_" + strings.ToLower(rand.Text())[:24] + "AAAAAAAA" }

func (r *receiver) receive(w http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		r.Error(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	hook, err := standardwebhooks.NewWebhook(r.secret)
	if err != nil {
		r.Error(err)
	}
	if err := hook.Verify(body, in.Header); err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	c := call{path: in.URL.Path, id: in.Header.Get("webhook-id")}
	if err := json.Unmarshal(body, &c); err != nil || in.Method != http.MethodPost || in.Header.Get("Content-Type") != "application/json" {
		r.Errorf("%s, %v: %s", in.Method, err, body)
	}
	r.calls = append(r.calls, c)
	if r.seen[c.id] || in.URL.Path == "/refused" {
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	r.seen[c.id] = true
	r.serve(w, in, c)
}

func (r *receiver) serve(w http.ResponseWriter, in *http.Request, c call) {
	at := place{c.path, c.Data.Person.ID}
	apply := func() {
		if c.Data.Want != nil {
			seen := r.given[at]
			seen.Present = *c.Data.Want
			r.given[at] = seen
		}
	}
	if r.meets != nil && r.meets(w, in, apply) {
		return
	}
	apply()
	if c.Type == "access.observe" {
		_ = json.NewEncoder(w).Encode(map[string]bool{"present": r.given[at].Present, "foreign": r.given[at].Foreign})
	}
}

// next lets the receiver deal with the next call in another way.
func (r *receiver) next(deal func(w http.ResponseWriter, in *http.Request, apply func())) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.meets = func(w http.ResponseWriter, in *http.Request, apply func()) bool {
		r.meets = nil
		deal(w, in, apply)
		return true
	}
}

// hangUp ends the connection without an answer.
func hangUp(http.ResponseWriter) { panic(http.ErrAbortHandler) }

func status(code int) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { w.WriteHeader(code) }
}

// meet lets the next call meet a fault, in whichever way fails is.
func (r *receiver) meet(fault conformance.Fault, fails func(http.ResponseWriter)) func() {
	held := func() {}
	r.next(func(w http.ResponseWriter, _ *http.Request, apply func()) {
		switch fault {
		case conformance.Lost:
			apply()
		case conformance.Late:
			held = apply
		case conformance.Twice:
			apply()
			apply()
			return
		}
		fails(w)
	})
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.meets = nil
		held()
	}
}

func (r *receiver) at(path, person string) app.Observation {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.given[place{path, person}]
}

func (r *receiver) gives(path, person string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := r.given[place{path, person}]
	seen.Foreign = true
	r.given[place{path, person}] = seen
}

// connector calls the receiver. It knows the receiver's certificate, and that
// it is on this machine.
func (r *receiver) connector() connector.Webhook {
	roots := x509.NewCertPool()
	roots.AddCert(r.Certificate())
	return connector.Webhook{
		Client:  connector.NewWebhookClient(connector.Guard{PrivateNetwork: true}, roots),
		Secrets: &vault{now: map[string]string{"jira": r.secret}},
		People:  everybody{}, Clock: time.Now, NewID: func() string { return ulid.Make().String() },
	}
}
