package links_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
)

func TestBenDecidesFromHisMail(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser()
	b.opens(token, "approve").says(200, "A request waits for your decision", "Sign in").
		saysNot("ana", "Staging", "look", string(r.ID))
	b.signsIn("ben").says(200, "ana asks for Staging", "To &lt;b&gt;look&lt;/b&gt; around", "2 minutes, as asked for", "1 minute",
		"ana@example.com", "Requestor&#39;s manager", "Grant access", "Deny access", "Approval progress", portal+"/requests/"+string(r.ID))
	b.decides("deny", " ", "").says(422, "Please give a reason.", `aria-invalid="true"`)
	b.decides("approve", "Fine", "PT1M").says(303).follow().says(200, "You approved this", "A receipt was sent")
	if got := o.now(r.ID); got.Status != access.Approved || got.Given != access.Duration(time.Minute) ||
		got.Steps[0].Decisions[0].Via != access.ViaEmail || got.Steps[0].Decisions[0].Reason != "Fine" {
		t.Errorf("the request is %+v", got)
	}
	receipt := false
	for _, l := range o.mails(r.ID) {
		receipt = receipt || l.Kind == access.NoticeReceipt && l.To.ID == "ben"
	}
	if !receipt {
		t.Error("no receipt")
	}
}

func TestTheVerdictOfTheMailComesFirst(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	b := o.browser()
	page := b.opens(token, "deny").signsIn("ben").says(200).page
	if !strings.HasSuffix(b.path, "/deny") || strings.Index(page, "Deny access") > strings.Index(page, "Grant access") {
		t.Errorf("%s: %s", b.path, page)
	}
	b.decides("deny", "Not today", "").says(303).follow().says(200, "You denied this")
}

// TestLookingChangesNothing: a scanner opens every link of every mail, in every
// way, a hundred times.
func TestLookingChangesNothing(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	before := o.now(r.ID)
	for range 100 {
		for _, path := range []string{"/approve", "/deny", "/approve/sign-in", "/deny/sign-in?as=other"} {
			o.browser().send("GET", "/mail/"+token+path, gatewaytest.WithHeader("Sec-Purpose", "prefetch;prerender"))
			o.browser().send("HEAD", "/mail/"+token+path, gatewaytest.WithHeader("Purpose", "prefetch"))
		}
	}
	if after := o.now(r.ID); after.Version != before.Version {
		t.Errorf("version %d became %d", before.Version, after.Version)
	}
	b := o.browser()
	b.opens(token, "approve").signsIn("ben")
	again := b.fills("deny", "After all", "")
	b.decides("approve", "", "").says(303)
	b.posts(again).says(409, "You approved this", "Nothing was decided")
	if got := o.now(r.ID); got.Status != access.Approved || len(got.Steps[0].Decisions) != 1 {
		t.Errorf("the request is %s after %d decisions", got.Status, len(got.Steps[0].Decisions))
	}
}

// TestALinkUsedTwiceAtOnceDecidesOnce: the step needs another approval, so that
// nothing but the link keeps the second from counting.
func TestALinkUsedTwiceAtOnceDecidesOnce(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) {
		f.Steps[0] = access.Step{Approvers: []access.Principal{access.Manager, access.OfPerson("dan")}, Needed: access.Needed{Count: 2}}
		f.DenyWhen = access.DenyUnreachable
	})
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser().opens(token, "approve").signsIn("ben")
	forms := []url.Values{b.fills("approve", "", ""), b.fills("deny", "No", "")}
	var group sync.WaitGroup
	answers := make([]int, len(forms))
	for i, form := range forms {
		again := *b
		group.Go(func() { answers[i] = again.posts(form).status })
	}
	group.Wait()
	slices.Sort(answers)
	if got := o.now(r.ID); len(got.Steps[0].Decisions) != 1 || !slices.Equal(answers, []int{303, 409}) {
		t.Errorf("%d decisions, answers %v", len(got.Steps[0].Decisions), answers)
	}
}

