package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func (s *teller) looksAfter() *teller {
	s.t.Helper()
	return s.does(access.System(access.ViaSweeper), access.LookAfter{})
}

// borrows gives Ana Figma for an hour: she is to be told ten minutes before.
func borrows(t *testing.T) *teller {
	return story(t).submits("ana", "figma", lasting(hour)).approves("chloe").holds()
}

func TestTheHolderIsToldBeforeTheEnd(t *testing.T) {
	s := borrows(t)
	end := s.request.EndsAt
	s.at("due", s.request.Due, end.Add(-10*time.Minute))
	s.after(50*time.Minute - time.Millisecond).looksAfter().nothingHappened()
	equal(t, "overdue", s.after(time.Millisecond).request.Overdue(s.pace, s.now), false)
	s.looksAfter().happened(access.EventEndingSoon).tells(to("person:ana", access.NoticeEndingSoon)).is(access.Active)
	s.run(1, access.ApprovalMachine).at("due", s.request.Due, end.Add(s.pace.Grace)).looksAfter().nothingHappened()
	equal(t, "still", s.request.Still(access.NoticeEndingSoon, "ana"), true)
	s.after(10*time.Minute + s.pace.Grace).looksAfter().happened(access.EventRunStarted)
	s.timeUp().is(access.Ending)
	equal(t, "after the end", s.request.Still(access.NoticeEndingSoon, "ana"), false)
}

func TestHowLongBeforeTheEndTheHolderIsTold(t *testing.T) {
	for given, lead := range map[access.Duration]time.Duration{
		29 * minute: -time.Minute, // not at all: the sweeper comes after the end
		30 * minute: 5 * time.Minute, hour: 10 * time.Minute, 8 * hour: 80 * time.Minute,
		6 * day: 24 * time.Hour, 60 * day: 24 * time.Hour,
	} {
		s := story(t)
		s.pace = access.NormalPace
		s.offers("archive", "", once(access.DurationFixed, given), access.Manager)
		s.submits("ana", "archive").approves("ben").holds()
		equal(t, given.String(), s.request.EndsAt.Sub(s.request.Due), lead)
	}
}

func TestANoticeThatIsTooLateIsNotGiven(t *testing.T) {
	s := borrows(t).after(time.Hour).looksAfter().nothingHappened()
	equal(t, "overdue", s.request.Overdue(s.pace, s.now), false)
	s.after(s.pace.Grace)
	equal(t, "overdue", s.request.Overdue(s.pace, s.now), true)
	s.looksAfter().happened(access.EventRunStarted).at("due", s.request.Due, s.now.Add(access.EndLimit))
	s.looksAfter().nothingHappened()
}

func TestAnExtensionPutsTheNoticeOff(t *testing.T) {
	s := borrows(t).after(50 * time.Minute).looksAfter().happened(access.EventEndingSoon)
	after := s.request.Due
	s.extends("ana", hour).at("due while it waits", s.request.Due, after)
	s.decidesExtension("ben", access.Deny).at("due once denied", s.request.Due, after)
	s.extends("ana", hour).decidesExtension("ben", access.Approve)
	s.at("due", s.request.Due, s.request.EndsAt.Add(-(70 * time.Minute / 6).Truncate(time.Millisecond)))
	equal(t, "what the first notice says is overtaken", s.request.Still(access.NoticeEndingSoon, "ana"), false)
	s.now = s.request.Due
	s.looksAfter().happened(access.EventEndingSoon)
	equal(t, "the second", s.request.Still(access.NoticeEndingSoon, "ana"), true)

	early := borrows(t)
	due := early.request.Due
	early.extends("ana", hour).at("due while more time waits for a decision", early.request.Due, due)
}

func TestARunThatHandsOverKeepsTheNotice(t *testing.T) {
	s := borrows(t)
	due := s.request.Due
	s.sweeps().run(2, access.ApprovalMachine).at("due", s.request.Due, due)
	s.after(55*time.Minute).sweeps().at("due", s.request.Due, due).looksAfter().happened(access.EventEndingSoon)
}

func TestAnEndBeforeItsTimeNeedsNoNotice(t *testing.T) {
	s := borrows(t).givesBack("ana")
	s.at("due", s.request.Due, s.now.Add(access.EndLimit))
	s.after(50 * time.Minute).looksAfter().happened(access.EventRunStarted)
}
