package access_test

import (
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestEachKindOfApproverDecides(t *testing.T) {
	for _, c := range []struct {
		resource access.ResourceID
		kind     string
		lasting  access.Duration
		answer   string
		approver access.PersonID
		stranger access.PersonID
		waitsFor access.Principal
	}{
		{"lab", "a person", 0, "", "gus", "chloe", "person:gus"},
		{"prod-db", "a group", hour, "OPS-1", "dina", "chloe", "group:security"},
		{"staging", "the manager", 0, "", "ben", "eli", "person:ben"},
		{"figma", "the owner", hour, "", "chloe", "ben", "person:chloe"},
		{"github", "admins", 0, "", "eva", "ben", "admins"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			s := story(t)
			s.submits("ana", c.resource, lasting(c.lasting), func(submit *access.Submit) {
				if c.answer != "" {
					answering("ticket", c.answer)(submit)
				}
			}).is(access.Pending).happened(access.EventSubmitted)
			equal(t, "approvers", s.request.Approvers(), []access.Principal{c.waitsFor})
			s.approves(c.stranger).refused(access.CodeNotApprover)
			s.approves(c.approver).is(access.Approved)
			equal(t, "decided by", s.request.DecidedBy, c.approver)
		})
	}
}

func TestARequestIsPinnedToWhatItWasSubmittedUnder(t *testing.T) {
	s := story(t).submits("ana", "figma", lasting(8*hour)).is(access.Pending).run(1, access.ApprovalMachine)
	r := s.request
	equal(t, "target", r.Target.String(), "group:figma-users")
	equal(t, "flow", r.Flow, access.FlowID("figma-flow"))
	equal(t, "flow version", r.FlowVersion, 1)
	equal(t, "owner", r.Owner, access.PersonID("chloe"))
	equal(t, "asked", r.Asked, 8*hour)
	equal(t, "submitted by", r.SubmittedBy, access.PersonID("ana"))
	s.at("expiry", r.ExpiresAt, morning.Add(30*24*time.Hour))
	s.at("due", r.Due, r.ExpiresAt.Add(s.pace.Grace))
	s.submits("ana", "figma", lasting(hour)).nothingHappened()
}

func TestTheFlowSaysForHowLong(t *testing.T) {
	story(t).submits("ana", "github", lasting(hour)).refused(access.CodeInvalid).about("/duration", "not_timed").
		submits("ana", "github").is(access.Pending)
	fixed := story(t).submits("ana", "staging", lasting(hour)).refused(access.CodeInvalid).about("/duration", "not_offered").
		submits("ana", "staging")
	equal(t, "fixed duration", fixed.request.Asked, 2*minute)
	equal(t, "fixed and named", story(t).submits("ana", "staging", lasting(2*minute)).request.Asked, 2*minute)
	story(t).submits("ana", "figma").refused(access.CodeInvalid).about("/duration", "required").
		submits("ana", "figma", lasting(2*hour)).refused(access.CodeInvalid).about("/duration", "not_offered").
		submits("ana", "figma", lasting(hour)).is(access.Pending)
}

func TestTheFormIsChecked(t *testing.T) {
	s := story(t)
	s.submits("ana", "staging", because(" \n\u00a0")).refused(access.CodeInvalid).about("/reason", "required")
	s.submits("ana", "staging", because(strings.Repeat("x", access.MaxText+1))).
		refused(access.CodeInvalid).about("/reason", "too_long")
	ask := func(more ...func(*access.Submit)) *teller {
		return s.submits("ana", "prod-db", append(more, lasting(hour))...)
	}
	ask().refused(access.CodeInvalid).about("/answers/ticket", "required")
	ask(answering("ticket", "  ")).refused(access.CodeInvalid).about("/answers/ticket", "required")
	ask(answering("ticket", "OPS-1 or so")).refused(access.CodeInvalid).about("/answers/ticket", "pattern")
	ask(answering("ticket", "OPS-1\nOPS-2")).refused(access.CodeInvalid).about("/answers/ticket", "pattern")
	ask(answering("color", "blue")).refused(access.CodeInvalid).about("/answers/color", "unknown_field")
	ask(answering("ticket", "OPS-1"), answering("remark", strings.Repeat("x", access.MaxText+1))).
		refused(access.CodeInvalid).about("/answers/remark", "too_long")
	ask(answering("ticket", "OPS-1"), answering("remark", "Any text, as no pattern is set.")).is(access.Pending)
	equal(t, "answers", s.request.Answers,
		map[string]string{"ticket": "OPS-1", "remark": "Any text, as no pattern is set."})
}

