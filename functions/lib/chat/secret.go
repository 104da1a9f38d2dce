package chat

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

const (
	secretAge  = 5 * time.Minute  // how long the secret is kept in memory
	failureAge = 30 * time.Second // and that there is none, or that it could not be read
)

// ErrNotSetUp: the secret is not there, or has no value yet.
var ErrNotSetUp = errors.New("chat: Slack is not set up")

// SecretsManager is the one call of AWS Secrets Manager that Secrets makes.
type SecretsManager interface {
	GetSecretValue(ctx context.Context, in *secretsmanager.GetSecretValueInput, options ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error)
}

// Secret is what an admin copies from the pages of the Slack app.
type Secret struct {
	BotToken      string `json:"bot_token"`      // "xoxb-…"
	SigningSecret string `json:"signing_secret"` // of what Slack sends
	ClientSecret  string `json:"client_secret"`  // of Sign in with Slack
}

// Secrets reads the secret, and keeps it for five minutes. That it failed it keeps
// for thirty seconds: anyone can send what has to be held against the secret.
type Secrets struct {
	Manager SecretsManager
	Name    string // "STACK/slack"
	Clock   func() time.Time

	mu   sync.Mutex
	kept Secret
	read time.Time

	failure error
	failed  time.Time
}

// Secret gives the secret or the failure, from memory or anew; while it cannot be
// read, the one that is known. ErrNotSetUp; what else goes wrong passes. No error
// holds any part of it.
func (s *Secrets) Secret(ctx context.Context, anew bool) (Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock()
	if !anew && !s.read.IsZero() && now.Sub(s.read) < secretAge {
		return s.kept, nil
	}
	if !anew && s.failure != nil && now.Sub(s.failed) < failureAge {
		return Secret{}, s.failure
	}
	secret, err := s.fetch(ctx)
	switch {
	case err == nil:
		s.kept, s.read, s.failure = secret, now, nil
	case !errors.Is(err, ErrNotSetUp) && !s.read.IsZero():
		s.read = now.Add(failureAge - secretAge)
		return s.kept, nil
	case ctx.Err() == nil: // else the caller ran out of time
		s.failure, s.failed = err, now
	}
	return secret, err
}

func (s *Secrets) fetch(ctx context.Context) (Secret, error) {
	out, err := s.Manager.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &s.Name})
	if err != nil {
		return Secret{}, errors.New("chat: the secret of Slack could not be read")
	}
	var secret Secret
	if out.SecretString == nil || json.Unmarshal([]byte(*out.SecretString), &secret) != nil || secret.BotToken == "" || secret.SigningSecret == "" {
		return Secret{}, ErrNotSetUp
	}
	return secret, nil
}
