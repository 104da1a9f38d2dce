package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// vault is a stage on which the manager and then two of security decide, and a
// ticket is asked for.
type vault struct {
	*stage
	security        string
	fay, dina, dora person
}

func setVault(t *testing.T) vault {
	t.Helper()
	v := vault{stage: emptyStage(t)}
	v.security = v.name("security")
	v.create("groups", v.security, contract.GroupInput{Name: "Security"})
	v.create("groups", v.users, contract.GroupInput{Name: "Holds the database"})
	v.ben = v.hire("ben", "", v.security)
	v.ana, v.fay = v.hire("ana", v.ben.id), v.hire("fay", "")
	v.dan, v.dina, v.dora = v.hire("dan", "", v.security), v.hire("dina", "", v.security), v.hire("dora", "", v.security)
	v.create("resources", v.staging, contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Production database",
		Connector: contract.Connector{Type: "group", Group: v.users}})
	flow := in[contract.Flow](v.create("flows", v.flow, contract.FlowInput{Name: "Production database", Resources: []contract.Id{v.staging},
		VisibleTo: []contract.Audience{"person:" + v.ana.id, "person:" + v.fay.id},
		Duration:  contract.DurationRule{Mode: contract.Choice, Choices: []contract.Duration{"PT1H", "PT8H"}},
		Fields:    []contract.Field{{Id: "ticket", Label: "Ticket", Required: true, Pattern: "^[A-Z]+-[0-9]+$", Message: "A ticket looks like OPS-12."}},
		Steps: []contract.FlowStep{{Approvers: []contract.ApproverWord{"manager"}, Needed: contract.Needed{Count: 1}},
			{Approvers: []contract.ApproverWord{"group:" + v.security}, Needed: contract.Needed{Count: 2}}}}))
	if len(flow.Warnings) == 0 || flow.Warnings[0].Code != "no_manager" {
		t.Errorf("nobody warns that Fay has no manager: %+v", flow.Warnings)
	}
	return v
}

// wants asks for the database.
func (v vault) wants(p person) contract.Request {
	v.Helper()
	return in[contract.Request](p.post("/v1/requests", contract.RequestInput{ResourceId: v.staging, Reason: "Doubled invoices",
		Duration: "PT1H", Answers: contract.Answers{"ticket": "OPS-12"}}).said(http.StatusCreated))
}

func TestTheManagerAndThenTwoOfSecurityDecide(t *testing.T) {
	t.Parallel()
	v := setVault(t)
	bad := v.ana.post("/v1/requests", contract.RequestInput{ResourceId: v.staging, Reason: "Doubled invoices", Duration: "PT1H",
		Answers: contract.Answers{"ticket": "none"}}).refused(http.StatusUnprocessableEntity, contract.ProblemCodeInvalid)
	if bad.Errors[0].Pointer != "/answers/ticket" || bad.Detail != "A ticket looks like OPS-12." {
		t.Errorf("a wrong ticket: %+v", bad)
	}
	r := v.wants(v.ana)
	v.dina.get(of(r.Id)).said(http.StatusNotFound) // her step has not opened
	v.ben.approves(r.Id)
	v.ben.approves(r.Id) // again, as a member of security: he counts once
	if got := v.dora.approves(r.Id); got.Status != contract.StatusPending {
		t.Fatalf("after Ben and Dora it is %s", got.Status)
	}
	v.ana.decides(r.Id, contract.VerdictApprove).refused(http.StatusForbidden, contract.ProblemCodeSelfApproval)
	v.dan.approves(r.Id)
	v.ana.sees(r.Id, contract.StatusActive)
	if !slices.Contains(v.grants(v.ana), v.users) {
		t.Error("Ana was not put into the group")
	}
	said := strings.Join(in[contract.Explanation](v.ana.get(of(r.Id)+"/explanation").said(http.StatusOK)).Sentences, "\n")
	for _, words := range []string{"the requester's manager (Ben), was approved; approved by Ben", "2 of: Security, was approved; approved by Dora; approved by Dan"} {
		if !strings.Contains(said, words) {
			t.Errorf("the explanation does not say %q:\n%s", words, said)
		}
	}
}

func TestWhatLacksAManagerGoesOnByItself(t *testing.T) {
	t.Parallel()
	v := setVault(t)
	r := v.wants(v.fay)
	if r.Status != contract.StatusMissingData {
		t.Fatalf("without a manager it is %s", r.Status)
	}
	v.changes(v.fay, func(p *contract.PersonInput) { p.Manager = v.ben.id })
	v.fay.sees(r.Id, contract.StatusPending)
	v.ben.approves(r.Id)
}

// changes edits someone in the directory.
func (s *stage) changes(p person, edit func(*contract.PersonInput)) {
	s.Helper()
	path := "/v1/admin/people/" + p.id
	a := s.eli.get(path).said(http.StatusOK)
	was := in[contract.Person](a)
	next := contract.PersonInput{Email: was.Email, Name: was.Name, Manager: was.Manager, Groups: was.Groups, Status: was.Status}
	edit(&next)
	s.eli.call(http.MethodPut, path, next, "If-Match", a.etag()).said(http.StatusOK)
}

