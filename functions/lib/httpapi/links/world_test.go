package links_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crypto/sha256"

	"github.com/aws/aws-lambda-go/events"
	"github.com/go-jose/go-jose/v4"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/functions/lib/httpapi/links"
)

const portal = "https://access.example.com"

// office is the company of apptest with its mail and its issuer. Dora sits in
// for nobody yet.
type office struct {
	*apptest.Company
	issuer  *issuer
	handler http.Handler
	log     bytes.Buffer
	queued  []app.Message
	letters []app.Letter
}

func newOffice(t *testing.T, change ...func(*access.Flow)) *office {
	t.Helper()
	o := &office{Company: apptest.New(t)}
	o.Outbox, o.Mailer = (*outbox)(o), (*outbox)(o)
	flow, err := o.Catalog.Flow(t.Context(), "staging-flow")
	o.Must(err)
	f := flow.Doc
	f.DecideIn = []access.Via{access.ViaPortal, access.ViaEmail}
	f.Duration = access.DurationRule{Mode: access.DurationChoice, Choices: []access.Duration{access.Duration(time.Minute), access.Duration(2 * time.Minute)}}
	for _, c := range change {
		c(&f)
	}
	_, _, err = o.PutFlow(t.Context(), o.SignsIn("eli"), f, app.Condition{Version: flow.Version})
	o.Must(err)
	for _, name := range []string{"ana", "ben", "dan"} {
		o.SignsIn(name)
	}
	o.issuer = newIssuer(t, func() time.Time { return o.At })
	o.handler = o.serves()
	return o
}

// serves makes a function that has just started.
func (o *office) serves() http.Handler {
	a := o.App
	a.Identity = app.Identity{KnownOnly: true}
	return links.Server{App: &a, Portal: portal, Logger: slog.New(slog.NewJSONHandler(&o.log, nil)), Issuer: o.issuer.client(o.Clock)}.Handler()
}

type outbox office

func (o *outbox) Queue(_ context.Context, m []app.Message) error {
	o.queued = append(o.queued, m...)
	return nil
}

func (o *outbox) Send(_ context.Context, l app.Letter) error {
	o.letters = append(o.letters, l)
	return nil
}

// mails sends all that is to be told, and gives all letters so far.
func (o *office) mails(id access.RequestID) []app.Letter {
	o.Helper()
	o.queued = nil
	events, err := o.Requests.Events(o.Context(), id, 0, 100)
	o.Must(err)
	for _, e := range events {
		o.Must(o.Relay(o.Context(), id, e.Seq))
	}
	for _, m := range o.queued {
		o.Must(o.Deliver(o.Context(), m))
	}
	return o.letters
}

// link gives the token of the last mail that asks someone.
func (o *office) link(id access.RequestID, to access.PersonID) string {
	o.Helper()
	for _, l := range slices.Backward(o.mails(id)) {
		if l.To.ID == to && l.Token != "" {
			return l.Token
		}
	}
	o.Fatalf("no mail with links to %s", to)
	return ""
}

func (o *office) asks() access.Request {
	o.Helper()
	r, err := o.Submit(o.Context(), o.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "To <b>look</b> around", Duration: access.Duration(2 * time.Minute)})
	o.Must(err)
	return r
}

func (o *office) now(id access.RequestID) access.Request {
	o.Helper()
	stored, err := o.Requests.Load(o.Context(), id)
	o.Must(err)
	return stored.Request
}

// browser is someone's, with the cookies that it keeps and what it showed last.
type browser struct {
	*office
	cookies map[string]string
	path    string
	status  int
	header  http.Header
	page    string
}

func (o *office) browser() *browser { return &browser{office: o, cookies: map[string]string{}} }

func (b *browser) send(method, target string, options ...gatewaytest.Option) *browser {
	b.Helper()
	options = append(options, func(e *events.APIGatewayV2HTTPRequest) {
		for name, value := range b.cookies {
			e.Cookies = append(e.Cookies, name+"="+value)
		}
	})
	res := gatewaytest.Call(b.T, b.handler, gatewaytest.Event(method, target, options...))
	body, _ := io.ReadAll(res.Body)
	b.path, b.status, b.header, b.page = target, res.StatusCode, res.Header, string(body)
	for _, c := range res.Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode {
			b.Errorf("a cookie that is not guarded: %s", c.Raw)
		}
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return b
}

