package slack_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

// page is the address that the app sends someone to; change spoils it.
func (w *world) page(change ...string) string {
	q := url.Values{"client_id": {w.app.ClientID}, "redirect_uri": {redirect}, "response_type": {"code"}, "scope": {"openid email profile"},
		"state": {"the state"}, "nonce": {"the nonce"}, "team": {slack.Team}}
	for i := 0; i < len(change); i += 2 {
		q.Set(change[i], change[i+1])
	}
	return w.url + "/openid/connect/authorize?" + q.Encode()
}

func (w *world) exchange(secret, code, redirect string) (*slackgo.OpenIDConnectResponse, error) {
	return slackgo.GetOpenIDConnectToken(http.DefaultClient, w.app.ClientID, secret, code, redirect, slackgo.OAuthOptionAPIURL(w.url+"/api/"))
}

func TestSignInWithSlackTellsWhoSomeoneIs(t *testing.T) {
	w := newWorld(t)
	to := must[slack.Consent](t)(w.control.Consent(t.Context(), ben, w.page()))
	if to.State != "the state" || !strings.HasPrefix(to.Redirect, redirect+"?") || to.Code == "" {
		t.Fatalf("Ben is sent to %+v", to)
	}
	_, err := w.exchange("another secret", to.Code, redirect)
	w.refused(err, "bad_client_secret")
	_, err = w.exchange(w.app.ClientSecret, to.Code, "https://evil.example.com")
	w.refused(err, "bad_redirect_uri")
	got := must[*slackgo.OpenIDConnectResponse](t)(w.exchange(w.app.ClientSecret, to.Code, redirect))
	_, err = w.exchange(w.app.ClientSecret, to.Code, redirect)
	w.refused(err, "invalid_code")

	res := must[*http.Response](t)(http.Get(w.url + "/openid/connect/keys"))
	defer res.Body.Close()
	var keys jose.JSONWebKeySet
	w.well(json.NewDecoder(res.Body).Decode(&keys))
	token := must[*jwt.JSONWebToken](t)(jwt.ParseSigned(got.IdToken, []jose.SignatureAlgorithm{jose.RS256}))
	var known jwt.Claims
	var claims map[string]any
	w.well(token.Claims(keys, &known, &claims))
	w.well(known.Validate(jwt.Expected{Issuer: w.url, Subject: ben, AnyAudience: jwt.Audience{w.app.ClientID}, Time: w.clock()}))
	for name, want := range map[string]any{
		"https://slack.com/user_id": ben, "https://slack.com/team_id": slack.Team, "email": "ben@example.com", "email_verified": true,
		"name": "Ben", "nonce": "the nonce",
	} {
		if claims[name] != want {
			t.Errorf("%s is %v", name, claims[name])
		}
	}
	info, err := slackgo.New(got.AccessToken, slackgo.OptionAPIURL(w.url+"/api/")).GetOpenIDConnectUserInfo()
	w.well(err)
	if info.UserID != ben || info.TeamID != slack.Team {
		t.Errorf("the user info is %+v", info)
	}
}

func TestACodeIsGoodForTenMinutes(t *testing.T) {
	w := newWorld(t)
	to := must[slack.Consent](t)(w.control.Consent(t.Context(), ben, w.page()))
	w.passes(10*time.Minute + time.Second)
	_, err := w.exchange(w.app.ClientSecret, to.Code, redirect)
	w.refused(err, "invalid_code")
}

func TestSlackDoesNotSignInForJustAnyone(t *testing.T) {
	w := newWorld(t)
	for name, page := range map[string]string{
		"another app":          w.page("client_id", "1.2"),
		"another redirect":     w.page("redirect_uri", "https://evil.example.com/"),
		"an implicit flow":     w.page("response_type", "token"),
		"without openid":       w.page("scope", "email"),
		"more than a sign-in":  w.page("scope", "openid chat:write"),
		"another workspace":    w.page("team", slack.PartnerTeam),
		"another site's pages": strings.Replace(w.page(), w.url, "https://evil.example.com", 1),
	} {
		if to, err := w.control.Consent(t.Context(), ben, page); err == nil {
			t.Errorf("%s: Ben is sent to %+v", name, to)
		}
	}
	anywhere := w.page("team", "")
	if _, err := w.control.Consent(t.Context(), slack.UserID("stranger"), anywhere); err == nil {
		t.Error("someone of another workspace signs in to an app that is not distributed")
	}
	s := must[slack.Settings](t)(w.control.Settings(t.Context()))
	s.Distributed = true
	w.well(w.control.Set(t.Context(), s))
	to := must[slack.Consent](t)(w.control.Consent(t.Context(), slack.UserID("stranger"), anywhere))
	must[*slackgo.OpenIDConnectResponse](t)(w.exchange(w.app.ClientSecret, to.Code, redirect))
}

func TestThePageOfConsentSendsBackWhatWasAnswered(t *testing.T) {
	w := newWorld(t)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for answer, want := range map[string]string{"accept": "code", "cancel": "error"} {
		res := must[*http.Response](t)(client.PostForm(w.page(), url.Values{"user": {ben}, "answer": {answer}}))
		res.Body.Close()
		to := must[*url.URL](t)(res.Location())
		if to.Query().Get(want) == "" || to.Query().Get("state") != "the state" {
			t.Errorf("%s: Ben is sent to %s", answer, to)
		}
	}
}
