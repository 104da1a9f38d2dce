package e2e

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

var scriptOfThePage = regexp.MustCompile(`<script [^>]*src="(/assets/[^"]+\.js)"`)

// asks is opens with headers.
func (b *browser) asks(method, address string, headers ...string) *browser {
	b.Helper()
	if err := b.fetch(method, address, nil, headers...); err != nil {
		b.Fatal(err)
	}
	return b
}

// has checks the answer's headers: names, each with its value.
func (b *browser) has(headers ...string) *browser {
	b.Helper()
	for n := 0; n+1 < len(headers); n += 2 {
		if got := b.header.Get(headers[n]); got != headers[n+1] {
			b.Errorf("%s: %s is %q, want %q", b.at, headers[n], got, headers[n+1])
		}
	}
	return b
}

func TestEveryPlaceInThePortalIsItsPage(t *testing.T) {
	t.Parallel()
	b := running(t).browser(t)
	page := b.opens(b.Portal+"/").says(http.StatusOK, `<div id="root">`).
		has("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff").page
	tag := b.header.Get("ETag")
	for _, path := range []string{"/requests/req_01K0000000000000000000000A", "/callback?code=1&state=2", "/admin/people/ana.b"} {
		if b.opens(b.Portal + path).says(http.StatusOK); b.page != page {
			t.Errorf("%s is %s", path, b.page)
		}
	}
	b.asks(http.MethodGet, b.Portal+"/tasks", "If-None-Match", tag).says(http.StatusNotModified).has("ETag", tag)
	b.asks(http.MethodHead, b.Portal+"/tasks", "Accept-Encoding", "gzip").says(http.StatusOK).has("ETag", tag)
	b.asks(http.MethodPost, b.Portal+"/").says(http.StatusMethodNotAllowed).has("Allow", "GET, HEAD")
}

func TestThePortalsFilesAreCompressedAndKept(t *testing.T) {
	t.Parallel()
	b := running(t).browser(t)
	found := scriptOfThePage.FindStringSubmatch(b.opens(b.Portal + "/").page)
	if found == nil {
		t.Fatalf("the page has no script: %s", b.page)
	}
	whole := len(b.asks(http.MethodGet, b.Portal+found[1], "Accept-Encoding", "identity").says(http.StatusOK).has("Content-Encoding", "").page)
	for _, coding := range []string{"br", "gzip"} {
		b.asks(http.MethodGet, b.Portal+found[1], "Accept-Encoding", coding).says(http.StatusOK).
			has("Content-Encoding", coding, "Vary", "Accept-Encoding", "Content-Type", "text/javascript; charset=utf-8",
				"Cache-Control", "public, max-age=31536000, immutable")
		if len(b.page) == 0 || len(b.page) > whole/2 {
			t.Errorf("%d of %d bytes as %s", len(b.page), whole, coding)
		}
	}
	for _, path := range []string{"/assets/none.js", found[1] + ".br", "/favicon.ico", "/index.html"} {
		b.opens(b.Portal+path).says(http.StatusNotFound).has("Content-Type", "application/problem+json")
	}
}

// TestThePortalTakesNothingFromItsNeighbours: their routes come before its own.
func TestThePortalTakesNothingFromItsNeighbours(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	b := s.browser()
	b.opens(s.Portal+"/v1/nowhere").says(http.StatusUnauthorized, "Unauthorized")
	b.asks(http.MethodGet, s.Portal+"/v1/nowhere", "Authorization", "Bearer "+s.eli.token).says(http.StatusNotFound, string(contract.ProblemCodeNotFound))
	b.opens(s.Portal+"/v1/openapi.yaml").says(http.StatusOK, "openapi: 3.1")
	b.opens(s.Portal+"/mail/nothing").says(http.StatusNotFound, "<html")
	b.asks(http.MethodPost, s.Portal+"/slack/events", "Content-Type", "application/json").says(http.StatusUnauthorized)
	for _, path := range []string{"/v1", "/mail", "/slack", "/devices"} {
		b.opens(s.Portal+path).says(http.StatusNotFound).saysNot("<html", `id="root"`)
	}
}

// TestBenSignsInToThePortalAndOut, as its web app does it: with a code, and no
// secret but the one that he made up.
func TestBenSignsInToThePortalAndOut(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	ben := s.hire("ben", "")
	b := s.browser()
	var told map[string]string
	b.opens(s.Portal+"/config.json").says(http.StatusOK).has("Cache-Control", "no-store").reads(&told)
	if told["client_id"] != s.Client {
		t.Errorf("told %v", told)
	}
	if policy := b.opens(s.Portal + "/").header.Get("Content-Security-Policy"); !strings.Contains(policy, "connect-src 'self' "+originOf(t, told["token_endpoint"])+";") {
		t.Errorf("the page may not sign in: %s", policy)
	}

	verifier, callback := rand.Text()+rand.Text(), s.Portal+"/callback"
	challenge := sha256.Sum256([]byte(verifier))
	question := url.Values{"response_type": {"code"}, "client_id": {s.Client}, "redirect_uri": {callback}, "scope": {"openid email profile"}, "state": {"here"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])}, "code_challenge_method": {"S256"}}
	b.opens(told["authorization_endpoint"]+"?"+question.Encode()).entersPassword(ben).follows().says(http.StatusOK, `<div id="root">`)
	back, err := url.Parse(b.at)
	if err != nil || !strings.HasPrefix(b.at, callback+"?") || back.Query().Get("state") != "here" {
		t.Fatalf("Ben came back to %s, %v", b.at, err)
	}

	var tokens map[string]any
	b.send(http.MethodPost, told["token_endpoint"], url.Values{"grant_type": {"authorization_code"}, "client_id": {s.Client}, "redirect_uri": {callback},
		"code": {back.Query().Get("code")}, "code_verifier": {verifier}}).says(http.StatusOK).reads(&tokens)
	b.asks(http.MethodGet, s.Portal+"/v1/me", "Authorization", "Bearer "+tokens["id_token"].(string)).says(http.StatusOK, ben.id)

	again := url.Values{"grant_type": {"refresh_token"}, "client_id": {s.Client}, "refresh_token": {tokens["refresh_token"].(string)}}
	b.send(http.MethodPost, told["token_endpoint"], again).says(http.StatusOK)
	b.send(http.MethodPost, told["revocation_endpoint"], url.Values{"client_id": {s.Client}, "token": again["refresh_token"]}).says(http.StatusOK)
	b.send(http.MethodPost, told["token_endpoint"], again).says(http.StatusBadRequest, "invalid_grant")
	if b.opens(told["sign_out_url"]).follows().says(http.StatusOK); b.at != s.Portal+"/" {
		t.Errorf("who signed out is at %s", b.at)
	}
}

func (b *browser) reads(into any) *browser {
	b.Helper()
	if err := json.Unmarshal([]byte(b.page), into); err != nil {
		b.Fatalf("%s: %v: %s", b.at, err, b.page)
	}
	return b
}

func originOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Scheme + "://" + u.Host
}
