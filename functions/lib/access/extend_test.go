package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

// longer is Ana's access to staging, which she may extend twice by up to five
// minutes if these approve it.
func longer(t *testing.T, approvers ...access.Principal) *teller {
	t.Helper()
	s := story(t)
	s.flow("staging").Duration.Extend = access.ExtendRule{UpTo: 5 * minute, Times: 2, Approvers: approvers}
	return s.submits("ana", "staging").approves("ben").holds()
}

func TestAccessIsExtendedWithoutAGap(t *testing.T) {
	s := longer(t)
	end := s.request.EndsAt
	s.now = end.Add(-time.Millisecond) // the last moment
	s.extends("ana", 3*minute).happened(access.EventExtended).is(access.Active).tells(to("person:ana", access.NoticeExtended))
	s.at("end", s.request.EndsAt, end.Add(3*time.Minute)).at("due", s.request.Due, end.Add(3*time.Minute-30*time.Second))
	s.now = end
	s.timeUp().nothingHappened().is(access.Active)
	equal(t, "next", s.request.Next(1, s.now, s.now), access.Next{Move: access.Hold, Until: end.Add(3 * time.Minute)})
	s.extends("ana", 5*minute).happened(access.EventExtended).extends("ana", minute).refused(access.CodeNotAllowed)
	s.now = s.request.EndsAt
	s.timeUp().isGone().is(access.Ended)
}

func TestAnExtensionHasItsBounds(t *testing.T) {
	s := longer(t)
	s.extends("ana", 6*minute).refused(access.CodeInvalid).about("/duration", "too_long").
		extends("ana", minute/2).refused(access.CodeInvalid).about("/duration", "too_short").
		extends("ana", 0).refused(access.CodeInvalid).about("/duration", "required").
		extends("ben", minute).refused(access.CodeForbidden)
	s.now = s.request.EndsAt
	s.extends("ana", minute).refused(access.CodeNotAllowed)
	story(t).submits("ana", "staging").approves("ben").holds().extends("ana", minute).refused(access.CodeNotAllowed)
	story(t).submits("ana", "github").approves("eli").holds().extends("ana", minute).refused(access.CodeNotAllowed)
	left := longer(t)
	left.people["ana"].suspended = true
	left.extends("ana", minute).refused(access.CodeNotAllowed)
}

func TestWhatMoreTimeIsOffered(t *testing.T) {
	offer := func(s *teller, who access.PersonID) access.ExtensionOffer {
		f := s.facts(s.person(who))
		return s.request.ExtensionOffer(f.Flow.Duration.Extend, s.request.AllowedActions(f, s.now))
	}
	s := longer(t)
	equal(t, "at first", offer(s, "ana"), access.ExtensionOffer{UpTo: 5 * minute, Left: 2})
	equal(t, "to Ben", offer(s, "ben"), access.ExtensionOffer{})
	s.extends("ana", minute)
	equal(t, "once extended", offer(s, "ana"), access.ExtensionOffer{UpTo: 5 * minute, Left: 1})
	s.extends("ana", minute)
	equal(t, "twice extended", offer(s, "ana"), access.ExtensionOffer{})
	approved := longer(t, access.Manager)
	equal(t, "with an approver", offer(approved, "ana"), access.ExtensionOffer{UpTo: 5 * minute, Left: 2, NeedsApproval: true})
	equal(t, "while one waits", offer(approved.extends("ana", minute), "ana"), access.ExtensionOffer{})
}

func TestAnExtensionIsApproved(t *testing.T) {
	s := longer(t, access.Manager, access.OfGroup("security"))
	end := s.request.EndsAt
	s.extends("ana", 3*minute).happened(access.EventExtensionAsked).tells(to("person:ben", access.NoticeExtensionAsked), to("group:security", access.NoticeExtensionAsked))
	equal(t, "approvers", s.request.Approvers(), []access.Principal{"person:ben", access.OfGroup("security")})
	s.extends("ana", minute).refused(access.CodeNotAllowed)
	s.approves("ben").nothingHappened() // his old word is not one about the extension
	s.decidesExtension("ana", access.Approve).refused(access.CodeSelfApproval).
		decidesExtension("fay", access.Approve).refused(access.CodeNotApprover).
		decidesExtension("dina", access.Ask).refused(access.CodeInvalid).
		decidesExtension("dina", access.Approve).happened(access.EventExtended)
	s.at("end", s.request.EndsAt, end.Add(3*time.Minute))
	s.decidesExtension("ben", access.Deny).refused(access.CodeStepClosed)

	denied := longer(t, access.Manager).extends("ana", 3*minute).decidesExtension("ben", access.Deny).
		happened(access.EventExtensionDenied).tells(to("person:ana", access.NoticeExtensionDenied))
	equal(t, "given", denied.request.Extensions, 0)
	denied.now = denied.request.EndsAt
	denied.timeUp().isGone().is(access.Ended)
}

// Saying the same again, as by a double click or when the answer got lost, changes
// nothing, whoever else has decided and by whatever way.
func TestTheSameVerdictOnAnExtensionAgainChangesNothing(t *testing.T) {
	s := longer(t, access.Manager, access.OfGroup("security"))
	s.extends("ana", minute).decidesExtension("ben", access.Approve).happened(access.EventExtended)
	for _, via := range []access.Via{access.ViaPortal, access.ViaSlack} {
		s.via = via
		s.decidesExtension("ben", access.Approve).nothingHappened().
			decidesExtension("ben", access.Deny).refused(access.CodeStepClosed).
			decidesExtension("dina", access.Approve).refused(access.CodeStepClosed)
	}
	equal(t, "given", s.request.Extensions, 1)

	s.extends("ana", minute).decidesExtension("dina", access.Deny).happened(access.EventExtensionDenied).
		decidesExtension("dina", access.Deny).nothingHappened().
		decidesExtension("ben", access.Approve).refused(access.CodeStepClosed) // that was the one before
	s.now = s.request.EndsAt
	s.decidesExtension("dina", access.Deny).nothingHappened()
}

func TestTheSameVerdictIsAnotherOneOnTheNextExtension(t *testing.T) {
	s := longer(t, access.Manager)
	s.extends("ana", minute).decidesExtension("ben", access.Approve)
	s.extends("ana", minute).decidesExtension("ben", access.Approve).happened(access.EventExtended)
	equal(t, "given", s.request.Extensions, 2)
}

// Whoever decided may read what they decided about, though nothing waits for them.
func TestWhoDecidedAnExtensionMayReadTheRequest(t *testing.T) {
	s := longer(t, access.OfPerson("fay"))
	may := func() bool { return s.request.MayRead(s.facts(s.person("fay"))) }
	equal(t, "before", may(), false)
	s.extends("ana", minute).decidesExtension("fay", access.Approve)
	equal(t, "after", may(), true)
}

func TestAnExtensionThatNobodyDecidesKeepsNothing(t *testing.T) {
	s := longer(t, access.Manager).extends("ana", 3*minute)
	s.now = s.request.EndsAt
	s.decidesExtension("ben", access.Approve).refused(access.CodeStepClosed).timeUp().is(access.Ending)
	equal(t, "extension", s.request.Extension, access.Extension{})
	back := longer(t, access.Manager).extends("ana", 3*minute).givesBack("ana").is(access.Ending)
	back.decidesExtension("ben", access.Approve).refused(access.CodeStepClosed)
}
