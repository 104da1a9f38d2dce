package httpapi_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
)

// flowFile is a flow that an admin writes, and what the API is to say to it.
type flowFile struct {
	Flow    json.RawMessage
	Refused struct {
		Status                 int
		Code, Pointer, Finding string
	}
	Warnings [][2]string // pointer and code
}

// TestAFlowThatCannotWorkIsRefusedWhereItIsWrong reads testdata/busted_*, and
// testdata/working_* for what is taken.
func TestAFlowThatCannotWorkIsRefusedWhereItIsWrong(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.Minimum = access.Duration(5 * time.Minute)
	paths, err := filepath.Glob("testdata/*.json")
	if err != nil || len(paths) < 30 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		text, err := os.ReadFile(path)
		o.Must(err)
		var file flowFile
		o.Must(json.Unmarshal(text, &file))
		target := "/v1/admin/flows/" + strings.ReplaceAll(name, "_", "-")
		if strings.HasPrefix(name, "busted_") {
			problem := read[contract.Problem](t, o.calls("eli", file.Refused.Status, "PUT", target, string(file.Flow), "If-None-Match", "*"))
			found := false
			for _, e := range problem.Errors {
				found = found || e.Pointer == file.Refused.Pointer && e.Code == file.Refused.Finding
			}
			if string(problem.Code) != file.Refused.Code || !found {
				t.Errorf("%s: %s %+v, want %+v", name, problem.Code, problem.Errors, file.Refused)
			}
			o.calls("eli", 404, "GET", target, nil)
			continue
		}
		written := o.calls("eli", 201, "PUT", target, string(file.Flow), "If-None-Match", "*")
		tag := written.Header.Get("ETag")
		flow := read[contract.Flow](t, written)
		for _, want := range file.Warnings {
			found := false
			for _, w := range flow.Warnings {
				found = found || w.Pointer == want[0] && w.Code == want[1] && w.Detail != ""
			}
			if !found {
				t.Errorf("%s: warned of %+v, want %v", name, flow.Warnings, want)
			}
		}
		if len(file.Warnings) == 0 && len(flow.Warnings) > 0 {
			t.Errorf("%s: warned of %+v", name, flow.Warnings)
		}
		o.calls("eli", 204, "DELETE", target, nil, "If-Match", tag)
	}
}

// staffs hires the security team and takes the flow of staging away, so that
// the flows of the files stand alone.
func (o *office) staffs() {
	o.Helper()
	for _, group := range []string{"security", "empty"} {
		o.calls("eli", 201, "PUT", "/v1/admin/groups/"+group, map[string]any{"name": group}, "If-None-Match", "*")
	}
	for _, id := range []string{"dan", "dina", "dora", "sue", "eva"} {
		body := map[string]any{"name": id, "email": id + "@example.com", "manager": "ben"}
		switch id {
		case "sue":
			body["status"] = "suspended"
		case "eva":
			body["groups"] = []string{"admins"}
		default:
			body["groups"] = []string{"security"}
		}
		condition := []string{"If-None-Match", "*"}
		if id == "dan" {
			condition = []string{"If-Match", o.calls("eli", 200, "GET", "/v1/admin/people/dan", nil).Header.Get("ETag")}
		}
		status := map[bool]int{true: 200, false: 201}[id == "dan"]
		o.calls("eli", status, "PUT", "/v1/admin/people/"+id, body, condition...)
	}
	tag := o.calls("eli", 200, "GET", "/v1/admin/flows/staging-flow", nil).Header.Get("ETag")
	o.calls("eli", 204, "DELETE", "/v1/admin/flows/staging-flow", nil, "If-Match", tag)
}

// serves puts a flow for staging in place.
func (o *office) serves(flow map[string]any) {
	o.Helper()
	whole := map[string]any{"name": "Staging", "resources": []string{"staging"}, "visible_to": []string{"everyone"},
		"duration": map[string]any{"mode": "choice", "choices": []string{"PT1H", "PT8H"}}}
	for name, value := range flow {
		whole[name] = value
	}
	o.calls("eli", 201, "PUT", "/v1/admin/flows/tested", whole, "If-None-Match", "*")
}

