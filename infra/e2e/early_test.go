package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/httpapi/contract"
)

// holding sets a stage on which Ana has staging.
func holding(t *testing.T, duration string) (*stage, contract.Request) {
	t.Helper()
	s := setStage(t, duration)
	r := s.ana.asks(s.staging)
	s.ben.approves(r.Id)
	s.ana.sees(r.Id, contract.StatusActive)
	s.isIn(s.Approval, r.Id, "Hold access")
	return s, r
}

func TestAccessThatIsGivenBackIsGoneLongBeforeItsEnd(t *testing.T) {
	t.Parallel()
	s, r := holding(t, "PT1H")

	if r = s.ana.givesBack(r.Id); r.EndReason != contract.EndReasonGivenBack {
		t.Errorf("given back: %+v", r)
	}
	r = s.ana.sees(r.Id, contract.StatusEnded)
	if !r.EndedAt.Before(r.EndsAt) {
		t.Errorf("it was gone at %s, and was to end at %s", r.EndedAt, r.EndsAt)
	}
	if r.EndReason != contract.EndReasonGivenBack {
		t.Errorf("ended: %s", r.EndReason)
	}
	s.nothingIsLeft()
	s.wasStopped(r.Id, "given back")

	s.ana.givesBack(r.Id) // twice is as good as once
	if got := story(s.ana.history(of(r.Id))); got != "submitted decided granting activated ending ended" {
		t.Errorf("history: %s", got)
	}
	s.ana.gets("Ended (given back): Staging", r.Id)
}

// wasStopped checks that the run which held the access does not linger, and
// that the revocation did its work.
func (s *stage) wasStopped(request, cause string) {
	s.Helper()
	x := s.ended(s.Approval, request)
	if x.Status != types.ExecutionStatusAborted || !strings.Contains(x.Cause, cause) || x.Error != "Latchkey.EndedEarly" {
		s.Errorf("the run that held the access: %+v", x)
	}
	if x := s.ended(s.Revocation, request+"-2"); x.Status != types.ExecutionStatusSucceeded || x.State != "Access is gone" {
		s.Errorf("the revocation: %+v", x)
	}
}

// TestAnAdminOverridesAndRevokes what the flow would have left to Ben. The note
// is for admins alone, and the history still verifies for everyone.
func TestAnAdminOverridesAndRevokes(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	r := s.ana.asks(s.staging)
	const note = "Agreed by phone"
	s.eli.post(of(r.Id)+"/override", contract.OverrideInput{Decision: contract.VerdictApprove, Duration: "PT2H",
		Reason: "Incident 77", InternalNote: note}).said(http.StatusOK)
	r = s.ana.sees(r.Id, contract.StatusActive)
	if r.GrantedDuration != "PT2H" || !r.EndsAt.Equal(r.StartedAt.Add(2*time.Hour)) {
		t.Errorf("granted %s, until %s", r.GrantedDuration, r.EndsAt)
	}
	s.isIn(s.Approval, r.Id, "Hold access")

	s.eli.post(of(r.Id)+"/revoke", contract.RevokeInput{Reason: "The incident is over", InternalNote: note}).said(http.StatusOK)
	if r = s.ana.sees(r.Id, contract.StatusEnded); r.EndReason != contract.EndReasonRevoked {
		t.Errorf("ended: %s", r.EndReason)
	}
	s.nothingIsLeft()
	s.wasStopped(r.Id, "revoked")
	s.ana.gets("Ended (revoked): Staging", r.Id)

	const told = "submitted overridden granting activated ending ended"
	for _, reader := range []person{s.ana, s.eli} {
		events := reader.history(of(r.Id))
		if got := story(events); got != told {
			t.Fatalf("history: %s", got)
		}
		for _, e := range []contract.Event{events[1], events[4]} {
			text := e.Texts["internal_note"].Text
			if reads := text != nil && *text == note; reads != (reader.id == s.eli.id) || reader.id == s.ana.id && text != nil {
				t.Errorf("%s reads of the note in %s: %v", reader.id, e.Type, aws.ToString(text))
			}
		}
	}
}

// TestAccessEndsThoughItsExecutionWasStopped by hand while it held the access.
func TestAccessEndsThoughItsExecutionWasStopped(t *testing.T) {
	t.Parallel()
	s, r := holding(t, "PT30S")
	arn := executionARN(s.Approval, r.Id)
	if _, err := s.steps().StopExecution(t.Context(), &sfn.StopExecutionInput{ExecutionArn: &arn,
		Cause: aws.String("by hand")}); err != nil {
		t.Fatal(err)
	}

	ended := s.sweptUntil(r, contract.StatusEnded)
	if ended.EndReason != contract.EndReasonExpired || ended.EndedAt.Before(ended.EndsAt) {
		t.Errorf("ended: %+v", ended)
	}
	s.nothingIsLeft()
	// Two sweepers that come together start a run each; the last one counts.
	last := fmt.Sprintf("%s-%d", r.Id, in[contract.Request](s.eli.get(of(r.Id)).said(http.StatusOK)).Runs)
	if x := s.ended(s.Approval, last); x.Status != types.ExecutionStatusSucceeded {
		t.Errorf("the run %s: %+v", last, x)
	}
	events := slices.CompactFunc(s.ana.history(of(r.Id)), func(a, b contract.Event) bool {
		return a.Type == "run_started" && b.Type == "run_started"
	})
	if got := story(events); got != "submitted decided granting activated run_started ending ended" {
		t.Errorf("history: %s", got)
	}
	s.ana.gets("Ended (expired): Staging", r.Id)
}
