package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"latchkey/functions/lib/httpapi/contract"
)

// endpoint is a call of the contract as it would be good, so that each of its
// parts can be spoiled alone.
type endpoint struct {
	method, path string
	query        string // parameters that it needs
	by           person
	headers      []string       // a condition, where the call needs one
	body         map[string]any // nil: it has none
	required     []string       // members of the body
	long         map[string]int // members with a limit, and the limit in characters
	list         bool           // it has pages
	adminsOnly   bool
}

func (e endpoint) String() string { return e.method + " " + e.path }

// spoiled is a call that has to be refused.
type spoiled struct {
	what         string
	by           person
	method, path string
	body         any
	headers      []string
	status       int
	code         contract.ProblemCode
	at, finding  string // a JSON pointer or the name of a parameter, and the finding's code
	tells        func(contract.Problem) bool
}

// TestBadInputIsRefusedAndChangesNothing, at every endpoint.
func TestBadInputIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	told := w.histories()
	endpoints := w.endpoints()
	for _, operation := range operations(t) {
		if !slices.ContainsFunc(endpoints, func(e endpoint) bool { return operation.MatchString(e.String()) }) {
			t.Errorf("nothing tries %s", operation)
		}
	}
	for _, e := range endpoints {
		w.unharmed(e.String(), e.calls(w))
		w.unheard(e)
	}
	for what, calls := range w.rules() {
		w.unharmed(what, calls)
	}
	if now := w.histories(); !maps.Equal(now, told) {
		t.Errorf("the histories were %v and became %v", told, now)
	}
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// operations reads which calls the contract has, each as what a call of it looks
// like. The contract itself is left out: it is served to anyone.
func operations(t *testing.T) []*regexp.Regexp {
	t.Helper()
	text, err := os.ReadFile(contractFile)
	if err != nil {
		t.Fatal(err)
	}
	var document struct{ Paths map[string]map[string]any }
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	var list []*regexp.Regexp
	for path, calls := range document.Paths {
		for method := range calls {
			if method != "parameters" && path != "/v1/openapi.yaml" {
				list = append(list, regexp.MustCompile("^"+strings.ToUpper(method)+" "+parameter.ReplaceAllString(path, "[^/]+")+"$"))
			}
		}
	}
	return list
}

// unharmed makes calls, each of which has to be refused as it says, and finds
// everything as it was.
func (w *world) unharmed(where string, calls []spoiled) {
	w.Run(where, func(t *testing.T) {
		for _, c := range calls {
			a := c.by.during(t).call(c.method, c.path, c.body, c.headers...)
			if err := a.isProblem(c.status, c.code); err != nil {
				t.Errorf("%s: %v", c.what, err)
				continue
			}
			problem := in[contract.Problem](a)
			if c.at != "" && !points(problem, c.at, c.finding) {
				t.Errorf("%s: nothing says %q of %s: %s", c.what, c.finding, c.at, a.body)
			}
			if c.tells != nil && !c.tells(problem) {
				t.Errorf("%s: it does not tell what it should: %s", c.what, a.body)
			}
		}
		before := w.last
		w.last = w.state(t)
		for path, body := range w.last {
			if body != before[path] {
				t.Errorf("%s was %s and became %s", path, before[path], body)
			}
		}
	})
}

func points(p contract.Problem, at, code string) bool {
	return slices.ContainsFunc(p.Errors, func(e contract.FieldError) bool {
		return (e.Pointer == at || e.Parameter == at) && (code == "" || e.Code == code) && e.Detail != ""
	})
}

// unheard checks that the gateway answers whoever has no good token.
func (w *world) unheard(e endpoint) {
	w.Helper()
	for _, token := range []string{"", "made-up", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJlbGkifQ."} {
		caller := person{T: w.T, stack: w.stack, token: token}
		a := caller.call(e.method, e.path+e.query, e.sent(), e.headers...).said(http.StatusUnauthorized)
		if in[contract.GatewayMessage](a).Message == "" {
			w.Errorf("%s: %s", e, a.body)
		}
	}
}

func (e endpoint) sent() any {
	if e.body == nil {
		return nil
	}
	return e.body
}