// TestReminderEscalationSkipAndExpiryComeOnceInThisOrder: they lie so far apart
// that a slow machine cannot swap them, and no second reminder is due.
func TestReminderEscalationSkipAndExpiryComeOnceInThisOrder(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	dina := s.hire("dina", "")
	slow := s.name("slow")
	s.create("resources", slow, contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Slow", Connector: contract.Connector{Type: "group", Group: s.users}})
	s.create("flows", slow, contract.FlowInput{Name: "Slow", Resources: []contract.Id{slow}, VisibleTo: []contract.Audience{"person:" + s.ana.id},
		Duration: contract.DurationRule{Mode: contract.None}, RemindEvery: "PT30S", PendingFor: "PT72S",
		Steps: []contract.FlowStep{
			{Approvers: []contract.ApproverWord{"person:" + s.dan.id}, Needed: contract.Needed{Count: 1},
				Fallback: []contract.ApproverWord{"person:" + dina.id}, EscalateAfter: "PT42S", SkipAfter: "PT54S"},
			{Approvers: []contract.ApproverWord{"manager"}, Needed: contract.Needed{Count: 1}}}})
	r := s.ana.asks(slow)
	s.ana.sees(r.Id, contract.StatusExpired)
	if got := story(s.eli.history(of(r.Id))); got != "submitted reminded escalated skipped expired" {
		t.Errorf("history: %s", got)
	}
	if x := s.ended(s.Approval, r.Id); x.Status != "SUCCEEDED" {
		t.Errorf("the run: %+v", x)
	}
	subjects := func(p person) string {
		var all []string
		for _, m := range p.mails() {
			all = append(all, m.Subject)
		}
		slices.Sort(all)
		return strings.Join(all, "; ")
	}
	for _, c := range []struct {
		who  person
		want string
	}{
		{s.dan, "Ana asks for Slow; Reminder: Ana asks for Slow"},
		{dina, "Ana asks for Slow"},
		{s.ben, "Ana asks for Slow"},
		{s.ana, "Expired: Slow; Requested: Slow"},
	} {
		eventually(t, c.who.id+" has the mails "+c.want, func() string { return subjects(c.who) }, func(got string) bool { return got == c.want })
	}
}

func TestADelegateDecidesWhileTheApproverIsAway(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	r := s.ana.asks(s.staging)
	s.dan.get(of(r.Id)).said(http.StatusNotFound)
	found := in[contract.PersonRefPage](s.ben.get("/v1/people?email=" + strings.ToUpper(s.dan.email)).said(http.StatusOK)).Data
	if len(found) != 1 {
		t.Fatalf("Ben finds %+v", found)
	}
	s.ben.call(http.MethodPut, "/v1/me/delegation", contract.DelegationInput{Delegate: found[0].Id,
		From: "2026-01-01T00:00:00Z", Until: r.SubmittedAt.AddDate(0, 0, 7).Format("2006-01-02T15:04:05Z")}).said(http.StatusOK)
	eventually(t, "the task is open to Dan", func() int { return len(all[contract.Request](s.dan, "/v1/requests?view=to_decide")) },
		func(n int) bool { return n == 1 })
	decided := s.dan.approves(r.Id).Steps[0].Decisions[0]
	if decided.By.Id != s.dan.id || decided.OnBehalfOf.Id != s.ben.id {
		t.Errorf("the decision: %+v", decided)
	}
	s.ana.sees(r.Id, contract.StatusActive)
}

func TestSuspendingSomeoneEndsWhatTheyHold(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	r := s.ana.asks(s.staging)
	s.ben.approves(r.Id)
	s.ana.sees(r.Id, contract.StatusActive)
	s.changes(s.ana, func(p *contract.PersonInput) { p.Status = contract.PersonStatusSuspended })
	if got := s.eli.sees(r.Id, contract.StatusEnded); got.EndReason != contract.EndReasonSuspended {
		t.Errorf("it ended because it was %s", got.EndReason)
	}
	if groups := s.grants(s.ana); len(groups) != 0 {
		t.Errorf("Ana is still in %v", groups)
	}
}

func TestSwitchingAFlowOffCancelsWhatNobodyDecided(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	held := s.ana.asks(s.staging)
	s.ben.approves(held.Id)
	s.ana.sees(held.Id, contract.StatusActive)
	r := s.ana.asks(s.staging)
	path := "/v1/admin/flows/" + s.flow
	s.eli.call(http.MethodDelete, path, nil, "If-Match", s.eli.get(path).said(http.StatusOK).etag()).said(http.StatusNoContent)
	s.ana.sees(r.Id, contract.StatusCanceled)
	if got := s.ana.reads(held.Id); got.Status != contract.StatusActive {
		t.Errorf("what was held is %s", got.Status)
	}
}
