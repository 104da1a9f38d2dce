package chat_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
)

var settings = access.Settings{SlackTeamID: "T0ACME", SlackClientID: "111.222"}

// workspace stands in for Slack: it takes the code "code" once, and signs with
// RS256 as Slack does.
type workspace struct {
	*testing.T
	chat.SignIn
	now    time.Time
	key    *rsa.PrivateKey
	signer *rsa.PrivateKey // the key, unless somebody forges
	claims map[string]any  // of the next ID token
	user   map[string]any  // whom users.info knows
	takes  string          // the client secret
	value  string          // of the secret in Secrets Manager
	says   map[string]any  // instead of its answer
	status int
	calls  int
}

func newWorkspace(t *testing.T) *workspace {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{T: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), key: key, signer: key, takes: "right",
		value: `{"bot_token":"xoxb-1","signing_secret":"s","client_secret":"right"}`}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	clock := func() time.Time { return w.now }
	w.SignIn = chat.NewSignIn(server.URL, "https://access.example.com", &chat.Secrets{Manager: w, Name: "latchkey/slack", Clock: clock}, clock)
	w.claims = map[string]any{"iss": server.URL, "aud": "111.222", "sub": "U0ANA", "exp": w.now.Add(5 * time.Minute).Unix(), "iat": w.now.Unix(),
		"nonce": "nonce", "email": "ana@example.com", "email_verified": true, "name": "Ana",
		"https://slack.com/team_id": "T0ACME", "https://slack.com/team_name": "Acme", "https://slack.com/user_id": "U0ANA"}
	w.user = map[string]any{"id": "U0ANA", "team_id": "T0ACME", "name": "ana", "profile": map[string]any{"real_name": "Ana Álvarez"}}
	return w
}

func (w *workspace) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	return &secretsmanager.GetSecretValueOutput{SecretString: &w.value}, nil
}

func (w *workspace) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.calls++
	answer := w.answer(r)
	if w.says != nil {
		answer = w.says
	}
	if w.status != 0 {
		out.Header().Set("Retry-After", "30")
		out.WriteHeader(w.status)
	}
	if err := json.NewEncoder(out).Encode(answer); err != nil {
		w.Error(err)
	}
}

func (w *workspace) answer(r *http.Request) any {
	refuses := func(why string) any { return map[string]any{"ok": false, "error": why} }
	switch r.URL.Path {
	case "/openid/connect/keys":
		return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: w.key.Public(), KeyID: "k1", Algorithm: "RS256", Use: "sig"}}}
	case "/api/openid.connect.token":
		switch {
		case r.FormValue("client_secret") != w.takes:
			return refuses("bad_client_secret")
		case r.FormValue("client_id") != "111.222" || r.FormValue("redirect_uri") != "https://access.example.com/integrations/slack":
			return refuses("bad_redirect_uri")
		case r.FormValue("code") != "code":
			return refuses("invalid_code")
		}
		return map[string]any{"ok": true, "access_token": "xoxp-1", "token_type": "Bearer", "id_token": w.token()}
	case "/api/users.info":
		if token := r.FormValue("token"); token != "xoxb-1" && r.Header.Get("Authorization") != "Bearer xoxb-1" {
			return refuses("invalid_auth")
		}
		if r.FormValue("user") != w.user["id"] {
			return refuses("user_not_found")
		}
		return map[string]any{"ok": true, "user": w.user}
	}
	w.Errorf("%s is no address of Slack", r.URL)
	return refuses("unknown_method")
}

func (w *workspace) token() string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: w.signer, KeyID: "k1"}}, nil)
	if err != nil {
		w.Fatal(err)
	}
	token, err := jwt.Signed(signer).Claims(w.claims).Serialize()
	if err != nil {
		w.Fatal(err)
	}
	return token
}

