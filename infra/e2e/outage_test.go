package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/httpapi/contract"
	webhook "latchkey/infra/local/endpoint"
)

// TestARevocationThatFailsIsSeenAlarmedAndTriedUntilItIsDone: the endpoint gives
// no answer, and answers 500, until the revocation is stuck; then it recovers.
func TestARevocationThatFailsIsSeenAlarmedAndTriedUntilItIsDone(t *testing.T) {
	t.Parallel()
	s := hook(t, fixed("PT1H"))
	alarms := s.alarms()
	r := s.given()
	s.stuckIsListed(r)

	s.meets(webhook.Trouble{Times: 1}, webhook.Trouble{Status: http.StatusInternalServerError})
	s.eli.post(of(r.Id)+"/revoke", contract.RevokeInput{Reason: "The incident is over"}).said(http.StatusOK)
	s.sees(r, contract.StatusStuck)
	for i, got := range s.failures(r) { // a look for drift may have met the time-out
		if got != "http_500" && (i > 0 || got != "timeout") {
			t.Errorf("it failed by %v", s.failures(r))
		}
	}
	s.standsAt(true, true)
	eventually(t, "the alarm names the request", alarms, names(r.Id))
	s.eli.gets("Ending (delayed): Staging for Ana", r.Id)

	// The next run fails as well, and the request stays in the list meanwhile.
	eventually(t, "a second run has failed", func() int {
		s.invoke(s.Sweeper, "{}")
		s.stuckIsListed(r)
		return len(s.failures(r))
	}, func(failures int) bool { return failures >= 6 })

	s.meets()
	eventually(t, "the access is gone", func() contract.Status {
		s.invoke(s.Sweeper, "{}")
		return s.stuckIsListed(r).Status
	}, func(status contract.Status) bool { return status == contract.StatusEnded })
	if r = s.ana.reads(r.Id); r.EndReason != contract.EndReasonRevoked {
		t.Errorf("ended: %s", r.EndReason)
	}
	s.standsAt(false, true, false)
	s.stuckIsListed(r)
	s.ana.gets("Ended (revoked): Staging", r.Id)
}

// sees waits until a request has this status. All the way there, the list of
// what is stuck is right about it.
func (s *stage) sees(r contract.Request, status contract.Status) {
	s.Helper()
	eventually(s.T, r.Id+" is "+string(status), func() contract.Status { return s.stuckIsListed(r).Status },
		func(now contract.Status) bool { return now == status })
}

// stuckIsListed checks that a request is in the list of stuck revocations if it
// is one, and gives it as it is now.
func (s *stage) stuckIsListed(r contract.Request) contract.Request {
	s.Helper()
	before := s.eli.reads(r.Id)
	listed := slices.Contains(s.listedAsStuck(), r.Id)
	after := s.eli.reads(r.Id)
	if before.Version == after.Version && listed != (after.Status == contract.StatusStuck) {
		s.Errorf("%s is %s, and is listed as stuck: %t", r.Id, after.Status, listed)
	}
	return after
}

func (s *stage) listedAsStuck() []string {
	s.Helper()
	var ids []string
	for _, r := range all[contract.Request](s.eli, "/v1/requests?view=all&status=stuck&limit=100") {
		ids = append(ids, r.Id)
	}
	return ids
}

// failures lists by what the attempts to take access away have failed.
func (s *stage) failures(r contract.Request) []string {
	s.Helper()
	var list []string
	for _, e := range s.eli.history(of(r.Id)) {
		if e.Type != "revocation_failed" {
			continue
		}
		var details struct{ Failure string }
		text, err := json.Marshal(e.Details)
		if err == nil {
			err = json.Unmarshal(text, &details)
		}
		if err != nil {
			s.Fatal(err)
		}
		list = append(list, details.Failure)
	}
	return list
}

// TestAnEndpointIsLeftAloneForAsLongAsItAsks with Retry-After.
func TestAnEndpointIsLeftAloneForAsLongAsItAsks(t *testing.T) {
	t.Parallel()
	const asked = 5 // seconds; left to itself, the second attempt comes after one
	s := hook(t, fixed("PT1H"))
	r := s.given()
	s.meets(webhook.Trouble{Status: http.StatusTooManyRequests, RetryAfter: asked, Times: 1})
	s.ana.givesBack(r.Id)
	s.ana.sees(r.Id, contract.StatusEnded)
	s.standsAt(false, true, false)

	calls := s.calls()
	i := slices.IndexFunc(calls, func(c webhook.Call) bool { return c.Answer == http.StatusTooManyRequests })
	if i < 0 || i+1 == len(calls) {
		t.Fatalf("the endpoint was sent %+v", calls)
	}
	if waited := calls[i+1].At.Sub(calls[i].At); waited < asked*time.Second {
		t.Errorf("it was called again after %s", waited)
	}
}

// TestAGrantThatIsRefusedIsToldAndTriedAgain by an admin, once the endpoint lets
// Ana in.
func TestAGrantThatIsRefusedIsToldAndTriedAgain(t *testing.T) {
	t.Parallel()
	s := hook(t, fixed("PT1H"))
	s.meets(webhook.Trouble{On: webhook.Ensure, Status: http.StatusUnprocessableEntity})
	r := s.ana.asks(s.staging)
	s.ben.approves(r.Id)
	s.ana.sees(r.Id, contract.StatusFailed)
	s.standsAt(false, true) // told once: the answer was final
	if held := s.ana.holds(); len(held) != 0 {
		t.Errorf("Ana holds %+v", held)
	}
	if m := s.ana.gets("Error: Staging could not be set up", r.Id); !strings.Contains(m.Text, "http_422") {
		t.Errorf("the mail does not say why:\n%s", m.Text)
	}
	s.ana.post(of(r.Id)+"/retry", contract.RetryInput{Reason: "Please"}).refused(http.StatusForbidden, contract.ProblemCodeForbidden)

	s.meets()
	s.eli.post(of(r.Id)+"/retry", contract.RetryInput{Reason: "Ana has an account there now"}).said(http.StatusOK)
	s.ana.sees(r.Id, contract.StatusActive)
	s.standsAt(true, true, true)
	if got := story(s.ana.history(of(r.Id))); got != "submitted decided granting grant_failed failed retried granting activated" {
		t.Errorf("history: %s", got)
	}
}