func (b *browser) opens(token, verb string) *browser {
	b.Helper()
	return b.send("GET", "/mail/"+token+"/"+verb)
}

// signsIn follows the page's sign-in to the issuer and back to the page.
func (b *browser) signsIn(who string) *browser {
	b.Helper()
	b.send("GET", b.path+"/sign-in")
	if b.status != http.StatusSeeOther {
		b.Fatalf("the sign-in: %d %s", b.status, b.page)
	}
	b.send("GET", "/mail/callback?"+b.issuer.answers(b.T, b.header.Get("Location"), who).Encode())
	return b.follow()
}

func (b *browser) follow() *browser {
	b.Helper()
	if b.status != http.StatusSeeOther {
		b.Fatalf("no redirect: %d %s", b.status, b.page)
	}
	return b.send("GET", b.header.Get("Location"))
}

var input = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)

// fills gives the form of the page as a browser would send it.
func (b *browser) fills(decision, reason, duration string) url.Values {
	form := url.Values{"decision": {decision}, "reason": {reason}, "duration": {duration}}
	for _, m := range input.FindAllStringSubmatch(b.page, -1) {
		form.Set(m[1], m[2])
	}
	return form
}

func (b *browser) posts(form url.Values, headers ...string) *browser {
	b.Helper()
	options := []gatewaytest.Option{gatewaytest.WithJSON(form.Encode()), gatewaytest.WithHeader("Content-Type", "application/x-www-form-urlencoded"),
		gatewaytest.WithHeader("Sec-Fetch-Site", "same-origin")}
	for i := 0; i+1 < len(headers); i += 2 {
		options = append(options, gatewaytest.WithHeader(headers[i], headers[i+1]))
	}
	return b.send("POST", b.path, options...)
}

func (b *browser) decides(decision, reason, duration string) *browser {
	b.Helper()
	return b.posts(b.fills(decision, reason, duration))
}

// says checks the answer's status, and that the page says this.
func (b *browser) says(status int, phrases ...string) *browser {
	b.Helper()
	if b.status != status {
		b.Fatalf("%s: %d instead of %d: %s", b.path, b.status, status, b.page)
	}
	for _, phrase := range phrases {
		if !strings.Contains(b.page, phrase) {
			b.Errorf("%s does not say %q:\n%s", b.path, phrase, b.page)
		}
	}
	return b
}

func (b *browser) saysNot(phrases ...string) *browser {
	b.Helper()
	for _, phrase := range phrases {
		if strings.Contains(b.page, phrase) {
			b.Errorf("%s says %q:\n%s", b.path, phrase, b.page)
		}
	}
	return b
}

// issuer signs people in without asking: an OpenID provider with a real key.
type issuer struct {
	*httptest.Server
	key    *rsa.PrivateKey
	now    func() time.Time
	mu     sync.Mutex
	codes  map[string]question
	change func(map[string]any)
	asked  map[string]int // by path
}

// question is what an authorization request asked.
type question struct{ who, nonce, challenge, redirect string }

func newIssuer(t *testing.T, now func() time.Time) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key, now: now, codes: map[string]question{}, asked: map[string]int{}}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, value any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(value)
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": issuerURL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token",
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
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.token(t, asked.who, asked.nonce)})
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

// issuerURL is the issuer of apptest's people.
const issuerURL = "https://issuer.example.com"

func (i *issuer) client(now func() time.Time) *links.Issuer {
	return &links.Issuer{URL: issuerURL, Discover: i.URL, ClientID: "client", Callback: portal + "/mail/callback", Client: i.Client(), Now: now}
}

// answers signs someone in, and gives what the browser brings back.
func (i *issuer) answers(t *testing.T, address, who string) url.Values {
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

func (i *issuer) token(t *testing.T, who, nonce string) string {
	claims := map[string]any{"iss": issuerURL, "sub": who, "aud": "client", "iat": i.now().Unix(), "exp": i.now().Add(time.Hour).Unix(),
		"nonce": nonce, "token_use": "id", "email": who + "@example.com", "email_verified": true}
	if i.change != nil {
		i.change(claims)
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
