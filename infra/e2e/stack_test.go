package e2e

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"latchkey/functions/lib/dynamo"
)

// stack is what stack.json says about the running stack.
type stack struct {
	API         string        `json:"api"`
	Portal      string        `json:"portal"`
	Inbox       string        `json:"inbox"`
	Region      string        `json:"region"`
	Endpoint    string        `json:"endpoint"`
	UserPool    string        `json:"user_pool"`
	Client      string        `json:"client"`
	Approval    string        `json:"approval_machine"`
	Revocation  string        `json:"revocation_machine"`
	Provisioner string        `json:"provisioner"`
	Sweeper     string        `json:"sweeper"`
	AlarmTopic  string        `json:"alarm_topic"`
	Webhooks    webhooks      `json:"webhooks"`
	Slack       workspace     `json:"slack"`
	Tables      dynamo.Tables `json:"tables"`
	People      []login       `json:"people"`
}

// webhooks says where the company's own endpoint is.
type webhooks struct {
	URL     string `json:"url"`
	Secret  string `json:"secret"`
	Control string `json:"control"`
}

// workspace says where the company's Slack is.
type workspace struct {
	Control string `json:"control"`
}

// login is a person who can sign in.
type login struct {
	ID       string `json:"id"`
	Email    string `json:"email"`
	Password string `json:"password"`
}

// TestMain lets more stories run side by side than there are processors: they
// wait more than they work.
func TestMain(m *testing.M) {
	flag.Parse()
	chosen := false
	flag.Visit(func(f *flag.Flag) { chosen = chosen || f.Name == "test.parallel" })
	if !chosen {
		if err := flag.Set("test.parallel", "8"); err != nil {
			panic(err)
		}
	}
	m.Run()
	fmt.Fprintln(os.Stderr, waited.summary())
}

var readStack = sync.OnceValues(func() (*stack, error) {
	text, err := os.ReadFile(os.Getenv("LATCHKEY_STACK"))
	if err != nil {
		return nil, err
	}
	var s stack
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, err
	}
	return &s, s.hurrySlack()
})

// hurrySlack lets Slack take twenty times as many calls as it does: many stories
// share one workspace, and all of them would wait for each other.
func (s *stack) hurrySlack() error {
	ctx := context.Background()
	settings, err := s.slack().Settings(ctx)
	if err != nil {
		return err
	}
	settings.Pace = 20
	return s.slack().Set(ctx, settings)
}

// running gives the stack under test.
func running(t *testing.T) *stack {
	t.Helper()
	if os.Getenv("LATCHKEY_STACK") == "" {
		t.Skip("LATCHKEY_STACK names no running stack")
	}
	s, err := readStack()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// httpClient keeps a connection for each of many callers at once.
var httpClient = &http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}

// config is for clients of the AWS APIs, as the account's administrator.
func (s *stack) config() aws.Config {
	cfg := aws.Config{
		Region: s.Region,
		Credentials: credentials.NewStaticCredentialsProvider(cmp.Or(os.Getenv("AWS_ACCESS_KEY_ID"), "test"),
			cmp.Or(os.Getenv("AWS_SECRET_ACCESS_KEY"), "test"), os.Getenv("AWS_SESSION_TOKEN")),
		HTTPClient: httpClient,
	}
	if s.Endpoint != "" {
		cfg.BaseEndpoint = &s.Endpoint
	}
	return cfg
}
