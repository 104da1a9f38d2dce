package access_test

import (
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestNobodyDecidesTheirOwnRequest(t *testing.T) {
	verdicts := func(s *teller, who access.Actor) {
		t.Helper()
		before := s.request.Version
		for _, v := range []access.Verdict{access.Approve, access.Deny, access.Ask} {
			s.does(who, access.Decide{Verdict: v, Reason: "Mine."}).refused(access.CodeSelfApproval)
		}
		equal(t, "version", s.request.Version, before)
	}
	self := func(resource access.ResourceID, who access.PersonID, more ...func(*access.Submit)) {
		t.Helper()
		s := story(t).submits(who, resource, more...)
		verdicts(s, s.person(who))
	}
	self("figma", "chloe", lasting(hour))                             // the owner
	self("prod-db", "dan", lasting(hour), answering("ticket", "A-1")) // a member of the group
	self("github", "eli")                                             // an admin
	self("lab", "gus")                                                // the person named

	boss := story(t)
	boss.people["ana"].manager = "ana"
	boss.submits("ana", "staging").is(access.MissingData)
	verdicts(boss, boss.person("ana"))

	forAna := story(t).submitsFor("ben", "ana", "staging")
	verdicts(forAna, forAna.person("ben"))
	verdicts(forAna, forAna.person("ana"))

	delegate := story(t).submits("ana", "staging")
	verdicts(delegate, access.Actor{Kind: access.ByPerson, ID: "ana", OnBehalfOf: "ben", Via: access.ViaPortal})
	verdicts(delegate, access.Actor{Kind: access.ByPerson, ID: "gus", OnBehalfOf: "ana", Via: access.ViaPortal})
	verdicts(delegate, access.Actor{ID: "ana", Via: access.ViaPortal}) // whatever kind of actor that is

	admin := story(t).submits("eli", "staging")
	admin.overrides("eli", access.Approve, 0).refused(access.CodeSelfApproval).
		overrides("eva", access.Approve, 0).is(access.Approved)
	story(t).submitsFor("eli", "ana", "staging").overrides("eli", access.Deny, 0).refused(access.CodeSelfApproval)
}

func TestTheRequestersMovesDecideNothing(t *testing.T) {
	story(t).submits("ana", "staging").
		starts("ana").refused(access.CodeNotAllowed).
		givesBack("ana").refused(access.CodeNotAllowed).
		answers("ana", "Please.").refused(access.CodeNotAllowed).
		is(access.Pending)
	story(t).submits("ana", "orphan").starts("ana").refused(access.CodeNotAllowed)
	story(t).submits("ana", "staging").asks("ben", "Why?").starts("ana").refused(access.CodeNotAllowed)
}

func TestADelegateDecidesForTheApprover(t *testing.T) {
	s := story(t).submits("ana", "staging")
	dan := access.Actor{Kind: access.ByPerson, ID: "dan", OnBehalfOf: "ben", Via: access.ViaSlack}
	s.does(dan, access.Decide{Verdict: access.Approve}).is(access.Approved)
	equal(t, "decision", s.request.Steps[0].Decisions, []access.Decision{
		{By: "dan", OnBehalfOf: "ben", Verdict: access.Approve, Via: access.ViaSlack, At: s.now}})
}

func TestWhoComesTooLateIsToldWhoWasFirst(t *testing.T) {
	first := time.Minute
	s := story(t).submits("ana", "prod-db", lasting(hour), answering("ticket", "A-1")).after(first).denies("dan", "Not now.")
	s.after(first).approves("dina").refused(access.CodeAlreadyDecided)
	equal(t, "decided", s.said.Decided, &access.Decided{Outcome: access.Denied, By: "dan", At: morning.Add(first)})
	s.approves("dan").refused(access.CodeAlreadyDecided)
	s.approves("gus").refused(access.CodeNotApprover)
	s.overrides("eli", access.Approve, 0).refused(access.CodeAlreadyDecided)

	late := story(t).submits("ana", "staging").overrides("eli", access.Approve, 0).holds().after(3 * time.Minute).
		timeUp().isGone().is(access.Ended)
	late.denies("ben", "No.").refused(access.CodeAlreadyDecided)
	equal(t, "decided", late.said.Decided, &access.Decided{Outcome: access.Approved, By: "eli", At: morning})

	withdrawn := story(t).submits("ana", "staging").cancels("ana")
	withdrawn.approves("ben").refused(access.CodeAlreadyDecided)
	equal(t, "outcome", withdrawn.said.Decided.Outcome, access.Canceled)
}

func TestTheSameVerdictAgainIsNoEvent(t *testing.T) {
	story(t).submits("ana", "staging").approves("ben").approves("ben").nothingHappened().
		holds().approves("ben").nothingHappened().
		denies("ben", "After all.").refused(access.CodeAlreadyDecided)
	story(t).submits("ana", "staging").denies("ben", "No.").denies("ben", "No!").nothingHappened().is(access.Denied)
	story(t).submits("ana", "staging").asks("ben", "Why?").asks("ben", "Why?").nothingHappened().is(access.NeedsInfo)
}

func TestDenyingAndAskingNeedAReason(t *testing.T) {
	s := story(t).submits("ana", "staging").
		denies("ben", "").refused(access.CodeInvalid).about("/reason", "required").
		asks("ben", " ").refused(access.CodeInvalid).about("/reason", "required").
		denies("ben", strings.Repeat("x", access.MaxText+1)).refused(access.CodeInvalid).about("/reason", "too_long").
		denies("ben", "Please use the test system.").is(access.Denied).happened(access.EventDecided)
	equal(t, "reason", s.request.Steps[0].Decisions[0].Reason, "Please use the test system.")
	equal(t, "step", s.request.Steps[0].Status, access.StepDenied)
	s.at("end", s.request.EndedAt, s.now).at("due", s.request.Due, time.Time{})
}

func TestAVerdictIsOneOfThree(t *testing.T) {
	s := story(t).submits("ana", "staging")
	s.does(s.person("ben"), access.Decide{Verdict: "maybe", Reason: "?"}).refused(access.CodeInvalid).about("/decision", "unknown_verdict")
	s.overrides("eli", access.Ask, 0).refused(access.CodeInvalid).about("/decision", "unknown_verdict").is(access.Pending)
}

func TestApproversShortenAndNeverLengthen(t *testing.T) {
	s := story(t).submits("ana", "figma", lasting(hour)).
		shortens("chloe", 8*hour).refused(access.CodeInvalid).about("/duration", "too_long").
		shortens("chloe", minute/2).refused(access.CodeInvalid).about("/duration", "too_short").
		shortens("chloe", 10*minute).is(access.Approved).holds()
	s.at("end", s.request.EndsAt, s.now.Add(10*time.Minute))
	equal(t, "asked", s.request.Asked, hour)
	story(t).submits("ana", "github").shortens("eli", hour).refused(access.CodeInvalid).about("/duration", "not_timed")
}

func TestAnAdminOverrides(t *testing.T) {
	s := story(t).submits("ana", "figma", lasting(hour)).
		overrides("ben", access.Approve, 0).refused(access.CodeForbidden).
		overrides("eli", access.Approve, minute/2).refused(access.CodeInvalid).about("/duration", "too_short").
		overrides("eli", access.Approve, 20*hour).is(access.Approved).happened(access.EventOverridden)
	equal(t, "note", s.events[0].Texts[access.TextInternalNote], "INC-7")
	equal(t, "step", s.request.Steps[0].Status, access.StepClosed)
	s.holds().at("end", s.request.EndsAt, s.now.Add(20*time.Hour))

	story(t).submits("ana", "github").overrides("eli", access.Approve, hour).refused(access.CodeInvalid).about("/duration", "not_timed").
		overrides("eli", access.Deny, 0).is(access.Denied)
	unexplained := story(t).submits("ana", "github")
	unexplained.does(unexplained.person("eli"), access.Override{Verdict: access.Approve}).refused(access.CodeInvalid).
		about("/reason", "required")
	unexplained.does(unexplained.person("eli"), access.Override{Verdict: access.Approve, Reason: "!",
		InternalNote: strings.Repeat("x", access.MaxText+1)}).refused(access.CodeInvalid).about("/internal_note", "too_long")
	story(t).submits("ana", "laptop", lasting(hour)).overrides("eli", access.Approve, 0).is(access.Ready)
}

func TestADecisionIsOnWhatTheApproverSaw(t *testing.T) {
	s := story(t).submits("ana", "staging")
	seen := s.request.Version
	s.asks("ben", "Why?").answers("ana", "A demo.").is(access.Pending)
	s.does(s.person("ben"), access.Decide{Verdict: access.Approve, Version: seen}).refused(access.CodeStaleVersion)
	s.does(s.person("ben"), access.Decide{Verdict: access.Approve, Version: s.request.Version}).is(access.Approved)
}

func TestAFlowSaysWhereItIsDecided(t *testing.T) {
	s := story(t).submits("ana", "github")
	s.via = access.ViaSlack
	s.approves("eli").refused(access.CodeChannelExcluded)
	s.via = access.ViaPortal
	s.approves("eli").is(access.Approved)
}

func TestAskingAndAnswering(t *testing.T) {
	s := story(t).submits("ana", "prod-db", lasting(hour), answering("ticket", "A-1")).
		asks("dan", "Which table?").is(access.NeedsInfo)
	equal(t, "question", s.request.Question, "Which table?")
	s.asks("dina", "And why?").refused(access.CodeStepClosed)
	s.answers("dan", "I guess.").refused(access.CodeForbidden)
	s.answers("ana", "").refused(access.CodeInvalid).about("/text", "required")
	s.answers("ana", "Invoices.").is(access.Pending).happened(access.EventAnswered)
	equal(t, "question", s.request.Question, "")
	s.at("due", s.request.Due, s.request.ExpiresAt.Add(s.pace.Grace))
	s.asks("dan", "All of them?").is(access.NeedsInfo).approves("dina").is(access.Approved)
	equal(t, "question", s.request.Question, "")

	story(t).submits("ana", "staging").asks("ben", "Why?").denies("ben", "Too late.").is(access.Denied)
	story(t).submits("ana", "staging").asks("ben", "Why?").after(30 * 24 * time.Hour).ticks().is(access.Expired)
}

func TestNobodyDecidesInTime(t *testing.T) {
	s := story(t).submits("ana", "staging").after(30*24*time.Hour - time.Millisecond).ticks().nothingHappened().
		after(time.Millisecond)
	s.approves("ben").refused(access.CodeStepClosed).ticks().is(access.Expired).happened(access.EventExpired)
	s.ticks().nothingHappened().approves("ben").refused(access.CodeAlreadyDecided)
	equal(t, "outcome", s.said.Decided.Outcome, access.Expired)
}

func TestAQuorumCountsPeople(t *testing.T) {
	s := story(t).submits("ana", "vault").approves("dan").is(access.Pending).approves("dan").nothingHappened()
	s.asks("dan", "Why?").answers("ana", "A demo.").approves("dan").is(access.Pending)
	s.does(access.Actor{Kind: access.ByPerson, ID: "gus", OnBehalfOf: "dan", Via: access.ViaPortal},
		access.Decide{Verdict: access.Approve}).refused(access.CodeNotApprover)
	equal(t, "open step", s.request.Step(), 0)
	s.approves("chloe").refused(access.CodeNotApprover)
	s.approves("dina").is(access.Pending)
	equal(t, "open step", s.request.Step(), 1)
	equal(t, "approvers", s.request.Approvers(), []access.Principal{"person:chloe"})
	s.approves("chloe").is(access.Approved)

	nobodyLeft := story(t).submits("ana", "vault").approves("dan")
	nobodyLeft.people["chloe"].suspended = true
	nobodyLeft.approves("dina").is(access.MissingData)
	story(t).submits("ana", "vault").approves("dan").denies("dina", "No.").is(access.Denied)
}
