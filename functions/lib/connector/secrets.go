package connector

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"latchkey/functions/lib/app"
)

// secretAge is how long a secret is kept in memory.
const secretAge = 5 * time.Minute

// The bytes of a signing key, by Standard Webhooks.
const minKey, maxKey = 24, 64

// SecretsManager is the one call of AWS Secrets Manager that Secrets makes.
type SecretsManager interface {
	GetSecretValue(ctx context.Context, in *secretsmanager.GetSecretValueInput, options ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error)
}

// Secrets are the signing secrets of webhooks, read by name under a prefix that
// ends in a slash. A secret is text, as Standard Webhooks writes one: "whsec_"
// and 24 to 64 bytes in base64.
type Secrets struct {
	Manager SecretsManager
	Prefix  string // "STACK/webhooks/"
	Clock   func() time.Time

	mu   sync.Mutex
	kept map[string]keptSecret
}

type keptSecret struct {
	text string
	read time.Time
}

// Secret gives a secret, from memory for five minutes after it was read, or
// anew. *app.Refusal "no_secret" or "malformed_secret"; what else goes wrong
// passes. No error holds any part of a secret.
func (s *Secrets) Secret(ctx context.Context, name string, anew bool) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock()
	if kept, ok := s.kept[name]; ok && !anew && now.Sub(kept.read) < secretAge {
		return kept.text, nil
	}
	id := s.Prefix + name
	out, err := s.Manager.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &id})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return "", &app.Refusal{Code: "no_secret"}
	case err != nil:
		return "", fmt.Errorf("secret %s: %w", name, err)
	case out.SecretString == nil || !wellFormedSecret(*out.SecretString):
		return "", &app.Refusal{Code: "malformed_secret"}
	}
	if s.kept == nil {
		s.kept = map[string]keptSecret{}
	}
	s.kept[name] = keptSecret{*out.SecretString, now}
	return *out.SecretString, nil
}

func wellFormedSecret(text string) bool {
	encoded, ok := strings.CutPrefix(text, "whsec_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	return ok && err == nil && len(key) >= minKey && len(key) <= maxKey
}