func step(needed any, approvers ...string) map[string]any {
	return map[string]any{"approvers": approvers, "needed": needed}
}

func TestTwoStepsInTheirOrder(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"steps": []any{step("any", "manager"), step(2, "group:security")}})
	catalog := read[contract.CatalogPage](t, o.calls("ana", 200, "GET", "/v1/catalog", nil)).Data
	if got := catalog[0].Flow.Steps[1].Words; got != "Decided by 2 of: security." {
		t.Errorf("the second step is %q", got)
	}
	r := read[contract.Request](t, o.calls("ana", 201, "POST", "/v1/requests", map[string]any{"resource_id": "staging", "reason": "A demo", "duration": "PT1H"}))
	approve := func(who string) contract.Request {
		t.Helper()
		return read[contract.Request](t, o.calls(who, 200, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve", "reason": "So."}))
	}
	o.calls("dan", 403, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve"})
	waitsFor := func(who string, want int) {
		t.Helper()
		if tasks := read[contract.RequestPage](t, o.calls(who, 200, "GET", "/v1/requests?view=to_decide", nil)).Data; len(tasks) != want {
			t.Errorf("%s has %d tasks, want %d", who, len(tasks), want)
		}
	}
	waitsFor("ben", 1)
	waitsFor("dina", 0)
	approve("ben")
	waitsFor("ben", 0)
	waitsFor("dina", 1)
	approve("dina")
	if got := approve("dan"); got.Status != contract.StatusApproved {
		t.Errorf("after the second of two it is %s", got.Status)
	}
	said := read[contract.Explanation](t, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id+"/explanation", nil)).Sentences
	for i, want := range []string{"ana asked for Staging on ", "Step 1 of 2, the requester's manager (ben), was approved; approved by ben (“So.”).",
		"Step 2 of 2, 2 of: security, was approved; approved by dina (“So.”); approved by dan (“So.”).", "It was approved by dan. The access is being set up."} {
		if i >= len(said) || !strings.HasPrefix(said[i], want) {
			t.Fatalf("the explanation is %q, want %q", said, want)
		}
	}
}

func TestAnApproverSeesWhatWasFilledInAndWhatIsLeft(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"show_progress": false, "steps": []any{step("any", "manager"), step("any", "group:security")},
		"fields": []any{map[string]any{"id": "ticket", "label": "Ticket number"}, map[string]any{"id": "customer", "label": "Customer"}}})
	r := read[contract.Request](t, o.calls("ana", 201, "POST", "/v1/requests", map[string]any{"resource_id": "staging", "reason": "A demo",
		"duration": "PT8H", "answers": map[string]any{"ticket": "LK-1"}}))
	o.calls("ben", 200, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve", "duration": "PT1H"})
	seen := read[contract.Request](t, o.calls("dan", 200, "GET", "/v1/requests/"+r.Id, nil))
	if len(seen.Fields) != 1 || seen.Fields[0].Label != "Ticket number" || seen.Duration != "PT8H" || seen.GrantedDuration != "PT1H" {
		t.Errorf("dan sees %+v", seen)
	}
	if seen = read[contract.Request](t, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id, nil)); seen.GrantedDuration != "" {
		t.Errorf("progress is hidden from ana, and she sees that ben gives %s", seen.GrantedDuration)
	}
}