// calls spoils an endpoint in every way that its shape allows.
func (e endpoint) calls(w *world) []spoiled {
	base := spoiled{by: e.by, method: e.method, path: e.path + e.query, body: e.sent(), headers: e.headers}
	var out []spoiled
	add := func(what string, status int, code contract.ProblemCode, at, finding string, change func(*spoiled)) {
		c := base
		c.what, c.status, c.code, c.at, c.finding = what, status, code, at, finding
		change(&c)
		out = append(out, c)
	}
	add("an unknown parameter", 400, contract.ProblemCodeInvalidParameter, "colour", "unknown",
		func(c *spoiled) { c.path = e.path + "?colour=red" + strings.Replace(e.query, "?", "&", 1) })
	add("another method", 405, contract.ProblemCodeMethodNotAllowed, "", "",
		func(c *spoiled) { c.method, c.body = http.MethodPatch, nil })
	if e.adminsOnly {
		add("by someone who is no admin", 403, contract.ProblemCodeForbidden, "", "", func(c *spoiled) { c.by = w.ana })
	}
	if e.list {
		e.pages(add)
	}
	if e.body == nil && e.method != http.MethodGet {
		add("a body where none belongs", 400, contract.ProblemCodeMalformedBody, "", "",
			func(c *spoiled) { c.body = `{"reason":"Just so"}` })
	}
	if e.body != nil {
		e.bodies(add)
	}
	return out
}

type adder func(what string, status int, code contract.ProblemCode, at, finding string, change func(*spoiled))

// pages spoils the parameters of a list.
func (e endpoint) pages(add adder) {
	for query, finding := range map[string]string{"limit=0": "too_small", "limit=101": "too_large", "limit=x": "type",
		"limit=1.5": "type", "limit=": "type", "limit=1&limit=2": "repeated"} {
		add(query, 400, contract.ProblemCodeInvalidParameter, "limit", finding, func(c *spoiled) { c.path += "?" + query })
	}
	for query, finding := range map[string]string{"cursor=!": "pattern", "cursor=": "pattern", "cursor=AAAA": "cursor",
		"cursor=a&cursor=b": "repeated", "cursor=" + strings.Repeat("a", 3000): "too_long"} {
		add(query[:min(len(query), 20)], 400, contract.ProblemCodeInvalidParameter, "cursor", finding,
			func(c *spoiled) { c.path += "?" + query })
	}
}

// bodies spoils the body.
func (e endpoint) bodies(add adder) {
	with := func(what, member string, value any, finding string) {
		add(what, 422, contract.ProblemCodeInvalid, "/"+member, finding, func(c *spoiled) {
			body := maps.Clone(e.body)
			if body[member] = value; value == nil {
				delete(body, member)
			}
			c.body = body
		})
	}
	raw := func(what string, status int, code contract.ProblemCode, at, finding, body string, headers ...string) {
		add(what, status, code, at, finding, func(c *spoiled) {
			c.body, c.headers = body, slices.Concat(c.headers, headers)
		})
	}
	for _, member := range e.required {
		with(member+" missing", member, nil, "required")
	}
	for member, value := range e.body {
		with(member+" of another type", member, anotherType(value), "type")
		with(member+" null", member, json.RawMessage("null"), "null")
		again, _ := json.Marshal(map[string]any{member: value})
		whole, _ := json.Marshal(e.body)
		raw(member+" twice", 400, contract.ProblemCodeMalformedBody, "/"+member, "repeated",
			strings.TrimSuffix(string(whole), "}")+","+string(again[1:]))
		with(member+" in capitals", strings.ToUpper(member), value, "unknown")
	}
	for member, limit := range e.long {
		with(member+" too long", member, strings.Repeat("ü", limit+1), "too_long")
	}
	with("a member that there is not", "colour", "red", "unknown")
	good, _ := json.Marshal(e.body)
	raw("no JSON", 400, contract.ProblemCodeMalformedBody, "", "", `{"reason":`)
	raw("nothing", 400, contract.ProblemCodeMalformedBody, "", "", " ")
	raw("two values", 400, contract.ProblemCodeMalformedBody, "", "", string(good)+string(good))
	raw("a list", 422, contract.ProblemCodeInvalid, "", "", "["+string(good)+"]")
	raw("too much", 413, contract.ProblemCodeBodyTooLarge, "", "", strings.Repeat(" ", 64<<10)+string(good))
	raw("a form", 415, contract.ProblemCodeUnsupportedMediaType, "", "", string(good), "Content-Type", "application/x-www-form-urlencoded")
	raw("another encoding", 415, contract.ProblemCodeUnsupportedMediaType, "", "", string(good), "Content-Type", "application/json; charset=utf-16")
}

func anotherType(value any) any {
	if _, isText := value.(string); isText {
		return 7
	}
	return fmt.Sprint(value)
}
