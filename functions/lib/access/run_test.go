package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestWhatAnApprovalRunDoesNext(t *testing.T) {
	const until = 30 * 24 * time.Hour
	for status, want := range map[access.Status]access.Next{
		access.Pending:     {Move: access.AwaitDecision, Until: morning.Add(until)},
		access.NeedsInfo:   {Move: access.AwaitDecision, Until: morning.Add(until)},
		access.MissingData: {Move: access.AwaitDecision, Until: morning.Add(until)},
		access.Ready:       {Move: access.AwaitStart, Until: morning.Add(24 * time.Hour)},
		access.Approved:    {Move: access.Grant},
		access.Granting:    {Move: access.Grant},
		access.Active:      {Move: access.Hold, Until: morning.Add(2 * time.Minute)},
		access.Ending:      {Move: access.EndAccess},
		access.Stuck:       {Move: access.Close},
		access.Failed:      {Move: access.Close},
		access.Ended:       {Move: access.Close},
		access.Denied:      {Move: access.Close},
		access.Canceled:    {Move: access.Close},
		access.Expired:     {Move: access.Close},
	} {
		s := arriveAt(t, status)
		equal(t, string(status), s.request.Next(1, morning, s.now), want)
		equal(t, string(status)+", to a forged run", s.request.Next(7, morning, s.now), access.Next{Move: access.Close})
		if s.request.Run.Number == 1 {
			s.sweeps()
		}
		if s.request.Run.Number > 1 {
			equal(t, string(status)+", overtaken", s.request.Next(1, morning, s.now), access.Next{Move: access.Close})
		}
	}
	due := arriveAt(t, access.Active).after(2 * time.Minute)
	equal(t, "time up", due.request.Next(1, morning, due.now), access.Next{Move: access.EndAccess})
	open := story(t).submits("ana", "github").approves("eli")
	equal(t, "not timed", open.request.Next(1, morning, open.now), access.Next{Move: access.GrantOpenEnded})
	equal(t, "not timed", open.grantBegins().request.Next(1, morning, open.now), access.Next{Move: access.GrantOpenEnded})
	equal(t, "not timed", open.isSeen().request.Next(1, morning, open.now), access.Next{Move: access.Close})
}

func TestWhatARevocationRunDoesNext(t *testing.T) {
	for _, status := range access.Statuses() {
		s := arriveAt(t, status).sweeps()
		next := func(run int) access.Move { return s.request.NextRevocation(run, s.pace, s.now).Move }
		want := access.Close
		switch status {
		case access.Ending:
			want = access.RetryEnd
		case access.Stuck:
			want = access.GiveUp
		}
		number := s.request.Run.Number
		equal(t, string(status), next(number), want)
		equal(t, string(status)+", overtaken", next(number-1), access.Close)
		equal(t, string(status)+", forged", next(number+1), access.Close)
	}
	byApproval := arriveAt(t, access.Ending)
	equal(t, "a forged revocation run beside the approval run",
		byApproval.request.NextRevocation(1, byApproval.pace, byApproval.now).Move, access.Close)
}

func TestTheNextRunTakesOver(t *testing.T) {
	for _, status := range access.Statuses() {
		s := arriveAt(t, status)
		before := s.request.Run.Number
		s.after(40 * 24 * time.Hour).sweeps().is(status)
		switch status {
		case access.Ended, access.Failed, access.Denied, access.Canceled, access.Expired:
			s.nothingHappened()
		case access.Ending, access.Stuck:
			s.happened(access.EventRunStarted).run(before+1, access.RevocationMachine)
		default:
			s.happened(access.EventRunStarted).run(before+1, access.ApprovalMachine)
		}
		if len(s.events) > 0 && !s.request.Due.After(s.now) {
			t.Errorf("%s: a run that took over has its due ahead", status)
		}
		s.sweeps()
		if len(s.events) > 0 {
			equal(t, "run", s.request.Run.Number, before+2)
		}
	}
	early := arriveAt(t, access.Active)
	due := early.request.Due
	early.sweeps().at("due of a run that took over before it", early.request.Due, due)
}

func TestARunLives300DaysAtMost(t *testing.T) {
	s := story(t)
	s.offers("archive", "", once(access.DurationFixed, 400*day), access.Manager)
	s.submits("ana", "archive").approves("ben").holds()
	last := morning.Add(access.RunLifetime)
	equal(t, "first run", s.request.Next(1, morning, s.now), access.Next{Move: access.Hold, Until: last})
	equal(t, "before", access.OldRun(morning, last.Add(-time.Millisecond)), false)
	equal(t, "after", access.OldRun(morning, last), true)

	s.after(access.RunLifetime).timeUp().nothingHappened().sweeps().run(2, access.ApprovalMachine)
	equal(t, "second run", s.request.Next(2, s.now, s.now), access.Next{Move: access.Hold, Until: morning.Add(400 * 24 * time.Hour)})
	equal(t, "first run", s.request.Next(1, morning, s.now), access.Next{Move: access.Close})
}

func TestWaitsAreWholeSecondsAndNeverNone(t *testing.T) {
	until := func(d time.Duration) int {
		return access.Next{Move: access.Hold, Until: morning.Add(d)}.Seconds(morning)
	}
	equal(t, "past", until(-time.Hour), 1)
	equal(t, "now", until(0), 1)
	equal(t, "exact", until(2*time.Minute), 120)
	equal(t, "rounded up", until(2*time.Minute+time.Millisecond), 121)
	equal(t, "nothing to wait for", access.Next{Move: access.Grant}.Seconds(morning), 0)
}
