package httpapi_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
)

// office is the small company behind its HTTP API, called as the API Gateway
// calls it.
type office struct {
	*apptest.Company
	api http.Handler
	log strings.Builder
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Company: apptest.New(t)}
	o.api = httpapi.API{App: &o.App, Contract: []byte("openapi: 3.1.0\n"), Logger: slog.New(slog.NewJSONHandler(&o.log, nil))}.Handler()
	return o
}

// calls lets someone call the API; what they get must have the status.
func (o *office) calls(who string, status int, method, target string, body any, headers ...string) *http.Response {
	o.Helper()
	options := []gatewaytest.Option{gatewaytest.WithClaims(map[string]string{"iss": gatewaytest.Issuer, "sub": who,
		"email": who + "@example.com", "email_verified": "true", "token_use": "id"})}
	if body != nil {
		options = append(options, gatewaytest.WithJSON(body))
	}
	for i := 0; i+1 < len(headers); i += 2 {
		options = append(options, gatewaytest.WithHeader(headers[i], headers[i+1]))
	}
	res := gatewaytest.Call(o.T, o.api, gatewaytest.Event(method, target, options...))
	if res.StatusCode != status {
		text, _ := io.ReadAll(res.Body)
		o.Fatalf("%s: %s %s: %d, want %d: %s\n%s", who, method, target, res.StatusCode, status, text, o.log.String())
	}
	return res
}

