package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestTheStraightWay(t *testing.T) {
	s := story(t).submits("ana", "staging").approves("ben").is(access.Approved)
	s.at("due", s.request.Due, s.now.Add(s.pace.Grace)).at("expiry", s.request.ExpiresAt, time.Time{})
	s.grantBegins().is(access.Granting).at("due", s.request.Due, s.now.Add(access.GrantLimit))
	s.after(time.Second).isSeen().is(access.Active)
	s.at("start", s.request.StartedAt, s.now).at("end", s.request.EndsAt, s.now.Add(2*time.Minute))
	s.at("due", s.request.Due, s.request.EndsAt.Add(-20*time.Second))
	s.isSeen().nothingHappened()
	s.after(2*time.Minute - time.Millisecond).timeUp().nothingHappened()
	s.after(time.Millisecond).timeUp().is(access.Ending).at("due", s.request.Due, s.now.Add(access.EndLimit))
	s.run(1, access.ApprovalMachine).timeUp().nothingHappened()
	s.isGone().is(access.Ended).isGone().nothingHappened()
	equal(t, "end reason", s.request.EndReason, access.EndExpired)
	s.at("end", s.request.EndedAt, s.now).at("due", s.request.Due, time.Time{})
}

func TestAccessThatIsNotTimedEndsWhenSomeoneEndsIt(t *testing.T) {
	s := story(t).submits("ana", "github").approves("eli").holds()
	s.at("end", s.request.EndsAt, time.Time{}).at("due", s.request.Due, time.Time{})
	s.after(5 * 365 * 24 * time.Hour).timeUp().nothingHappened().sweeps().nothingHappened()
	s.givesBack("ana").is(access.Ending).run(2, access.RevocationMachine).isGone().is(access.Ended)
}

func TestEligibilityIsCheckedAgainAtTheGrant(t *testing.T) {
	gone := story(t).submits("ana", "staging").approves("ben")
	gone.people["ana"].suspended = true
	gone.grantBegins().is(access.Canceled).happened(access.EventCanceled)
	equal(t, "why", gone.events[0].Details.Failure, "not_eligible")

	moved := story(t)
	moved.flow("staging").VisibleTo = []access.Principal{access.OfGroup("engineering")}
	moved.submits("ana", "staging").approves("ben")
	moved.people["ana"].groups = []access.GroupID{"design"}
	moved.grantBegins().is(access.Canceled).grantBegins().refused(access.CodeNotAllowed)
}

func TestAFailedGrantGoesThroughEndingAndMayBeTriedAgain(t *testing.T) {
	s := story(t).submits("ana", "staging").approves("ben").grantBegins()
	s.workflow(access.GrantFailed{Code: "refused"}).is(access.Ending).run(2, access.RevocationMachine)
	equal(t, "failure", s.request.Failure, "refused")
	s.workflow(access.GrantFailed{Code: "refused"}).nothingHappened()
	s.retries("eli").refused(access.CodeNotAllowed)
	s.isGone().is(access.Failed).happened(access.EventFailed)
	s.retries("ben").refused(access.CodeForbidden)
	s.does(s.person("eli"), access.Retry{}).refused(access.CodeInvalid).about("/reason", "required")
	s.usage.OpenRequest = "req_02"
	s.retries("eli").refused(access.CodeDuplicateOpenRequest)
	equal(t, "the open one", s.said.Request, access.RequestID("req_02"))
	s.usage.OpenRequest = ""
	s.retries("eli").is(access.Approved).run(3, access.ApprovalMachine)
	equal(t, "failure", s.request.Failure, "")
	s.holds().after(2 * time.Minute).timeUp().isGone().is(access.Ended)

	own := story(t).submits("eli", "github").approves("eva").grantBegins().workflow(access.GrantFailed{Code: "refused"}).isGone()
	own.retries("eli").refused(access.CodeSelfApproval).retries("eva").is(access.Approved)
}

func TestAGrantPastItsLimitHasAnUnknownOutcome(t *testing.T) {
	s := story(t).submits("ana", "staging").approves("ben").grantBegins()
	s.after(access.GrantLimit - time.Millisecond).grantBegins().nothingHappened()
	s.after(time.Millisecond).grantBegins().is(access.Ending).happened(access.EventGrantFailed)
	equal(t, "failure", s.request.Failure, "outcome_unknown")
	s.run(2, access.RevocationMachine)
	s.isSeen().refused(access.CodeNotAllowed)
	s.isGone().is(access.Failed)
}

func TestADeviceBeginsWhenItsUserStartsIt(t *testing.T) {
	s := story(t).submits("ana", "laptop", lasting(hour)).after(time.Hour).approves("eli").is(access.Ready)
	s.at("claim", s.request.ExpiresAt, s.now.Add(24*time.Hour))
	s.at("due", s.request.Due, s.request.ExpiresAt.Add(s.pace.Grace))
	s.grantBegins().refused(access.CodeNotAllowed)
	s.starts("eli").refused(access.CodeForbidden)
	s.after(24*time.Hour - time.Second).starts("ana").is(access.Approved).happened(access.EventStarted)
	s.starts("ana").nothingHappened()
	s.holds().starts("ana").nothingHappened().at("end", s.request.EndsAt, s.now.Add(time.Hour))

	late := story(t).submits("ana", "laptop", lasting(hour)).approves("eli").after(24 * time.Hour)
	late.starts("ana").refused(access.CodeNotAllowed).ticks().is(access.Expired)
	late.starts("ana").refused(access.CodeNotAllowed)
}

