package dynamo

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Entitlements stores what people hold.
type Entitlements struct {
	db    database
	table string
}

const statePrefix = "ENTITLEMENT#"

func stateKey(t access.Target) string { return statePrefix + t.String() }

type entitlementRecord struct {
	Version    int    `dynamodbav:"version"`
	Present    bool   `dynamodbav:"present"`
	ObservedAt string `dynamodbav:"observed_at,omitempty"`
	Foreign    bool   `dynamodbav:"foreign"`
	Lease      string `dynamodbav:"lease,omitempty"`
	LeasedTill string `dynamodbav:"leased_till,omitempty"`
	Last       string `dynamodbav:"last_request,omitempty"`
	GoneAt     string `dynamodbav:"gone_at,omitempty"`
	Readded    string `dynamodbav:"readded,omitempty"`
	CheckShard string `dynamodbav:"check_shard,omitempty"` // the keys of the index by check
	CheckAt    string `dynamodbav:"check_at,omitempty"`
}

func readEntitlement(k app.EntitlementKey, it item) (app.Entitlement, error) {
	var r entitlementRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Entitlement{}, fmt.Errorf("entitlement: %w", err)
	}
	var p parser
	e := app.Entitlement{EntitlementKey: k, Version: r.Version, Present: r.Present, ObservedAt: p.time(r.ObservedAt),
		Foreign: r.Foreign, Lease: r.Lease, LeasedTill: p.time(r.LeasedTill), Last: access.RequestID(r.Last),
		GoneAt: p.time(r.GoneAt), Readded: access.RequestID(r.Readded), CheckAt: p.time(r.CheckAt)}
	return e, p.err
}

// Acquire takes the lease. Taking it again with the same lease renews it.
func (s *Entitlements) Acquire(ctx context.Context, k app.EntitlementKey, lease string, now, until time.Time) (app.Entitlement, error) {
	out, err := s.db.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(personKey(k.Person), stateKey(k.Target)),
		UpdateExpression:         aws.String("SET #lease = :lease, #till = :until ADD #version :one"),
		ConditionExpression:      aws.String("attribute_not_exists(#lease) OR #lease = :lease OR #till <= :now"),
		ExpressionAttributeNames: map[string]string{"#lease": "lease", "#till": "leased_till", "#version": "version"},
		ExpressionAttributeValues: item{":lease": text(lease), ":now": text(stamp(now)), ":until": text(stamp(until)),
			":one": number(1)},
		ReturnValues: types.ReturnValueAllNew,
	})
	if _, leased := refusedByCondition(err); leased {
		return app.Entitlement{}, fmt.Errorf("entitlement %s of %s: %w", k.Target, k.Person, app.ErrLeased)
	}
	if err != nil {
		return app.Entitlement{}, failed("lease", err)
	}
	return readEntitlement(k, out.Attributes)
}

// Record stores what was observed under the version that Acquire gave.
func (s *Entitlements) Record(ctx context.Context, e app.Entitlement) error {
	record := entitlementRecord{Version: e.Version + 1, Present: e.Present, ObservedAt: stamp(e.ObservedAt), Foreign: e.Foreign,
		Last: string(e.Last), GoneAt: stamp(e.GoneAt), Readded: string(e.Readded), CheckAt: stamp(e.CheckAt)}
	if record.CheckAt != "" {
		record.CheckShard = shardOf(personKey(e.Person) + stateKey(e.Target))
	}
	it, err := row(personKey(e.Person), stateKey(e.Target), record)
	if err != nil {
		return err
	}
	_, err = s.db.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: it,
		ConditionExpression:                 aws.String("#lease = :lease AND #version = :version"),
		ExpressionAttributeNames:            map[string]string{"#lease": "lease", "#version": "version"},
		ExpressionAttributeValues:           item{":lease": text(e.Lease), ":version": number(e.Version)},
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if refusal, lost := refusedByCondition(err); lost {
		return s.lost(e, refusal.Item)
	}
	if err != nil {
		return failed("entitlement", err)
	}
	return nil
}

// lost tells a lease that another took from one that an attempt of this very
// call gave back: only that leaves the next version without a lease.
func (s *Entitlements) lost(e app.Entitlement, found item) error {
	now, err := readEntitlement(e.EntitlementKey, found)
	if err == nil && now.Version == e.Version+1 && now.Lease == "" {
		return nil
	}
	return fmt.Errorf("entitlement %s of %s: %w: the lease was lost", e.Target, e.Person, app.ErrConflict)
}

type holderRecord struct {
	Connector string `dynamodbav:"connector"`
	Target    string `dynamodbav:"target"`
	RequestID string `dynamodbav:"request_id"`
}

func holdersPrefix(t access.Target) string { return "HOLDER#" + t.String() + "#" }

func holderKey(h app.Holding) string { return holdersPrefix(h.Target) + string(h.Request) }

func holderRow(h app.Holding) (item, error) {
	return row(personKey(h.Person), holderKey(h), holderRecord{h.Target.Connector, h.Target.ID, string(h.Request)})
}

// Holders lists the requests that hold an entitlement.
func (s *Entitlements) Holders(ctx context.Context, k app.EntitlementKey) ([]access.RequestID, error) {
	holdings, err := s.holdings(ctx, k.Person, holdersPrefix(k.Target))
	var ids []access.RequestID
	for _, h := range holdings {
		// A longer target may begin with this one.
		if h.Target == k.Target {
			ids = append(ids, h.Request)
		}
	}
	return ids, err
}

// HeldBy lists everything that a person holds.
func (s *Entitlements) HeldBy(ctx context.Context, person access.PersonID) ([]app.Holding, error) {
	return s.holdings(ctx, person, "HOLDER#")
}

func (s *Entitlements) holdings(ctx context.Context, person access.PersonID, prefix string) ([]app.Holding, error) {
	rows, _, err := s.db.query(ctx, span{table: s.table, hash: "pk", value: personKey(person), sort: "sk", begins: prefix})
	if err != nil {
		return nil, err
	}
	var records []holderRecord
	if err := attributevalue.UnmarshalListOfMaps(rows, &records); err != nil {
		return nil, fmt.Errorf("holders: %w", err)
	}
	var held []app.Holding
	for _, r := range records {
		held = append(held, app.Holding{Request: access.RequestID(r.RequestID), EntitlementKey: app.EntitlementKey{
			Person: person, Target: access.Target{Connector: r.Connector, ID: r.Target}}})
	}
	return held, nil
}
