package httpapi_test

import (
	"io"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// TestAnyoneFindsAPersonByTheirWholeEmail, whatever its case, and learns their id
// and name alone.
func TestAnyoneFindsAPersonByTheirWholeEmail(t *testing.T) {
	o := newOffice(t)
	answers := func(email, want string) {
		t.Helper()
		body, err := io.ReadAll(o.calls("ana", 200, "GET", "/v1/people?email="+email, nil).Body)
		o.Must(err)
		if got := strings.TrimSpace(string(body)); got != want {
			t.Errorf("%s: %s, want %s", email, got, want)
		}
	}
	const ben, nobody = `{"data":[{"id":"ben","name":"ben"}]}`, `{"data":[]}`
	answers("ben@example.com", ben)
	answers("BEN@Example.com", ben)
	answers("bb@example.com", nobody)
	answers("en@example.com", nobody)
	tag := o.calls("ana", 200, "GET", "/v1/people?email=ben@example.com", nil).Header.Get("ETag")
	o.calls("ana", 304, "GET", "/v1/people?email=ben@example.com", nil, "If-None-Match", tag)

	becomes := func(email, status string) {
		t.Helper()
		version := o.calls("eli", 200, "GET", "/v1/admin/people/ben", nil).Header.Get("ETag")
		o.calls("eli", 200, "PUT", "/v1/admin/people/ben", map[string]any{"name": "ben", "email": email, "status": status}, "If-Match", version)
	}
	becomes("benedict@example.com", "active")
	answers("ben@example.com", nobody)
	answers("benedict@example.com", ben)
	becomes("benedict@example.com", "suspended")
	answers("benedict@example.com", nobody)
	becomes("benedict@example.com", "active")
	answers("benedict@example.com", ben)
	version := o.calls("eli", 200, "GET", "/v1/admin/people/ben", nil).Header.Get("ETag")
	o.calls("eli", 204, "DELETE", "/v1/admin/people/ben", nil, "If-Match", version)
	answers("benedict@example.com", nobody)
}

// TestAnEmailHasToBeNamedToFindAnyone: nobody reads the directory in this way.
func TestAnEmailHasToBeNamedToFindAnyone(t *testing.T) {
	o := newOffice(t)
	for query, finding := range map[string]string{"": "required", "?email=": "pattern", "?email=ben": "pattern", "?email=@example.com": "pattern",
		"?email=" + strings.Repeat("e", 250) + "@example.com": "too_long", "?email=ben@example.com&email=dan@example.com": "repeated"} {
		problem := read[contract.Problem](t, o.calls("ana", 400, "GET", "/v1/people"+query, nil))
		if problem.Code != contract.ProblemCodeInvalidParameter || len(problem.Errors) == 0 ||
			problem.Errors[0].Parameter != "email" || problem.Errors[0].Code != finding {
			t.Errorf("%q: %s %+v, want %s", query, problem.Code, problem.Errors, finding)
		}
	}
	o.calls("zoe", 403, "GET", "/v1/people?email=ben@example.com", nil)
	if strings.Contains(o.log.String(), "ben@") {
		t.Error("the log has an email")
	}
}
