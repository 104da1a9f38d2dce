package links_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/links/linkstest"
)

const failed = "You were not signed in"

// TestASignInEndsWhereItBegan: nobody can be signed in as someone else by an
// address that was made elsewhere, nor be led anywhere.
func TestASignInEndsWhereItBegan(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	page := "/mail/" + token + "/approve"
	begin := func() (*browser, url.Values) {
		b := o.browser().send("GET", page+"/sign-in").says(303)
		return b, o.issuer.Answers(t, b.header.Get("Location"), "dan")
	}
	back := func(b *browser, answer url.Values) *browser { return b.send("GET", "/mail/callback?"+answer.Encode()) }

	_, attackers := begin()
	back(o.browser(), attackers).says(400, failed, "open the link in your mail again")
	victim, _ := begin()
	back(victim, attackers).says(400, failed)

	b, answer := begin()
	answer.Del("state")
	back(b, answer).says(400, failed)

	b, _ = begin()
	b.send("GET", "/mail/callback?error=access_denied&state="+strings.Split(b.cookies[b.pending()], ".")[0]).
		says(400, failed, page+"/sign-in")

	b, answer = begin()
	name := b.pending()
	mine := b.cookies[name]
	back(b, answer).says(303)
	if b.header.Get("Location") != page || b.pending() != "" {
		t.Errorf("led to %s, with %v", b.header.Get("Location"), b.cookies)
	}
	back(b, answer).says(400, failed) // the same answer again
	b.cookies[name] = mine
	back(b, answer).says(400, failed) // a code is good once

	for _, forged := range []string{"//evil.example", "evil.example/" + token, "..", token + "x"} {
		b, answer := begin()
		parts := strings.Split(b.cookies[b.pending()], ".")
		b.cookies[b.pending()] = strings.Join([]string{parts[0], parts[1], parts[2], forged, "approve"}, ".")
		back(b, answer).says(400, failed)
	}
	for name, value := range o.browser().cookies {
		t.Errorf("a new browser has %s=%s", name, value)
	}
}

// pending is the name of the cookie of the browser's one sign-in on its way.
func (b *browser) pending() string {
	b.Helper()
	found := ""
	for name := range b.cookies {
		if strings.HasPrefix(name, "__Host-latchkey-sign-in-") {
			if found != "" {
				b.Fatalf("the browser has %v", b.cookies)
			}
			found = name
		}
	}
	return found
}

func TestMailsOpenedSideBySideAreEachSignedInTo(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	b := o.browser()
	begin := func(verb string) url.Values {
		b.send("GET", "/mail/"+token+"/"+verb+"/sign-in").says(303)
		return o.issuer.Answers(t, b.header.Get("Location"), "ben")
	}
	first, second := begin("approve"), begin("deny")
	for verb, answer := range map[string]url.Values{"approve": first, "deny": second} {
		b.send("GET", "/mail/callback?"+answer.Encode()).says(303)
		if to := b.header.Get("Location"); to != "/mail/"+token+"/"+verb {
			t.Errorf("the tab of %s is led to %s", verb, to)
		}
	}
	for range 50 { // a page that is reloaded all the time
		begin("approve")
	}
	if len(b.cookies) > 5 {
		t.Errorf("the browser keeps %d cookies", len(b.cookies))
	}
	last := begin("deny")
	b.send("GET", "/mail/callback?"+last.Encode()).says(303)
}

