package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"latchkey/functions/lib/app"
)

// idToken is what Slack vouches for.
// https://docs.slack.dev/reference/methods/openid.connect.token
type idToken struct {
	jwt.Claims
	Nonce         string `json:"nonce"`
	Email         string `json:"email"`
	EmailVerified bool   `json:"email_verified"`
	Name          string `json:"name"`
	Team          string `json:"https://slack.com/team_id"`
	TeamName      string `json:"https://slack.com/team_name"`
	User          string `json:"https://slack.com/user_id"`
}

// mostKeys bounds the answer with Slack's keys, in bytes.
const mostKeys = 1 << 20

// verified reads an ID token that Slack signed, for this app, for now, in answer
// to a nonce. The token came from Slack itself; the keys are looked at all the
// same.
func (s SignIn) verified(ctx context.Context, token, clientID, nonce string) (app.SlackClaims, error) {
	bad := func(why string) (app.SlackClaims, error) {
		return app.SlackClaims{}, fmt.Errorf("%w: the ID token: %s", app.ErrSlackSignIn, why)
	}
	signed, err := jwt.ParseSigned(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return bad("malformed")
	}
	keys, err := s.keys(ctx)
	if err != nil {
		return app.SlackClaims{}, err
	}
	var claims idToken
	if err := signed.Claims(keys, &claims); err != nil {
		return bad("signature")
	}
	expected := jwt.Expected{Issuer: s.URL, AnyAudience: jwt.Audience{clientID}, Time: s.Clock()}
	switch err := claims.Validate(expected); {
	case err != nil:
		return bad(err.Error())
	case claims.Expiry == nil:
		return bad("no expiry")
	case claims.Nonce != nonce:
		return bad("nonce")
	case claims.Team == "" || claims.User == "":
		return bad("names nobody")
	}
	return app.SlackClaims{User: app.SlackUser{Team: claims.Team, ID: claims.User}, Workspace: claims.TeamName, Name: claims.Name,
		Email: claims.Email, EmailVerified: claims.EmailVerified}, nil
}

// keys reads the keys with which Slack signs.
func (s SignIn) keys(ctx context.Context) (*jose.JSONWebKeySet, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/openid/connect/keys", nil)
	if err != nil {
		return nil, err
	}
	res, err := s.Client.Do(r)
	if err != nil {
		return nil, &app.Unavailable{Code: "keys_unreachable"}
	}
	defer res.Body.Close()
	var keys jose.JSONWebKeySet
	if res.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(res.Body, mostKeys)).Decode(&keys) != nil {
		return nil, &app.Unavailable{Code: "keys_unreadable"}
	}
	return &keys, nil
}
