package connector_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
)

// manager is AWS Secrets Manager.
type manager struct {
	secrets map[string]string
	down    error
	reads   int
}

func (m *manager) GetSecretValue(_ context.Context, in *secretsmanager.GetSecretValueInput, _ ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	m.reads++
	text, ok := m.secrets[*in.SecretId]
	switch {
	case m.down != nil:
		return nil, m.down
	case !ok:
		return nil, &types.ResourceNotFoundException{}
	case text == "":
		return &secretsmanager.GetSecretValueOutput{SecretBinary: []byte("binary")}, nil
	}
	return &secretsmanager.GetSecretValueOutput{SecretString: &text}, nil
}

func TestASecretIsKeptForFiveMinutes(t *testing.T) {
	now, m := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), &manager{secrets: map[string]string{"latchkey/webhooks/jira": newSecret()}}
	secrets := &connector.Secrets{Manager: m, Prefix: "latchkey/webhooks/", Clock: func() time.Time { return now }}
	reads := func(want int, anew bool) {
		t.Helper()
		got, err := secrets.Secret(t.Context(), "jira", anew)
		if err != nil || got != m.secrets["latchkey/webhooks/jira"] || m.reads != want {
			t.Errorf("read %d times, want %d: %v", m.reads, want, err)
		}
	}
	reads(1, false)
	now = now.Add(5*time.Minute - time.Second)
	reads(1, false)
	now = now.Add(time.Second)
	reads(2, false)
	reads(3, true)
	reads(3, false)
}

func TestWhatIsNoSecret(t *testing.T) {
	m := &manager{secrets: map[string]string{
		"x/binary": "", "x/plain": "hunter2", "x/bare": "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "x/short": "whsec_MfKQ9r8GKYqrTw==",
		"x/broken": "whsec_!!!!9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "x/long": "whsec_" + strings.Repeat("AAAA", 22), "x/good": newSecret(),
	}}
	secrets := &connector.Secrets{Manager: m, Prefix: "x/", Clock: time.Now}
	for name, code := range map[string]string{"none": "no_secret", "binary": "malformed_secret", "plain": "malformed_secret",
		"bare": "malformed_secret", "short": "malformed_secret", "broken": "malformed_secret", "long": "malformed_secret"} {
		var refusal *app.Refusal
		if _, err := secrets.Secret(t.Context(), name, false); !errors.As(err, &refusal) || refusal.Code != code {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.down = errors.New("throttled")
	var refusal *app.Refusal
	if _, err := secrets.Secret(t.Context(), "good", false); err == nil || errors.As(err, &refusal) {
		t.Errorf("while it is down: %v", err)
	}
}
