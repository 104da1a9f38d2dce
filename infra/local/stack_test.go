package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func outputs() map[string]string {
	out := map[string]string{"ApiId": apiTag}
	for _, name := range []string{
		"UserPoolId", "UserPoolClientId", "ApprovalMachineArn", "RevocationMachineArn",
		"ApprovalsFunctionName", "ProvisionerFunctionName", "SweeperFunctionName", "AlarmTopicArn",
		"RequestsTable", "EntitlementsTable", "DirectoryTable", "CatalogTable",
	} {
		out[name] = "the " + name
	}
	return out
}

func TestTheStackReadsAsItWasWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "stack.json")
	if _, err := readStack(file); err == nil || !strings.Contains(err.Error(), "make run") {
		t.Errorf("without a stack the error says %v", err)
	}
	s := newStack(ports{Emulator: 4000, Inbox: 4001, SMTP: 4002, Webhooks: 4003, Control: 4004, Slack: 4005})
	if err := s.describe(outputs()); err != nil {
		t.Fatal(err)
	}
	s.People = []Login{{ID: "ana", Email: "ana@example.com", Password: "secret"}}
	if err := s.write(file); err != nil {
		t.Fatal(err)
	}
	got, err := readStack(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Error(diff)
	}
}

func TestEverythingHasItsAddress(t *testing.T) {
	s := newStack(ports{Emulator: 4000, Inbox: 4001, SMTP: 4002, Webhooks: 4003, Control: 4004, Slack: 4005})
	for got, want := range map[string]string{
		s.API:      "http://127.0.0.1:4000/_aws/execute-api/a11ce551/$default",
		s.Portal:   "http://a11ce551.execute-api.localhost:4000",
		s.Inbox:    "http://127.0.0.1:4001",
		s.Endpoint: "http://127.0.0.1:4000",

		s.Webhooks.URL:     "https://127.0.0.1:4003",
		s.Webhooks.Control: "http://127.0.0.1:4004",
		s.Slack.URL:        "http://127.0.0.1:4005",
		s.Slack.Control:    "http://127.0.0.1:4005/control",
	} {
		if got != want {
			t.Errorf("%s should be %s", got, want)
		}
	}
}

func TestAStackThatLacksAnOutputIsNotReady(t *testing.T) {
	for name := range outputs() {
		out := outputs()
		delete(out, name)
		s := newStack(ports{})
		if err := s.describe(out); err == nil {
			t.Errorf("without %s it counts as ready", name)
		}
	}
}

func TestNothingLeadsSAMToARealAccount(t *testing.T) {
	t.Setenv("AWS_PROFILE", "production")
	t.Setenv("AWS_SESSION_TOKEN", "real")
	t.Setenv("SAM_CLI_POLL_DELAY", "9")
	s := newStack(ports{Emulator: 4000})
	env := map[string]string{}
	for _, entry := range s.toolEnvironment(places{state: t.TempDir()}) {
		name, value, _ := strings.Cut(entry, "=")
		env[name] = value
	}
	for _, name := range []string{"AWS_PROFILE", "AWS_SESSION_TOKEN", "SAM_CLI_POLL_DELAY"} {
		if _, there := env[name]; there {
			t.Errorf("%s is passed on", name)
		}
	}
	if env["AWS_ENDPOINT_URL"] != s.Endpoint || env["AWS_SHARED_CREDENTIALS_FILE"] != os.DevNull {
		t.Errorf("the environment is %v", env)
	}
}
