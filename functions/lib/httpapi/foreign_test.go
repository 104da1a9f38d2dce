package httpapi_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// TestAccessThatOthersGaveIsFlagged: while it is held and when it has ended, in the
// request and in its history.
func TestAccessThatOthersGaveIsFlagged(t *testing.T) {
	o := newOffice(t)
	puts := func(path string, body any) {
		t.Helper()
		tag := o.calls("eli", 200, "GET", path, nil).Header.Get("ETag")
		o.calls("eli", 200, "PUT", path, body, "If-Match", tag)
	}
	puts("/v1/admin/resources/staging", resourceBy(map[string]any{"type": "webhook", "url": "https://hooks.example.com/", "secret": "jira"}))
	puts("/v1/admin/people/ana", map[string]any{"name": "ana", "email": "ana@example.com", "manager": "ben", "groups": []string{"staging-users"}})
	puts("/v1/admin/resources/staging", resourceBy(map[string]any{"type": "group", "group": "staging-users"}))

	r, err := o.Submit(t.Context(), o.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "A demo", Key: o.NewID()})
	o.Must(err)
	_, err = o.Act(t.Context(), o.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	o.Must(err)
	path, in := "/v1/requests/"+string(r.ID), app.RunInput{Request: r.ID, Run: 1, Started: o.At}
	is := func(status contract.Status, flagged bool) {
		t.Helper()
		if got := read[contract.Request](t, o.calls("ana", 200, "GET", path, nil)); got.Status != status || got.Foreign != flagged {
			t.Errorf("%s, flagged %t", got.Status, got.Foreign)
		}
	}
	is("approved", false)
	_, err = o.Grant(t.Context(), in)
	o.Must(err)
	is("active", true)
	o.At = o.At.Add(time.Hour)
	_, err = o.End(t.Context(), in)
	o.Must(err)
	is("ended", true)
	for _, event := range read[contract.EventPage](t, o.calls("eli", 200, "GET", path+"/events", nil)).Data {
		details, _ := event.Details.(map[string]any)
		if flagged := details["foreign"] == true; flagged != (event.Type == "activated" || event.Type == "ended") {
			t.Errorf("%s: %v", event.Type, event.Details)
		}
	}
}