func TestADelegateHasTheTasksOfWhomTheySitIn(t *testing.T) {
	o := newOffice(t)
	o.calls("ben", 422, "PUT", "/v1/me/delegation", map[string]any{"delegate": "ben", "from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"})
	nobody := o.calls("ben", 200, "GET", "/v1/me/delegation", nil).Header.Get("ETag")
	dan := map[string]any{"delegate": "dan",
		"from": o.At.Add(-1e9).Format("2006-01-02T15:04:05Z"), "until": o.At.Add(1e12).Format("2006-01-02T15:04:05Z")}
	put := o.calls("ben", 200, "PUT", "/v1/me/delegation", dan, "If-Match", nobody)
	o.calls("ben", 412, "PUT", "/v1/me/delegation", dan, "If-Match", nobody)
	o.calls("ben", 412, "DELETE", "/v1/me/delegation", nil, "If-Match", nobody)
	if got := read[contract.Delegation](t, put); !got.Active || got.Delegate.Id != "dan" || got.Version != 1 {
		t.Errorf("the delegation is %+v", got)
	}
	r := o.anaAsks()
	if tasks := read[contract.RequestPage](t, o.calls("dan", 200, "GET", "/v1/requests?view=to_decide", nil)).Data; len(tasks) != 1 {
		t.Errorf("dan has %d tasks", len(tasks))
	} else if tasks[0].DecidesFor.Id != "ben" {
		t.Errorf("dan decides for %+v", tasks[0].DecidesFor)
	}
	if mine := read[contract.Request](t, o.calls("ben", 200, "GET", "/v1/requests/"+r.Id, nil)); mine.DecidesFor.Id != "" {
		t.Errorf("ben decides for %+v", mine.DecidesFor)
	}
	got := read[contract.Request](t, o.calls("dan", 200, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve"}))
	if d := got.Steps[0].Decisions[0]; d.By.Id != "dan" || d.OnBehalfOf.Id != "ben" {
		t.Errorf("the decision is %+v", d)
	}
	o.calls("ben", 204, "DELETE", "/v1/me/delegation", nil)
	if got := read[contract.Delegation](t, o.calls("ben", 200, "GET", "/v1/me/delegation", nil)); got.Active || got.Delegate.Id != "" {
		t.Errorf("after its end: %+v", got)
	}
}

func TestWhatWouldHappenIfAnaAsked(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"remind_every": "PT2H", "steps": []any{step("any", "manager"), step(2, "group:security")}})
	s := read[contract.Simulation](t, o.calls("eli", 200, "POST", "/v1/admin/flows/tested/simulate", map[string]any{
		"resource_id": "staging", "requester": "ana", "duration": "PT1H", "acts": []any{
			map[string]any{"by": "dan", "decision": "approve"},
			map[string]any{"after": "PT3H", "by": "ben", "decision": "approve"},
			map[string]any{"by": "dina", "decision": "approve"},
			map[string]any{"by": "dan", "decision": "deny"},
		}}))
	if len(s.Steps) != 2 || len(s.Steps[1].People) != 3 || len(s.Outcomes) != 5 {
		t.Fatalf("the simulation: %+v", s)
	}
	if s.Outcomes[1].Refused.Code != contract.ProblemCodeNotApprover || s.Outcomes[2].Step != 2 ||
		len(s.Outcomes[2].Events) != 2 || s.Outcomes[2].Events[0] != "reminded" || s.Outcomes[4].Status != contract.StatusDenied {
		t.Errorf("the outcomes: %+v", s.Outcomes)
	}
	if mine := read[contract.RequestPage](t, o.calls("ana", 200, "GET", "/v1/requests", nil)).Data; len(mine) != 0 {
		t.Errorf("a simulation was stored: %+v", mine)
	}
	o.calls("ana", 403, "POST", "/v1/admin/flows/tested/simulate", map[string]any{"resource_id": "staging", "requester": "ana"})
	o.calls("eli", 422, "POST", "/v1/admin/flows/tested/simulate", map[string]any{"resource_id": "atlantis", "requester": "ana"})
}

func TestAVersionOfAFlowStaysReadable(t *testing.T) {
	o := newOffice(t)
	tag := o.calls("eli", 200, "GET", "/v1/admin/flows/staging-flow", nil).Header.Get("ETag")
	o.calls("eli", 204, "DELETE", "/v1/admin/flows/staging-flow", nil, "If-Match", tag)
	flow := read[contract.Flow](t, o.calls("eli", 200, "GET", "/v1/admin/flows/staging-flow/versions/1", nil))
	if flow.Name != "Staging" || flow.Version != 1 {
		t.Errorf("version 1 is %+v", flow)
	}
	o.calls("eli", 404, "GET", "/v1/admin/flows/staging-flow/versions/7", nil)
	o.calls("ana", 403, "GET", "/v1/admin/flows/staging-flow/versions/1", nil)
}

