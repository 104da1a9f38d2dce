package chat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// SignInScopes are what a person agrees to when they connect.
// https://docs.slack.dev/authentication/sign-in-with-slack/
const SignInScopes = "openid email profile"

// RedirectPath is the portal's page that Slack sends a person back to.
const RedirectPath = "/integrations/slack"

// callWithin bounds a call of Slack. A sign-in makes three, while someone waits.
const callWithin = 4 * time.Second

// SignIn is Sign in with Slack. It implements app.SlackSignIn.
type SignIn struct {
	URL     string // "https://slack.com"
	Portal  string // "https://access.example.com"
	Secrets *Secrets
	Clock   func() time.Time
	Client  *http.Client
}

// NewSignIn makes one.
func NewSignIn(slackURL, portal string, secrets *Secrets, clock func() time.Time) SignIn {
	return SignIn{slackURL, portal, secrets, clock, &http.Client{Timeout: callWithin}}
}

func (s SignIn) redirect() string { return s.Portal + RedirectPath }

// Page gives the address at which a person signs in.
func (s SignIn) Page(ctx context.Context, settings access.Settings, state, nonce string) (string, error) {
	if _, err := s.secret(ctx, false); err != nil {
		return "", err
	}
	query := url.Values{"response_type": {"code"}, "scope": {SignInScopes}, "client_id": {settings.SlackClientID},
		"team": {settings.SlackTeamID}, "redirect_uri": {s.redirect()}, "state": {state}, "nonce": {nonce}}
	return s.URL + "/openid/connect/authorize?" + query.Encode(), nil
}

// Claims exchanges a code and checks the ID token that Slack gives for it.
func (s SignIn) Claims(ctx context.Context, settings access.Settings, code, nonce string) (app.SlackClaims, error) {
	var token string
	err := s.calling(ctx, func(secret Secret) error {
		out, err := slack.GetOpenIDConnectTokenContext(ctx, s.Client, settings.SlackClientID, secret.ClientSecret, code, s.redirect(),
			slack.OAuthOptionAPIURL(s.URL+"/api/"))
		if err == nil {
			token = out.IdToken
		}
		return err
	})
	if err != nil {
		return app.SlackClaims{}, err
	}
	return s.verified(ctx, token, settings.SlackClientID, nonce)
}

// Member reads a user. Who is in several workspaces of an organization is in
// each of them.
func (s SignIn) Member(ctx context.Context, user app.SlackUser) (app.SlackMember, error) {
	var found *slack.User
	err := s.calling(ctx, func(secret Secret) error {
		api := slack.New(secret.BotToken, slack.OptionAPIURL(s.URL+"/api/"), slack.OptionHTTPClient(s.Client))
		var err error
		found, err = api.GetUserInfoContext(ctx, user.ID)
		return err
	})
	if err != nil {
		return app.SlackMember{}, err
	}
	m := app.SlackMember{User: app.SlackUser{Team: found.TeamID, ID: found.ID}, Name: found.Profile.RealName, Deleted: found.Deleted,
		Bot: found.IsBot, Guest: found.IsRestricted || found.IsUltraRestricted, Stranger: found.IsStranger}
	if slices.Contains(found.Enterprise.Teams, user.Team) {
		m.User.Team = user.Team
	}
	if m.Name == "" {
		m.Name = found.Name
	}
	return m, nil
}

// secret reads all that a sign-in needs.
func (s SignIn) secret(ctx context.Context, anew bool) (Secret, error) {
	secret, err := s.Secrets.Secret(ctx, anew)
	switch {
	case errors.Is(err, ErrNotSetUp), err == nil && secret.ClientSecret == "":
		return Secret{}, fmt.Errorf("%w: the secret has no value", app.ErrSlackNotSetUp)
	case err != nil:
		return Secret{}, &app.Unavailable{Code: "secret_unreadable"}
	}
	return secret, nil
}

// calling makes a call of Slack, and once more if Slack does not take the secret:
// an admin may have put in another.
func (s SignIn) calling(ctx context.Context, call func(Secret) error) error {
	secret, err := s.secret(ctx, false)
	if err != nil {
		return err
	}
	err = meaning(call(secret))
	if !errors.Is(err, app.ErrSlackNotSetUp) {
		return err
	}
	if secret, err = s.secret(ctx, true); err != nil {
		return err
	}
	return meaning(call(secret))
}

// What Slack says when it takes no code, knows no user, or takes no app.
// https://docs.slack.dev/reference/methods/openid.connect.token,
// https://docs.slack.dev/reference/methods/users.info
var (
	codeRefused = []string{"invalid_code", "code_already_used", "code_expired", "invalid_grant"}
	userUnknown = []string{"user_not_found", "user_not_visible"}
	appRefused  = []string{"bad_client_secret", "invalid_client_id", "bad_redirect_uri", "invalid_auth", "not_authed", "account_inactive",
		"token_revoked", "token_expired", "missing_scope", "not_allowed_token_type", "team_access_not_granted"}
)

// meaning says what an answer of Slack means. Slack's word for it is a code
// without secrets.
func meaning(err error) error {
	var said slack.SlackErrorResponse
	var busy *slack.RateLimitedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &busy):
		return &app.Unavailable{Code: "ratelimited", After: busy.RetryAfter}
	case !errors.As(err, &said):
		return &app.Unavailable{Code: "unreachable"}
	case slices.Contains(codeRefused, said.Err):
		return fmt.Errorf("%w: %s", app.ErrSlackSignIn, said.Err)
	case slices.Contains(userUnknown, said.Err):
		return fmt.Errorf("%w: %s", app.ErrSlackStranger, said.Err)
	case slices.Contains(appRefused, said.Err):
		return fmt.Errorf("%w: %s", app.ErrSlackNotSetUp, said.Err)
	}
	return &app.Unavailable{Code: said.Err}
}
