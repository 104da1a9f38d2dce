package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestEveryoneIsNeverSome(t *testing.T) {
	s := story(t).submits("ana", "release")
	f := s.facts(s.person("dan"))
	f.Steps[0].TooMany = true // nobody looked at all of them
	s.doesAbout(f, access.Decide{Verdict: access.Approve}).is(access.MissingData)

	any := story(t)
	any.flow("board").Steps[0].Needed.Count = 1
	any.submits("ana", "board")
	f = any.facts(any.person("dan"))
	f.Steps[0].TooMany = true
	any.doesAbout(f, access.Decide{Verdict: access.Deny, Reason: "No."}).is(access.Pending).approves("dina").is(access.Approved)
}

func TestAQuestionStaysUntilItIsAnsweredOrWithdrawn(t *testing.T) {
	s := story(t)
	s.flow("night").Steps[1].Needed.Count = 2
	s.submits("ana", "night").approves("ben").after(30*time.Minute).asks("dan", "Why?").after(24 * time.Hour)
	s.approves("dina").is(access.NeedsInfo).ticks().nothingHappened()
	equal(t, "question", s.request.Question, "Why?")
	s.answers("ana", "A demo.").is(access.Pending).ticks().nothingHappened().approves("dan").is(access.Approved)

	withdrawn := story(t)
	withdrawn.flow("night").Steps[1].Needed.Count = 2
	withdrawn.submits("ana", "night").approves("ben").asks("dan", "Why?").after(24 * time.Hour).approves("dan").is(access.Pending)
	withdrawn.at("skip", withdrawn.request.Steps[1].SkipAt, withdrawn.now.Add(3*time.Hour)).ticks().nothingHappened()
}

func TestAReroutePausesNothingTwice(t *testing.T) {
	s := atNight(t).asks("dan", "Why?").after(24 * time.Hour)
	s.people["dan"].suspended, s.people["dina"].suspended = true, true
	s.reroutes().is(access.MissingData).ticks().nothingHappened()
	s.at("skip", s.request.Steps[1].SkipAt, s.now.Add(3*time.Hour))
}

func TestACarriedSeatIsTaken(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"eva": {"dan"}}
	s.flow("audit").Steps = []access.Step{{Approvers: []access.Principal{access.OfPerson("dan")}, Needed: access.Needed{Count: 1}},
		{Approvers: []access.Principal{access.OfGroup("security")}, Needed: access.Needed{All: true}}}
	s.submits("ana", "audit").approves("dan").is(access.Pending)
	s.denies("eva", "No.").refused(access.CodeNotApprover) // dan has spoken, and she has no seat of her own
	s.approves("dina").is(access.Approved)
}

func TestAnOlderWordCountsWhereItIsCarriedAndNowhereElse(t *testing.T) {
	s := story(t)
	s.flow("audit").Steps = []access.Step{{Approvers: []access.Principal{access.OfPerson("eva")}, Needed: access.Needed{Count: 1}},
		{Approvers: []access.Principal{access.OfPerson("dan")}, Needed: access.Needed{Count: 1}, Fallback: []access.Principal{access.Admins}, EscalateAfter: hour}}
	s.submits("ana", "audit").approves("eva").after(time.Hour).ticks().happened(access.EventEscalated).is(access.Approved)

	// What eva decided for dan was his word; her own is still to come.
	s = story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"eva": {"dan"}}
	s.flow("audit").Steps = []access.Step{{Approvers: []access.Principal{access.OfPerson("dan")}, Needed: access.Needed{Count: 1}},
		{Approvers: []access.Principal{access.OfPerson("eva")}, Needed: access.Needed{Count: 1}}}
	s.submits("ana", "audit").approves("eva").is(access.Pending).approves("eva").is(access.Approved)
}

func TestTheFallbackHasSeats(t *testing.T) {
	unreachable := func() *teller {
		s := story(t)
		s.flow("night").DenyWhen = access.DenyUnreachable
		return s.submits("ana", "night").approves("ben").after(2 * time.Hour).ticks().happened(access.EventEscalated)
	}
	unreachable().denies("dan", "No.").denies("dina", "No.").is(access.Pending).approves("eva").is(access.Approved)
	s := unreachable().denies("dan", "No.")
	s.people["dina"].suspended = true
	s.reroutes().is(access.Pending)
	s.people["eva"].suspended, s.people["eli"].suspended = true, true
	s.reroutes().is(access.Denied)

	gone := story(t).submits("ana", "night").approves("ben").after(2 * time.Hour).ticks()
	for _, id := range []access.PersonID{"dan", "dina", "eva", "eli"} {
		gone.people[id].suspended = true
	}
	gone.reroutes().is(access.MissingData)
	gone.people["eli"].suspended = false
	gone.reroutes().is(access.Pending).approves("eli").is(access.Approved)
}

func TestADelegateTakesTheSeatThatIsFree(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"fay": {"dan", "dina"}}
	s.submits("ana", "board").approves("dan").approves("fay").is(access.Approved)
	equal(t, "for", s.request.Steps[0].Decisions[1].OnBehalfOf, access.PersonID("dina"))
}

func TestTheRequestersDelegateIsNoReader(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"fay": {"dan"}}
	s.submits("dan", "board")
	equal(t, "reads", s.request.MayRead(s.facts(s.person("fay"))), false)
	s = story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"fay": {"dan"}}
	s.submits("ana", "board")
	equal(t, "reads", s.request.MayRead(s.facts(s.person("fay"))), true)
}

func TestAnOwnerWhoComesIsFollowed(t *testing.T) {
	s := story(t).submits("ana", "orphan").is(access.MissingData)
	orphan := s.resources["orphan"]
	orphan.Owner = "chloe"
	s.resources["orphan"] = orphan
	s.reroutes().is(access.Pending).tells(to("person:chloe", access.NoticeToDecide))
	equal(t, "owner", s.request.Owner, access.PersonID("chloe"))
	s.approves("chloe").is(access.Approved)
}

func TestADenialThatWasSaidBeforeEndsAStepThatOpens(t *testing.T) {
	s := story(t)
	f := s.flow("audit")
	f.DenyWhen = access.DenyUnreachable
	f.Steps = []access.Step{{Approvers: []access.Principal{access.OfGroup("security")}, Needed: access.Needed{Count: 1}},
		{Approvers: []access.Principal{access.OfPerson("dan")}, Needed: access.Needed{Count: 1}}}
	s.submits("ana", "audit").denies("dan", "No.").is(access.Pending).approves("dina").is(access.Denied)
	equal(t, "steps", []access.StepStatus{s.request.Steps[0].Status, s.request.Steps[1].Status}, []access.StepStatus{access.StepApproved, access.StepDenied})
	s.at("decided", s.request.DecidedAt, s.now)
}
