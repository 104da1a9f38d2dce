// Package meter adds up what DynamoDB says that calls cost
// (ReturnConsumedCapacity).
package meter

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
)

// Meter adds up the calls of the clients that were given its Option.
type Meter struct {
	mu    sync.Mutex
	total Units
}

// Units are write and read units, indexes included.
type Units struct{ Write, Read float64 }

// Take gives what was used since the last Take.
func (m *Meter) Take() Units {
	m.mu.Lock()
	defer m.mu.Unlock()
	u := m.total
	m.total = Units{}
	return u
}

// Option is given to a client that is to be metered.
func (m *Meter) Option(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Meter", m.measure), middleware.After)
	})
}

func (m *Meter) measure(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	ask(in.Parameters)
	out, md, err := next.HandleInitialize(ctx, in)
	if err == nil {
		write, used := answer(out.Result)
		m.add(write, used)
	}
	return out, md, err
}

func ask(parameters any) {
	const total = types.ReturnConsumedCapacityIndexes
	switch p := parameters.(type) {
	case *dynamodb.PutItemInput:
		p.ReturnConsumedCapacity = total
	case *dynamodb.UpdateItemInput:
		p.ReturnConsumedCapacity = total
	case *dynamodb.DeleteItemInput:
		p.ReturnConsumedCapacity = total
	case *dynamodb.TransactWriteItemsInput:
		p.ReturnConsumedCapacity = total
	case *dynamodb.GetItemInput:
		p.ReturnConsumedCapacity = total
	case *dynamodb.QueryInput:
		p.ReturnConsumedCapacity = total
	case *dynamodb.BatchGetItemInput:
		p.ReturnConsumedCapacity = total
	}
}

func answer(result any) (write bool, used []types.ConsumedCapacity) {
	one := func(write bool, c *types.ConsumedCapacity) (bool, []types.ConsumedCapacity) {
		if c == nil {
			return write, nil
		}
		return write, []types.ConsumedCapacity{*c}
	}
	switch r := result.(type) {
	case *dynamodb.PutItemOutput:
		return one(true, r.ConsumedCapacity)
	case *dynamodb.UpdateItemOutput:
		return one(true, r.ConsumedCapacity)
	case *dynamodb.DeleteItemOutput:
		return one(true, r.ConsumedCapacity)
	case *dynamodb.TransactWriteItemsOutput:
		return true, r.ConsumedCapacity
	case *dynamodb.GetItemOutput:
		return one(false, r.ConsumedCapacity)
	case *dynamodb.QueryOutput:
		return one(false, r.ConsumedCapacity)
	case *dynamodb.BatchGetItemOutput:
		return false, r.ConsumedCapacity
	}
	return false, nil
}

func (m *Meter) add(write bool, used []types.ConsumedCapacity) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range used {
		if c.CapacityUnits == nil {
			continue
		}
		if write {
			m.total.Write += *c.CapacityUnits
		} else {
			m.total.Read += *c.CapacityUnits
		}
	}
}
