package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Copies remembers the messages in Slack. They stand in partitions of their own,
// so that who writes them need not be able to write requests.
type Copies struct {
	db    database
	table string
}

type copyRecord struct {
	User    string `dynamodbav:"user"`
	Channel string `dynamodbav:"channel"`
	Stamp   string `dynamodbav:"stamp"`
	Version int    `dynamodbav:"version"`
	Shown   string `dynamodbav:"shown"`
	Seq     int    `dynamodbav:"seq"`
	Standby bool   `dynamodbav:"standby"`
}

func copyKey(request access.RequestID) string { return "SLACK#" + string(request) }

const copyPrefix = "COPY#"

// Copy reads the message that someone has about a request, consistently.
func (s *Copies) Copy(ctx context.Context, request access.RequestID, person access.PersonID) (app.Copy, error) {
	it, err := s.db.get(ctx, s.table, copyKey(request), copyPrefix+string(person))
	if err != nil {
		return app.Copy{}, err
	}
	return readCopy(request, it)
}

// Copies lists the messages about a request, read consistently.
func (s *Copies) Copies(ctx context.Context, request access.RequestID) ([]app.Copy, error) {
	items, _, err := s.db.query(ctx, span{table: s.table, hash: "pk", value: copyKey(request), sort: "sk", begins: copyPrefix})
	if err != nil {
		return nil, err
	}
	out := make([]app.Copy, len(items))
	for i, it := range items {
		if out[i], err = readCopy(request, it); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PutCopy writes a copy over the one that was read before.
func (s *Copies) PutCopy(ctx context.Context, before, after app.Copy) error {
	it, err := row(copyKey(after.Request), copyPrefix+string(after.Person), recordOfCopy(after))
	if err != nil {
		return err
	}
	in := &dynamodb.PutItemInput{TableName: &s.table, Item: it, ConditionExpression: aws.String("attribute_not_exists(pk)")}
	if before != (app.Copy{}) {
		in.ConditionExpression, in.ExpressionAttributeValues = aws.String(sameCopy), valuesOfCopy(before)
	}
	_, err = s.db.client.PutItem(ctx, in)
	return failedCopy(err)
}

// DropCopy forgets a copy that is still as it was read.
func (s *Copies) DropCopy(ctx context.Context, c app.Copy) error {
	_, err := s.db.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &s.table,
		Key:                 key(copyKey(c.Request), copyPrefix+string(c.Person)),
		ConditionExpression: aws.String(sameCopy), ExpressionAttributeValues: valuesOfCopy(c)})
	return failedCopy(err)
}

const sameCopy = "stamp = :stamp AND version = :version AND shown = :shown AND seq = :seq"

func valuesOfCopy(c app.Copy) item {
	return item{":stamp": text(c.Stamp), ":version": number(c.Version), ":shown": text(c.Shown), ":seq": number(c.Seq)}
}

func failedCopy(err error) error {
	if _, other := refusedByCondition(err); other {
		return fmt.Errorf("copy: %w", app.ErrConflict)
	}
	if err != nil {
		return failed("copy", err)
	}
	return nil
}

func recordOfCopy(c app.Copy) copyRecord {
	return copyRecord{c.User, c.Channel, c.Stamp, c.Version, c.Shown, c.Seq, c.Standby}
}

func readCopy(request access.RequestID, it item) (app.Copy, error) {
	var r copyRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Copy{}, fmt.Errorf("copy: %w", err)
	}
	person := access.PersonID(textOf(it, "sk")[len(copyPrefix):])
	return app.Copy{Request: request, Person: person, User: r.User, Channel: r.Channel, Stamp: r.Stamp, Version: r.Version, Shown: r.Shown, Seq: r.Seq, Standby: r.Standby}, nil
}
