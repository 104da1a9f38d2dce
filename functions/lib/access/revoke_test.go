package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestAFailingRevocationIsTriedAgainForEver(t *testing.T) {
	s := arriveAt(t, access.Active).givesBack("ana")
	run, pace := s.request.Run.Number, s.pace
	next := func() access.Next { return s.request.NextRevocation(run, pace, s.now) }

	s.revocationFails().is(access.Ending)
	equal(t, "first wait", next(), access.Next{Move: access.RetryEnd, Until: s.now.Add(time.Second)})
	s.at("due", s.request.Due, s.now.Add(time.Second+access.EndLimit))
	s.revocationFails().is(access.Ending)
	equal(t, "second wait", next(), access.Next{Move: access.RetryEnd, Until: s.now.Add(2 * time.Second)})
	s.revocationFails().is(access.Stuck)
	equal(t, "at last", next(), access.Next{Move: access.GiveUp})
	equal(t, "failure", s.request.Failure, "throttled")

	var paused []time.Duration
	for range 6 {
		paused = append(paused, s.request.Due.Sub(s.now))
		s.now = s.request.Due
		s.sweeps()
		run++
		s.run(run, access.RevocationMachine).is(access.Stuck)
		for range pace.Attempts {
			if !s.request.Due.After(s.now) {
				t.Fatal("a run that tries keeps due ahead of its next sign of life")
			}
			s.revocationFails().is(access.Stuck)
		}
		equal(t, "gives up again", next(), access.Next{Move: access.GiveUp})
	}
	equal(t, "pauses between runs", paused, []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second,
		40 * time.Second, time.Minute, time.Minute})

	s.isGone().is(access.Ended)
	equal(t, "end reason", s.request.EndReason, access.EndGivenBack)
	equal(t, "afterwards", next(), access.Next{Move: access.Close})
	s.revocationFails().nothingHappened()
}

func TestTheLongestWaitWithinARun(t *testing.T) {
	s := arriveAt(t, access.Active)
	s.pace = access.Pace{Grace: time.Second, Attempts: 9, FirstWait: 5 * time.Second, LongestWait: 30 * time.Second,
		StuckWait: time.Minute, LongestStuck: time.Hour}
	s.givesBack("ana")
	var waits []time.Duration
	for range 5 {
		s.revocationFails()
		waits = append(waits, s.request.NextRevocation(2, s.pace, s.now).Until.Sub(s.now))
	}
	equal(t, "waits", waits, []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, 30 * time.Second})
}

func TestTheRunThatCannotEndHandsOver(t *testing.T) {
	s := arriveAt(t, access.Active)
	handOver := access.RevocationFailed{Code: "throttled", HandOver: true}
	s.workflow(handOver).nothingHappened()
	s.after(2*time.Minute).workflow(handOver).happened(access.EventEnding, access.EventRevocationFailed).is(access.Ending)
	s.run(2, access.RevocationMachine).isGone().is(access.Ended)
	equal(t, "end reason", s.request.EndReason, access.EndExpired)

	begun := arriveAt(t, access.Ending).workflow(handOver).run(2, access.RevocationMachine)
	equal(t, "the old run", begun.request.Next(1, morning, begun.now), access.Next{Move: access.Close})

	impatient := arriveAt(t, access.Ending)
	impatient.pace.Attempts = 1
	impatient.workflow(handOver).is(access.Stuck).run(1, access.ApprovalMachine)
	impatient.sweeps().run(2, access.RevocationMachine)
}

func TestAnEarlyEndAfterAFailedGrantStaysAFailure(t *testing.T) {
	s := arriveAt(t, access.Granting).workflow(access.GrantFailed{Code: "refused"})
	s.revokes("eli").nothingHappened().isGone().is(access.Failed)
}

func TestAFailedGrantThatIsStuckIsStillFailed(t *testing.T) {
	s := arriveAt(t, access.Granting).workflow(access.GrantFailed{Code: "refused"})
	for range s.pace.Attempts {
		s.revocationFails()
	}
	s.is(access.Stuck).isGone().is(access.Failed)
	equal(t, "failure", s.request.Failure, "refused")
}

func TestAnEndAfterARetryCountsItsAttemptsAnew(t *testing.T) {
	s := arriveAt(t, access.Granting).workflow(access.GrantFailed{Code: "refused"}).revocationFails().revocationFails().
		isGone().retries("eli").holds().givesBack("ana").revocationFails().is(access.Ending)
	equal(t, "attempts", s.request.Attempts, 1)
}

func TestWhoAsksToBeLeftAloneIs(t *testing.T) {
	failed := access.RevocationFailed{Code: "http_429", After: 20 * time.Second}
	s := arriveAt(t, access.Active).givesBack("ana").workflow(failed).is(access.Ending)
	equal(t, "next", s.request.NextRevocation(2, s.pace, s.now), access.Next{Move: access.RetryEnd, Until: s.now.Add(20 * time.Second)})
	s.at("due", s.request.Due, s.now.Add(20*time.Second+access.EndLimit))
	failed.After = 24 * time.Hour // not for ever
	s.workflow(failed).at("again", s.request.RetryAt, s.now.Add(s.pace.LongestStuck))
}
