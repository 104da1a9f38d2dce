package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

// tells checks who is told what because of the last command.
func (s *teller) tells(want ...access.Notice) *teller {
	s.t.Helper()
	s.expected()
	var got []access.Notice
	for _, e := range s.events {
		got = append(got, s.request.Notices(e)...)
	}
	equal(s.t, "notices", got, want)
	return s
}

func to(p access.Principal, kind access.NoticeKind) access.Notice {
	return access.Notice{Kind: kind, To: p}
}

func TestWhoIsToldWhat(t *testing.T) {
	s := story(t).submits("ana", "staging").
		tells(to("person:ana", access.NoticeSubmitted), to("person:ben", access.NoticeToDecide))
	s.asks("ben", "Why?").tells(to("person:ana", access.NoticeAsked))
	s.answers("ana", "A demo.").tells(to("person:ben", access.NoticeAnswered))
	s.approves("ben").tells(to("person:ana", access.NoticeApproved))
	s.holds().tells()
	s.after(2 * time.Minute).timeUp().tells().isGone().tells(to("person:ana", access.NoticeEnded))

	arriveAt(t, access.Denied).tells(to("person:ana", access.NoticeDenied))
	arriveAt(t, access.Expired).tells(to("person:ana", access.NoticeExpired))
	arriveAt(t, access.Failed).tells(to("person:ana", access.NoticeFailed))
	arriveAt(t, access.Canceled).tells()
	arriveAt(t, access.Ready).tells(to("person:ana", access.NoticeApproved)).
		revokes("eli").tells(to("person:ana", access.NoticeCanceled))
	arriveAt(t, access.Pending).overrides("eli", access.Deny, 0).tells(to("person:ana", access.NoticeDenied))
}

func TestMissingDataIsToldOnce(t *testing.T) {
	s := arriveAt(t, access.MissingData).tells(to("person:ana", access.NoticeSubmitted),
		to("person:ana", access.NoticeMissingData), to(access.Admins, access.NoticeMissingData))
	s.sweeps().happened(access.EventRunStarted).tells()

	later := story(t).submits("ana", "vault").approves("dan").tells()
	later.approves("dina").tells(to("person:chloe", access.NoticeToDecide))
	later.people["chloe"].suspended = true
	again := story(t)
	again.people["chloe"].suspended = true
	again.submits("ana", "vault").approves("dan").approves("dina").
		tells(to("person:ana", access.NoticeMissingData), to(access.Admins, access.NoticeMissingData))
}

func TestStuckAccessIsToldToTheAdmins(t *testing.T) {
	s := arriveAt(t, access.Active).givesBack("ana").tells()
	s.revocationFails().tells().revocationFails().tells()
	s.revocationFails().is(access.Stuck).tells(to(access.Admins, access.NoticeStuck))
	s.now = s.request.Due
	s.sweeps()
	s.revocationFails().tells().revocationFails().tells() // once for each run
	s.revocationFails().tells(to(access.Admins, access.NoticeStuck))
}

func TestANoticeThatWasOvertakenIsDropped(t *testing.T) {
	still := func(s *teller, kind access.NoticeKind, to access.PersonID) bool { return s.request.Still(kind, to) }
	s := story(t).submits("ana", "vault")
	equal(t, "to decide", still(s, access.NoticeToDecide, "dan"), true)
	equal(t, "to decide, the requester", still(s, access.NoticeToDecide, "ana"), false)
	s.approves("dan")
	equal(t, "to decide, who did", still(s, access.NoticeToDecide, "dan"), false)
	equal(t, "to decide, the other", still(s, access.NoticeToDecide, "dina"), true)
	s.asks("dina", "Why?")
	equal(t, "to decide, meanwhile", still(s, access.NoticeToDecide, "dina"), false)
	equal(t, "asked", still(s, access.NoticeAsked, "ana"), true)
	s.answers("ana", "A demo.")
	equal(t, "asked, answered", still(s, access.NoticeAsked, "ana"), false)
	equal(t, "answered, who asked", still(s, access.NoticeAnswered, "dina"), true)
	s.denies("dina", "No.")
	equal(t, "answered, decided", still(s, access.NoticeAnswered, "dina"), false)
	equal(t, "denied", still(s, access.NoticeDenied, "ana"), true)

	equal(t, "who submitted", still(story(t).submitsFor("dina", "ana", "vault"), access.NoticeToDecide, "dina"), false)
	missing := arriveAt(t, access.MissingData)
	equal(t, "missing data", still(missing, access.NoticeMissingData, "eli"), true)
	equal(t, "missing data, found", still(missing.overrides("eli", access.Deny, 0), access.NoticeMissingData, "eli"), false)
	stuck := arriveAt(t, access.Stuck)
	equal(t, "stuck", still(stuck, access.NoticeStuck, "eli"), true)
	equal(t, "stuck, gone", still(stuck.isGone(), access.NoticeStuck, "eli"), false)
}
