package e2e

import (
	"cmp"
	"encoding/json"
	"flag"
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
}

var readStack = sync.OnceValues(func() (*stack, error) {
	text, err := os.ReadFile(os.Getenv("LATCHKEY_STACK"))
	if err != nil {
		return nil, err
	}
	var s stack
	return &s, json.Unmarshal(text, &s)
})

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
var httpClient = &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}

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

// patience is how long the slowest thing may take on a busy machine; glance is
// how often one looks.
const (
	patience = 30 * time.Second
	glance   = 150 * time.Millisecond
)

// eventually looks until what is seen is as it should be, and gives it.
func eventually[T any](t *testing.T, what string, look func() T, isSo func(T) bool) T {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	next := time.NewTicker(glance)
	defer next.Stop()
	for {
		seen := look()
		if isSo(seen) {
			return seen
		}
		select {
		case <-deadline.C:
			t.Fatalf("not within %s: %s; last seen: %+v", patience, what, seen)
		case <-next.C:
		}
	}
}
