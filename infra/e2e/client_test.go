package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// person is someone who signed in, in one story.
type person struct {
	*testing.T
	*stack
	id, email, token string
}

// nobody calls without a token.
func (s *stack) nobody(t *testing.T) person { return person{T: t, stack: s} }

// during gives the same person in a part of the story.
func (p person) during(t *testing.T) person {
	p.T = t
	return p
}

// answer is what the API said to a call.
type answer struct {
	t      *testing.T
	call   string
	status int
	header http.Header
	body   []byte
}

// send makes a call. A body that is text is sent as it is, anything else as
// JSON. Headers are names, each with its value; they replace the usual ones.
func (p person) send(method, path string, body any, headers ...string) (answer, error) {
	a := answer{t: p.T, call: method + " " + path}
	text, isText := body.(string)
	if body != nil && !isText {
		data, err := json.Marshal(body)
		if err != nil {
			return a, err
		}
		text = string(data)
	}
	req, err := http.NewRequestWithContext(p.Context(), method, p.API+path, strings.NewReader(text))
	if err != nil {
		return a, err
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := httpClient.Do(req)
	if err != nil {
		return a, err
	}
	defer res.Body.Close()
	a.status, a.header = res.StatusCode, res.Header
	if a.body, err = io.ReadAll(res.Body); err != nil {
		return a, err
	}
	return a, abides(req, res, a.body)
}

func (p person) call(method, path string, body any, headers ...string) answer {
	p.Helper()
	a, err := p.send(method, path, body, headers...)
	if err != nil {
		p.Fatalf("%s: %v", a.call, err)
	}
	return a
}

func (p person) get(path string, headers ...string) answer {
	p.Helper()
	return p.call(http.MethodGet, path, nil, headers...)
}

func (p person) post(path string, body any, headers ...string) answer {
	p.Helper()
	return p.call(http.MethodPost, path, body, headers...)
}

// said ends the story unless the answer has this status.
func (a answer) said(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: %d instead of %d: %s", a.call, a.status, status, bytes.TrimSpace(a.body))
	}
	return a
}

// etag is the answer's entity tag, which every read has.
func (a answer) etag() string {
	a.t.Helper()
	tag := a.header.Get("ETag")
	if tag == "" {
		a.t.Fatalf("%s: no ETag", a.call)
	}
	return tag
}

// in reads an answer into one of the contract's types.
func in[T any](a answer) T {
	a.t.Helper()
	var value T
	if err := json.Unmarshal(a.body, &value); err != nil {
		a.t.Fatalf("%s: %d %s: %v", a.call, a.status, a.body, err)
	}
	return value
}

// refused reads the problem that an answer has to be.
func (a answer) refused(status int, code contract.ProblemCode) contract.Problem {
	a.t.Helper()
	if err := a.isProblem(status, code); err != nil {
		a.t.Fatal(err)
	}
	return in[contract.Problem](a)
}

// isProblem tells why an answer is not this problem.
func (a answer) isProblem(status int, code contract.ProblemCode) error {
	var p contract.Problem
	if err := json.Unmarshal(a.body, &p); err != nil || a.status != status || p.Code != code {
		return fmt.Errorf("%s: %d %s instead of %d %s", a.call, a.status, bytes.TrimSpace(a.body), status, code)
	}
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		return fmt.Errorf("%s: a problem of the type %q", a.call, got)
	}
	if p.Status != status || p.Title == "" || p.Detail == "" || p.Type != "about:blank" {
		return fmt.Errorf("%s: not a whole problem: %s", a.call, a.body)
	}
	return nil
}

// page is the shape of every list.
type page[T any] struct {
	Data       []T    `json:"data"`
	NextCursor string `json:"next_cursor"`
}

// all reads a whole list, in small pages unless the path says how large.
func all[T any](p person, path string) []T {
	p.Helper()
	if !strings.Contains(path, "?") {
		path += "?"
	}
	if !strings.Contains(path, "limit=") {
		path += "&limit=4"
	}
	var out []T
	for next := ""; ; {
		part := in[page[T]](p.get(path + next).said(http.StatusOK))
		out = append(out, part.Data...)
		if part.NextCursor == "" {
			return out
		}
		next = "&cursor=" + part.NextCursor
	}
}
