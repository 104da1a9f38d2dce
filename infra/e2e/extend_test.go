package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/httpapi/contract"
)

// stretch lets Ana hold staging for eight seconds and extend it once, by up to
// five; these approve it.
func stretch(t *testing.T, approvers ...contract.ApproverWord) (*stage, contract.Request) {
	t.Helper()
	s := emptyStage(t)
	s.ben, s.dan = s.hire("ben", ""), s.hire("dan", "")
	s.ana = s.hire("ana", s.ben.id)
	s.offer(contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{"PT8S"},
		Extend: contract.ExtendRule{UpTo: "PT5S", Times: 1, Approvers: approvers}}, "manager")
	r := s.ana.asks(s.staging)
	s.ben.approves(r.Id)
	return s, s.ana.sees(r.Id, contract.StatusActive)
}

func TestAnExtensionInTheLastSecondLeavesNoGap(t *testing.T) {
	t.Parallel()
	s, r := stretch(t)
	end := r.EndsAt
	eventually(t, "the last second has begun", time.Now, func(now time.Time) bool { return now.After(end.Add(-time.Second)) })
	more := in[contract.Request](s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT4S"}).said(http.StatusOK))
	if !more.EndsAt.Equal(end.Add(4*time.Second)) || more.Extensions != 1 {
		t.Errorf("extended: %+v", more)
	}
	s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT4S"}).refused(http.StatusConflict, contract.ProblemCodeNotAllowed)
	eventually(t, "the old end has passed by a second", time.Now, func(now time.Time) bool {
		if got := s.grants(s.ana); now.Before(more.EndsAt) && !slices.Contains(got, s.users) {
			t.Fatalf("%s before the end, Ana is in %v", time.Until(more.EndsAt), got)
		}
		return now.After(end.Add(time.Second))
	})
	s.ana.sees(r.Id, contract.StatusEnded)
	if got := story(s.ana.history(of(r.Id))); got != "submitted decided granting activated extended ending ended" {
		t.Errorf("history: %s", got)
	}
	if x := s.ended(s.Approval, r.Id); x.Status != "SUCCEEDED" {
		t.Errorf("the run: %+v", x)
	}
}

func TestAnExtensionWaitsForItsApprover(t *testing.T) {
	t.Parallel()
	s, r := stretch(t, "manager")
	s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT5S"}).refused(http.StatusUnprocessableEntity, contract.ProblemCodeInvalid)
	asked := in[contract.Request](s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT5S", Reason: "Not done yet"}).said(http.StatusOK))
	if asked.Extension.Duration != "PT5S" || len(asked.Extension.Approvers) != 1 || asked.Extension.Approvers[0].Id != s.ben.id {
		t.Errorf("asked: %+v", asked.Extension)
	}
	s.ben.hears("Ana asks for more time: Staging")
	tasks := all[contract.Request](s.ben, "/v1/requests?view=to_decide")
	if len(tasks) != 1 || !slices.Contains(tasks[0].AllowedActions, contract.ActionApproveExtension) {
		t.Errorf("Ben's tasks: %+v", tasks)
	}
	decision := contract.DecisionInput{Decision: contract.VerdictApprove, Extension: true}
	s.ana.post(of(r.Id)+"/decisions", decision).refused(http.StatusForbidden, contract.ProblemCodeSelfApproval)
	s.dan.post(of(r.Id)+"/decisions", decision).refused(http.StatusForbidden, contract.ProblemCodeNotApprover)
	got := in[contract.Request](s.ben.post(of(r.Id)+"/decisions", decision).said(http.StatusOK))
	if !got.EndsAt.Equal(r.EndsAt.Add(5*time.Second)) || got.Extension.Duration != "" {
		t.Errorf("approved: %+v", got)
	}
	s.ana.sees(r.Id, contract.StatusEnded)
	s.ana.hears("Extended: Staging, by 5 seconds")
}

// hears waits for a mail.
func (p person) hears(subject string) {
	p.Helper()
	eventually(p.T, p.id+" has the mail "+subject, func() []mail { return p.mails() }, func(mails []mail) bool {
		return slices.ContainsFunc(mails, func(m mail) bool { return strings.HasPrefix(m.Subject, subject) })
	})
}
