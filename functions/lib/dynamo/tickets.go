package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Tickets keeps what lets people finish a sign-in with Slack.
type Tickets struct {
	db    database
	table string
}

const ticketKey = "TICKET"

type ticketRecord struct {
	Person    string `dynamodbav:"person"`
	Nonce     string `dynamodbav:"nonce"`
	ExpiresAt int64  `dynamodbav:"expires_at"` // DynamoDB deletes it some time after
}

func ticketPartition(hash string) string { return "TICKET#" + hash }

// PutTicket keeps a ticket until some time after it expires. It may be repeated.
func (s *Tickets) PutTicket(ctx context.Context, t app.Ticket) error {
	it, err := row(ticketPartition(t.Key), ticketKey, ticketRecord{string(t.Person), t.Nonce, t.Expires.Unix()})
	if err != nil {
		return err
	}
	if _, err := s.db.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.table, Item: it}); err != nil {
		return failed("ticket", err)
	}
	return nil
}

// TakeTicket removes a person's ticket and gives it. Of several callers one gets
// it; ErrNotFound to the others.
func (s *Tickets) TakeTicket(ctx context.Context, hash string, person access.PersonID) (app.Ticket, error) {
	out, err := s.db.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.table, Key: key(ticketPartition(hash), ticketKey),
		ConditionExpression:       aws.String("#person = :person"),
		ExpressionAttributeNames:  map[string]string{"#person": "person"},
		ExpressionAttributeValues: item{":person": text(string(person))},
		ReturnValues:              types.ReturnValueAllOld,
	})
	if _, none := refusedByCondition(err); none {
		return app.Ticket{}, fmt.Errorf("ticket: %w", app.ErrNotFound)
	}
	if err != nil {
		return app.Ticket{}, failed("ticket", err)
	}
	var r ticketRecord
	if err := attributevalue.UnmarshalMap(out.Attributes, &r); err != nil {
		return app.Ticket{}, fmt.Errorf("ticket: %w", err)
	}
	return app.Ticket{Key: hash, Person: access.PersonID(r.Person), Nonce: r.Nonce, Expires: fromEpoch(r.ExpiresAt)}, nil
}
