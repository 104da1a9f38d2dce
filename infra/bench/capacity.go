package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
)

// asBilled makes a client of DynamoDB Local report what DynamoDB reports.
//
// Of a transaction that is each item, rounded up and counted twice, and each
// write to an index once. DynamoDB Local, since 3.0, rounds up the sum of the
// items, and counts the indexes twice too. So each write is sent as a
// transaction of its own: this is for what runs alone and succeeds.
//   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling
//   - https://github.com/awslabs/amazon-dynamodb-local-samples/issues/31
//   - https://github.com/nubo-db/dynoxide/pull/188, measured on DynamoDB
//
// A query that finds nothing costs the least that a read can, not nothing.
//   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
func asBilled(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("AsBilled", correct), middleware.After)
	})
}

func correct(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	if whole, ok := in.Parameters.(*dynamodb.TransactWriteItemsInput); ok {
		return apart(ctx, whole, in, next)
	}
	out, md, err := next.HandleInitialize(ctx, in)
	query, ok := in.Parameters.(*dynamodb.QueryInput)
	if found, _ := out.Result.(*dynamodb.QueryOutput); ok && err == nil && found.ConsumedCapacity != nil {
		least := 0.5
		if aws.ToBool(query.ConsistentRead) {
			least = 1
		}
		*found.ConsumedCapacity.CapacityUnits = max(least, *found.ConsumedCapacity.CapacityUnits)
	}
	return out, md, err
}

func apart(ctx context.Context, whole *dynamodb.TransactWriteItemsInput, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	result := &dynamodb.TransactWriteItemsOutput{}
	var metadata middleware.Metadata
	for _, write := range whole.TransactItems {
		in.Parameters = &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{write},
			ReturnConsumedCapacity: types.ReturnConsumedCapacityIndexes}
		out, md, err := next.HandleInitialize(ctx, in)
		if err != nil {
			return out, md, err
		}
		metadata = md
		for _, c := range out.Result.(*dynamodb.TransactWriteItemsOutput).ConsumedCapacity {
			result.ConsumedCapacity = append(result.ConsumedCapacity, single(c))
		}
	}
	return middleware.InitializeOutput{Result: result}, metadata, nil
}

// single corrects what is reported of a transaction of one write.
func single(c types.ConsumedCapacity) types.ConsumedCapacity {
	units := *c.Table.CapacityUnits
	for _, index := range c.GlobalSecondaryIndexes {
		units += *index.CapacityUnits / 2
	}
	return types.ConsumedCapacity{TableName: c.TableName, CapacityUnits: aws.Float64(units)}
}
