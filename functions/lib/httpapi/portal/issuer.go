package portal

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Issuer is where people sign in, and the portal's client there. What it says
// about itself is read when that is first needed, and kept; after a failure it is
// asked again, though not by everybody who comes within RetryAfter.
type Issuer struct {
	URL      string // as it stands in tokens
	Discover string // where its documents are, if not at its URL
	ClientID string // of a public client
	Cognito  bool   // whether it is a user pool, which has its own way of signing out
	Home     string // where people come back to when they have signed out
	Client   *http.Client
	Now      func() time.Time

	mu      sync.Mutex
	failed  error // of the last try
	again   time.Time
	known   *Config
	origins []string
}

// Config is what the web app needs to sign people in.
type Config struct {
	Issuer        string `json:"issuer"`
	ClientID      string `json:"client_id"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	// What the web app asks for.
	Scope string `json:"scope"`
	// Where a refresh token is made worthless, if the issuer has that.
	Revocation string `json:"revocation_endpoint,omitempty"`
	// Where a browser goes to end the session at the issuer and come back, if the
	// issuer has that.
	SignOut string `json:"sign_out_url,omitempty"`
}

const (
	timeout    = 3 * time.Second // of the call, for which somebody waits with an empty page
	mostBytes  = 1 << 20         // of a discovery document
	RetryAfter = 5 * time.Second // until an issuer that failed is asked again
)

// Known gives the configuration, and the origins that the web app calls by it.
func (i *Issuer) Known(ctx context.Context) (Config, []string, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.known != nil {
		return *i.known, i.origins, nil
	}
	if i.failed != nil && i.Now().Before(i.again) {
		return Config{}, nil, i.failed
	}
	if i.failed = i.learn(ctx); i.failed != nil {
		i.failed, i.again = fmt.Errorf("the issuer's discovery document: %w", i.failed), i.Now().Add(RetryAfter)
		return Config{}, nil, i.failed
	}
	return *i.known, i.origins, nil
}

// learn asks the issuer.
func (i *Issuer) learn(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	said, err := i.ask(ctx)
	if err != nil {
		return err
	}
	origins, err := called(said.Token, said.Revocation)
	if err != nil {
		return err
	}
	signOut, err := i.signOut(said.EndSession)
	if err != nil {
		return err
	}
	i.known = &Config{Issuer: i.URL, ClientID: i.ClientID, Authorization: said.Authorization, Token: said.Token,
		Scope: said.scope(), Revocation: said.Revocation, SignOut: signOut}
	i.origins = origins
	return nil
}

// document is what is read of a discovery document (OpenID Connect Discovery 1.0,
// 3, and RFC 8414, 2).
type document struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	Revocation    string `json:"revocation_endpoint"`
	EndSession    string `json:"end_session_endpoint"`

	Scopes []string `json:"scopes_supported"`
}

// scope is what the web app asks for: who the person is and, where the issuer gives
// refresh tokens for it, not to be asked again each hour (OpenID Connect Core 1.0,
// 11). Cognito gives them anyway, and does not know the word.
func (d document) scope() string {
	if slices.Contains(d.Scopes, "offline_access") {
		return "openid email profile offline_access"
	}
	return "openid email profile"
}

func (i *Issuer) ask(ctx context.Context) (said document, err error) {
	at := strings.TrimSuffix(cmp.Or(i.Discover, i.URL), "/") + "/.well-known/openid-configuration"
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return said, err
	}
	res, err := cmp.Or(i.Client, http.DefaultClient).Do(r)
	if err != nil {
		return said, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return said, fmt.Errorf("%s", res.Status)
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, mostBytes)).Decode(&said); err != nil {
		return said, err
	}
	switch {
	case said.Issuer != i.URL:
		return said, errors.New("it is another issuer's")
	case said.Authorization == "" || said.Token == "":
		return said, errors.New("it names no endpoints")
	}
	return said, nil
}

// originPattern keeps anything out of the policy that would be more than a host.
var originPattern = regexp.MustCompile(`^https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?$`)

// called gives the origins of the addresses that there are.
func called(addresses ...string) ([]string, error) {
	var origins []string
	for _, address := range addresses {
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil {
			return nil, err
		}
		origin := u.Scheme + "://" + u.Host
		if !originPattern.MatchString(origin) {
			return nil, fmt.Errorf("%.80q is no address that a browser calls", address)
		}
		if !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return origins, nil
}

// signOut makes the address that ends a session from the endpoint for that (OpenID
// Connect RP-Initiated Logout 1.0, 2). Cognito names the way back differently:
// https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
func (i *Issuer) signOut(endpoint string) (string, error) {
	if endpoint == "" {
		return "", nil
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	back := "post_logout_redirect_uri"
	if i.Cognito {
		back = "logout_uri"
	}
	query := u.Query()
	query.Set("client_id", i.ClientID)
	query.Set(back, i.Home)
	u.RawQuery = query.Encode()
	return u.String(), nil
}
