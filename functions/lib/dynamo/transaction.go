package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// maxParts is what one transaction takes.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
const maxParts = 100

// part is one write of a transaction, with what it means when its condition
// does not hold. Parts stand in the order in which their refusals count.
type part struct {
	types.TransactWriteItem
	refused func(found item) error
}

// means says that a part whose condition fails has one meaning, whatever is
// found there.
func means(err error) func(item) error { return func(item) error { return err } }

// transact writes the parts, all or none, as the effect of the last of the
// events. Its hash makes the transaction known: DynamoDB takes the same one for
// a repetition during ten minutes, and after that the event is found written.
func (db database) transact(ctx context.Context, table string, last access.SealedEvent, parts []part) error {
	if len(parts) > maxParts {
		return fmt.Errorf("%w: %d writes, of at most %d", app.ErrTooLarge, len(parts), maxParts)
	}
	items := make([]types.TransactWriteItem, len(parts))
	for i, p := range parts {
		items[i] = p.TransactWriteItem
	}
	_, err := db.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		ClientRequestToken: aws.String(last.Hash[:36]), // the most that it may have
		TransactItems:      items,
	})
	if err == nil {
		return nil
	}
	refusal := refusalOf(err, parts)
	if refusal == nil {
		return failed("transaction", err)
	}
	written, readErr := db.event(ctx, table, last.Subject, last.Seq)
	switch {
	case readErr == nil && written.Hash == last.Hash:
		return nil
	case readErr != nil && !errors.Is(readErr, app.ErrNotFound):
		return fmt.Errorf("transaction: %w: %w", app.ErrUnknown, readErr)
	}
	return refusal
}

// refusalOf says what it means that DynamoDB refused a transaction, or nil if
// it did not refuse it.
func refusalOf(err error, parts []part) error {
	if mismatch := (*types.IdempotentParameterMismatchException)(nil); errors.As(err, &mismatch) {
		return fmt.Errorf("%w: %w", app.ErrConflict, err)
	}
	canceled := (*types.TransactionCanceledException)(nil)
	if !errors.As(err, &canceled) {
		return nil
	}
	var other error
	for i, reason := range canceled.CancellationReasons {
		switch aws.ToString(reason.Code) {
		case conditionFailed:
			return parts[i].refused(reason.Item)
		case collided:
			other = fmt.Errorf("%w: the transaction met another", app.ErrConflict)
		case throttled, overProvisioned:
			if other == nil {
				other = fmt.Errorf("%w: %w", app.ErrUnknown, err)
			}
		}
	}
	return other
}

func put(table string, it item) part {
	return part{types.TransactWriteItem{Put: &types.Put{TableName: &table, Item: it}}, nil}
}

func remove(table string, key item) part {
	return part{types.TransactWriteItem{Delete: &types.Delete{TableName: &table, Key: key}}, nil}
}

// putNew writes an item that must not be there yet.
func putNew(table string, it item, refused func(item) error) part {
	return putIf(table, it, condition{text: "attribute_not_exists(pk)"}, refused)
}

func putIf(table string, it item, c condition, refused func(item) error) part {
	return part{types.TransactWriteItem{Put: &types.Put{
		TableName: &table, Item: it, ConditionExpression: &c.text,
		ExpressionAttributeNames: c.names, ExpressionAttributeValues: c.values,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}}, refused}
}

// condition is a condition expression with what it refers to.
type condition struct {
	text   string
	names  map[string]string
	values item
}
