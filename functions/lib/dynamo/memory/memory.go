// Package memory is a DynamoDB in the test's own memory, as far as package
// dynamo uses one: the stores run on it unchanged, a thousand times faster than
// on DynamoDB Local, so that tests can afford thousands of worlds.
//
// It passes the suite of package storetest. What it does not know, it refuses;
// its indexes are never behind, and it forgets a transaction's token at once, as
// DynamoDB does after ten minutes.
package memory

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/dynamolocal"
)

type item = map[string]types.AttributeValue

// rowKey is the primary key of every table.
type rowKey struct{ pk, sk string }

type table struct {
	rows    map[rowKey]item
	indexes map[string]index
}

type index struct {
	hash, sort string
	keysOnly   bool
}

// Write is one row as it was written, or nil where it was deleted.
type Write struct {
	Table, PK, SK string
	Inserted      bool
	Row           map[string]types.AttributeValue
}

// Memory holds the tables of template.yaml.
type Memory struct {
	mu     sync.Mutex
	tables map[string]*table

	// Watch is told of every write, in order, before its writer is.
	Watch func(Write)
}

// Tables are the names of its tables.
var Tables = dynamo.Tables{Requests: "Requests", Entitlements: "Entitlements", Directory: "Directory", Catalog: "Catalog"}

// New makes empty tables.
func New(tb testing.TB) *Memory {
	tb.Helper()
	m := &Memory{tables: map[string]*table{}}
	for name, described := range dynamolocal.Described(tb) {
		t := &table{rows: map[rowKey]item{}, indexes: map[string]index{"": {hash: "pk", sort: "sk"}}}
		for _, gsi := range described.GlobalSecondaryIndexes {
			i := index{keysOnly: gsi.Projection.ProjectionType == types.ProjectionTypeKeysOnly}
			for _, k := range gsi.KeySchema {
				if k.KeyType == types.KeyTypeHash {
					i.hash = *k.AttributeName
				} else {
					i.sort = *k.AttributeName
				}
			}
			t.indexes[*gsi.IndexName] = i
		}
		m.tables[name] = t
	}
	return m
}

// Copy gives a second one with the same rows, which goes its own way.
func (m *Memory) Copy() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := &Memory{tables: map[string]*table{}}
	for name, t := range m.tables {
		c.tables[name] = &table{rows: maps.Clone(t.rows), indexes: t.indexes}
	}
	return c
}

// Client makes a client of it. Options may add what happens before.
func (m *Memory) Client(options ...func(*dynamodb.Options)) *dynamodb.Client {
	answer := func(o *dynamodb.Options) {
		o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
			return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Memory", m.answer), middleware.After)
		})
	}
	return dynamodb.New(dynamodb.Options{Region: "local"}, append([]func(*dynamodb.Options){answer}, options...)...)
}

// answer stands where the request would be sent.
func (m *Memory) answer(ctx context.Context, in middleware.InitializeInput, _ middleware.InitializeHandler) (out middleware.InitializeOutput, md middleware.Metadata, err error) {
	if err := ctx.Err(); err != nil {
		return out, md, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch p := in.Parameters.(type) {
	case *dynamodb.GetItemInput:
		out.Result = &dynamodb.GetItemOutput{Item: maps.Clone(m.tables[*p.TableName].rows[keyOf(p.Key)])}
	case *dynamodb.BatchGetItemInput:
		out.Result = m.batch(p)
	case *dynamodb.QueryInput:
		out.Result, err = m.query(p)
	case *dynamodb.PutItemInput:
		err = m.single(types.TransactWriteItem{Put: &types.Put{TableName: p.TableName, Item: p.Item,
			ConditionExpression: p.ConditionExpression, ExpressionAttributeNames: p.ExpressionAttributeNames,
			ExpressionAttributeValues:           p.ExpressionAttributeValues,
			ReturnValuesOnConditionCheckFailure: p.ReturnValuesOnConditionCheckFailure}})
		out.Result = &dynamodb.PutItemOutput{}
	case *dynamodb.DeleteItemInput:
		was := maps.Clone(m.tables[*p.TableName].rows[keyOf(p.Key)])
		err = m.single(types.TransactWriteItem{Delete: &types.Delete{TableName: p.TableName, Key: p.Key,
			ConditionExpression: p.ConditionExpression, ExpressionAttributeNames: p.ExpressionAttributeNames,
			ExpressionAttributeValues: p.ExpressionAttributeValues}})
		deleted := &dynamodb.DeleteItemOutput{}
		if p.ReturnValues == types.ReturnValueAllOld {
			deleted.Attributes = was
		}
		out.Result = deleted
	case *dynamodb.UpdateItemInput:
		err = m.single(types.TransactWriteItem{Update: &types.Update{TableName: p.TableName, Key: p.Key,
			UpdateExpression: p.UpdateExpression, ConditionExpression: p.ConditionExpression,
			ExpressionAttributeNames: p.ExpressionAttributeNames, ExpressionAttributeValues: p.ExpressionAttributeValues}})
		out.Result = &dynamodb.UpdateItemOutput{Attributes: maps.Clone(m.tables[*p.TableName].rows[keyOf(p.Key)])}
	case *dynamodb.TransactWriteItemsInput:
		err = m.transact(p.TransactItems)
		out.Result = &dynamodb.TransactWriteItemsOutput{}
	default:
		err = fmt.Errorf("memory: %T is not known", p)
	}
	if err != nil {
		out.Result = nil
	}
	return out, md, err
}

func keyOf(it item) rowKey { return rowKey{textOf(it["pk"]), textOf(it["sk"])} }

func textOf(v types.AttributeValue) string {
	if s, ok := v.(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

func (m *Memory) batch(p *dynamodb.BatchGetItemInput) *dynamodb.BatchGetItemOutput {
	out := &dynamodb.BatchGetItemOutput{Responses: map[string][]item{}}
	for name, asked := range p.RequestItems {
		for _, k := range asked.Keys {
			if it, there := m.tables[name].rows[keyOf(k)]; there {
				out.Responses[name] = append(out.Responses[name], maps.Clone(it))
			}
		}
	}
	return out
}
