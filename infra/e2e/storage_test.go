package e2e

import (
	"context"
	"crypto/rand"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/storetest"
)

// TestTheStacksTablesKeepTheStoresPromises runs the contract of the stores in
// the stack's DynamoDB, on empty twins of the tables that were deployed: what
// the suite writes never comes to the stack's functions.
func TestTheStacksTablesKeepTheStoresPromises(t *testing.T) {
	t.Parallel()
	s := running(t)
	deployed := s.describeTables(t)
	open := func(t *testing.T, options ...func(*dynamodb.Options)) storetest.Stores {
		return storetest.Of(dynamo.New(dynamo.Client(s.config(), options...), s.twins(t, deployed)))
	}
	t.Run("stores", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) storetest.Stores { return open(t) })
	})
	t.Run("faults", func(t *testing.T) { storetest.RunFaults(t, open) })
	t.Run("cost", func(t *testing.T) { storetest.RunCost(t, open) })
}

// describeTables reads how the stack's tables were deployed, by their names.
func (s *stack) describeTables(t *testing.T) map[string]*types.TableDescription {
	t.Helper()
	found := map[string]*types.TableDescription{}
	for _, name := range []string{s.Tables.Requests, s.Tables.Entitlements, s.Tables.Directory, s.Tables.Catalog} {
		out, err := dynamo.Client(s.config()).DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &name})
		if err != nil {
			t.Fatalf("table %s: %v", name, err)
		}
		found[name] = out.Table
	}
	return found
}

// twins makes empty tables of the same keys and indexes, for as long as the test.
func (s *stack) twins(t *testing.T, deployed map[string]*types.TableDescription) dynamo.Tables {
	t.Helper()
	client, mark := dynamo.Client(s.config()), rand.Text()[:10]
	twin := func(name string) string {
		in := &dynamodb.CreateTableInput{TableName: aws.String(name + "-" + mark), BillingMode: types.BillingModePayPerRequest,
			KeySchema: deployed[name].KeySchema, AttributeDefinitions: deployed[name].AttributeDefinitions}
		for _, index := range deployed[name].GlobalSecondaryIndexes {
			in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
				IndexName: index.IndexName, KeySchema: index.KeySchema, Projection: index.Projection})
		}
		if _, err := client.CreateTable(t.Context(), in); err != nil {
			t.Fatalf("twin of %s: %v", name, err)
		}
		t.Cleanup(func() {
			if _, err := client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: in.TableName}); err != nil {
				t.Errorf("twin of %s: %v", name, err)
			}
		})
		return *in.TableName
	}
	return dynamo.Tables{Requests: twin(s.Tables.Requests), Entitlements: twin(s.Tables.Entitlements),
		Directory: twin(s.Tables.Directory), Catalog: twin(s.Tables.Catalog)}
}