func TestSomeoneElsesMailDecidesNothing(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) {
		f.Steps[0].Approvers = []access.Principal{access.Manager, access.OfPerson("dan")}
	})
	r := o.asks()
	token := o.link(r.ID, "ben")
	for _, who := range []string{"ana", "dan", "eli"} { // Dan and Eli could decide, or override, in the portal
		b := o.browser()
		b.opens(token, "approve").signsIn(who).says(200, "This mail was sent to someone else", "in the portal").saysNot("Staging", `name="decision"`)
		form := b.fills("approve", "", "")
		form.Set("version", "1")
		b.posts(form).says(403, "This mail was sent to someone else", "Nothing was decided")
	}
	if got := o.now(r.ID); got.Version != r.Version {
		t.Errorf("the request is %s", got.Status)
	}
}

func TestADelegateDecides(t *testing.T) {
	o := newOffice(t)
	_, err := o.Delegate(t.Context(), o.SignsIn("ben"), app.Delegation{To: "dan", From: o.At.Add(-time.Hour), Until: o.At.Add(time.Hour)}, app.Condition{New: true})
	o.Must(err)
	r := o.asks()
	token := o.link(r.ID, "ben")
	o.browser().opens(token, "approve").signsIn("dan").says(200, "ana asks for Staging").
		decides("approve", "", "").says(303).follow().says(200, "You approved this")
	if d := o.now(r.ID).Steps[0].Decisions[0]; d.By != "dan" || d.OnBehalfOf != "ben" {
		t.Errorf("decided by %s for %s", d.By, d.OnBehalfOf)
	}
	o.browser().opens(token, "approve").signsIn("ben").says(200, "dan approved this")
}

func TestWhatIsUnknownMalformedOrForgottenGetsOneAnswer(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	want := o.browser().opens(strings.Repeat("A", 43), "approve").says(404, "This link is unknown, or too old").page
	for _, path := range []string{"x/approve", token[:42] + "/approve", token + "/maybe", token + "A/deny", token, "", "%2e%2e/approve"} {
		if got := o.browser().send("GET", "/mail/"+path).says(404).page; got != want {
			t.Errorf("%s gets another page", path)
		}
	}
	o.At = o.At.Add(91 * 24 * time.Hour)
	if got := o.browser().opens(token, "approve").says(404).page; got != want {
		t.Error("a forgotten link gets another page")
	}
	o.browser().send("PUT", "/mail/"+token+"/approve").says(404)
}

func TestWhatWasDecidedElsewhereSaysSo(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser()
	b.opens(token, "approve").signsIn("ben")
	form := b.fills("approve", "", "")
	_, err := o.Act(t.Context(), o.SignsIn("eli"), r.ID, access.Override{Verdict: access.Deny, Reason: "An audit."})
	o.Must(err)
	b.posts(form).says(409, "This was decided already", "Denied, by eli")
	o.browser().opens(token, "approve").says(200, "This no longer waits for a decision", "Sign in").saysNot("eli", "Denied")
}

func TestARequestThatExpiredSaysSo(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	o.At = o.At.Add(2 * time.Hour)
	_, err := o.TimedOut(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: o.At})
	o.Must(err)
	o.browser().opens(token, "approve").signsIn("ben").says(200, "This was decided already", "Expired").saysNot(`name="decision"`)
}

// TestTheVersionShownIsTheVersionDecided: Ben asks in the portal, and Ana
// answers, while his page is open.
func TestTheVersionShownIsTheVersionDecided(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser()
	b.opens(token, "approve").signsIn("ben").saysNot("has changed")
	stale := b.fills("approve", "Fine", "PT1M")
	_, err := o.Act(t.Context(), o.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Ask, Reason: "Why?"})
	o.Must(err)
	_, err = o.Act(t.Context(), o.SignsIn("ana"), r.ID, access.Answer{Text: "A demo."})
	o.Must(err)
	b.posts(stale).says(409, "The request has changed since", "ana asks for Staging", "Fine", `<option value="PT1M" selected>`)
	b.decides("approve", "Fine", "").says(303).follow().says(200, "You approved this")
}

