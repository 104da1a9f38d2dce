package main

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"latchkey/functions/lib/httpapi/agents/wire"
)

const maxAnswer = 64 << 10

// Server speaks to Latchkey for a device.
type Server struct {
	State       *State
	Client      *http.Client
	Now         func() time.Time
	RotateAfter time.Duration // the age at which the key is replaced
}

// newClient makes the client of a device: it follows no redirect, and waits for
// nothing for long.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	return &http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				return dialer.DialContext(ctx, network, loopback(address))
			},
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: 5 * time.Second,
		},
	}
}

// loopback gives the address of a name under localhost, which resolvers need not
// know (RFC 6761, 6.3).
func loopback(address string) string {
	if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(host, ".localhost") {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return address
}

// checkServer refuses an address that is not https, unless it is this machine.
func checkServer(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" {
		return errors.New("the server is an origin, such as https://access.example.com")
	}
	local := u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost")
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return errors.New("the server's address begins with https://")
	}
	return nil
}

// Enrol makes a key, and has Latchkey take it by a one-time token.
func (s Server) Enrol(ctx context.Context, token string) error {
	seed, err := newSeed()
	if err != nil {
		return err
	}
	private, err := key(seed)
	if err != nil {
		return err
	}
	if _, err := s.post(ctx, private, wire.EnrolPath, true, wire.Enrol{Token: token}); err != nil {
		return err
	}
	s.State.Seed, s.State.NextSeed, s.State.KeyMade = seed, "", s.Now()
	return s.State.save()
}

// Sync is one call. A key that is old enough names its successor in it, and is
// replaced once Latchkey has taken that.
func (s Server) Sync(ctx context.Context, accounts []wire.Account) (wire.Answer, error) {
	private, err := key(s.State.Seed)
	if err != nil {
		return wire.Answer{}, err
	}
	next, err := s.successor()
	if err != nil {
		return wire.Answer{}, err
	}
	seq, err := s.State.next(s.Now())
	if err != nil {
		return wire.Answer{}, err
	}
	body, err := s.post(ctx, private, wire.SyncPath, false, wire.Sync{Seq: seq, Accounts: accounts, NextKey: next})
	if err != nil {
		return wire.Answer{}, err
	}
	var answer wire.Answer
	if err := json.Unmarshal(body, &answer); err != nil || answer.PollSeconds <= 0 {
		return wire.Answer{}, errors.New("the answer is not Latchkey's")
	}
	if next == "" {
		return answer, nil
	}
	before := *s.State
	s.State.Seed, s.State.NextSeed, s.State.KeyMade = s.State.NextSeed, "", s.Now()
	if err := s.State.save(); err != nil {
		*s.State = before // the key that is on the disk
		return answer, err
	}
	return answer, nil
}

// successor gives the public key that is to take over, if it is time.
func (s Server) successor() (string, error) {
	if s.Now().Sub(s.State.KeyMade) < s.RotateAfter {
		return "", nil
	}
	if s.State.NextSeed == "" {
		seed, err := newSeed()
		if err != nil {
			return "", err
		}
		s.State.NextSeed = seed
		if err := s.State.save(); err != nil {
			return "", err
		}
	}
	private, err := key(s.State.NextSeed)
	if err != nil {
		return "", err
	}
	return wire.KeyText(private.Public().(ed25519.PublicKey)), nil
}

func (s Server) post(ctx context.Context, private ed25519.PrivateKey, path string, introduce bool, call any) ([]byte, error) {
	text, err := wire.Sign(private, s.State.Device, path, introduce, call)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.State.Server+path, strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", wire.MediaType)
	r.Header.Set("User-Agent", "latchkey-agent")
	answer, err := s.Client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	switch {
	case answer.StatusCode == http.StatusUnauthorized:
		return nil, ErrRefused
	case answer.StatusCode/100 != 2:
		return nil, fmt.Errorf("the answer has the status %d", answer.StatusCode)
	}
	return body, err
}
