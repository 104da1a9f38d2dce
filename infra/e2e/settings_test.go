package e2e

import (
	"net/http"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

const settingsPath = "/v1/admin/settings"

// TestTheSettingsRuleEveryone. They are the company's, so this story plays alone
// and puts them back.
func TestTheSettingsRuleEveryone(t *testing.T) {
	s := setStage(t, "PT1H")
	before := s.eli.get(settingsPath).said(http.StatusOK)
	was := in[contract.Settings](before)
	usual := contract.SettingsInput{RequestsEnabled: was.RequestsEnabled, ShowProgress: was.ShowProgress, SupportUrl: was.SupportUrl,
		MaxOpenRequests: was.MaxOpenRequests, MaxSubmissionsPerHour: was.MaxSubmissionsPerHour, SlackTeamId: was.SlackTeamId, SlackClientId: was.SlackClientId}
	history := all[contract.Event](s.eli, settingsPath+"/events?limit=100")
	if len(history) != was.Version {
		t.Fatalf("%d events led to version %d", len(history), was.Version)
	}
	now := before
	set := func(input contract.SettingsInput) {
		t.Helper()
		now = s.eli.call(http.MethodPut, settingsPath, input, "If-Match", now.etag()).said(http.StatusOK)
		read := s.eli.get(settingsPath).said(http.StatusOK)
		if diff := differs(t, read.body, input); diff != "" || read.etag() != now.etag() {
			t.Errorf("written %s, read %s: %s", now.body, read.body, diff)
		}
	}
	defer func() { set(usual) }()

	off := usual
	off.RequestsEnabled = false
	set(off)
	s.ana.post("/v1/requests", contract.RequestInput{ResourceId: s.staging, Reason: "To look around"}).
		refused(http.StatusForbidden, contract.ProblemCodeRequestsDisabled)
	if me := in[contract.Me](s.ana.get("/v1/me").said(http.StatusOK)); me.Features.Requests {
		t.Error("a portal would show Ana a request form")
	}
	s.eli.call(http.MethodPut, settingsPath, usual, "If-Match", before.etag()).
		refused(http.StatusPreconditionFailed, contract.ProblemCodeVersionMismatch)

	one := usual
	one.MaxOpenRequests, one.SupportUrl = 1, "https://help.example.com/access"
	set(one)
	s.offerAnother("second")
	s.ana.asks(s.staging)
	a := s.ana.post("/v1/requests", contract.RequestInput{ResourceId: s.name("second"), Reason: "To look around"})
	a.refused(http.StatusTooManyRequests, contract.ProblemCodeTooManyRequests)
	if a.header.Get("Retry-After") == "" {
		t.Error("the limit does not say when to come again")
	}
	if me := in[contract.Me](s.ana.get("/v1/me").said(http.StatusOK)); me.SupportUrl != one.SupportUrl {
		t.Errorf("Ana turns to %q for help", me.SupportUrl)
	}

	hidden := usual
	hidden.ShowProgress = false
	set(hidden)
	open := all[contract.Request](s.ana, "/v1/requests?view=mine")[0]
	s.ana.get(of(open.Id)+"/events").refused(http.StatusForbidden, contract.ProblemCodeForbidden)
	s.ben.history(of(open.Id))

	told := s.eli.history(settingsPath)
	if len(told) != was.Version+3 || told[len(told)-1].Actor.Id != s.eli.id {
		t.Errorf("%d events, where there were %d: %s", len(told), was.Version, story(told))
	}
}

// offerAnother offers another resource to Ana, which leads to the same group.
func (s *stage) offerAnother(name string) {
	s.Helper()
	s.create("resources", s.name(name), contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Another",
		Connector: contract.Connector{Type: "group", Group: s.users}})
	s.create("flows", s.name(name), contract.FlowInput{Name: "Another", Resources: []contract.Id{s.name(name)},
		VisibleTo: []contract.Audience{"person:" + s.ana.id}, Duration: contract.DurationRule{Mode: contract.None},
		Steps: []contract.FlowStep{{Approvers: []contract.ApproverWord{"person:" + s.ben.id}, Needed: contract.Needed{Count: 1}}}})
}
