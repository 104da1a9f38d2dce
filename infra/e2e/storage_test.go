package e2e

import (
	"cmp"
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/storetest"
)

// TestTheStacksTablesKeepTheStoresPromises runs the contract of the stores
// against the tables of the stack that LATCHKEY_STACK names, with ids that no
// one else uses.
func TestTheStacksTablesKeepTheStoresPromises(t *testing.T) {
	open := stackStores(t)
	t.Run("stores", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) storetest.Stores { return open(t) })
	})
	t.Run("faults", func(t *testing.T) { storetest.RunFaults(t, open) })
	t.Run("cost", func(t *testing.T) { storetest.RunCost(t, open) })
}

func stackStores(t *testing.T) func(*testing.T, ...func(*dynamodb.Options)) storetest.Stores {
	path := os.Getenv("LATCHKEY_STACK")
	if path == "" {
		t.Skip("LATCHKEY_STACK names no running stack")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var stack struct {
		Endpoint string        `json:"endpoint"`
		Region   string        `json:"region"`
		Tables   dynamo.Tables `json:"tables"`
	}
	if err := json.Unmarshal(data, &stack); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	cfg := aws.Config{
		Region: stack.Region,
		Credentials: credentials.NewStaticCredentialsProvider(cmp.Or(os.Getenv("AWS_ACCESS_KEY_ID"), "test"),
			cmp.Or(os.Getenv("AWS_SECRET_ACCESS_KEY"), "test"), os.Getenv("AWS_SESSION_TOKEN")),
		HTTPClient: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}},
	}
	if stack.Endpoint != "" {
		cfg.BaseEndpoint = &stack.Endpoint
	}
	return func(t *testing.T, options ...func(*dynamodb.Options)) storetest.Stores {
		return storetest.Of(dynamo.New(dynamo.Client(cfg, options...), stack.Tables), true)
	}
}
