package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

// atNight is a request whose second step reminds every hour, escalates to the
// admins after two hours and is skipped after three.
func atNight(t *testing.T) *teller {
	t.Helper()
	return story(t).submits("ana", "night").approves("ben").is(access.Pending)
}

func TestRemindEscalateSkip(t *testing.T) {
	s := atNight(t)
	opened := s.now
	s.at("timer", s.request.Timer(), opened.Add(time.Hour)).at("due", s.request.Due, opened.Add(time.Hour+s.pace.Grace))
	s.ticks().nothingHappened()
	s.after(time.Hour).ticks().happened(access.EventReminded).tells(to(access.OfGroup("security"), access.NoticeReminder))
	s.ticks().nothingHappened().at("timer", s.request.Timer(), opened.Add(2*time.Hour))
	s.after(time.Hour).ticks().happened(access.EventEscalated).tells(to(access.Admins, access.NoticeToDecide))
	equal(t, "approvers", s.request.Approvers(), []access.Principal{access.OfGroup("security"), access.Admins})
	s.ticks().happened(access.EventReminded) // they fall together: one thing at a time
	s.after(time.Hour).ticks().happened(access.EventSkipped).is(access.Approved)
	equal(t, "step", s.request.Steps[1].Status, access.StepSkipped)
}

func TestTheFallbackDecides(t *testing.T) {
	s := atNight(t).approves("eva").refused(access.CodeNotApprover)
	s.after(2 * time.Hour).ticks().happened(access.EventEscalated).approves("eva").is(access.Approved)
}

func TestNothingIsApprovedByWaitingAlone(t *testing.T) {
	s := story(t)
	s.flow("night").Steps = s.flow("night").Steps[1:]
	s.submits("ana", "night").after(3 * time.Hour).ticks().happened(access.EventEscalated).ticks().is(access.Expired)
}

func TestAQuestionStopsTheStepsTimesAndNotTheExpiry(t *testing.T) {
	s := atNight(t).after(30*time.Minute).asks("dan", "Why?")
	s.at("timer", s.request.Timer(), s.request.ExpiresAt)
	s.after(24*time.Hour).ticks().nothingHappened().answers("ana", "A demo.")
	s.at("escalation", s.request.Steps[1].EscalateAt, s.now.Add(90*time.Minute)).
		at("skip", s.request.Steps[1].SkipAt, s.now.Add(150*time.Minute)).
		at("reminder", s.request.Steps[1].RemindAt, s.now.Add(30*time.Minute))
	s.asks("dan", "Really?").after(30 * 24 * time.Hour).ticks().is(access.Expired)
}

func TestAFutureStart(t *testing.T) {
	start := func(at time.Time) func(*access.Submit) { return func(c *access.Submit) { c.StartsAt = at } }
	story(t).submits("ana", "staging", start(morning.Add(time.Hour))).refused(access.CodeInvalid).about("/starts_at", "not_offered")
	story(t).submits("ana", "night", start(morning)).refused(access.CodeInvalid).about("/starts_at", "past")
	story(t).submits("ana", "night", start(morning.Add(8*24*time.Hour))).refused(access.CodeInvalid).about("/starts_at", "too_late")

	at := morning.Add(48 * time.Hour)
	s := story(t).submits("ana", "night", start(at)).approves("ben").approves("dan").is(access.Approved)
	equal(t, "next", s.request.Next(1, s.now, s.now), access.Next{Move: access.AwaitStart, Until: at})
	s.at("due", s.request.Due, at.Add(s.pace.Grace)).grantBegins().refused(access.CodeNotAllowed)
	s.now = at
	equal(t, "next", s.request.Next(1, s.now, s.now), access.Next{Move: access.Grant})
	s.holds().at("end", s.request.EndsAt, at.Add(time.Hour))
	story(t).submits("ana", "night", start(at)).approves("ben").approves("dan").cancels("ana").is(access.Canceled)
}

func TestADurationUpToAMaximum(t *testing.T) {
	s := story(t)
	s.flow("figma").Duration.Max = 4 * hour
	s.submits("ana", "figma", lasting(3*hour)).is(access.Pending)
	equal(t, "asked", s.request.Asked, 3*hour)
	for d, code := range map[access.Duration]string{5 * hour: "not_offered", minute / 2: "not_offered"} {
		over := story(t)
		over.flow("figma").Duration.Max = 4 * hour
		over.submits("ana", "figma", lasting(d)).refused(access.CodeInvalid).about("/duration", code)
	}
}

func TestAFieldOfChoicesSaysItsOwnMessage(t *testing.T) {
	s := story(t)
	s.flow("staging").Fields = []access.Field{{ID: "region", Label: "Region", Choices: []string{"eu", "us"}, Message: "Choose eu or us."}}
	s.submits("ana", "staging", answering("region", "mars")).refused(access.CodeInvalid).about("/answers/region", "not_one_of")
	equal(t, "message", s.said.Message, "Choose eu or us.")
	s.submits("ana", "staging", answering("region", "eu")).is(access.Pending)
}

func TestADeniedRequestIsSubmittedAgain(t *testing.T) {
	first := story(t).submits("ana", "staging").denies("ben", "Say which ticket.").is(access.Denied)
	again := story(t)
	denied := first.request
	denied.ID = "req_00"
	again.denied = &denied
	again.submits("ana", "staging").is(access.Pending)
	equal(t, "follows", again.request.Resubmits, access.RequestID("req_00"))

	for name, other := range map[string]func(*access.Request){
		"another's":          func(r *access.Request) { r.Requester = "gus" },
		"another resource's": func(r *access.Request) { r.Resource = "figma" },
		"not denied":         func(r *access.Request) { r.Status = access.Ended },
	} {
		s, wrong := story(t), first.request
		other(&wrong)
		s.denied = &wrong
		s.submits("ana", "staging")
		if access.CodeOf(s.err) != access.CodeInvalid {
			t.Errorf("%s was followed: %v", name, s.err)
		}
		s.err = nil
	}
}

func TestAPolicyDecidesAtSubmission(t *testing.T) {
	s := story(t)
	s.policy = access.PolicyVerdict{Verdict: access.Approve, Policy: "short-and-staging"}
	s.submits("ana", "staging").is(access.Approved).happened(access.EventSubmitted, access.EventPolicyDecided)
	equal(t, "policy", s.events[1].Details.Policy, "short-and-staging")
	equal(t, "actor", s.events[1].Actor, access.System(access.ViaPolicy))
	s.holds()

	refused := story(t)
	refused.policy = access.PolicyVerdict{Verdict: access.Deny, Policy: "not-at-night"}
	refused.submits("ana", "staging").is(access.Denied)

	device := story(t)
	device.policy = access.PolicyVerdict{Verdict: access.Approve, Policy: "own-laptop"}
	device.submits("ana", "laptop", lasting(hour)).is(access.Ready)
}

func TestAReminderIsForThoseWhomTheStepWaitedForThen(t *testing.T) {
	s := atNight(t).after(time.Hour).ticks().happened(access.EventReminded)
	reminded := s.events
	s.after(time.Hour).ticks().happened(access.EventEscalated)
	s.events = reminded
	s.tells(to(access.OfGroup("security"), access.NoticeReminder))
}
