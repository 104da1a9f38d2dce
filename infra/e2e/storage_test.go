package e2e

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/storetest"
)

// TestTheStacksTablesKeepTheStoresPromises runs the contract of the stores
// against the tables of the stack that LATCHKEY_STACK names, with ids that no
// one else uses.
func TestTheStacksTablesKeepTheStoresPromises(t *testing.T) {
	s := running(t)
	open := func(t *testing.T, options ...func(*dynamodb.Options)) storetest.Stores {
		return storetest.Of(dynamo.New(dynamo.Client(s.config(), options...), s.Tables), true)
	}
	t.Run("stores", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) storetest.Stores { return open(t) })
	})
	t.Run("faults", func(t *testing.T) { storetest.RunFaults(t, open) })
	t.Run("cost", func(t *testing.T) { storetest.RunCost(t, open) })
}
