package httpapi_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
)

func TestAdminsSeeWhoseMailComesBackAndClearIt(t *testing.T) {
	o := newOffice(t)
	const path = "/v1/admin/people/ben"
	ben := func() (contract.Person, string) {
		res := o.calls("eli", 200, "GET", path, nil)
		return read[contract.Person](t, res), res.Header.Get("ETag")
	}
	o.calls("ben", 200, "GET", "/v1/me", nil) // the first sign-in is a version of its own
	before, tag := ben()
	if before.EmailProblem.Kind != "" {
		t.Errorf("Ben's address: %+v", before.EmailProblem)
	}
	o.Must(o.Mailboxes.Report(t.Context(), "ben@example.com", access.EmailProblem{Kind: access.EmailBounced, SubType: "General", Since: o.At}))

	want := contract.EmailProblem{Kind: contract.Bounced, SubType: "General", Since: o.At}
	same := func(who string, got contract.EmailProblem) {
		t.Helper()
		if !got.Since.Equal(want.Since) || got.Kind != want.Kind || got.SubType != want.SubType {
			t.Errorf("%s: %+v, want %+v", who, got, want)
		}
	}
	person, marked := ben()
	same("an admin", person.EmailProblem)
	if marked == tag {
		t.Error("the entity tag did not change with what is shown")
	}
	for _, p := range read[contract.PersonPage](t, o.calls("eli", 200, "GET", "/v1/admin/people", nil)).Data {
		if p.Id == "ben" {
			same("the list", p.EmailProblem)
		} else if p.EmailProblem.Kind != "" {
			t.Errorf("%s: %+v", p.Id, p.EmailProblem)
		}
	}
	same("Ben", read[contract.Me](t, o.calls("ben", 200, "GET", "/v1/me", nil)).EmailProblem)

	// Written anew with the same address, it is still so.
	body := map[string]any{"name": "Ben", "email": "Ben@example.com", "email_problem": nil}
	o.calls("eli", 422, "PUT", path, body, "If-Match", marked) // read-only
	delete(body, "email_problem")
	res := o.calls("eli", 200, "PUT", path, body, "If-Match", marked)
	same("written anew", read[contract.Person](t, res).EmailProblem)

	o.At = o.At.Add(time.Second)
	written := res.Header.Get("ETag")
	o.calls("ben", 403, "DELETE", path+"/email-problem", nil, "If-Match", written)
	o.calls("eli", 428, "DELETE", path+"/email-problem", nil)
	o.calls("eli", 412, "DELETE", path+"/email-problem", nil, "If-Match", tag)
	o.calls("eli", 404, "DELETE", "/v1/admin/people/zoe/email-problem", nil, "If-Match", written)
	o.calls("eli", 204, "DELETE", path+"/email-problem", nil, "If-Match", written)
	if after, _ := ben(); after.EmailProblem.Kind != "" {
		t.Errorf("cleared: %+v", after.EmailProblem)
	}
	history := read[contract.EventPage](t, o.calls("eli", 200, "GET", path+"/events", nil)).Data
	if last := history[len(history)-1]; last.Type != "email_cleared" || last.Actor.Id != "eli" {
		t.Errorf("the last event is %+v", last)
	}
}
