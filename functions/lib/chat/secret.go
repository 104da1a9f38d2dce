package chat

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// secretAge is how long the secret is kept in memory.
const secretAge = 5 * time.Minute

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

// Secrets reads the secret, and keeps it for five minutes.
type Secrets struct {
	Manager SecretsManager
	Name    string // "STACK/slack"
	Clock   func() time.Time

	mu   sync.Mutex
	kept Secret
	read time.Time
}

// Secret gives the secret, from memory for five minutes after it was read, or
// anew. ErrNotSetUp; what else goes wrong passes. No error holds any part of it.
func (s *Secrets) Secret(ctx context.Context, anew bool) (Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock()
	if !anew && !s.read.IsZero() && now.Sub(s.read) < secretAge {
		return s.kept, nil
	}
	out, err := s.Manager.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &s.Name})
	if err != nil {
		return Secret{}, errors.New("chat: the secret of Slack could not be read")
	}
	var secret Secret
	if out.SecretString == nil || json.Unmarshal([]byte(*out.SecretString), &secret) != nil || secret.BotToken == "" || secret.SigningSecret == "" {
		return Secret{}, ErrNotSetUp
	}
	s.kept, s.read = secret, now
	return secret, nil
}
