package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/httpapi/contract"
)

// TestAccessIsAskedForGivenHeldAndOver is a request's whole life.
func TestAccessIsAskedForGivenHeldAndOver(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT20S")

	r := s.ana.asks(s.staging)
	if r.Status != contract.StatusPending || r.Requester.Id != s.ana.id || r.Duration != "PT20S" {
		t.Fatalf("asked: %+v", r)
	}
	s.ana.gets("Requested: Staging for 20 seconds", r.Id)
	s.ben.gets("Ana asks for Staging", r.Id)
	if tasks := all[contract.Request](s.ben, "/v1/requests?view=to_decide"); len(tasks) != 1 || tasks[0].Id != r.Id {
		t.Fatalf("Ben's tasks: %+v", tasks)
	}

	s.ben.approves(r.Id)
	r = s.ana.sees(r.Id, contract.StatusActive)
	if !r.EndsAt.Equal(r.StartedAt.Add(20 * time.Second)) {
		t.Errorf("started at %s, ends at %s", r.StartedAt, r.EndsAt)
	}
	held := s.ana.holds()
	if len(held) != 1 || held[0].RequestId != r.Id || !held[0].EndsAt.Equal(r.EndsAt) || held[0].Url != "https://staging.example.com" {
		t.Errorf("held: %+v", held)
	}
	if me := in[contract.Me](s.ana.get("/v1/me").said(http.StatusOK)); !slices.Contains(me.Groups, s.users) {
		t.Errorf("Ana is in %v, not in %s", me.Groups, s.users)
	}
	if got := s.grants(s.ana); !slices.Equal(got, []contract.Id{s.users}) {
		t.Errorf("Ana was granted %v", got)
	}

	r = s.ana.sees(r.Id, contract.StatusEnded)
	if r.EndReason != contract.EndReasonExpired || r.EndedAt.Before(r.EndsAt) {
		t.Errorf("ended: %s, at %s instead of %s", r.EndReason, r.EndedAt, r.EndsAt)
	}
	s.nothingIsLeft()

	events := s.ana.history(of(r.Id))
	if got := story(events); got != "submitted decided granting activated ending ended" {
		t.Errorf("history: %s", got)
	}
	if reason := events[0].Texts["reason"].Text; reason == nil || *reason != r.Reason {
		t.Errorf("the history's reason is not %q", r.Reason)
	}
	if by := events[1].Actor; by.Id != s.ben.id || by.Kind != "person" || by.Via != contract.ViaPortal {
		t.Errorf("decided by %+v", by)
	}

	s.ana.gets("Approved: Staging for 20 seconds", r.Id)
	s.ana.gets("Ended (expired): Staging", r.Id)
	for who, want := range map[*person]int{&s.ana: 3, &s.ben: 1, &s.dan: 0} {
		got := slices.DeleteFunc(who.mails(), func(m mail) bool { return strings.HasPrefix(m.Subject, "Ends soon") }) // as in story
		if len(got) != want {
			t.Errorf("%s got %d mails instead of %d: %s", who.id, len(got), want, subjects(got))
		}
	}
}

// nothingIsLeft checks that Ana holds nothing and that nothing was granted her.
func (s *stage) nothingIsLeft() {
	s.Helper()
	if held := s.ana.holds(); len(held) != 0 {
		s.Errorf("Ana holds %+v", held)
	}
	if granted := s.grants(s.ana); len(granted) != 0 {
		s.Errorf("Ana is in %v", granted)
	}
}

// TestToAStrangerARequestDoesNotExist, and one that does not exist looks the
// same.
func TestToAStrangerARequestDoesNotExist(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	r := s.ana.asks(s.staging)
	const madeUp = "req_01JZ3X6V9QK4T7M2B8N5C0D1EF"

	for _, path := range []string{"", "/events"} {
		real := s.dan.get(of(r.Id) + path)
		real.refused(http.StatusNotFound, contract.ProblemCodeNotFound)
		if none := s.dan.get(of(madeUp) + path); string(none.body) != string(real.body) {
			t.Errorf("%s tells a request from none: %s, %s", path, real.body, none.body)
		}
	}
	for _, verdict := range []contract.Verdict{contract.VerdictApprove, contract.VerdictDeny, contract.VerdictAsk} {
		real := s.dan.decides(r.Id, verdict)
		real.refused(http.StatusForbidden, contract.ProblemCodeNotApprover)
		if none := s.dan.decides(madeUp, verdict); string(none.body) != string(real.body) {
			t.Errorf("%s tells a request from none: %s, %s", verdict, real.body, none.body)
		}
	}
	for _, view := range []string{"mine", "to_decide"} {
		if list := all[contract.Request](s.dan, "/v1/requests?view="+view); len(list) != 0 {
			t.Errorf("%s: %+v", view, list)
		}
	}
	if after := s.ana.reads(r.Id); after.Version != r.Version || after.Status != contract.StatusPending {
		t.Errorf("the request became %s, version %d", after.Status, after.Version)
	}
}

// TestTheExecutionShowsWhereARequestStands to an administrator who looks at the
// state machines in the console.
func TestTheExecutionShowsWhereARequestStands(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT20S")
	r := s.ana.asks(s.staging)
	s.isIn(s.Approval, r.Id, "Await the decision")
	s.ben.approves(r.Id)
	s.isIn(s.Approval, r.Id, "Hold access")

	x := s.ended(s.Approval, r.Id)
	if x.Status != types.ExecutionStatusSucceeded || x.State != "End access" {
		t.Errorf("ended: %+v", x)
	}
	if x.Transitions > 6 {
		t.Errorf("%d transitions: %q", x.Transitions, x.Entered)
	}
	t.Logf("%d transitions: %q", x.Transitions, x.Entered)
	if revocation := s.execution(s.Revocation, r.Id); revocation.Status != "" {
		t.Errorf("a life without trouble took a revocation: %+v", revocation)
	}
	s.ana.sees(r.Id, contract.StatusEnded)
	s.nothingIsLeft()
}

// TestADeniedOrCanceledRequestIsOver at once, and leaves no execution behind.
func TestADeniedOrCanceledRequestIsOver(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	over := func(r contract.Request, history string) {
		t.Helper()
		if x := s.ended(s.Approval, r.Id); x.Status != types.ExecutionStatusSucceeded || x.State != "Nothing more to do" {
			t.Errorf("%s: %+v", r.Status, x)
		}
		if got := story(s.ana.history(of(r.Id))); got != history {
			t.Errorf("history: %s", got)
		}
		s.nothingIsLeft()
	}

	denied := s.ana.asks(s.staging)
	s.ben.decides(denied.Id, contract.VerdictDeny).said(http.StatusOK)
	over(s.ana.sees(denied.Id, contract.StatusDenied), "submitted decided")
	s.ana.gets("Denied: Staging", denied.Id)

	canceled := s.ana.asks(s.staging)
	s.ana.post(of(canceled.Id)+"/cancel", nil).said(http.StatusOK)
	over(s.ana.sees(canceled.Id, contract.StatusCanceled), "submitted canceled")
}
