package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// document is a piece of configuration, before and after an admin changes it.
type document struct {
	kind, id      string
	first, second any
}

func (d document) path() string { return "/v1/admin/" + d.kind + "/" + d.id }

// documents lists one of each kind, in the order in which they can be made.
func (s *stage) documents() []document {
	one := contract.FlowStep{Approvers: []contract.ApproverWord{"owner"}, Needed: contract.Needed{Count: 1}}
	flow := contract.FlowInput{Id: s.flow, Name: "Staging", Resources: []contract.Id{s.staging},
		VisibleTo: []contract.Audience{"person:" + s.name("ana")}, Steps: []contract.FlowStep{one},
		Duration: contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{"PT1H"}}}
	changed, order := flow, 7
	changed.Order, changed.PendingFor = &order, "P3D"
	changed.Duration = contract.DurationRule{Mode: contract.Choice, Choices: []contract.Duration{"PT1H", "P1DT12H"}}
	changed.Fields = []contract.Field{{Id: "ticket", Label: "Ticket", Required: true, Pattern: "^[A-Z]+-[0-9]+$"}}
	changed.DecideIn = []contract.DecideIn{contract.DecideInPortal}
	resource := contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Staging",
		Connector: contract.Connector{Type: "group", Group: s.users}}
	described := resource
	described.Description, described.Owner, described.Url = "Read-write", s.name("ana"), "https://staging.example.com"
	ana := contract.PersonInput{Email: "ana." + s.mark + "@example.com", Name: "Ana"}
	moved := ana
	moved.Manager, moved.Groups, moved.TimeZone, moved.Locale = "eli", []contract.Id{s.name("team")}, "Europe/Berlin", "en-GB"
	return []document{
		{"groups", s.name("team"), contract.GroupInput{Name: "Team"}, contract.GroupInput{Name: "The team"}},
		{"groups", s.users, contract.GroupInput{Name: "Holds staging"}, contract.GroupInput{Id: s.users, Name: "Has staging"}},
		{"people", s.name("ana"), ana, moved},
		{"resources", s.staging, resource, described},
		{"flows", s.flow, flow, changed},
	}
}

// differs tells what a document, as JSON, does not hold of all that another one
// says. What it holds beyond that does not matter.
func differs(t *testing.T, whole []byte, part any) string {
	t.Helper()
	text, err := json.Marshal(part)
	if err != nil {
		t.Fatal(err)
	}
	var has, wants map[string]any
	if err := errors.Join(json.Unmarshal(whole, &has), json.Unmarshal(text, &wants)); err != nil {
		t.Fatalf("%s: %v", whole, err)
	}
	for name, want := range wants {
		if !reflect.DeepEqual(has[name], want) {
			return fmt.Sprintf("%s is %v, not %v", name, has[name], want)
		}
	}
	return ""
}

// TestConfigurationIsMadeChangedAndRemoved, each time by who read it last, and
// its history tells of it when it is gone.
func TestConfigurationIsMadeChangedAndRemoved(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	list := s.documents()
	tags := map[string]string{}
	for _, d := range list {
		tags[d.id] = s.makesAndChanges(d)
	}
	for _, d := range slices.Backward(list) {
		s.removes(d, tags[d.id])
	}
}

// makesAndChanges gives the document's entity tag.
func (s *stage) makesAndChanges(d document) string {
	s.Helper()
	t, path := s.T, d.path()
	s.eli.get(path).refused(http.StatusNotFound, contract.ProblemCodeNotFound)
	made := s.create(d.kind, d.id, d.first)
	read := s.eli.get(path).said(http.StatusOK)
	for _, a := range []answer{made, read} {
		if diff := differs(t, a.body, d.first); diff != "" {
			t.Errorf("%s: %s", a.call, diff)
		}
	}
	s.eli.get(path, "If-None-Match", read.etag()).said(http.StatusNotModified)
	s.eli.call(http.MethodPut, path, d.second, "If-None-Match", "*").
		refused(http.StatusPreconditionFailed, contract.ProblemCodeAlreadyExists)

	changed := s.eli.call(http.MethodPut, path, d.second, "If-Match", read.etag()).said(http.StatusOK)
	s.eli.call(http.MethodPut, path, d.first, "If-Match", read.etag()).
		refused(http.StatusPreconditionFailed, contract.ProblemCodeVersionMismatch)
	s.eli.call(http.MethodDelete, path, nil, "If-Match", read.etag()).
		refused(http.StatusPreconditionFailed, contract.ProblemCodeVersionMismatch)
	read = s.eli.get(path, "If-None-Match", read.etag()).said(http.StatusOK)
	if diff := differs(t, read.body, d.second); diff != "" || read.etag() != changed.etag() {
		t.Errorf("%s: changed %s, read %s: %s", path, changed.body, read.body, diff)
	}
	type identified struct {
		ID      contract.Id `json:"id"`
		Version int         `json:"version"`
	}
	if !slices.Contains(all[identified](s.eli, "/v1/admin/"+d.kind+"?limit=100"), identified{d.id, 2}) {
		t.Errorf("%s is not in its list", path)
	}
	return read.etag()
}