func TestCancelingUntilTheAccessBegins(t *testing.T) {
	story(t).submits("ana", "staging").cancels("gus").refused(access.CodeForbidden).
		cancels("ana").is(access.Canceled).happened(access.EventCanceled).cancels("ana").nothingHappened()
	story(t).submits("ana", "staging").asks("ben", "Why?").cancels("ana").is(access.Canceled)
	story(t).submits("ana", "staging").approves("ben").cancels("ana").is(access.Canceled)
	story(t).submits("ana", "laptop", lasting(hour)).approves("eli").cancels("ana").is(access.Canceled)
	story(t).submitsFor("gus", "ana", "staging").cancels("gus").is(access.Canceled)
	begun := story(t).submits("ana", "staging").approves("ben").grantBegins().cancels("ana").refused(access.CodeNotAllowed)
	begun.isSeen().cancels("ana").refused(access.CodeNotAllowed).is(access.Active)
	story(t).submits("ana", "staging").denies("ben", "No.").cancels("ana").refused(access.CodeNotAllowed)
}

func TestGivingBack(t *testing.T) {
	s := story(t).submits("ana", "staging").approves("ben").givesBack("ana").refused(access.CodeNotAllowed)
	s.holds().givesBack("ben").refused(access.CodeForbidden)
	s.givesBack("ana").is(access.Ending).run(2, access.RevocationMachine).givesBack("ana").nothingHappened()
	s.isGone().is(access.Ended).givesBack("ana").nothingHappened()
	equal(t, "end reason", s.request.EndReason, access.EndGivenBack)

	hasty := story(t).submits("ana", "staging").approves("ben").grantBegins().givesBack("ana").is(access.Ending)
	hasty.isSeen().refused(access.CodeNotAllowed).isGone().is(access.Ended)
}

func TestRevokingInEveryStatus(t *testing.T) {
	for status, want := range map[access.Status]access.Status{
		access.Approved: access.Canceled, access.Ready: access.Canceled,
		access.Granting: access.Ending, access.Active: access.Ending,
		access.Ending: access.Ending, access.Stuck: access.Stuck, access.Ended: access.Ended,
	} {
		s := arriveAt(t, status).is(status).revokes("ben").refused(access.CodeForbidden)
		s.does(s.person("eli"), access.Revoke{}).refused(access.CodeInvalid).about("/reason", "required")
		before := s.request.Version
		s.revokes("eli").is(want)
		if moved := s.request.Version > before; moved != (status != want) {
			t.Errorf("revoking what is %s: moved is %v", status, moved)
		}
		if want == access.Ending && status != access.Ending {
			s.run(2, access.RevocationMachine)
			equal(t, "end reason", s.request.EndReason, access.EndRevoked)
		}
	}
	for _, status := range []access.Status{access.Pending, access.NeedsInfo, access.MissingData, access.Failed,
		access.Denied, access.Canceled, access.Expired} {
		arriveAt(t, status).revokes("eli").refused(access.CodeNotAllowed).is(status)
	}
}

// arriveAt tells how a request comes to each status.
func arriveAt(t *testing.T, status access.Status) *teller {
	t.Helper()
	s := story(t)
	switch status {
	case access.Pending:
		return s.submits("ana", "staging")
	case access.NeedsInfo:
		return s.submits("ana", "staging").asks("ben", "Why?")
	case access.MissingData:
		return s.submits("ana", "orphan")
	case access.Approved:
		return s.submits("ana", "staging").approves("ben")
	case access.Ready:
		return s.submits("ana", "laptop", lasting(hour)).approves("eli")
	case access.Granting:
		return s.submits("ana", "staging").approves("ben").grantBegins()
	case access.Active:
		return s.submits("ana", "staging").approves("ben").holds()
	case access.Ending:
		return s.submits("ana", "staging").approves("ben").holds().after(2 * time.Minute).timeUp()
	case access.Stuck:
		s.submits("ana", "staging").approves("ben").holds().givesBack("ana")
		for range s.pace.Attempts {
			s.revocationFails()
		}
		return s
	case access.Failed:
		return s.submits("ana", "staging").approves("ben").grantBegins().workflow(access.GrantFailed{Code: "refused"}).isGone()
	case access.Ended:
		return s.submits("ana", "staging").approves("ben").holds().givesBack("ana").isGone()
	case access.Denied:
		return s.submits("ana", "staging").denies("ben", "No.")
	case access.Canceled:
		return s.submits("ana", "staging").cancels("ana")
	case access.Expired:
		return s.submits("ana", "staging").after(30 * 24 * time.Hour).ticks()
	}
	t.Fatalf("no story leads to %q", status)
	return nil
}
