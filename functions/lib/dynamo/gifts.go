package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func giftKey(t access.Target) string { return "GIFT#" + t.String() }

type giftRecord struct {
	Account string `dynamodbav:"account"`
	TakenAt string `dynamodbav:"taken_at,omitempty"`
}

// Gift reads what is remembered of access that Latchkey gave, or the zero Gift.
func (s *Entitlements) Gift(ctx context.Context, k app.EntitlementKey) (app.Gift, error) {
	it, err := s.db.get(ctx, s.table, personKey(k.Person), giftKey(k.Target))
	if errors.Is(err, app.ErrNotFound) {
		return app.Gift{}, nil
	}
	if err != nil {
		return app.Gift{}, err
	}
	var r giftRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Gift{}, fmt.Errorf("gift: %w", err)
	}
	var p parser
	g := app.Gift{Account: r.Account, TakenAt: p.time(r.TakenAt)}
	return g, p.err
}

// PutGift writes it. Whoever holds the entitlement's lease is the only one to.
func (s *Entitlements) PutGift(ctx context.Context, k app.EntitlementKey, g app.Gift) error {
	it, err := row(personKey(k.Person), giftKey(k.Target), giftRecord{g.Account, stamp(g.TakenAt)})
	if err != nil {
		return err
	}
	if _, err := s.db.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.table, Item: it}); err != nil {
		return failed("gift", err)
	}
	return nil
}