func TestAPolicyApprovesWhatIsShort(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"steps": []any{step("any", "group:security")}, "policies": []any{
		map[string]any{"id": "short", "source": `permit(principal, action, resource) when { context.duration <= 3600 };`},
		map[string]any{"id": "not-ben", "source": `forbid(principal == Person::"ben", action, resource);`},
	}})
	for who, c := range map[string]struct {
		duration string
		want     contract.Status
		by       string
	}{
		"ana":  {"PT1H", contract.StatusApproved, "short"},
		"dina": {"PT8H", contract.StatusPending, ""},
		"ben":  {"PT1H", contract.StatusDenied, "not-ben"},
	} {
		r := read[contract.Request](t, o.calls(who, 201, "POST", "/v1/requests",
			map[string]any{"resource_id": "staging", "reason": "A demo", "duration": c.duration}))
		events := read[contract.EventPage](t, o.calls(who, 200, "GET", "/v1/requests/"+r.Id+"/events", nil)).Data
		last := events[len(events)-1]
		details, _ := last.Details.(map[string]any)
		if policy, _ := details["policy"].(string); r.Status != c.want || policy != c.by {
			t.Errorf("%s: %s by %q, want %s by %q", who, r.Status, policy, c.want, c.by)
		}
	}
}

func TestACopyOfAFlowIsNotEnabled(t *testing.T) {
	o := newOffice(t)
	copied := read[contract.Flow](t, o.calls("eli", 201, "POST", "/v1/admin/flows/staging-flow/copy", map[string]any{"id": "trial", "name": "Trial"}))
	if copied.Enabled || copied.Id != "trial" || copied.Name != "Trial" || copied.Version != 1 || len(copied.Steps) != 1 {
		t.Errorf("the copy is %+v", copied)
	}
	o.calls("eli", 412, "POST", "/v1/admin/flows/staging-flow/copy", map[string]any{"id": "trial"})
	o.calls("eli", 404, "POST", "/v1/admin/flows/nowhere/copy", map[string]any{"id": "other"})
	o.calls("ana", 403, "POST", "/v1/admin/flows/staging-flow/copy", map[string]any{"id": "other"})
}

func TestAManagerAsksForWhomTheyManage(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"visible_to": []string{"person:ana"}, "steps": []any{step("any", "group:security")}, "submitters": []string{"person:dina"}})
	ask := map[string]any{"resource_id": "staging", "reason": "Her first day", "duration": "PT1H", "for": "ana", "bundle_id": "first-day"}
	for who, want := range map[string]int{"ben": 1, "dina": 1, "dora": 0, "ana": 1} {
		if got := read[contract.CatalogPage](t, o.calls(who, 200, "GET", "/v1/catalog?for=ana", nil)).Data; len(got) != want {
			t.Errorf("%s may ask for %d things for ana", who, len(got))
		}
	}
	refused := read[contract.Problem](t, o.calls("dora", 422, "POST", "/v1/requests", ask))
	ask["for"] = "nobody"
	nobody := read[contract.Problem](t, o.calls("dora", 422, "POST", "/v1/requests", ask))
	if refused.Errors[0] != nobody.Errors[0] || refused.Detail != nobody.Detail {
		t.Errorf("who is there can be told: %+v, %+v", refused, nobody)
	}
	ask["for"] = "ana"
	r := read[contract.Request](t, o.calls("ben", 201, "POST", "/v1/requests", ask))
	if r.Requester.Id != "ana" || r.SubmittedBy.Id != "ben" || r.BundleId != "first-day" {
		t.Errorf("asked: %+v", r)
	}
	if mine := read[contract.RequestPage](t, o.calls("ana", 200, "GET", "/v1/requests", nil)).Data; len(mine) != 1 {
		t.Errorf("ana has %d requests", len(mine))
	}
	o.calls("ben", 403, "POST", "/v1/requests/"+r.Id+"/decisions", map[string]any{"decision": "approve"})
	o.calls("ana", 409, "POST", "/v1/requests", map[string]any{"resource_id": "staging", "reason": "Me too", "duration": "PT1H"})
}
