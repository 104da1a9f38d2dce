package links

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"latchkey/functions/lib/app"
)

// Issuer is where people sign in, and the portal's client there. Its discovery
// document and its keys are read when they are first needed, and kept.
type Issuer struct {
	URL      string // as it stands in tokens
	ClientID string // of a public client
	Callback string // that the client knows
	Discover string // where the documents of the issuer are, if not at its URL
	Client   *http.Client
	Now      func() time.Time

	mu       sync.Mutex
	provider *oidc.Provider
}

// timeout is of each call to the issuer.
const timeout = 5 * time.Second

// known reads the discovery document. The context that it is read with is kept
// by the provider for its keys, so that is not a call's own.
func (i *Issuer) known() (*oidc.Provider, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider != nil {
		return i.provider, nil
	}
	if i.Client == nil {
		i.Client = &http.Client{Timeout: timeout}
	}
	patient := *i.Client
	spares := &sparing{base: cmp.Or(patient.Transport, http.DefaultTransport), now: i.Now}
	patient.Transport = spares
	ctx := oidc.ClientContext(context.Background(), &patient)
	at := i.URL
	if i.Discover != "" {
		at, ctx = i.Discover, oidc.InsecureIssuerURLContext(ctx, i.URL)
	}
	provider, err := oidc.NewProvider(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("the issuer's discovery document: %w", err)
	}
	var says struct {
		Keys string `json:"jwks_uri"`
	}
	if err := provider.Claims(&says); err != nil {
		return nil, fmt.Errorf("the issuer's discovery document: %w", err)
	}
	spares.keys, i.provider = says.Keys, provider
	return provider, nil
}

func (i *Issuer) client(p *oidc.Provider) oauth2.Config {
	endpoint := p.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams // a public client has no secret to send
	return oauth2.Config{ClientID: i.ClientID, Endpoint: endpoint, RedirectURL: i.Callback,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}

// authorize gives the address at which someone signs in. Who is signed in there
// comes straight back, unless anew.
func (i *Issuer) authorize(p pending, anew bool) (string, error) {
	provider, err := i.known()
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(p.nonce), oauth2.S256ChallengeOption(p.verifier)}
	if anew {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	client := i.client(provider)
	return client.AuthCodeURL(p.state, options...), nil
}

var (
	errNoToken = errors.New("the issuer gave no ID token")
	errNonce   = errors.New("the ID token is of another sign-in")
	errOld     = errors.New("the ID token is of an older sign-in")
)

// exchange turns a code into an ID token, which is of this sign-in.
func (i *Issuer) exchange(ctx context.Context, code string, p pending) (string, error) {
	provider, err := i.known()
	if err != nil {
		return "", err
	}
	client := i.client(provider)
	answer, err := client.Exchange(oidc.ClientContext(ctx, i.Client), code, oauth2.VerifierOption(p.verifier))
	if refusal, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return "", fmt.Errorf("the issuer took no code: %d %.40q", refusal.Response.StatusCode, refusal.ErrorCode) // and nothing else it said
	}
	if err != nil {
		return "", fmt.Errorf("the issuer took no code: %w", err)
	}
	raw, ok := answer.Extra("id_token").(string)
	if !ok {
		return "", errNoToken
	}
	token, err := i.verified(ctx, raw)
	if err == nil && !same(token.Nonce, p.nonce) {
		err = errNonce
	}
	return raw, err
}

// sessionTime is how long a sign-in counts here.
const sessionTime = 10 * time.Minute

// clockSkew is how far the issuer's clock may be ahead of this one.
const clockSkew = time.Minute

// verified checks a token's signature, issuer, audience, times and age.
func (i *Issuer) verified(ctx context.Context, raw string) (*oidc.IDToken, error) {
	provider, err := i.known()
	if err != nil {
		return nil, err
	}
	token, err := provider.Verifier(&oidc.Config{ClientID: i.ClientID, Now: i.Now}).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if age := i.Now().Sub(token.IssuedAt); age > sessionTime || age < -clockSkew {
		return nil, errOld
	}
	return token, nil
}

// claims reads what the use cases need of a verified token.
func claims(token *oidc.IDToken) (app.Claims, error) {
	var c struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some issuers write it as a text
		Name     string `json:"name"`
		Use      string `json:"token_use"`
	}
	err := token.Claims(&c)
	return app.Claims{Issuer: token.Issuer, Subject: token.Subject, Email: c.Email, Name: c.Name, TokenUse: c.Use,
		EmailVerified: c.Verified == true || c.Verified == "true"}, err
}
