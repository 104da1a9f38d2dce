package e2e

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
	"latchkey/infra/local/slack"
)

const slackPath = "/v1/me/integrations/slack"

// TestAPersonConnectsToTheirOwnSlackUserAndToNobodyElse: Gina is a guest of the
// workspace, takes on Ana's email, and is no guest any more.
func TestAPersonConnectsToTheirOwnSlackUserAndToNobodyElse(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	control := s.slack()
	gina := s.joinsSlack(s.name("gina"), "gina."+s.mark+"@example.com", func(p *slack.Person) { p.Restricted = true })
	becomes := func(c slack.Change) {
		t.Helper()
		if err := control.Change(t.Context(), gina, c); err != nil {
			t.Fatal(err)
		}
	}
	stands := func(p person, connected bool) contract.SlackIntegration {
		t.Helper()
		got := in[contract.SlackIntegration](p.get(slackPath).said(http.StatusOK))
		if got.Connected != connected || connected && (got.Team.Id != slack.Team || got.User.Id != gina) {
			t.Fatalf("%s is connected as %+v", p.id, got)
		}
		return got
	}
	yes, no := true, false
	s.dan.get("/v1/me").said(http.StatusOK) // whoever was never here before is nobody to the Slack function
	becomes(slack.Change{Email: &s.ana.email})

	if !in[contract.Me](s.ana.get("/v1/me").said(http.StatusOK)).Features.Integrations {
		t.Error("a portal would not show the Integrations area")
	}
	s.ana.connects(control, gina, "").refused(http.StatusForbidden, contract.ProblemCodeGuest)
	becomes(slack.Change{Restricted: &no, EmailConfirmed: &no})
	s.ana.connects(control, gina, "").refused(http.StatusForbidden, contract.ProblemCodeEmailMismatch)
	becomes(slack.Change{EmailConfirmed: &yes})
	s.dan.connects(control, gina, "").refused(http.StatusForbidden, contract.ProblemCodeEmailMismatch)
	stands(s.ana, false)

	answer := s.ana.signsInWithSlack(control, gina, s.ana.authorize())
	stands(s.ana, false) // the sign-in alone changes nothing
	s.dan.call(http.MethodPut, slackPath, answer).refused(http.StatusConflict, contract.ProblemCodeLinkExpired)
	s.ana.call(http.MethodPut, slackPath, answer).said(http.StatusOK)
	first := stands(s.ana, true)
	s.ana.call(http.MethodPut, slackPath, answer).refused(http.StatusConflict, contract.ProblemCodeLinkExpired)
	s.ana.connects(control, gina, "").said(http.StatusOK)
	if again := stands(s.ana, true); again != first {
		t.Errorf("connected as %+v, then as %+v", first, again)
	}

	s.ana.call(http.MethodDelete, slackPath, nil).said(http.StatusNoContent)
	stands(s.ana, false)
	s.ana.connects(control, gina, "").said(http.StatusOK)
	s.changes(s.ana, func(p *contract.PersonInput) { p.Status = contract.PersonStatusSuspended })
	s.ana.get(slackPath).refused(http.StatusForbidden, contract.ProblemCodeSuspended)
	s.changes(s.ana, func(p *contract.PersonInput) { p.Status = contract.PersonStatusActive })
	stands(s.ana, false)
	if told := story(s.eli.history("/v1/admin/people/" + s.ana.id + "/integrations/slack")); told != "created deleted created deleted" {
		t.Errorf("what happened to Ana's connection: %s", told)
	}
}

// slack is the control of the company's Slack workspace.
func (s *stack) slack() slack.Client { return slack.Client{Base: s.Slack.Control, HTTP: httpClient} }

// authorize begins a sign-in with Slack.
func (p person) authorize() string {
	p.Helper()
	return in[contract.SlackSignIn](p.post(slackPath, nil).said(http.StatusCreated)).AuthorizeUrl
}

// signsInWithSlack gives what Slack sends someone back with.
func (p person) signsInWithSlack(control slack.Client, user, page string) contract.SlackSignInAnswer {
	p.Helper()
	back, err := control.Consent(p.Context(), user, page)
	if err != nil {
		p.Fatal(err)
	}
	return contract.SlackSignInAnswer{Code: back.Code, State: back.State}
}

// connects signs someone in with Slack and posts the answer. A team, if there is
// one, is asked for instead of the company's.
func (p person) connects(control slack.Client, user, team string) answer {
	p.Helper()
	page := p.authorize()
	if team != "" {
		at, err := url.Parse(page)
		if err != nil {
			p.Fatal(err)
		}
		q := at.Query()
		q.Set("team", team)
		at.RawQuery = q.Encode()
		page = at.String()
	}
	return p.call(http.MethodPut, slackPath, p.signsInWithSlack(control, user, page))
}

// TestSomeoneOfAnotherWorkspaceIsNotConnected, although the app were distributed
// and their email were a person's.
func TestSomeoneOfAnotherWorkspaceIsNotConnected(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	s.ana.get("/v1/me").said(http.StatusOK)
	control := s.slack()
	stan := slack.UserID("stranger")
	if err := control.Change(t.Context(), stan, slack.Change{Email: &s.ana.email}); err != nil {
		t.Fatal(err)
	}
	settings, err := control.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	distributed := settings
	distributed.Distributed = true
	if err := control.Set(t.Context(), distributed); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := control.Set(context.Background(), settings); err != nil {
			t.Error(err)
		}
	})
	s.ana.connects(control, stan, slack.PartnerTeam).refused(http.StatusForbidden, contract.ProblemCodeWrongWorkspace)
}
