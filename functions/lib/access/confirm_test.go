package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func (s *teller) confirms(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.ConfirmAbsent{Reason: "The cluster was switched off.", InternalNote: "INC-9"})
}

func TestTwoAdminsConfirmThatTheAccessIsGone(t *testing.T) {
	s := arriveAt(t, access.Stuck)
	due := s.request.Due
	s.confirms("eli").is(access.Stuck).happened(access.EventAbsenceConfirmed).at("due", s.request.Due, due)
	s.tells(to(access.Admins, access.NoticeConfirmAbsent))
	equal(t, "confirmed", s.request.Confirmations, []access.Confirmation{{By: "eli", Reason: "The cluster was switched off.", At: s.now}})
	s.confirms("eli").is(access.Stuck).nothingHappened()
	s.after(time.Hour).confirms("eva").is(access.Ended).happened(access.EventAbsenceConfirmed)
	s.tells(to("person:ana", access.NoticeEnded)).at("end", s.request.EndedAt, s.now).at("due", s.request.Due, time.Time{})
	equal(t, "end reason", s.request.EndReason, access.EndGivenBack)
	s.confirms("eva").nothingHappened().confirms("eli").nothingHappened()
	s.isGone().nothingHappened().revocationFails().nothingHappened()
}

func TestWhoMayConfirmThatAccessIsGone(t *testing.T) {
	s := arriveAt(t, access.Stuck).confirms("ben").refused(access.CodeForbidden)
	s.does(s.person("eli"), access.ConfirmAbsent{}).refused(access.CodeInvalid).about("/reason", "required")

	own := story(t)
	own.people["dan"].groups = append(own.people["dan"].groups, access.AdminGroup)
	own.submitsFor("eva", "eli", "github").approves("dan").holds().givesBack("eli")
	for range own.pace.Attempts {
		own.revocationFails()
	}
	own.is(access.Stuck).confirms("eli").refused(access.CodeSelfApproval).confirms("eva").refused(access.CodeSelfApproval)
	own.confirms("dan").is(access.Stuck).confirms("dan").nothingHappened()
}

func TestOnlyWhatIsStuckIsConfirmed(t *testing.T) {
	for _, status := range access.Statuses() {
		if status != access.Stuck {
			arriveAt(t, status).confirms("eli").refused(access.CodeNotAllowed).is(status)
		}
	}
}

func TestWhatIsObservedNeedsNoSecondWord(t *testing.T) {
	s := arriveAt(t, access.Stuck).confirms("eli").isGone().is(access.Ended).happened(access.EventEnded)
	s.confirms("eva").refused(access.CodeNotAllowed)
}

func TestAFailedGrantThatIsConfirmedGoneIsFailed(t *testing.T) {
	s := arriveAt(t, access.Granting).workflow(access.GrantFailed{Code: "refused"})
	for range s.pace.Attempts {
		s.revocationFails()
	}
	s.confirms("eli").confirms("eva").is(access.Failed).tells(to("person:ana", access.NoticeFailed))
	s.retries("eli").grantBegins().workflow(access.GrantFailed{Code: "refused"})
	equal(t, "what was confirmed of the first try", s.request.Confirmations, []access.Confirmation(nil))
}

func TestASecondAdminIsAskedForWhileItIsNeeded(t *testing.T) {
	s := arriveAt(t, access.Stuck).confirms("eli")
	equal(t, "to who confirmed it", s.request.Still(access.NoticeConfirmAbsent, "eli"), false)
	equal(t, "to another", s.request.Still(access.NoticeConfirmAbsent, "eva"), true)
	s.confirms("eva")
	equal(t, "afterwards", s.request.Still(access.NoticeConfirmAbsent, "dan"), false)
}