func TestAnExtensionIsDecided(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) {
		f.Duration.Extend = access.ExtendRule{UpTo: access.Duration(5 * time.Minute), Times: 2, Approvers: []access.Principal{access.Manager}}
	})
	r := o.asks()
	old := o.link(r.ID, "ben")
	o.browser().opens(old, "approve").signsIn("ben").decides("approve", "", "").says(303)
	_, err := o.Grant(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: o.At})
	o.Must(err)
	_, err = o.Act(t.Context(), o.SignsIn("ana"), r.ID, access.Extend{Duration: access.Duration(3 * time.Minute), Reason: "Not done"})
	o.Must(err)
	token := o.link(r.ID, "ben")
	b := o.browser().opens(token, "approve").signsIn("ben").says(200, "asks for more time", "3 minutes", "Not done", "Grant more time")
	form := b.fills("approve", "", "")
	for range 2 { // a double click
		b.posts(form).says(303)
	}
	b.follow().says(200, "You approved this").saysNot("Nothing was decided")
	form.Set("decision", "deny")
	form.Set("reason", "After all")
	b.posts(form).says(409, "You approved this", "used already").saysNot("Nothing was decided")
	if got := o.now(r.ID); got.Extensions != 1 {
		t.Errorf("%d extensions", got.Extensions)
	}
	o.browser().opens(old, "deny").signsIn("ben").says(200, "You approved this", "Active")
}

func TestAFlowThatWaivesTheSignIn(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) { f.EmailSignIn = false })
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser()
	b.opens(token, "approve").says(200, "ana asks for Staging", "Grant access").saysNot("Sign in")
	b.decides("approve", "", "").says(303).follow().says(200, "This link was used", "approved").saysNot("Staging")
	if d := o.now(r.ID).Steps[0].Decisions[0]; d.By != "ben" || d.Via != access.ViaEmail {
		t.Errorf("decided by %s via %s", d.By, d.Via)
	}
}

func TestAFlowThatExcludesEmailSendsNoToken(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) { f.DecideIn = []access.Via{access.ViaPortal} })
	asked := 0
	for _, l := range o.mails(o.asks().ID) {
		if l.Token != "" {
			t.Errorf("the mail %s to %s has a token", l.Kind, l.To.ID)
		}
		if l.Kind.AsksToDecide() {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("%d mails ask", asked)
	}
}

func TestSuspensionVoidsLinksForGood(t *testing.T) {
	for _, waived := range []bool{false, true} {
		o := newOffice(t, func(f *access.Flow) {
			f.Steps[0].Approvers, f.EmailSignIn = []access.Principal{access.OfPerson("dan"), access.OfPerson("ben")}, !waived
		})
		r := o.asks()
		token := o.link(r.ID, "dan")
		o.At = o.At.Add(time.Minute)
		for _, status := range []app.PersonStatus{app.PersonSuspended, app.PersonActive} {
			dan, err := o.Directory.Person(t.Context(), "dan")
			o.Must(err)
			dan.Doc.Status = status
			_, err = o.PutPerson(t.Context(), o.SignsIn("eli"), dan.Doc, app.Condition{Version: dan.Version})
			o.Must(err)
			b := o.browser()
			b.opens(token, "approve").says(200, "no longer work").saysNot("Staging", `name="decision"`, "suspended")
			form := b.fills("approve", "", "")
			form.Set("version", "1")
			if b.posts(form); b.status < 400 {
				t.Errorf("%s: %d %s", status, b.status, b.page)
			}
		}
		if got := o.now(r.ID); got.Status != access.Pending {
			t.Errorf("the request is %s", got.Status)
		}
	}
}