func read[T any](t testing.TB, res *http.Response) (value T) {
	t.Helper()
	if err := json.NewDecoder(res.Body).Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func (o *office) anaAsks() contract.Request {
	o.Helper()
	return read[contract.Request](o.T, o.calls("ana", 201, "POST", "/v1/requests",
		map[string]any{"resource_id": "staging", "reason": "A demo"}))
}

// anaHolds lets Ana ask, Ben approve and the workflow grant.
func (o *office) anaHolds() contract.Request {
	o.Helper()
	r := o.anaAsks()
	o.calls("ben", 200, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve"})
	_, err := o.Grant(o.Context(), app.RunInput{Request: access.RequestID(r.Id), Run: 1, Started: o.At})
	o.Must(err)
	return r
}

func TestARequestsLifeAsPeopleSeeIt(t *testing.T) {
	o := newOffice(t)
	r := o.anaAsks()
	if r.Status != contract.StatusPending || r.GrantedDuration != "" || r.Duration != "PT2M" || r.Due.Unix() > 0 || r.Runs != 0 {
		t.Errorf("asked: %+v", r)
	}
	if got := r.Steps[0].Approvers[0]; got != (contract.Approver{Kind: "manager", Id: "ben", Name: "ben"}) {
		t.Errorf("the step waits for %+v", got)
	}
	tasks := read[contract.RequestPage](t, o.calls("ben", 200, "GET", "/v1/requests?view=to_decide", nil)).Data
	if len(tasks) != 1 || fmt.Sprint(tasks[0].AllowedActions) != "[approve deny ask]" {
		t.Errorf("ben's tasks: %+v", tasks)
	}
	o.calls("ben", 200, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve", "version": r.Version})
	_, err := o.Grant(t.Context(), app.RunInput{Request: access.RequestID(r.Id), Run: 1, Started: o.At})
	o.Must(err)

	held := read[contract.AccessPage](t, o.calls("ana", 200, "GET", "/v1/access", nil)).Data
	if len(held) != 1 || !held[0].EndsAt.Equal(o.At.Add(2*time.Minute)) || fmt.Sprint(held[0].AllowedActions) != "[end]" {
		t.Errorf("ana holds %+v", held)
	}
	catalog := read[contract.CatalogPage](t, o.calls("ana", 200, "GET", "/v1/catalog", nil)).Data
	if len(catalog) != 1 || catalog[0].Held.RequestId != r.Id || catalog[0].OpenRequest.Id != "" {
		t.Errorf("the catalog: %+v", catalog)
	}
	eli := read[contract.Request](t, o.calls("eli", 200, "GET", "/v1/requests/"+r.Id, nil))
	if eli.Runs != 1 || eli.Due.IsZero() || eli.GrantedDuration != "PT2M" || eli.Steps[0].Decisions[0].By.Id != "ben" {
		t.Errorf("an admin sees %+v", eli)
	}
	ended := read[contract.Request](t, o.calls("ana", 200, "POST", "/v1/requests/"+r.Id+"/end", nil))
	if ended.Status != contract.StatusEnding || ended.EndReason != contract.EndReasonGivenBack {
		t.Errorf("given back: %+v", ended)
	}
}

func TestTheHistoryVerifiesByWhatTheContractSays(t *testing.T) {
	o := newOffice(t)
	r := o.anaHolds()
	sum := func(a, b string) string {
		h := sha256.Sum256([]byte(a + "\n" + b))
		return hex.EncodeToString(h[:])
	}
	prev, seen, target := "", "", "/v1/requests/"+r.Id+"/events?limit=2"
	for page := target; page != ""; {
		events := read[contract.EventPage](t, o.calls("ana", 200, "GET", page, nil))
		for _, e := range events.Data {
			if e.Prev != prev || e.Hash != sum(prev, e.Canonical) {
				t.Errorf("event %d does not follow", e.Seq)
			}
			for name, text := range e.Texts {
				if text.Text == nil || text.Digest != sum(text.Salt, *text.Text) {
					t.Errorf("the text %s of event %d is not what was hashed", name, e.Seq)
				}
			}
			prev, seen = e.Hash, seen+" "+string(e.Type)
		}
		page = ""
		if events.NextCursor != "" {
			page = target + "&cursor=" + events.NextCursor
		}
	}
	if seen != " submitted decided granting activated" {
		t.Errorf("the history is%s", seen)
	}
}

func TestAnAdminsNoteIsForAdmins(t *testing.T) {
	o := newOffice(t)
	r := o.anaAsks()
	o.calls("ana", 403, "POST", "/v1/requests/"+r.Id+"/override", map[string]any{"decision": "approve", "reason": "x"})
	o.calls("eli", 200, "POST", "/v1/requests/"+r.Id+"/override",
		map[string]any{"decision": "deny", "reason": "Use the replica", "internal_note": "Asked twice already"})
	for who, reads := range map[string]bool{"ana": false, "eli": true} {
		events := read[contract.EventPage](t, o.calls(who, 200, "GET", "/v1/requests/"+r.Id+"/events", nil)).Data
		note := events[len(events)-1].Texts["internal_note"]
		if (note.Text != nil) != reads || note.Digest == "" || (note.Salt != "") != reads {
			t.Errorf("%s gets the note %+v", who, note)
		}
	}
	if strings.Contains(o.log.String(), "replica") || strings.Contains(o.log.String(), "@") {
		t.Errorf("the log holds free text or an email: %s", o.log.String())
	}
}

func TestWhereProgressIsHiddenSoIsWhoDecided(t *testing.T) {
	o := newOffice(t)
	settings := o.calls("eli", 200, "GET", "/v1/admin/settings", nil)
	o.calls("eli", 200, "PUT", "/v1/admin/settings", map[string]any{"requests_enabled": true, "show_progress": false,
		"max_open_requests": 20, "max_submissions_per_hour": 30}, "If-Match", settings.Header.Get("ETag"))
	r := o.anaHolds()
	for who, sees := range map[string]bool{"ana": false, "ben": true} {
		got := read[contract.Request](t, o.calls(who, 200, "GET", "/v1/requests/"+r.Id, nil))
		if (len(got.Steps) == 1 && len(got.Steps[0].Decisions) == 1) != sees || !sees && len(got.Steps) > 0 {
			t.Errorf("%s sees %+v", who, got.Steps)
		}
	}
	o.calls("ana", 403, "GET", "/v1/requests/"+r.Id+"/events", nil)
	o.calls("ben", 200, "GET", "/v1/requests/"+r.Id+"/events", nil)
	late := read[contract.Problem](t, o.calls("eli", 409, "POST", "/v1/requests/"+r.Id+"/override", map[string]any{"decision": "deny", "reason": "Late"}))
	if late.Code != contract.ProblemCodeAlreadyDecided || late.Decided.By != "ben" || late.Decided.Outcome != contract.StatusApproved {
		t.Errorf("an admin who is late is told %+v", late)
	}
}
