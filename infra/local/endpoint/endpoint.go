// Package endpoint is a webhook endpoint of the demo company's own, as
// functions/lib/connector/README.md describes one to whoever builds it: it takes
// calls that are well signed and keeps, for each of its paths, who has access.
//
// It can also be told to do something else than its work, see Trouble, and it
// tells what it was sent. That is what Control and Client are for.
package endpoint

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// The types of calls.
const (
	Ensure  = "access.ensure"
	Observe = "access.observe"
)

// Endpoint takes the calls, whatever their path.
type Endpoint struct {
	signature *standardwebhooks.Webhook

	mu     sync.Mutex
	places map[string]*place
}

// place is what is known of one path.
type place struct {
	given    map[string]bool      // by person
	ordered  map[string]time.Time // when the last order of an entitlement was given
	calls    []Call
	troubles []Trouble
}

// Call is one that was well signed. Want is there where something is ordered.
type Call struct {
	At     time.Time `json:"at"`
	Type   string    `json:"type"`
	Person string    `json:"person"`
	Want   *bool     `json:"want,omitempty"`
	Answer int       `json:"answer"` // the status; 0: none
}

// mostCalls is how many are kept of a path, the latest.
const mostCalls = 1000

// New takes the signing secret, "whsec_" and 24 to 64 bytes in base64.
func New(secret string) (*Endpoint, error) {
	signature, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return nil, err
	}
	return &Endpoint{signature: signature, places: map[string]*place{}}, nil
}

// at gives the place of a path. The caller holds the lock.
func (e *Endpoint) at(path string) *place {
	if e.places[path] == nil {
		e.places[path] = &place{given: map[string]bool{}, ordered: map[string]time.Time{}}
	}
	return e.places[path]
}

// message is the body of a call.
type message struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      struct {
		Entitlement string `json:"entitlement"`
		Person      struct {
			ID string `json:"id"`
		} `json:"person"`
		Want *bool `json:"want"`
	} `json:"data"`
}

// maxMessage bounds what is read of a call, in bytes.
const maxMessage = 64 << 10

func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMessage))
	if err != nil || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if e.signature.Verify(body, r.Header) != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var m message
	if json.Unmarshal(body, &m) != nil || m.Type != Observe && (m.Type != Ensure || m.Data.Want == nil) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	trouble, present := e.take(r.URL.Path, m)
	switch {
	case trouble == nil && m.Type == Observe:
		_ = json.NewEncoder(w).Encode(map[string]bool{"present": present})
	case trouble == nil:
		w.WriteHeader(http.StatusNoContent)
	case trouble.Status == 0:
		<-r.Context().Done() // the caller gives up, or the endpoint ends
	default:
		if trouble.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(trouble.RetryAfter))
		}
		w.WriteHeader(trouble.Status)
	}
}

// take records a call, and does what it says unless there is trouble.
func (e *Endpoint) take(path string, m message) (trouble *Trouble, present bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.at(path)
	call := Call{At: time.Now().UTC(), Type: m.Type, Person: m.Data.Person.ID, Want: m.Data.Want, Answer: http.StatusOK}
	if trouble = p.trouble(m.Type); trouble != nil {
		call.Answer = trouble.Status
	} else if m.Type == Ensure {
		call.Answer = http.StatusNoContent
		p.obey(m)
	}
	p.calls = append(p.calls, call)
	p.calls = p.calls[max(0, len(p.calls)-mostCalls):]
	return trouble, p.given[m.Data.Person.ID]
}

// obey does as ordered, unless a later order has overtaken this one.
func (p *place) obey(m message) {
	if m.Timestamp.Before(p.ordered[m.Data.Entitlement]) {
		return
	}
	p.ordered[m.Data.Entitlement] = m.Timestamp
	if *m.Data.Want {
		p.given[m.Data.Person.ID] = true
	} else {
		delete(p.given, m.Data.Person.ID)
	}
}
