package portal_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/httpapi/portal"
)

func TestNoAnswerLetsTheBrowserDoWhatIsNotTheApps(t *testing.T) {
	d := open(t)
	for _, a := range []answer{
		d.get("/"), d.get("/requests/req_1"), d.get("/assets/app-Bq3x.js"), d.get("/favicon.svg"), d.get("/config.json"), d.get("/nothing.txt"),
		d.call(http.MethodPost, "/"), d.get("/robots.txt", "If-None-Match", "*"),
	} {
		for name, want := range map[string]string{
			"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:", "font-src": "'self'",
			"manifest-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
			"require-trusted-types-for": "'script'", "trusted-types": "'none'",
		} {
			if got := a.directive(name); got != want {
				t.Errorf("%s: %s is %q, want %q", a.call, name, got, want)
			}
		}
		if policy := a.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: %s", a.call, policy)
		}
		a.has("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY",
			"Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
			"Strict-Transport-Security", "max-age=31536000", "Access-Control-Allow-Origin", "", "Set-Cookie", "")
		if features := a.Header.Get("Permissions-Policy"); !strings.Contains(features, "camera=()") || strings.Contains(features, "*") {
			t.Errorf("%s: features %q", a.call, features)
		}
	}
}

func TestThePageAloneMayCallTheIssuer(t *testing.T) {
	d := open(t)
	if got := d.get("/requests").directive("connect-src"); got != "'self' https://login.example.com https://revoke.example.com:8443" {
		t.Errorf("the page may call %s", got)
	}
	if got := d.get("/favicon.svg").directive("connect-src"); got != "'self'" {
		t.Errorf("an icon may call %s", got)
	}
}

func TestABrowserTakesThePageAgainWhenItMayCallSomebodyElse(t *testing.T) {
	i := newIssuer(t)
	i.status = http.StatusBadGateway
	now := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	d := opened(t, built(), &portal.Issuer{URL: i.URL, Home: home, Now: func() time.Time { return now }})
	before := d.get("/")
	if got := before.directive("connect-src"); got != "'self'" || before.StatusCode != http.StatusOK {
		t.Errorf("%d, and without an issuer the page may call %s", before.StatusCode, got)
	}
	i.status = http.StatusOK
	now = now.Add(portal.RetryAfter)
	after := d.get("/", "If-None-Match", before.Header.Get("ETag")).is(http.StatusOK, before.body)
	if got := after.directive("connect-src"); !strings.Contains(got, "https://login.example.com") {
		t.Errorf("the page may call %s", got)
	}
}

func TestOnlyOverHTTPSABrowserIsHeldToIt(t *testing.T) {
	handler, err := portal.Server{Files: built(), Issuer: &portal.Issuer{URL: newIssuer(t).URL}, Logger: slog.New(slog.DiscardHandler)}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	desk{t, handler}.get("/").has("Strict-Transport-Security", "")
}
