package dynamo

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/app"
)

// Marks remembers what was sent, and what came.
type Marks struct {
	db    database
	table string
}

func markKey(key string) string { return "MAIL#" + key }

// Marked tells whether Mark was called for a key and DynamoDB has not forgotten
// it since it expired.
func (s *Marks) Marked(ctx context.Context, name string) (bool, error) {
	_, err := s.db.get(ctx, s.table, markKey(name), "MARK")
	if errors.Is(err, app.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Mark remembers a key. It may be repeated.
func (s *Marks) Mark(ctx context.Context, name string, expires time.Time) error {
	it := key(markKey(name), "MARK")
	it["expires_at"] = number(int(expires.Unix()))
	if _, err := s.db.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.table, Item: it}); err != nil {
		return failed("mark", err)
	}
	return nil
}

// Once notes a key, if it is not noted. What is written names the call, so that
// an attempt of it whose answer was lost does not count as another's.
func (s *Marks) Once(ctx context.Context, name string, expires time.Time) (bool, error) {
	call := rand.Text()
	it := key("ONCE#"+name, "MARK")
	it["call"], it["expires_at"] = text(call), number(int(expires.Unix()))
	_, err := s.db.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: it, ConditionExpression: aws.String("attribute_not_exists(pk)"),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if refusal, noted := refusedByCondition(err); noted {
		return textOf(refusal.Item, "call") == call, nil
	}
	if err != nil {
		return false, failed("once", err)
	}
	return true, nil
}