func TestATokenIsTakenOnlyIfItIsOfThisIssuerForThisClientAndThisSignIn(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	for name, change := range map[string]func(map[string]any){
		"another nonce":    func(c map[string]any) { c["nonce"] = "another" },
		"no nonce":         func(c map[string]any) { delete(c, "nonce") },
		"another issuer":   func(c map[string]any) { c["iss"] = "https://evil.example" },
		"another client":   func(c map[string]any) { c["aud"] = "another" },
		"out of date":      func(c map[string]any) { c["exp"] = o.At.Add(-time.Minute).Unix() },
		"an older sign-in": func(c map[string]any) { c["iat"] = o.At.Add(-11 * time.Minute).Unix() },
	} {
		o.issuer.Change = change
		b := o.browser().opens(token, "approve")
		b.send("GET", b.path+"/sign-in")
		b.send("GET", "/mail/callback?"+o.issuer.Answers(t, b.header.Get("Location"), "ben").Encode())
		if b.status != 400 || b.cookies["__Host-latchkey-session"] != "" {
			t.Errorf("%s: %d, with %v", name, b.status, b.cookies)
		}
	}
	o.issuer.Change = nil

	other := linkstest.NewIssuer(t, func() time.Time { return o.At })
	good := o.issuer.Token(t, "ben", "n")
	parts := strings.Split(good, ".")
	for name, session := range map[string]string{
		"signed by another key": other.Token(t, "ben", "n"),
		"not signed":            "eyJhbGciOiJub25lIn0." + parts[1] + ".",
		"cut off":               good[:len(good)-2],
		"someone else's claims": parts[0] + "." + strings.Split(o.issuer.Token(t, "eli", "n"), ".")[1] + "." + parts[2],
		"no token":              "ben",
	} {
		b := o.browser()
		b.cookies["__Host-latchkey-session"] = session
		if b.opens(token, "approve"); !strings.Contains(b.page, "A request waits for your decision") {
			t.Errorf("%s: %s", name, b.page)
		}
	}
	o.issuer.Change = func(c map[string]any) { c["token_use"] = "access" }
	o.browser().opens(token, "approve").signsIn("ben").says(403, "You cannot decide this").saysNot("Staging")
}

// Whoever finds the address could else make this installation call the issuer as
// often as they like.
func TestMadeUpSessionsDoNotCallTheIssuerEachTime(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	forged := linkstest.NewIssuer(t, o.Clock).Token(t, "ben", "n")
	tries := func(token string) {
		for range 20 {
			b := o.browser()
			b.cookies["__Host-latchkey-session"] = forged
			b.opens(token, "approve")
		}
	}
	tries(strings.Repeat("A", 43))
	if len(o.issuer.Asked()) > 0 {
		t.Errorf("without a link the issuer was asked %v", o.issuer.Asked())
	}
	tries(token)
	if keys := o.issuer.Asked()["/keys"]; keys != 1 {
		t.Errorf("its keys were read %d times", keys)
	}
	o.At = o.At.Add(31 * time.Second)
	tries(token)
	if keys := o.issuer.Asked()["/keys"]; keys != 2 {
		t.Errorf("its keys were read %d times half a minute later", keys)
	}
	o.browser().opens(token, "approve").signsIn("ben").says(200, "ana asks for Staging")
}

func TestASessionLastsTenMinutes(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	b := o.browser().opens(token, "deny").signsIn("ben").says(200, "ana asks for Staging")
	form := b.fills("deny", "A long explanation", "")
	o.At = o.At.Add(11 * time.Minute)
	b.posts(form).says(401, "You are not signed in any more", "A long explanation", "Sign in")
	if got := o.now(r.ID); got.Status != access.Pending {
		t.Errorf("the request is %s", got.Status)
	}
	b.signsIn("ben").decides("deny", "A long explanation", "").says(303)
}

// Whoever reads their mail on someone else's machine leaves nothing behind here.
func TestASessionIsEnded(t *testing.T) {
	o := newOffice(t)
	r := o.asks()
	token := o.link(r.ID, "ben")
	page := "/mail/" + token + "/approve"
	b := o.browser().opens(token, "approve").saysNot("Sign out")
	b.signsIn("ben").says(200, "Signed in as <bdi>ben</bdi>. Not you?", "Sign out", `action="`+page+`/sign-out"`)
	form := b.fills("approve", "", "")
	b.path = page + "/sign-out"
	b.posts(nil, "Sec-Fetch-Site", "cross-site").says(303).follow().says(200, "ana asks for Staging") // no other site ends it
	b.path = page + "/sign-out"
	b.posts(nil).says(303).follow().says(200, "A request waits for your decision").saysNot("Sign out", "ben")
	b.posts(form).says(401, "not signed in any more")
	if got := o.now(r.ID); got.Status != access.Pending {
		t.Errorf("the request is %s", got.Status)
	}
	b.signsIn("ana").says(200, "This mail was sent to someone else", "Signed in as <bdi>ana</bdi>.", "Sign out")
	o.browser().opens(token, "approve").signsIn("stranger").says(403, "Signed in. Not you?", "Sign out")
}