func TestWhoMayNotAskAtAll(t *testing.T) {
	s := story(t)
	s.settings.RequestsEnabled = false
	s.submits("ana", "staging").refused(access.CodeRequestsDisabled)
	s.settings.RequestsEnabled = true
	s.people["ana"].suspended = true
	s.submits("ana", "staging").refused(access.CodeSuspended)
	s.people["ana"].suspended = false
	s.usage.OpenRequest = "req_00"
	s.submits("ana", "staging").refused(access.CodeDuplicateOpenRequest)
	equal(t, "the open one", s.said.Request, access.RequestID("req_00"))
}

func TestLimitsAgainstAbuse(t *testing.T) {
	s := story(t)
	s.settings.MaxSubmissionsPerHour, s.settings.MaxOpenRequests = 5, 3
	s.usage = access.Usage{LastHour: 5, OldestLastHour: s.now.Add(-50 * time.Minute)}
	s.submits("ana", "staging").refused(access.CodeTooManyRequests)
	equal(t, "retry after", s.said.RetryAfter, 10*time.Minute)

	s.usage.OldestLastHour = s.now.Add(-time.Hour)
	s.submits("ana", "staging").refused(access.CodeTooManyRequests)
	equal(t, "retry after, at least", s.said.RetryAfter, time.Second)

	s.usage = access.Usage{LastHour: 4, OpenRequests: 3}
	s.submits("ana", "staging").refused(access.CodeTooManyRequests)
	if s.said.RetryAfter <= 0 {
		t.Fatal("a limit says when to try again")
	}
	s.usage.OpenRequests = 2
	s.submits("ana", "staging").is(access.Pending)

	free := story(t)
	free.usage = access.Usage{LastHour: 1000, OpenRequests: 1000}
	free.submits("ana", "staging").is(access.Pending)
}

func TestAStepThatNobodyCanDecideMissesData(t *testing.T) {
	s := story(t).submits("ana", "orphan").is(access.MissingData)
	s.approves("eli").refused(access.CodeNotApprover)
	s.overrides("eli", access.Approve, 0).is(access.Approved)

	story(t).submits("fay", "staging").is(access.MissingData).cancels("fay").is(access.Canceled)

	left := story(t)
	left.people["ben"].suspended = true
	left.submits("ana", "staging").is(access.MissingData)
	left.approves("ben").refused(access.CodeStepClosed)
	left.after(30 * 24 * time.Hour).ticks().is(access.Expired)
}

func TestTheRequesterIsNoCandidate(t *testing.T) {
	story(t).submits("chloe", "figma", lasting(hour)).is(access.MissingData)
	story(t).submits("gus", "lab").is(access.MissingData)
	story(t).submitsFor("ben", "ana", "staging").is(access.MissingData)
}

func TestACommandToNoRequestFindsNone(t *testing.T) {
	story(t).approves("ben").refused(access.CodeNotFound).
		overrides("eli", access.Approve, 0).refused(access.CodeNotFound).
		starts("ana").refused(access.CodeNotFound).
		sweeps().refused(access.CodeNotFound)
}

func TestWhoMayAskForSomeoneElse(t *testing.T) {
	only := func(submitters ...access.Principal) *teller {
		s := story(t)
		s.flow("figma").Submitters = submitters
		return s
	}
	only().submitsFor("ben", "ana", "figma", lasting(hour)).is(access.Pending).
		tells(to("person:ana", access.NoticeSubmitted), to("person:chloe", access.NoticeToDecide))
	only().submitsFor("gus", "ana", "figma", lasting(hour)).refused(access.CodeInvalid).about("/for", "unknown")
	only().submitsFor("eli", "ana", "figma", lasting(hour)).refused(access.CodeInvalid).about("/for", "unknown")
	only(access.OfGroup("security")).submitsFor("dan", "ana", "figma", lasting(hour)).is(access.Pending)
	// A manager who asks is no approver of it, even where the flow says manager.
	asked := story(t).submitsFor("ben", "ana", "staging").is(access.MissingData)
	asked.approves("ben").refused(access.CodeSelfApproval).overrides("eli", access.Approve, 0).holds().givesBack("ben").is(access.Ending)
}

func TestABundleHasAName(t *testing.T) {
	named := func(name string) func(*access.Submit) { return func(c *access.Submit) { c.Bundle = name } }
	s := story(t).submits("ana", "staging", named("first-day_7"))
	equal(t, "bundle", s.request.Bundle, "first-day_7")
	for _, bad := range []string{"a b", "ä", strings.Repeat("x", 65)} {
		story(t).submits("ana", "staging", named(bad)).refused(access.CodeInvalid).about("/bundle_id", "format")
	}
}
