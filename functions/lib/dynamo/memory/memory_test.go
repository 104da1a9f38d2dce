package memory_test

import (
	"testing"

	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
	"latchkey/functions/lib/dynamo/storetest"
)

func TestTheStoresKeepTheirPromisesInMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Stores {
		return storetest.Of(dynamo.New(memory.New(t).Client(), memory.Tables))
	})
}