// removes removes a document and reads its whole history.
func (s *stage) removes(d document, tag string) {
	s.Helper()
	t, path := s.T, d.path()
	s.eli.call(http.MethodDelete, path, nil, "If-Match", tag).said(http.StatusNoContent)
	s.eli.get(path).refused(http.StatusNotFound, contract.ProblemCodeNotFound)
	events := s.eli.history(path)
	if got := story(events); got != "created updated deleted" {
		t.Fatalf("%s: history: %s", path, got)
	}
	for i, texts := range []struct{ before, after any }{{nil, d.first}, {d.first, d.second}, {d.second, nil}} {
		e := events[i]
		if e.Actor.Id != s.eli.id || e.Actor.Via != contract.ViaPortal || e.Status != "" {
			t.Errorf("%s: %s by %+v", path, e.Type, e.Actor)
		}
		for name, want := range map[string]any{"before": texts.before, "after": texts.after} {
			text, told := e.Texts[name]
			if told != (want != nil) || told && text.Text == nil {
				t.Errorf("%s: %s tells of the document %s: %t", path, e.Type, name, told)
			} else if told {
				if diff := differs(t, []byte(*text.Text), want); diff != "" {
					t.Errorf("%s: the document %s it was %s: %s", path, name, e.Type, diff)
				}
			}
		}
	}
}

// TestWhatIsNamedElsewhereStays: nothing that is in use is pulled away.
func TestWhatIsNamedElsewhereStays(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	for _, group := range []string{"team", "sec", "crew"} {
		s.create("groups", s.name(group), contract.GroupInput{Name: group})
	}
	s.hire("dina", "", s.name("sec"))
	s.create("flows", s.name("other"), contract.FlowInput{Name: "Other", Resources: []contract.Id{s.staging},
		VisibleTo: []contract.Audience{"group:" + s.name("team")}, Duration: contract.DurationRule{Mode: contract.None},
		Steps: []contract.FlowStep{{Approvers: []contract.ApproverWord{"group:" + s.name("sec")}, Needed: contract.Needed{Count: 1}}}})
	s.create("people", s.name("gus"), contract.PersonInput{Email: "gus." + s.mark + "@example.com", Name: "Gus",
		Groups: []contract.Id{s.name("crew")}})
	for path, code := range map[string]contract.ProblemCode{
		"/v1/admin/resources/" + s.staging:   contract.ProblemCodeInUse,
		"/v1/admin/groups/" + s.users:        contract.ProblemCodeInUse, // a resource leads to it
		"/v1/admin/groups/" + s.name("team"): contract.ProblemCodeInUse, // a flow's audience
		"/v1/admin/groups/" + s.name("sec"):  contract.ProblemCodeInUse, // a flow's approvers
		"/v1/admin/groups/" + s.name("crew"): contract.ProblemCodeInUse, // it has a member
		"/v1/admin/groups/admins":            contract.ProblemCodeLastAdmin,
	} {
		before := s.eli.get(path).said(http.StatusOK)
		a := s.eli.call(http.MethodDelete, path, nil, "If-Match", before.etag())
		if err := a.isProblem(http.StatusConflict, code); err != nil {
			t.Error(err)
		}
		if after := s.eli.get(path); string(after.body) != string(before.body) {
			t.Errorf("%s became %d %s", path, after.status, after.body)
		}
	}
}

// TestMembersOfAManagedGroupComeByRequestsAlone, whatever an admin writes.
func TestMembersOfAManagedGroupComeByRequestsAlone(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	ana := "/v1/admin/people/" + s.ana.id
	before := s.eli.get(ana).said(http.StatusOK)
	a := s.eli.call(http.MethodPut, ana, contract.PersonInput{Email: s.ana.email, Name: "Ana", Manager: s.ben.id,
		Groups: []contract.Id{s.users}}, "If-Match", before.etag())
	a.refused(http.StatusConflict, contract.ProblemCodeManagedGroup)
	taken := s.eli.call(http.MethodPut, ana, contract.PersonInput{Email: s.ben.email, Name: "Ana"}, "If-Match", before.etag())
	taken.refused(http.StatusConflict, contract.ProblemCodeEmailTaken)
	if after := s.eli.get(ana); string(after.body) != string(before.body) {
		t.Errorf("Ana became %s", after.body)
	}
	if group := in[contract.Group](s.eli.get("/v1/admin/groups/" + s.users).said(http.StatusOK)); !group.Managed {
		t.Errorf("%+v is not managed", group)
	}
}