func TestSlackVouchesForWhoSignedIn(t *testing.T) {
	w := newWorkspace(t)
	page, err := w.Page(t.Context(), settings, "state", "nonce")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"scope": "openid email profile", "response_type": "code", "team": "T0ACME", "client_id": "111.222",
		"state": "state", "nonce": "nonce", "redirect_uri": "https://access.example.com/integrations/slack"} {
		if got := u.Query()[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if u.Path != "/openid/connect/authorize" || !strings.HasPrefix(page, w.URL) {
		t.Errorf("the page is %s", page)
	}
	claims, err := w.Claims(t.Context(), settings, "code", "nonce")
	if err != nil {
		t.Fatal(err)
	}
	ana := app.SlackUser{Team: "T0ACME", ID: "U0ANA"}
	if want := (app.SlackClaims{User: ana, Workspace: "Acme", Name: "Ana", Email: "ana@example.com", EmailVerified: true}); claims != want {
		t.Errorf("the claims are %+v, want %+v", claims, want)
	}
	member, err := w.Member(t.Context(), ana)
	if want := (app.SlackMember{User: ana, Name: "Ana Álvarez"}); err != nil || member != want {
		t.Errorf("the member is %+v, %v, want %+v", member, err, want)
	}
}

func TestWhatSlackDidNotSayToThisAppNowIsNotTaken(t *testing.T) {
	for why, change := range map[string]func(*workspace){
		"forged":             func(w *workspace) { w.signer, _ = rsa.GenerateKey(rand.Reader, 2048) },
		"to another app":     func(w *workspace) { w.claims["aud"] = "333.444" },
		"by someone else":    func(w *workspace) { w.claims["iss"] = "https://evil.example.com" },
		"too late":           func(w *workspace) { w.claims["exp"] = w.now.Add(-2 * time.Minute).Unix() },
		"without an end":     func(w *workspace) { delete(w.claims, "exp") },
		"to another sign-in": func(w *workspace) { w.claims["nonce"] = "another" },
		"without a nonce":    func(w *workspace) { delete(w.claims, "nonce") },
		"of no workspace":    func(w *workspace) { delete(w.claims, "https://slack.com/team_id") },
		"no token":           func(w *workspace) { w.says = map[string]any{"ok": true, "id_token": "x.y.z"} },
		"used":               func(w *workspace) { w.says = map[string]any{"ok": false, "error": "code_already_used"} },
	} {
		t.Run(why, func(t *testing.T) {
			w := newWorkspace(t)
			change(w)
			if claims, err := w.Claims(t.Context(), settings, "code", "nonce"); !errors.Is(err, app.ErrSlackSignIn) {
				t.Errorf("taken: %+v, %v", claims, err)
			}
		})
	}
	w := newWorkspace(t)
	if claims, err := w.Claims(t.Context(), settings, "another code", "nonce"); !errors.Is(err, app.ErrSlackSignIn) {
		t.Errorf("taken with another code: %+v, %v", claims, err)
	}
}

func TestWhoAMemberIs(t *testing.T) {
	ana := app.SlackUser{Team: "T0ACME", ID: "U0ANA"}
	for why, c := range map[string]struct {
		change map[string]any
		want   app.SlackMember
	}{
		"a guest of channels":    {map[string]any{"is_restricted": true}, app.SlackMember{Guest: true}},
		"a guest of one channel": {map[string]any{"is_ultra_restricted": true}, app.SlackMember{Guest: true}},
		"a bot":                  {map[string]any{"is_bot": true}, app.SlackMember{Bot: true}},
		"deactivated":            {map[string]any{"deleted": true}, app.SlackMember{Deleted: true}},
		"a stranger":             {map[string]any{"is_stranger": true, "team_id": "T0ELSE"}, app.SlackMember{User: app.SlackUser{Team: "T0ELSE"}, Stranger: true}},
		"of an organization": {map[string]any{"team_id": "T0MAIN", "enterprise_user": map[string]any{"id": "E1", "teams": []string{"T0MAIN", "T0ACME"}}},
			app.SlackMember{}},
	} {
		t.Run(why, func(t *testing.T) {
			w := newWorkspace(t)
			maps.Copy(w.user, c.change)
			want := c.want
			want.Name, want.User.ID = "Ana Álvarez", ana.ID
			if want.User.Team == "" {
				want.User.Team = ana.Team
			}
			if got, err := w.Member(t.Context(), ana); err != nil || got != want {
				t.Errorf("%+v, %v, want %+v", got, err, want)
			}
		})
	}
	w := newWorkspace(t)
	if _, err := w.Member(t.Context(), app.SlackUser{Team: "T0ACME", ID: "U0ELSE"}); !errors.Is(err, app.ErrSlackStranger) {
		t.Errorf("someone unknown: %v", err)
	}
}

func TestASecretThatAnAdminChangedIsReadAnew(t *testing.T) {
	w := newWorkspace(t)
	if _, err := w.Page(t.Context(), settings, "state", "nonce"); err != nil {
		t.Fatal(err)
	}
	w.takes = "newer"
	w.value = strings.Replace(w.value, "right", "newer", 1)
	if _, err := w.Claims(t.Context(), settings, "code", "nonce"); err != nil {
		t.Error(err)
	}
	w.takes = "newest"
	if _, err := w.Claims(t.Context(), settings, "code", "nonce"); !errors.Is(err, app.ErrSlackNotSetUp) || strings.Contains(err.Error(), "newer") {
		t.Errorf("with a secret that Slack does not take: %v", err)
	}
}

func TestWithoutASecretNobodyIsSentToSlack(t *testing.T) {
	for _, value := range []string{`{"bot_token":"","signing_secret":"","client_secret":""}`, `{"bot_token":"xoxb-1","signing_secret":"s","client_secret":""}`} {
		w := newWorkspace(t)
		w.value = value
		if page, err := w.Page(t.Context(), settings, "state", "nonce"); !errors.Is(err, app.ErrSlackNotSetUp) {
			t.Errorf("%s: %s, %v", value, page, err)
		}
		if _, err := w.Claims(t.Context(), settings, "code", "nonce"); !errors.Is(err, app.ErrSlackNotSetUp) || w.calls != 0 {
			t.Errorf("%s: %v after %d calls", value, err, w.calls)
		}
	}
}

func TestASlackThatFailsIsUnavailable(t *testing.T) {
	for status, want := range map[int]app.Unavailable{429: {Code: "ratelimited", After: 30 * time.Second}, 500: {Code: "unreachable"}} {
		w := newWorkspace(t)
		w.status = status
		_, err := w.Claims(t.Context(), settings, "code", "nonce")
		var got *app.Unavailable
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%d: %v, want %v", status, err, &want)
		}
	}
	w := newWorkspace(t)
	w.says = map[string]any{"ok": false, "error": "internal_error"}
	var got *app.Unavailable
	if _, err := w.Claims(t.Context(), settings, "code", "nonce"); !errors.As(err, &got) || got.Code != "internal_error" {
		t.Errorf("an error of Slack's own: %v", err)
	}
	w.URL = "http://127.0.0.1:1"
	if _, err := w.Member(t.Context(), app.SlackUser{}); !errors.As(err, &got) || got.Code != "unreachable" {
		t.Errorf("nobody listens: %v", err)
	}
}
