package dynamo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Requests stores requests with everything about them.
type Requests struct {
	db     database
	tables Tables
}

const (
	snapshotKey = "SNAPSHOT"
	tokenKey    = "TOKEN"
	idPrefix    = "req_" // then a ULID, which sorts by time
)

func requestKey(id access.RequestID) string { return "REQUEST#" + string(id) }
func personKey(id access.PersonID) string   { return "PERSON#" + string(id) }
func tasksKey(p access.Principal) string    { return "TASKS#" + string(p) }
func fromEpoch(seconds int64) time.Time     { return time.Unix(seconds, 0).UTC() }
func subjectOf(id access.RequestID) string  { return "request:" + string(id) }
func idempotencyKey(person access.PersonID, key string) string {
	return "IDEMPOTENCY#" + string(person) + "#" + key
}

// Load reads a request consistently. ErrNotFound.
func (s *Requests) Load(ctx context.Context, id access.RequestID) (app.Stored, error) {
	it, err := s.db.get(ctx, s.tables.Requests, requestKey(id), snapshotKey)
	if err != nil {
		return app.Stored{}, fmt.Errorf("request %s: %w", id, err)
	}
	return readRequest(it)
}

// Events lists a request's events after a sequence number.
func (s *Requests) Events(ctx context.Context, id access.RequestID, after, limit int) ([]access.SealedEvent, error) {
	return s.db.events(ctx, s.tables.Requests, subjectOf(id), after, limit)
}

// Event reads one event. ErrNotFound.
func (s *Requests) Event(ctx context.Context, id access.RequestID, seq int) (access.SealedEvent, error) {
	return s.db.event(ctx, s.tables.Requests, subjectOf(id), seq)
}

type tokenRecord struct {
	Run     int    `dynamodbav:"run"`
	Move    string `dynamodbav:"move"`
	Until   string `dynamodbav:"until,omitempty"`
	Started string `dynamodbav:"started,omitempty"`
	Value   string `dynamodbav:"value"`
}

// PutToken registers what a run waits with.
func (s *Requests) PutToken(ctx context.Context, t app.Token) error {
	it, err := row(requestKey(t.Request), tokenKey, tokenRecord{t.Run, string(t.Next.Move), stamp(t.Next.Until), stamp(t.Started), t.Value})
	if err != nil {
		return err
	}
	_, err = s.db.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.tables.Requests, Item: it,
		ConditionExpression:       aws.String("attribute_not_exists(#run) OR #run < :run OR #run = :run AND #started = :started"),
		ExpressionAttributeNames:  map[string]string{"#run": "run", "#started": "started"},
		ExpressionAttributeValues: item{":run": number(t.Run), ":started": text(stamp(t.Started))},
	})
	if _, overtaken := refusedByCondition(err); overtaken {
		return fmt.Errorf("token of run %d of %s: %w: another run waits", t.Run, t.Request, app.ErrConflict)
	}
	if err != nil {
		return failed("token of "+string(t.Request), err)
	}
	return nil
}

// Token reads what a run waits with. ErrNotFound.
func (s *Requests) Token(ctx context.Context, id access.RequestID) (app.Token, error) {
	it, err := s.db.get(ctx, s.tables.Requests, requestKey(id), tokenKey)
	if err != nil {
		return app.Token{}, fmt.Errorf("token of %s: %w", id, err)
	}
	var r tokenRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Token{}, fmt.Errorf("token of %s: %w", id, err)
	}
	var p parser
	t := app.Token{Request: id, Run: r.Run, Value: r.Value, Started: p.time(r.Started),
		Next: access.Next{Move: access.Move(r.Move), Until: p.time(r.Until)}}
	return t, p.err
}

// OpenRequests reads the guards of a person's open requests.
func (s *Requests) OpenRequests(ctx context.Context, person access.PersonID) (map[access.ResourceID]access.RequestID, error) {
	rows, _, err := s.db.query(ctx, span{table: s.tables.Requests, hash: "pk", value: personKey(person), sort: "sk", begins: "OPEN#"})
	if err != nil {
		return nil, err
	}
	open := map[access.ResourceID]access.RequestID{}
	for _, it := range rows {
		resource := strings.TrimPrefix(textOf(it, "sk"), "OPEN#")
		open[access.ResourceID(resource)] = access.RequestID(textOf(it, "open_request"))
	}
	return open, nil
}

// SubmittedSince reads the times out of the ids of a person's requests. The
// index may be a moment behind.
func (s *Requests) SubmittedSince(ctx context.Context, person access.PersonID, since time.Time, limit int) ([]time.Time, error) {
	var first ulid.ULID
	if err := first.SetTime(ulid.Timestamp(since)); err != nil {
		return nil, fmt.Errorf("requests since %s: %w", since, err)
	}
	rows, _, err := s.db.query(ctx, span{table: s.tables.Requests, index: "by_requester", hash: "requester",
		value: string(person), sort: "request_id", from: idPrefix + first.String(), limit: limit})
	if err != nil {
		return nil, err
	}
	var times []time.Time
	for _, it := range rows {
		id, err := ulid.ParseStrict(strings.TrimPrefix(textOf(it, "request_id"), idPrefix))
		if err != nil {
			return nil, fmt.Errorf("request %s: %w", textOf(it, "request_id"), err)
		}
		times = append(times, ulid.Time(id.Time()).UTC())
	}
	return times, nil
}

// Idempotency reads a submission's key. ErrNotFound. One that has expired may
// still be there.
func (s *Requests) Idempotency(ctx context.Context, person access.PersonID, key string) (app.Idempotency, error) {
	it, err := s.db.get(ctx, s.tables.Requests, idempotencyKey(person, key), "RECORD")
	if err != nil {
		return app.Idempotency{}, fmt.Errorf("idempotency key: %w", err)
	}
	return readIdempotency(it)
}
