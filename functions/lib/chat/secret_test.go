package chat

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// safe is Secrets Manager with one secret.
type safe struct {
	text string
	err  error
	read int
}

func (s *safe) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	s.read++
	return &secretsmanager.GetSecretValueOutput{SecretString: aws.String(s.text)}, s.err
}

// TestWhileTheSecretCannotBeReadTheKnownOneServes, until it is taken away.
func TestWhileTheSecretCannotBeReadTheKnownOneServes(t *testing.T) {
	now := time.Now()
	manager := &safe{text: `{"bot_token":"xoxb-1","signing_secret":"s","client_secret":"c"}`}
	secrets := &Secrets{Manager: manager, Name: "latchkey/slack", Clock: func() time.Time { return now }}
	gives := func(token string, read int) {
		t.Helper()
		got, err := secrets.Secret(t.Context(), false)
		if err != nil || got.BotToken != token || manager.read != read {
			t.Errorf("%q after %d reads, %v", got.BotToken, manager.read, err)
		}
	}
	gives("xoxb-1", 1)
	now, manager.err = now.Add(secretAge), errors.New("throttled")
	gives("xoxb-1", 2)
	gives("xoxb-1", 2)
	now, manager.err, manager.text = now.Add(failureAge), nil, `{"bot_token":"xoxb-2","signing_secret":"s","client_secret":"c"}`
	gives("xoxb-2", 3)
	now, manager.text = now.Add(secretAge), `{"bot_token":""}`
	if _, err := secrets.Secret(t.Context(), false); !errors.Is(err, ErrNotSetUp) {
		t.Errorf("once it is taken away: %v", err)
	}
}
