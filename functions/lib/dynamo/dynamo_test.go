package dynamo_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/dynamolocal"
	"latchkey/functions/lib/dynamo/storetest"
)

func TestStoresKeepTheirPromises(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Stores { return open(t) })
}

func TestStoresSurviveFaults(t *testing.T) {
	storetest.RunFaults(t, open)
}

// open gives stores on new tables.
func open(t *testing.T, options ...func(*dynamodb.Options)) storetest.Stores {
	local := dynamolocal.Start(t)
	return storetest.Of(dynamo.New(local.Client(options...), local.Tables(t)))
}

func TestASimpleLifeIsCheap(t *testing.T) { storetest.RunCost(t, open) }