func TestAFormIsTakenOnlyFromTheSessionItWasShownIn(t *testing.T) {
	o := newOffice(t, func(f *access.Flow) { f.Steps[0].Approvers = append(f.Steps[0].Approvers, access.OfPerson("dan")) })
	r := o.asks()
	token, dans := o.link(r.ID, "ben"), o.link(r.ID, "dan")
	b := o.browser().opens(token, "approve").signsIn("ben")
	mine := b.fills("approve", "", "")
	theirs := o.browser().opens(dans, "approve").signsIn("dan").fills("approve", "", "")

	none := url.Values{"decision": {"approve"}, "version": {"1"}}
	b.posts(none).says(403, "not shown in your session", "ana asks for Staging")
	b.posts(theirs).says(403, "not shown in your session")
	b.posts(mine, "Sec-Fetch-Site", "cross-site").says(403, "not shown in your session")
	b.posts(mine, "Sec-Fetch-Site", "", "Origin", "https://evil.example").says(403, "not shown in your session")
	b.posts(url.Values{"form": mine["form"], "decision": {"approve"}}).says(409, "has changed since") // without a version
	b.posts(url.Values{"form": mine["form"], "version": mine["version"], "decision": {"ask"}}).says(422)
	b.posts(url.Values{"form": mine["form"], "version": mine["version"], "decision": {"approve"}, "duration": {"PT9H"}}).says(422, "not lengthen it")
	if got := o.now(r.ID); got.Version != r.Version {
		t.Errorf("the request is %s", got.Status)
	}
	b.posts(mine, "Sec-Fetch-Site", "", "Origin", "null").says(303) // an older browser
}

func TestWhoSignsInAndIsNobodyHereIsToldWhatToDo(t *testing.T) {
	o := newOffice(t)
	o.Must(hired(o, "eva"))
	token := o.link(o.asks().ID, "ben")
	o.browser().opens(token, "approve").signsIn("stranger").says(403, "nobody of this directory", "sign in there once", "Sign in as someone else")
	before, err := o.Directory.Person(t.Context(), "eva")
	o.Must(err)
	o.browser().opens(token, "approve").signsIn("eva").says(403, "sign in there once")
	after, err := o.Directory.Person(t.Context(), "eva")
	o.Must(err)
	if after.Version != before.Version || after.Doc.Subject != "" {
		t.Error("a mail's link has bound someone's sign-in")
	}
	b := o.browser().opens(token, "approve").send("GET", "/mail/"+token+"/approve/sign-in?as=other").says(303)
	if u, _ := url.Parse(b.header.Get("Location")); u.Query().Get("prompt") != "login" {
		t.Errorf("sent to %s", u)
	}
}

func hired(o *office, name string) error {
	_, err := o.PutPerson(o.Context(), o.SignsIn("eli"), app.Person{ID: access.PersonID(name), Name: name, Email: name + "@example.com",
		Status: app.PersonActive}, app.Condition{New: true})
	return err
}

func TestAnIssuerThatSaysTooMuchOrNothing(t *testing.T) {
	o := newOffice(t)
	token := o.link(o.asks().ID, "ben")
	o.issuer.Change = func(c map[string]any) { c["groups"] = strings.Repeat("g", 4000) }
	b := o.browser().opens(token, "approve")
	b.send("GET", b.path+"/sign-in")
	b.send("GET", "/mail/callback?"+o.issuer.Answers(t, b.header.Get("Location"), "ben").Encode()).says(400, "decide in the portal")
	if b.cookies["__Host-latchkey-session"] != "" {
		t.Error("a cookie that no browser keeps")
	}
	o.issuer.Close()
	o.handler = o.serves()
	o.browser().send("GET", "/mail/"+token+"/approve/sign-in").says(http.StatusBadGateway, "try again")
}
