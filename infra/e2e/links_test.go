package e2e

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"latchkey/functions/lib/httpapi/contract"
)

// linkStage is a stage on which everyone has been in the portal before, and
// where these steps decide about staging, for one hour or two.
func linkStage(t *testing.T, change func(*contract.FlowInput), steps ...contract.FlowStep) *stage {
	t.Helper()
	s := emptyStage(t)
	s.ben = s.hire("ben", "")
	s.ana = s.hire("ana", s.ben.id)
	s.dan = s.hire("dan", "")
	for _, p := range []person{s.ana, s.ben, s.dan} {
		p.get("/v1/me").said(http.StatusOK)
	}
	s.create("groups", s.users, contract.GroupInput{Name: "Holds staging"})
	s.create("resources", s.staging, contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Staging",
		Connector: contract.Connector{Type: "group", Group: s.users}})
	if steps == nil {
		steps = []contract.FlowStep{{Approvers: []contract.ApproverWord{"manager"}, Needed: contract.Needed{Count: 1}}}
	}
	flow := contract.FlowInput{Name: "Staging", Resources: []contract.Id{s.staging}, VisibleTo: []contract.Audience{"person:" + s.ana.id},
		Duration: contract.DurationRule{Mode: contract.DurationMode("choice"), Choices: []contract.Duration{"PT1H", "PT2H"}}, Steps: steps}
	if change != nil {
		change(&flow)
	}
	s.create("flows", s.flow, flow)
	return s
}

var mailLink = regexp.MustCompile(`(?m)^https?://\S+$`)

// linksOf gives the addresses in a mail.
func linksOf(m mail) []string { return mailLink.FindAllString(m.Text, -1) }

// link waits for the mail that asks someone, and gives its link for a verdict.
func (s *stage) link(to person, request, verdict string) string {
	s.Helper()
	for _, link := range linksOf(to.gets("Ana asks for Staging", request)) {
		if strings.HasPrefix(link, s.Portal+"/mail/") && strings.HasSuffix(link, "/"+verdict) {
			return link
		}
	}
	s.Fatalf("the mail to %s has no link to %s", to.id, verdict)
	return ""
}

func TestBenDecidesFromHisMailAndHasAReceipt(t *testing.T) {
	t.Parallel()
	s := linkStage(t, nil)
	r := s.ana.asksFor(s.staging, "PT2H")
	b := s.browser().opens(s.link(s.ben, r.Id, "approve")).says(http.StatusOK, "A request waits for your decision").saysNot("Ana", "Staging", r.Id)
	b.signsIn(s.ben).says(http.StatusOK, "Ana asks for Staging", "Try the new sign-in", "2 hours, as asked for", "Grant access", "Deny access")
	b.decides("deny", "", "").says(http.StatusUnprocessableEntity, "Please give a reason.")
	b.decides("approve", "Fine", "PT1H").says(http.StatusSeeOther).follows().says(http.StatusOK, "You approved this")
	held := s.ana.sees(r.Id, contract.StatusActive)
	if d := held.Steps[0].Decisions[0]; held.EndsAt.Sub(held.StartedAt) != time.Hour || d.By.Id != s.ben.id || d.Via != contract.ViaEmail {
		t.Errorf("until %s, decided: %+v", held.EndsAt, d)
	}
	receipt := s.ben.gets("You approved: Staging for Ana", r.Id)
	if !strings.Contains(receipt.Text, "Fine") {
		t.Errorf("the receipt: %s", receipt.Text)
	}
	// Whoever is signed in at another mail needs no second sign-in here.
	b.opens(s.link(s.ben, r.Id, "deny")).says(http.StatusOK, "You approved this")
}

// TestNoPhantomDecisions: a scanner follows every link of every mail a hundred
// times, in every way; then the link works once, and only once, and only for
// Ben.
func TestNoPhantomDecisions(t *testing.T) {
	t.Parallel()
	s := linkStage(t, nil)
	r := s.ana.asksFor(s.staging, "PT1H")
	approve := s.link(s.ben, r.Id, "approve")
	s.ana.gets("Requested: Staging", r.Id)
	before := s.ana.reads(r.Id)
	scan := errgroup.Group{}
	scan.SetLimit(8)
	for _, m := range slices.Concat(s.ana.mails(), s.ben.mails()) {
		for _, link := range linksOf(m) {
			for i := range 100 {
				scan.Go(func() error {
					ways := [][]string{{http.MethodGet}, {http.MethodHead}, {http.MethodGet, "Purpose", "prefetch"}, {http.MethodGet, "Sec-Purpose", "prefetch;prerender"}}
					way := ways[i%len(ways)]
					return s.browser().fetch(way[0], link, nil, way[1:]...)
				})
			}
		}
	}
	if err := scan.Wait(); err != nil {
		t.Fatal(err)
	}
	if after := s.ana.reads(r.Id); after.Version != before.Version || after.Status != contract.StatusPending {
		t.Fatalf("the request is %s, version %d after %d", after.Status, after.Version, before.Version)
	}

	ana := s.browser().opens(approve).signsIn(s.ana).says(http.StatusOK, "This mail was sent to someone else").saysNot(`name="decision"`)
	ana.decides("approve", "", "").says(http.StatusForbidden)
	if after := s.ana.reads(r.Id); after.Version != before.Version {
		t.Fatalf("Ana has made her request %s", after.Status)
	}

	b := s.browser().opens(approve).signsIn(s.ben)
	second := b.fills("deny", "After all", "")
	b.decides("approve", "", "").says(http.StatusSeeOther)
	b.posts(second).says(http.StatusConflict, "You approved this", "Nothing was decided")
	s.ana.sees(r.Id, contract.StatusActive)
	if told := story(s.eli.history(of(r.Id))); strings.Count(told, "decided") != 1 {
		t.Errorf("what happened: %s", told)
	}
	unknown := s.browser().opens(s.Portal+"/mail/"+strings.Repeat("A", 43)+"/approve").says(http.StatusNotFound, "unknown, or too old").page
	for _, forged := range []string{approve[:len(approve)-10] + "/approve", s.Portal + "/mail/x/deny", approve + "x"} {
		if got := s.browser().opens(forged).says(http.StatusNotFound).page; got != unknown {
			t.Errorf("%s gets another page", forged)
		}
	}
}

