package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// decided is what one of many deciders was told.
type decided struct {
	by      person
	verdict contract.Verdict
	answer  answer
	err     error
}

// TestOfFiftyDecisionsAtOnceOneCounts: ten approvers decide one request five
// times each, at the same moment, half of them for it and half against. One of
// them is first; everyone else is told who, and Ana gets one mail.
func TestOfFiftyDecisionsAtOnceOneCounts(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	s.ana = s.hire("ana", "")
	crowd := s.name("security")
	s.create("groups", crowd, contract.GroupInput{Name: "Security"})
	var approvers []person
	for i := range 10 {
		approver := s.hire(fmt.Sprintf("sec%d", i), "", crowd)
		approver.get("/v1/me").said(http.StatusOK)
		approvers = append(approvers, approver)
	}
	s.offer(contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{"PT3S"}}, "group:"+crowd)
	r := s.ana.asks(s.staging)

	told := decideAtOnce(approvers, r.Id, 5)
	first := winner(t, told)
	outcome := map[contract.Verdict]contract.Status{contract.VerdictApprove: contract.StatusApproved,
		contract.VerdictDeny: contract.StatusDenied}[first.verdict]
	for _, d := range told {
		if d.by.id == first.by.id {
			d.answer.said(http.StatusOK) // their own verdict again
			continue
		}
		late := d.answer.refused(http.StatusConflict, contract.ProblemCodeAlreadyDecided)
		if late.Decided.Outcome != outcome || late.Decided.By != first.by.id || late.Decided.At.IsZero() {
			t.Errorf("%s was told %+v; it was %s, %s", d.by.id, late.Decided, first.by.id, outcome)
		}
	}

	// Every life ends, the denied one at once.
	final := s.ana.sees(r.Id, map[contract.Status]contract.Status{contract.StatusApproved: contract.StatusEnded,
		contract.StatusDenied: contract.StatusDenied}[outcome])
	if decisions := final.Steps[0].Decisions; len(decisions) != 1 || decisions[0].By.Id != first.by.id {
		t.Errorf("the request was decided by %+v", decisions)
	}
	verdicts := slices.DeleteFunc(s.ana.history(of(r.Id)), func(e contract.Event) bool { return e.Type != "decided" })
	if len(verdicts) != 1 || verdicts[0].Actor.Id != first.by.id {
		t.Errorf("its history has the decisions %+v", verdicts)
	}
	s.onlyOneMailAbout(r, outcome)
}

// decideAtOnce lets each approver send a verdict several times, all together.
func decideAtOnce(approvers []person, id string, times int) []decided {
	told := make([]decided, len(approvers)*times)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range told {
		d := decided{by: approvers[i%len(approvers)], verdict: contract.VerdictApprove}
		input := contract.DecisionInput{Decision: d.verdict}
		if i%2 == 1 { // an even number of approvers: each keeps to one verdict
			d.verdict = contract.VerdictDeny
			input = contract.DecisionInput{Decision: d.verdict, Reason: "Not now"}
		}
		all.Go(func() {
			<-start
			d.answer, d.err = d.by.send(http.MethodPost, of(id)+"/decisions", input)
			told[i] = d
		})
	}
	close(start)
	all.Wait()
	return told
}

// winner finds the one person whose verdict was taken.
func winner(t *testing.T, told []decided) decided {
	t.Helper()
	var first decided
	for _, d := range told {
		if d.err != nil {
			t.Fatal(d.err)
		}
		if d.answer.status != http.StatusOK {
			continue
		}
		if first.by.id != "" && first.by.id != d.by.id {
			t.Fatalf("both %s and %s were told that their verdict counts", first.by.id, d.by.id)
		}
		first = d
	}
	if first.by.id == "" {
		t.Fatalf("nobody's verdict was taken: %d %s", told[0].answer.status, told[0].answer.body)
	}
	return first
}

// onlyOneMailAbout checks that Ana was told the outcome once. A second mail would
// have been queued before that of a later request, which is the last to come.
func (s *stage) onlyOneMailAbout(r contract.Request, outcome contract.Status) {
	s.Helper()
	subject := map[contract.Status]string{contract.StatusApproved: "Approved: Staging", contract.StatusDenied: "Denied: Staging"}
	s.ana.gets(subject[outcome], r.Id)
	again := s.ana.asks(s.staging)
	eventually(s.T, "Ana's next request is confirmed", func() []mail { return s.ana.mailsAbout("Requested: Staging") },
		func(list []mail) bool { return len(list) == 2 })
	if got := slices.Concat(s.ana.mailsAbout("Approved"), s.ana.mailsAbout("Denied")); len(got) != 1 {
		s.Errorf("Ana got %d mails about one decision: %s", len(got), subjects(got))
	}
	s.ana.post(of(again.Id)+"/cancel", nil).said(http.StatusOK)
}
