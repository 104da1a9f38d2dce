package portal_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"latchkey/functions/lib/httpapi/portal"
)

// configured reads what the web app is told.
func (d desk) configured() map[string]string {
	d.Helper()
	a := d.get("/config.json").has("Content-Type", "application/json", "Cache-Control", "no-store")
	var told map[string]string
	if err := json.Unmarshal([]byte(a.body), &told); err != nil || a.StatusCode != http.StatusOK {
		d.Fatalf("%s: %d %s", a.call, a.StatusCode, a.body)
	}
	return told
}

func TestTheAppIsToldWherePeopleSignInAndOut(t *testing.T) {
	i := newIssuer(t)
	d := opened(t, built(), &portal.Issuer{URL: i.URL, ClientID: "client", Home: home, Now: time.Now})
	want := map[string]string{
		"issuer":                 i.URL,
		"client_id":              "client",
		"authorization_endpoint": "https://login.example.com/authorize",
		"token_endpoint":         "https://login.example.com/token",
		"scope":                  "openid email profile",
		"revocation_endpoint":    "https://revoke.example.com:8443/revoke",
		"sign_out_url":           "https://login.example.com/logout?client_id=client&post_logout_redirect_uri=https%3A%2F%2Flatchkey.example.com%2F&tenant=7",
	}
	if diff := cmp.Diff(want, d.configured()); diff != "" {
		t.Error(diff)
	}
}

func TestAUserPoolHasItsOwnWayOfSigningOut(t *testing.T) {
	i := newIssuer(t)
	at := i.URL
	i.says["issuer"], i.says["end_session_endpoint"] = "https://cognito-idp.eu-west-1.amazonaws.com/pool", "https://login.example.com/logout"
	d := opened(t, built(), &portal.Issuer{URL: "https://cognito-idp.eu-west-1.amazonaws.com/pool", Discover: at, ClientID: "client", Cognito: true, Home: home, Now: time.Now})
	want := "https://login.example.com/logout?client_id=client&logout_uri=https%3A%2F%2Flatchkey.example.com%2F"
	if told := d.configured(); told["sign_out_url"] != want || told["issuer"] != "https://cognito-idp.eu-west-1.amazonaws.com/pool" {
		t.Errorf("told %v", told)
	}
}

func TestWhatTheIssuerDoesNotHaveTheAppIsNotTold(t *testing.T) {
	i := newIssuer(t)
	delete(i.says, "revocation_endpoint")
	delete(i.says, "end_session_endpoint")
	told := opened(t, built(), &portal.Issuer{URL: i.URL, Home: home, Now: time.Now}).configured()
	for _, name := range []string{"revocation_endpoint", "sign_out_url"} {
		if value, there := told[name]; there {
			t.Errorf("%s is %q", name, value)
		}
	}
}

func TestTheIssuerIsAskedOnceAndOnlyWhenItIsNeeded(t *testing.T) {
	i := newIssuer(t)
	d := opened(t, built(), &portal.Issuer{URL: i.URL + "/", Home: home, Now: time.Now})
	i.says["issuer"] = i.URL + "/"
	d.get("/assets/app-Bq3x.js")
	d.get("/favicon.svg")
	d.get("/nothing.txt")
	if n := i.asked.Load(); n != 0 {
		t.Errorf("asked %d times for nothing", n)
	}
	for range 3 {
		d.get("/")
		d.configured()
	}
	if n := i.asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestAnIssuerThatFailedIsAskedAgainAfterAWhile(t *testing.T) {
	i := newIssuer(t)
	i.status = http.StatusServiceUnavailable
	now := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	d := opened(t, built(), &portal.Issuer{URL: i.URL, Home: home, Now: func() time.Time { return now }})
	for range 3 {
		d.get("/config.json").refused(http.StatusServiceUnavailable, "issuer_unavailable").has("Retry-After", "5")
	}
	if n := i.asked.Load(); n != 1 {
		t.Errorf("asked %d times while it fails", n)
	}
	i.status = http.StatusOK
	now = now.Add(portal.RetryAfter)
	d.configured()
	d.configured()
	if n := i.asked.Load(); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

func TestWhereThereAreRefreshTokensForTheAskingTheAppAsks(t *testing.T) {
	i := newIssuer(t)
	i.says["scopes_supported"] = []string{"openid", "email", "offline_access"}
	d := opened(t, built(), &portal.Issuer{URL: i.URL, Home: home, Now: time.Now})
	if scope := d.configured()["scope"]; scope != "openid email profile offline_access" {
		t.Errorf("the app asks for %q", scope)
	}
}

func TestAnIssuerThatIsNotTheOneIsNotBelieved(t *testing.T) {
	for what, change := range map[string]func(map[string]any){
		"of another":               func(says map[string]any) { says["issuer"] = "https://evil.example.com" },
		"without a token endpoint": func(says map[string]any) { delete(says, "token_endpoint") },
		"without a sign-in":        func(says map[string]any) { delete(says, "authorization_endpoint") },
		"with more than a host":    func(says map[string]any) { says["token_endpoint"] = "https://a.example.com;script-src/token" },
		"with any host":            func(says map[string]any) { says["token_endpoint"] = "https://*/token" },
		"with a script":            func(says map[string]any) { says["revocation_endpoint"] = "javascript:alert(1)" },
		"with no address":          func(says map[string]any) { says["revocation_endpoint"] = ":" },
		"that ends nowhere":        func(says map[string]any) { says["end_session_endpoint"] = ":" },
		"of another shape":         func(says map[string]any) { says["token_endpoint"] = 7 },
		"without end":              func(says map[string]any) { says["padding"] = strings.Repeat("x", 2<<20) },
	} {
		t.Run(what, func(t *testing.T) {
			i := newIssuer(t)
			change(i.says)
			d := opened(t, built(), &portal.Issuer{URL: i.URL, Home: home, Now: time.Now})
			d.get("/config.json").refused(http.StatusServiceUnavailable, "issuer_unavailable")
			if got := d.get("/").is(http.StatusOK, "<!doctype html>").directive("connect-src"); got != "'self'" {
				t.Errorf("the page may call %s", got)
			}
		})
	}
}

func TestNobodyAnswers(t *testing.T) {
	i := newIssuer(t)
	i.Close()
	d := opened(t, built(), &portal.Issuer{URL: i.URL, Home: home, Now: time.Now})
	d.get("/config.json").refused(http.StatusServiceUnavailable, "issuer_unavailable")
	d.get("/requests").is(http.StatusOK, "<!doctype html>")
}