func TestALinkThatIsOvertakenSaysSo(t *testing.T) {
	t.Parallel()
	eli := "person:" + emptyStage(t).eli.id
	s := linkStage(t, nil, contract.FlowStep{Approvers: []contract.ApproverWord{"manager", eli}, Needed: contract.Needed{Count: 1}},
		contract.FlowStep{Approvers: []contract.ApproverWord{eli}, Needed: contract.Needed{Count: 1}})
	r := s.ana.asksFor(s.staging, "PT1H")
	link := s.link(s.ben, r.Id, "approve")
	b := s.browser().opens(link).signsIn(s.ben)
	stale := b.fills("approve", "", "")
	s.ben.decides(r.Id, contract.VerdictAsk).said(http.StatusOK)
	s.ana.post(of(r.Id)+"/answer", contract.AnswerInput{Text: "For the release"}).said(http.StatusOK)
	b.posts(stale).says(http.StatusConflict, "has changed since", "Grant access")
	s.ben.approves(r.Id)
	b.posts(b.fills("deny", "No", "")).says(http.StatusForbidden, "This no longer waits for you", "The request is now: Pending")
	s.eli.decides(r.Id, contract.VerdictDeny).said(http.StatusOK)
	b.opens(link).says(http.StatusOK, "This was decided already", "Denied, by ")
	s.browser().opens(link).says(http.StatusOK, "no longer waits for a decision").saysNot("Staging", "Denied")
}

func TestALinkOfARequestThatExpiredSaysSo(t *testing.T) {
	t.Parallel()
	s := linkStage(t, func(f *contract.FlowInput) { f.PendingFor = "PT45S" })
	r := s.ana.asksFor(s.staging, "PT1H")
	link := s.link(s.ben, r.Id, "deny")
	s.ana.sees(r.Id, contract.StatusExpired)
	s.browser().opens(link).signsIn(s.ben).says(http.StatusOK, "This was decided already", "Expired").saysNot(`name="decision"`)
}

func TestAFlowSaysWhatAMailMayDecide(t *testing.T) {
	t.Parallel()
	no := false
	waived := linkStage(t, func(f *contract.FlowInput) { f.EmailSignIn = &no })
	r := waived.ana.asksFor(waived.staging, "PT1H")
	waived.browser().opens(waived.link(waived.ben, r.Id, "deny")).says(http.StatusOK, "Ana asks for Staging").
		decides("deny", "Use the replica", "").says(http.StatusSeeOther).follows().says(http.StatusOK, "This link was used")
	if d := waived.ana.sees(r.Id, contract.StatusDenied).Steps[0].Decisions[0]; d.By.Id != waived.ben.id || d.Via != contract.ViaEmail {
		t.Errorf("decided: %+v", d)
	}
	waived.ben.gets("You denied: Staging for Ana", r.Id)

	excluded := linkStage(t, func(f *contract.FlowInput) { f.DecideIn = []contract.DecideIn{"portal"} })
	r = excluded.ana.asksFor(excluded.staging, "PT1H")
	m := excluded.ben.gets("Ana asks for Staging", r.Id)
	if links := linksOf(m); len(links) != 1 || strings.Contains(m.Text+m.HTML, "/mail/") {
		t.Errorf("the mail links to %v", links)
	}
}

// TestSuspensionVoidsLinks: also once it is over.
func TestSuspensionVoidsLinks(t *testing.T) {
	t.Parallel()
	s := linkStage(t, nil, contract.FlowStep{Approvers: []contract.ApproverWord{"manager", "admins"}, Needed: contract.Needed{Count: 1}})
	r := s.ana.asksFor(s.staging, "PT1H")
	link := s.link(s.ben, r.Id, "approve")
	s.changes(s.ben, func(p *contract.PersonInput) { p.Status = contract.PersonStatusSuspended })
	s.browser().opens(link).says(http.StatusOK, "no longer work")
	s.changes(s.ben, func(p *contract.PersonInput) { p.Status = contract.PersonStatusActive })
	s.browser().opens(link).says(http.StatusOK, "no longer work")
	if s.ana.reads(r.Id).Status != contract.StatusPending {
		t.Error("it was decided")
	}
}
