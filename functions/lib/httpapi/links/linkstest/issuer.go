// Package linkstest has what tests of the pages behind email links need: someone
// who signs people in.
package linkstest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/functions/lib/httpapi/links"
)

// Issuer signs people in without asking: an OpenID provider with a real key.
type Issuer struct {
	*httptest.Server
	key    *rsa.PrivateKey
	now    func() time.Time
	mu     sync.Mutex
	codes  map[string]question
	asked  map[string]int
	Change func(map[string]any) // of the claims of a token, if there is one
}

// question is what an authorization request asked.
type question struct{ who, nonce, challenge, redirect string }

// NewIssuer starts one, until the test ends.
func NewIssuer(t *testing.T, now func() time.Time) *Issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &Issuer{key: key, now: now, codes: map[string]question{}, asked: map[string]int{}}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, value any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(value)
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": gatewaytest.Issuer, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token",
			"jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "one", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		asked, ok := i.codes[r.FormValue("code")]
		delete(i.codes, r.FormValue("code"))
		i.mu.Unlock()
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if !ok || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.challenge || r.FormValue("redirect_uri") != asked.redirect || r.FormValue("client_id") != "client" {
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]string{"error": "invalid_grant"})
			return
		}
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.Token(t, asked.who, asked.nonce)})
	})
	i.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		i.asked[r.URL.Path]++
		i.mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(i.Close)
	return i
}

// Client is the function's side of it, at a portal.
func (i *Issuer) Client(portal string) *links.Issuer {
	return &links.Issuer{URL: gatewaytest.Issuer, Discover: i.URL, ClientID: "client", Callback: portal + "/mail/callback", Client: i.Server.Client(), Now: i.now}
}

// Answers signs someone in, and gives what the browser brings back.
func (i *Issuer) Answers(t *testing.T, address, who string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, i.URL+"/authorize?") {
		t.Fatalf("sent to %s", address)
	}
	q := u.Query()
	if q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || q.Get("client_id") != "client" || len(q.Get("state")) < 43 || len(q.Get("nonce")) < 43 {
		t.Errorf("asked with %v", q)
	}
	code := rand.Text()
	i.mu.Lock()
	i.codes[code] = question{who, q.Get("nonce"), q.Get("code_challenge"), q.Get("redirect_uri")}
	i.mu.Unlock()
	return url.Values{"code": {code}, "state": {q.Get("state")}}
}

// Token is the ID token of someone.
func (i *Issuer) Token(t *testing.T, who, nonce string) string {
	claims := map[string]any{"iss": gatewaytest.Issuer, "sub": who, "aud": "client", "iat": i.now().Unix(), "exp": i.now().Add(time.Hour).Unix(),
		"nonce": nonce, "token_use": "id", "email": who + "@example.com", "email_verified": true}
	if i.Change != nil {
		i.Change(claims)
	}
	body, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: i.key, KeyID: "one"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Asked tells how often each path was called.
func (i *Issuer) Asked() map[string]int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return maps.Clone(i.asked)
}
