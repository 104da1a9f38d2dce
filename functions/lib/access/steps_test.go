package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestEveryoneNamedHasToApprove(t *testing.T) {
	s := story(t).submits("ana", "release").approves("dan").is(access.Pending).approves("chloe").is(access.Pending).
		approves("dina").is(access.Approved)
	equal(t, "step", s.request.Steps[0].Status, access.StepApproved)
	// The requester is left out of everyone.
	story(t).submits("dan", "release").approves("dina").is(access.Pending).approves("chloe").is(access.Approved)
	// One denial makes it unreachable, whatever the flow says about denials.
	s = story(t)
	s.flow("release").DenyWhen = access.DenyUnreachable
	s.submits("ana", "release").approves("dan").denies("chloe", "Not yet.").is(access.Denied)
}

func TestWhoLeavesIsNoLongerWaitedFor(t *testing.T) {
	s := story(t).submits("ana", "release").approves("dan").approves("chloe").is(access.Pending)
	s.reroutes().nothingHappened()
	s.people["dina"].suspended = true
	s.reroutes().is(access.Approved).happened(access.EventRerouted)
	equal(t, "step", s.request.Steps[0].Status, access.StepApproved)
}

func TestDenialsEndItOnceTheApprovalsCannotBeHad(t *testing.T) {
	// Two of dan, dina, chloe and gus.
	s := story(t).submits("ana", "board").denies("dan", "No.").is(access.Pending).denies("chloe", "No.").is(access.Pending)
	s.denies("gus", "No.").is(access.Denied)
	equal(t, "step", s.request.Steps[0].Status, access.StepDenied)
	story(t).submits("ana", "board").denies("dan", "No.").denies("chloe", "No.").approves("gus").is(access.Pending).
		approves("dina").is(access.Approved)
}

func TestTheLastWordCounts(t *testing.T) {
	s := story(t).submits("ana", "board").denies("dan", "No.").denies("chloe", "No.").approves("dan").is(access.Pending)
	s.denies("gus", "No.").is(access.Pending).approves("dina").is(access.Approved)
}

func TestAPersonCountsOnceInARequest(t *testing.T) {
	s := story(t)
	s.people["ben"].groups = append(s.people["ben"].groups, "security")
	s.flow("vault").Steps[1].Approvers = []access.Principal{access.OfGroup("security")}
	s.submits("ana", "vault").approves("dan").approves("ben").is(access.Pending)
	equal(t, "open step", s.request.Step(), 1)
	s.denies("ben", "No.").refused(access.CodeNotApprover).denies("dan", "No.").refused(access.CodeNotApprover)
	s.approves("dina").is(access.Approved)
	// With two in the group, nobody is left for the second step.
	story2 := story(t)
	story2.flow("vault").Steps[1].Approvers = []access.Principal{access.OfGroup("security")}
	story2.submits("ana", "vault").approves("dan").approves("dina").is(access.MissingData)
}

func TestADecisionIsCarriedIntoTheStepsThatItMayDecide(t *testing.T) {
	// One of security, then two of security, then dan or eva.
	s := story(t).submits("ana", "audit").approves("dan").is(access.Pending)
	equal(t, "open step", s.request.Step(), 1)
	s.approves("dina").is(access.Approved)
	for i, step := range s.request.Steps {
		if step.Status != access.StepApproved {
			t.Errorf("step %d is %s", i+1, step.Status)
		}
	}
	byDina := story(t).submits("ana", "audit").approves("dina").approves("dan").is(access.Approved)
	equal(t, "decisions of the last step", len(byDina.request.Steps[2].Decisions), 0)
}

func TestADelegateDecidesForWhomTheySitIn(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"gus": {"ben"}}
	s.submits("ana", "staging").approves("fay").refused(access.CodeNotApprover).approves("gus").is(access.Approved)
	equal(t, "decision", s.request.Steps[0].Decisions, []access.Decision{
		{By: "gus", OnBehalfOf: "ben", Verdict: access.Approve, Via: access.ViaPortal, At: s.now}})
	s.denies("gus", "After all.").refused(access.CodeAlreadyDecided)

	forbidden := story(t)
	forbidden.delegators = s.delegators
	forbidden.flow("staging").Delegation = false
	forbidden.submits("ana", "staging").approves("gus").refused(access.CodeNotApprover)
}

func TestADelegateUsesUpBothSeats(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"gus": {"dan"}, "dina": {"dan"}}
	s.submits("ana", "vault").approves("gus").is(access.Pending).approves("dan").refused(access.CodeNotApprover)
	s.approves("dina").is(access.Pending)
	equal(t, "open step", s.request.Step(), 1)

	// Two of dan, dina, chloe, gus: dina for dan and dan himself are one.
	board := story(t)
	board.delegators = map[access.PersonID][]access.PersonID{"eva": {"dan"}}
	board.submits("ana", "board").approves("eva").is(access.Pending).denies("dan", "No.").refused(access.CodeNotApprover)
}

func TestDelegationIsNoWayToSelfApproval(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"ana": {"ben"}}
	s.submits("ana", "staging").approves("ana").refused(access.CodeSelfApproval)
	owner := story(t)
	owner.delegators = map[access.PersonID][]access.PersonID{"gus": {"chloe"}}
	owner.submits("chloe", "figma", lasting(hour)).approves("gus").refused(access.CodeNotApprover)
	// No chains: whose delegate gus is does not decide for gus's delegates.
	chain := story(t)
	chain.delegators = map[access.PersonID][]access.PersonID{"gus": {"ben"}, "fay": {"gus"}}
	chain.submits("ana", "staging").approves("fay").refused(access.CodeNotApprover)
}

func TestAMissingManagerComesAndItGoesOn(t *testing.T) {
	s := story(t).submits("fay", "staging").is(access.MissingData).reroutes().nothingHappened()
	s.people["fay"].manager = "ben"
	s.after(time.Hour).reroutes().is(access.Pending).tells(to("person:ben", access.NoticeToDecide))
	s.people["fay"].manager = "eli"
	s.reroutes().is(access.Pending).tells(to("person:eli", access.NoticeToDecide))
	s.approves("ben").refused(access.CodeNotApprover).approves("eli").is(access.Approved)
}

func TestQuestionsAreLimited(t *testing.T) {
	s := story(t)
	s.settings.MaxAsks = 1
	s.submits("ana", "staging").asks("ben", "Why?").answers("ana", "A demo.").asks("ben", "Which?").refused(access.CodeTooManyRequests)
	if s.said.RetryAfter <= 0 {
		t.Error("says not when to try again")
	}
	s.approves("ben").is(access.Approved)
}
