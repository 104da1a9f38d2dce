package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func (s *teller) isChecked(present bool) *teller {
	s.t.Helper()
	return s.workflow(access.ObservedDrift{Present: present})
}

func (s *teller) drifts(want access.Drift) *teller {
	s.t.Helper()
	equal(s.t, "drift", s.request.Drift, want)
	return s
}

func TestAccessRemovedOutsideIsFlaggedUntilItIsThereAgain(t *testing.T) {
	s := arriveAt(t, access.Active)
	due, ends := s.request.Due, s.request.EndsAt
	s.isChecked(true).nothingHappened()
	s.isChecked(false).happened(access.EventDrifted).is(access.Active).drifts(access.DriftRemoved).tells()
	s.at("due", s.request.Due, due).at("end", s.request.EndsAt, ends)
	s.isChecked(false).nothingHappened()
	s.isChecked(true).happened(access.EventDriftCleared).is(access.Active).drifts("")
	s.isChecked(false).timeUp().nothingHappened()
	s.after(2 * time.Minute).timeUp().is(access.Ending).isGone().is(access.Ended).drifts("")
}

func TestAccessThatIsThereAgainAfterItsEndIsFlaggedAndToldToTheAdmins(t *testing.T) {
	for _, status := range []access.Status{access.Ended, access.Failed} {
		s := arriveAt(t, status)
		s.isChecked(false).nothingHappened()
		s.isChecked(true).happened(access.EventDrifted).is(status).drifts(access.DriftReadded).
			tells(to(access.Admins, access.NoticeReadded))
		equal(t, "still to be told", s.request.Still(access.NoticeReadded, "eli"), true)
		if !s.request.Due.IsZero() {
			t.Errorf("%s is due %s", status, s.request.Due)
		}
		s.isChecked(true).nothingHappened()
		s.isChecked(false).happened(access.EventDriftCleared).is(status).drifts("").tells()
		equal(t, "still to be told", s.request.Still(access.NoticeReadded, "eli"), false)
	}
	arriveAt(t, access.Failed).isChecked(true).retries("eli").is(access.Approved).drifts("")
}

func TestACheckSaysNothingOfAccessOnItsWay(t *testing.T) {
	for _, status := range access.Statuses() {
		if status == access.Active || status == access.Ended || status == access.Failed {
			continue
		}
		arriveAt(t, status).isChecked(true).nothingHappened().isChecked(false).nothingHappened()
	}
}

func TestChecksAreRegularWhileAccessIsHeldAndFewerOnceItIsGone(t *testing.T) {
	next := func(gone time.Time, again bool) time.Duration {
		return access.NextCheck(time.Hour, gone, again, morning).Sub(morning)
	}
	equal(t, "held", next(time.Time{}, false), time.Hour)
	equal(t, "just gone", next(morning, false), time.Hour)
	equal(t, "gone for a day", next(morning.Add(-24*time.Hour), false), 24*time.Hour)
	equal(t, "there again", next(morning.Add(-240*time.Hour), true), time.Hour)
	if at := access.NextCheck(time.Hour, morning.Add(-7*24*time.Hour), false, morning); !at.IsZero() {
		t.Errorf("gone for a week, and checked again at %s", at)
	}
}
