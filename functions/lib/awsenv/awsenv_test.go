package awsenv

import (
	"context"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestTheConfigurationIsWhatLambdaGives(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_SESSION_TOKEN", "session")
	t.Setenv("AWS_ENDPOINT_URL", "")

	cfg, err := Config()
	if err != nil {
		t.Fatal(err)
	}
	got, err := cfg.Credentials.Retrieve(context.Background())
	if err != nil || got.AccessKeyID != "key" || got.SecretAccessKey != "secret" || got.SessionToken != "session" {
		t.Errorf("credentials: %v %v", got.AccessKeyID, err)
	}
	if cfg.Region != "eu-west-1" || cfg.BaseEndpoint != nil || cfg.RetryMode != "standard" {
		t.Errorf("region %q, endpoint %v, retries %q", cfg.Region, cfg.BaseEndpoint, cfg.RetryMode)
	}
}

func TestAnEndpointOverrideIsHeeded(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
	if cfg, err := Config(); err != nil || *cfg.BaseEndpoint != "http://127.0.0.1:4566" {
		t.Errorf("endpoint %v, %v", cfg.BaseEndpoint, err)
	}
}

func TestWithoutCredentialsThereIsNoConfiguration(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	if _, err := Config(); err == nil {
		t.Error("a configuration without credentials")
	}
}

type settings struct {
	Tables struct {
		Requests string `env:"TEST_REQUESTS"`
	}
	Trusting bool            `env:"TEST_TRUSTING"`
	Minimum  access.Duration `env:"TEST_MINIMUM"`
	Portal   string          `env:"TEST_PORTAL,optional"`
	Origins  []string        `env:"TEST_ORIGINS,optional"`
}

func TestSettingsAreReadFromTheEnvironment(t *testing.T) {
	t.Setenv("TEST_REQUESTS", "requests")
	t.Setenv("TEST_TRUSTING", "true")
	t.Setenv("TEST_MINIMUM", "PT5M")
	t.Setenv("TEST_ORIGINS", "https://a.example.com, https://b.example.com")
	var got settings
	if err := Read(&got); err != nil {
		t.Fatal(err)
	}
	if got.Tables.Requests != "requests" || !got.Trusting || time.Duration(got.Minimum) != 5*time.Minute ||
		got.Portal != "" || len(got.Origins) != 2 || got.Origins[1] != "https://b.example.com" {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsMissingIsNamedAllAtOnceAndValuesAreNot(t *testing.T) {
	t.Setenv("TEST_MINIMUM", "five-secret-minutes")
	var got settings
	err := Read(&got)
	if err == nil {
		t.Fatal("read without what it needs")
	}
	for _, name := range []string{"TEST_REQUESTS is missing", "TEST_TRUSTING is missing", "TEST_MINIMUM cannot be read"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not say that %s", err, name)
		}
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("%v holds a value", err)
	}
}
