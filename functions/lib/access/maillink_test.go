package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

// mailed gives the link of a mail that asks someone right now.
func (s *teller) mailed(to access.PersonID, kind access.NoticeKind) *access.MailUse {
	s.t.Helper()
	s.expected()
	link, ok := s.request.LinkFor(to, kind, s.now)
	if !ok {
		s.t.Fatalf("a %s request has nothing to ask %s", s.request.Status, to)
	}
	return &access.MailUse{MailLink: link, SignedIn: true}
}

// byMail decides with a link.
func (s *teller) byMail(m *access.MailUse, who access.PersonID, c access.Decide) *teller {
	s.t.Helper()
	actor := s.person(who)
	actor.Via = access.ViaEmail
	f := s.facts(actor)
	f.Mail = m
	return s.doesAbout(f, c)
}

var (
	grants  = access.Decide{Verdict: access.Approve}
	refuses = access.Decide{Verdict: access.Deny, Reason: "Not today."}
)

func TestAMailIsDecidedByWhomItWasSentTo(t *testing.T) {
	s := story(t).submits("ana", "staging")
	m := s.mailed("ben", access.NoticeToDecide)
	s.byMail(m, "ana", grants).refused(access.CodeSelfApproval).
		byMail(m, "dan", grants).refused(access.CodeNotYourMail).
		byMail(nil, "ben", grants).refused(access.CodeUnauthenticated).
		byMail(&access.MailUse{MailLink: access.MailLink{Request: "req_02", Person: "ben", Step: 1}, SignedIn: true}, "ben", grants).
		refused(access.CodeUnauthenticated).
		byMail(m, "ben", access.Decide{Verdict: access.Deny}).refused(access.CodeInvalid).about("/reason", "required").
		byMail(m, "ben", grants).is(access.Approved).
		tells(to("person:ben", access.NoticeReceipt), to("person:ana", access.NoticeApproved)).
		byMail(m, "ben", grants).nothingHappened().
		byMail(m, "ben", refuses).refused(access.CodeAlreadyDecided)
	equal(t, "via", s.request.Steps[0].Decisions[0].Via, access.ViaEmail)
}

// TestAnotherApproversMailIsNotOnesOwn: Dina may decide, but not by Dan's mail.
func TestAnotherApproversMailIsNotOnesOwn(t *testing.T) {
	s := story(t).submits("ana", "vault")
	s.byMail(s.mailed("dan", access.NoticeToDecide), "dina", grants).refused(access.CodeNotYourMail).
		byMail(s.mailed("dina", access.NoticeToDecide), "dina", grants).is(access.Pending)
}

func TestADelegateDecidesByTheMailOfWhomTheySitInFor(t *testing.T) {
	s := story(t)
	s.delegators = map[access.PersonID][]access.PersonID{"gus": {"ben"}}
	s.submits("ana", "staging")
	m := s.mailed("ben", access.NoticeToDecide)
	s.flow("staging").Delegation = false
	s.byMail(m, "gus", grants).refused(access.CodeNotYourMail)
	s.flow("staging").Delegation = true
	s.byMail(m, "gus", grants).is(access.Approved).
		tells(to("person:gus", access.NoticeReceipt), to("person:ana", access.NoticeApproved))
	equal(t, "for", s.request.Steps[0].Decisions[0].OnBehalfOf, access.PersonID("ben"))
}

func TestALinkIsGoodOnceAndForItsStep(t *testing.T) {
	s := story(t).submits("ana", "vault")
	first := s.mailed("dan", access.NoticeToDecide)
	s.byMail(first, "dan", grants).is(access.Pending)
	first.SpentAt, first.SpentBy, first.Verdict = s.now, "dan", access.Approve
	s.byMail(first, "dan", refuses).refused(access.CodeLinkClosed)

	late := s.mailed("dina", access.NoticeReminder)
	late.Step = 2 // of a step that is not open
	s.byMail(late, "dina", grants).refused(access.CodeStepClosed)
	void := s.mailed("dina", access.NoticeReminder)
	void.Void = true
	s.byMail(void, "dina", grants).refused(access.CodeLinkClosed)
}

func TestALinkOfAnExtensionDecidesThatAlone(t *testing.T) {
	s := longer(t, access.Manager).extends("ana", 3*minute)
	m := s.mailed("ben", access.NoticeExtensionAsked)
	extend, refuse := access.Decide{Verdict: access.Approve, Extension: true}, access.Decide{Verdict: access.Deny, Reason: "No.", Extension: true}
	s.byMail(m, "dan", extend).refused(access.CodeNotYourMail).
		byMail(m, "ben", refuse).happened(access.EventExtensionDenied).
		tells(to("person:ben", access.NoticeReceipt), to("person:ana", access.NoticeExtensionDenied))
	s.after(time.Second).extends("ana", minute)
	s.byMail(m, "ben", extend).refused(access.CodeStepClosed)
	s.byMail(s.mailed("ben", access.NoticeExtensionAsked), "ben", extend).happened(access.EventExtended).
		tells(to("person:ben", access.NoticeReceipt), to("person:ana", access.NoticeExtended))
	s.byMail(m, "ben", extend).refused(access.CodeStepClosed) // though he said the same of another
}

func TestAFlowMayWaiveTheSignIn(t *testing.T) {
	s := story(t).submits("ana", "staging")
	m := s.mailed("ben", access.NoticeToDecide)
	m.SignedIn = false
	s.byMail(m, "ben", grants).refused(access.CodeUnauthenticated)
	s.flow("staging").EmailSignIn = false
	s.byMail(m, "ben", grants).is(access.Approved)
}

func TestAFlowThatExcludesEmailTakesNoLink(t *testing.T) {
	s := story(t).submits("ana", "github")
	s.byMail(s.mailed("eli", access.NoticeToDecide), "eli", grants).refused(access.CodeChannelExcluded)
}

func TestWhatMayBeChosenIsShorter(t *testing.T) {
	rule := access.DurationRule{Mode: access.DurationChoice, Choices: []access.Duration{minute, 5 * minute, hour, hour, 8 * hour}}
	equal(t, "shorter than eight hours", rule.Shorter(8*hour, 5*minute), []access.Duration{hour, 5 * minute})
	equal(t, "shorter than the shortest", len(rule.Shorter(minute, minute)), 0)
}