// Whoever reads the mailbox that someone has no longer, or never had, may hold
// their mails: without a sign-in nothing else stands between them and a decision.
func TestACorrectedAddressVoidsTheLinksThatWentToTheFormerOne(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) { f.EmailSignIn = false })
	r := o.asks()
	token := o.link(r.ID, "ben")
	renamed := func(change func(*app.Person)) {
		o.At = o.At.Add(time.Minute)
		ben, err := o.Directory.Person(t.Context(), "ben")
		o.Must(err)
		change(&ben.Doc)
		_, err = o.PutPerson(t.Context(), o.SignsIn("eli"), ben.Doc, app.Condition{Version: ben.Version})
		o.Must(err)
	}
	renamed(func(p *app.Person) { p.Name, p.Email = "Ben Ortiz", "BEN@example.com" })
	b := o.browser()
	form := b.opens(token, "approve").says(200, "ana asks for Staging").fills("approve", "", "")
	for _, address := range []string{"ben.ortiz@example.com", "ben@example.com"} {
		renamed(func(p *app.Person) { p.Email = address })
		b.opens(token, "approve").says(200, "no longer work").saysNot("Staging", `name="decision"`)
		if b.posts(form); b.status < 400 {
			t.Errorf("%s: %d %s", address, b.status, b.page)
		}
	}
	if got := o.now(r.ID); got.Status != access.Pending {
		t.Errorf("the request is %s", got.Status)
	}
	o.letters = nil // the next mail goes to the address as it is
	_, err := o.Act(t.Context(), o.SignsIn("ana"), r.ID, access.Cancel{})
	o.Must(err)
	o.browser().opens(o.link(o.asks().ID, "ben"), "approve").decides("approve", "", "").says(303)
}

// TestEveryAnswerIsGuarded: no scripts, no frames, no referrer, no cache.
func TestEveryAnswerIsGuarded(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	b := o.browser()
	check := func() {
		t.Helper()
		for name, want := range map[string]string{"Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			"X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex, nofollow"} {
			if got := b.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", b.path, name, got)
			}
		}
		csp := b.header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'; style-src 'sha256-", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the policy is %q", b.path, csp)
			}
		}
		if strings.Contains(b.page, "<script") || strings.Contains(b.page, "style=") || strings.Contains(b.page, "ZgotmplZ") {
			t.Errorf("%s: %s", b.path, b.page)
		}
	}
	b.opens("x", "approve")
	check()
	b.opens(token, "approve")
	check()
	b.send("GET", "/mail/"+token+"/approve/sign-in")
	check()
	b.opens(token, "approve").signsIn("ben")
	check()
	b.decides("deny", "", "")
	check()
	b.decides("deny", "No", "")
	check()
	b.send("HEAD", "/mail/"+token+"/approve").says(200)
	check()
	if b.page != "" || b.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("HEAD: %q %q", b.page, b.header.Get("Content-Type"))
	}
}

func TestNeitherTokensNorPathsAreLogged(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser()
	b.opens(token, "approve").signsIn("ben")
	session := b.cookies["__Host-latchkey-session"]
	b.decides("deny", "My secret reason", "").says(http.StatusSeeOther)
	log := o.log.String()
	for _, secret := range []string{token, session, "My secret", "ben@example.com", "/mail/callback?"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	for _, said := range []string{`"route":"/mail/{token}/{verb}"`, `"person":"ben"`, `"request":"` + string(r.ID)} {
		if !strings.Contains(log, said) {
			t.Errorf("the log lacks %s:\n%s", said, log)
		}
	}
}

// slow is a store that is not done in time.
type slow struct{ app.Requests }

func (slow) Commit(context.Context, app.Change) error {
	return fmt.Errorf("commit: %w", context.DeadlineExceeded)
}

func TestADecisionThatTakesTooLongSaysWhereToSeeHowItStands(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	b := o.browser().opens(o.link(r.ID, "ben"), "approve").signsIn("ben")
	o.Requests = slow{o.Requests}
	o.handler = o.serves()
	b.decides("approve", "", "PT2M").says(http.StatusServiceUnavailable, "This takes too long at the moment", "open the link in your mail again")
	if b.header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
}
