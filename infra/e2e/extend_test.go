package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/httpapi/contract"
)

// stretch lets access of this time be extended once, by up to 30 seconds; these
// approve it.
func stretch(time contract.Duration, approvers ...contract.ApproverWord) contract.DurationRule {
	rule := fixed(time)
	rule.Extend = contract.ExtendRule{UpTo: "PT30S", Times: 1, Approvers: approvers}
	return rule
}

// TestAnExtensionInTheLastSecondLeavesNoGap: the endpoint is not told to take
// the access before the new end.
func TestAnExtensionInTheLastSecondLeavesNoGap(t *testing.T) {
	t.Parallel()
	s := hook(t, stretch("PT20S"))
	r, more := s.extendedInTheLastSecond()
	if !more.EndsAt.Equal(r.EndsAt.Add(4*time.Second)) || more.Extensions != 1 {
		t.Errorf("extended: %+v", more)
	}
	s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT4S"}).refused(http.StatusConflict, contract.ProblemCodeNotAllowed)
	s.ana.sees(r.Id, contract.StatusEnded)
	for _, c := range s.calls() {
		if c.Want != nil && !*c.Want && c.At.After(r.StartedAt) && c.At.Before(more.EndsAt) {
			t.Errorf("%s before the end, the endpoint was told to take the access", more.EndsAt.Sub(c.At))
		}
	}
	if orders := s.orders(); orders[len(orders)-1] || s.letsIn() {
		t.Errorf("in the end Ana is still let in, after %v", orders)
	}
	if got := story(s.ana.history(of(r.Id))); got != "submitted decided granting activated extended ending ended" {
		t.Errorf("history: %s", got)
	}
	if x := s.ended(s.Approval, r.Id); x.Status != "SUCCEEDED" {
		t.Errorf("the run: %+v", x)
	}
}

// extendedInTheLastSecond gives access as it was before and after. On a busy
// machine a second is short: who comes too late begins anew, a little earlier.
func (s *stage) extendedInTheLastSecond() (before, after contract.Request) {
	s.Helper()
	for last := time.Second; last < 20*time.Second; last *= 2 {
		r := s.given()
		eventually(s.T, "the last second has begun", time.Now, func(now time.Time) bool { return now.After(r.EndsAt.Add(-last)) })
		a := s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT4S"})
		if a.status == http.StatusOK {
			return r, in[contract.Request](a)
		}
		a.refused(http.StatusConflict, contract.ProblemCodeNotAllowed)
		s.ana.sees(r.Id, contract.StatusEnded)
	}
	s.Fatal("always too late")
	return
}

func TestAnExtensionWaitsForItsApprover(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	s.ben, s.dan = s.hire("ben", ""), s.hire("dan", "")
	s.ana = s.hire("ana", s.ben.id)
	s.offer(stretch("PT1M", "manager"), "manager")
	r := s.given()
	if held := s.ana.holds(); len(held) != 1 || held[0].Extend != (contract.ExtendOffer{UpTo: "PT30S", Left: 1, NeedsApproval: true}) {
		t.Errorf("held: %+v", held)
	}
	s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT30S"}).refused(http.StatusUnprocessableEntity, contract.ProblemCodeInvalid)
	asked := in[contract.Request](s.ana.post(of(r.Id)+"/extend", contract.ExtendInput{Duration: "PT30S", Reason: "Not done yet"}).said(http.StatusOK))
	if asked.Extension.Duration != "PT30S" || len(asked.Extension.Approvers) != 1 || asked.Extension.Approvers[0].Id != s.ben.id {
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
	if !got.EndsAt.Equal(r.EndsAt.Add(30*time.Second)) || got.Extension.Duration != "" {
		t.Errorf("approved: %+v", got)
	}
	s.ana.sees(r.Id, contract.StatusEnded)
	s.ana.hears("Extended: Staging, by 30 seconds")
}

// hears waits for a mail.
func (p person) hears(subject string) {
	p.Helper()
	eventually(p.T, p.id+" has the mail "+subject, func() []mail { return p.mails() }, func(mails []mail) bool {
		return slices.ContainsFunc(mails, func(m mail) bool { return strings.HasPrefix(m.Subject, subject) })
	})
}
