package slack

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// codeLives is how long a code of Sign in with Slack is good, tokenLives how long
// an ID token is.
const (
	codeLives  = 10 * time.Minute
	tokenLives = 5 * time.Minute
)

// ask is what an app asks of someone who signs in
// (https://docs.slack.dev/authentication/sign-in-with-slack).
type ask struct {
	redirect string
	state    string
	nonce    string
	team     string
	scopes   []string
}

// grant is what someone has accepted.
type grant struct {
	ask
	user string
	at   time.Time
}

// readAsk checks an authorize request. An error holds what Slack's page says.
func (w *Workspace) readAsk(q url.Values) (ask, error) {
	a := ask{
		redirect: q.Get("redirect_uri"), state: q.Get("state"), nonce: q.Get("nonce"), team: q.Get("team"),
		scopes: strings.FieldsFunc(q.Get("scope"), func(r rune) bool { return r == ' ' || r == ',' }),
	}
	switch {
	case q.Get("client_id") != w.config.App.ClientID:
		return a, spoken("Invalid client_id parameter")
	case !slices.Contains(w.config.App.Redirects, a.redirect):
		return a, fmt.Errorf("redirect_uri did not match any configured URIs. Passed URI: %s", a.redirect)
	case q.Get("response_type") != "code":
		return a, spoken("Invalid response_type parameter")
	case !slices.Contains(a.scopes, "openid"):
		return a, spoken("Invalid permissions requested: openid is required")
	}
	for _, scope := range a.scopes {
		if !slices.Contains([]string{"openid", "email", "profile"}, scope) {
			return a, spoken("Invalid permissions requested: " + scope)
		}
	}
	return a, nil
}

// spoken is an error in the words that Slack shows to people.
type spoken string

func (s spoken) Error() string { return string(s) }

// maySignIn tells why someone cannot sign in to the app, nil if they can.
func (w *Workspace) maySignIn(a ask, user string) error {
	p := w.person(user)
	switch {
	case p == nil || p.Deleted || p.Bot:
		return errNobody
	case a.team != "" && p.TeamID != a.team:
		return spoken("You are not a member of the workspace " + a.team)
	case p.TeamID != Team && !w.settings.Distributed:
		return fmt.Errorf("invalid_team_for_non_distributed_app")
	}
	return nil
}

// accept lets someone accept, and gives where they are sent.
func (w *Workspace) accept(a ask, user string) (Consent, error) {
	if err := w.maySignIn(a, user); err != nil {
		return Consent{}, err
	}
	code := fmt.Sprintf("%d.%d.%s", w.now().UnixMilli(), w.number(), strings.ToLower(rand.Text()+rand.Text()))
	w.grants[code] = grant{ask: a, user: user, at: w.now()}
	return Consent{Redirect: back(a, "code", code), Code: code, State: a.state}, nil
}

func back(a ask, name, value string) string {
	to, _ := url.Parse(a.redirect) // it is registered
	q := to.Query()
	q.Set(name, value)
	q.Set("state", a.state)
	to.RawQuery = q.Encode()
	return to.String()
}

// Consent is Client.Consent for whoever runs in the same process.
func (w *Workspace) Consent(user, authorizeURL string) (Consent, error) {
	at, err := url.Parse(authorizeURL)
	if err != nil {
		return Consent{}, err
	}
	if !strings.HasPrefix(authorizeURL, w.config.URL+"/openid/connect/authorize?") {
		return Consent{}, fmt.Errorf("this is no page of Sign in with Slack")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.readAsk(at.Query())
	if err != nil {
		return Consent{}, err
	}
	return w.accept(a, user)
}

// exchange gives the tokens for a code, once.
func (w *Workspace) exchange(a args) (result, error) {
	switch {
	case a.text("client_id") != w.config.App.ClientID:
		return nil, refuse("invalid_client_id")
	case a.text("client_secret") != w.config.App.ClientSecret:
		return nil, refuse("bad_client_secret")
	case a.text("grant_type") != "" && a.text("grant_type") != "authorization_code":
		return nil, refuse("invalid_grant_type")
	}
	g, there := w.grants[a.text("code")]
	switch {
	case !there || w.now().Sub(g.at) > codeLives:
		return nil, refuse("invalid_code")
	case a.text("redirect_uri") != g.redirect:
		return nil, refuse("bad_redirect_uri")
	}
	delete(w.grants, a.text("code"))
	access := "xoxp-" + rand.Text()
	hash := sha256.Sum256([]byte(access))
	claims := w.claims(g)
	for name, value := range map[string]any{
		"iss": w.config.URL, "aud": w.config.App.ClientID, "iat": w.now().Unix(), "exp": w.now().Add(tokenLives).Unix(),
		"auth_time": w.now().Unix(), "at_hash": base64.RawURLEncoding.EncodeToString(hash[:16]),
	} {
		claims[name] = value
	}
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	k, err := w.keys()
	if err != nil {
		return nil, refuse("fatal_error")
	}
	token, err := k.sign(claims)
	if err != nil {
		return nil, refuse("fatal_error")
	}
	w.tokens[access] = g
	return result{"access_token": access, "token_type": "Bearer", "id_token": token}, nil
}

// claims are what the scopes let the app know of someone.
func (w *Workspace) claims(g grant) map[string]any {
	p := w.person(g.user)
	said := map[string]any{"sub": p.ID, "https://slack.com/user_id": p.ID, "https://slack.com/team_id": p.TeamID}
	if slices.Contains(g.scopes, "email") {
		said["email"], said["email_verified"] = p.Email, p.EmailConfirmed
		if p.EmailConfirmed {
			said["date_email_verified"] = g.at.Unix()
		}
	}
	if slices.Contains(g.scopes, "profile") {
		given, family, _ := strings.Cut(p.Name, " ")
		said["name"], said["given_name"], said["family_name"], said["locale"] = p.Name, given, family, "en-US"
		name, domain := teamName, teamDomain
		if p.TeamID != Team {
			name, domain = "Partner", "partner"
		}
		said["https://slack.com/team_name"], said["https://slack.com/team_domain"] = name, domain
	}
	return said
}

// signedIn tells who an access token is.
func (w *Workspace) signedIn(a args) (result, error) {
	token := a.text("token")
	g, there := w.tokens[token]
	switch {
	case token == "":
		return nil, refuse("not_authed")
	case !there:
		return nil, refuse("invalid_auth")
	}
	return result(w.claims(g)), nil
}
