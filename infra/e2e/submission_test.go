package e2e

import (
	"net/http"
	"slices"
	"sync"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// TestAFormSentTwiceMakesOneRequest, whether its sender waited for the answer or
// not.
func TestAFormSentTwiceMakesOneRequest(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	form := contract.RequestInput{ResourceId: s.staging, Reason: "To look around"}

	preview := in[contract.RequestPreview](s.ana.post("/v1/requests?dry_run=true", form).said(http.StatusOK))
	if len(preview.Steps) != 1 || preview.Steps[0].Approvers[0].Id != s.ben.id || preview.Status != contract.StatusPending {
		t.Errorf("who would decide: %+v", preview)
	}
	if list := all[contract.Request](s.ana, "/v1/requests"); len(list) != 0 {
		t.Errorf("a dry run stored %+v", list)
	}

	answers := s.asksAtOnce(form, 8, "Idempotency-Key", s.name("form"))
	first := in[contract.Request](answers[0].said(http.StatusCreated))
	if got := answers[0].header.Get("Location"); got != of(first.Id) {
		t.Errorf("the request is said to be at %q", got)
	}
	for _, a := range append(answers, s.ana.post("/v1/requests", form, "Idempotency-Key", s.name("form"))) {
		if again := in[contract.Request](a.said(http.StatusCreated)); again.Id != first.Id {
			t.Errorf("one form made %s and %s", first.Id, again.Id)
		}
	}
	s.madeOne(first)
}

// TestOneAsksForAThingOnce: of several forms that are sent off at the same
// moment one makes a request, and the others are told which.
func TestOneAsksForAThingOnce(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	answers := s.asksAtOnce(contract.RequestInput{ResourceId: s.staging, Reason: "To look around"}, 8)
	i := slices.IndexFunc(answers, func(a answer) bool { return a.status == http.StatusCreated })
	if i < 0 {
		t.Fatalf("nothing was made: %d %s", answers[0].status, answers[0].body)
	}
	first := in[contract.Request](answers[i])
	for _, a := range slices.Delete(answers, i, i+1) {
		open := a.refused(http.StatusConflict, contract.ProblemCodeDuplicateOpenRequest)
		if open.RequestId != first.Id {
			t.Errorf("the open request is %s, not %s", first.Id, open.RequestId)
		}
	}
	s.madeOne(first)
}

// asksAtOnce lets Ana send the same form several times at the same moment.
func (s *stage) asksAtOnce(form contract.RequestInput, times int, headers ...string) []answer {
	s.Helper()
	s.ana.get("/v1/me").said(http.StatusOK)
	answers, errs := make([]answer, times), make([]error, times)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i], errs[i] = s.ana.send(http.MethodPost, "/v1/requests", form, headers...) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			s.Fatal(err)
		}
	}
	return answers
}

// madeOne checks that Ana has this request alone, and was told of it once.
func (s *stage) madeOne(r contract.Request) {
	s.Helper()
	if list := all[contract.Request](s.ana, "/v1/requests"); len(list) != 1 || list[0].Id != r.Id {
		s.Errorf("Ana has %+v", list)
	}
	s.isIn(s.Approval, r.Id, "Await the decision")
	s.ana.gets("Requested: Staging", r.Id)
	s.ben.gets("Ana asks for Staging", r.Id)
	for _, who := range []person{s.ana, s.ben} {
		if got := who.mails(); len(got) != 1 {
			s.Errorf("%s got %s", who.id, subjects(got))
		}
	}
}
