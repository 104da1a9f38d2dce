package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Mailboxes stores what came back from email addresses. Their rows have a key of
// their own, so that who writes them can be kept from everything else in the
// directory.
type Mailboxes struct {
	db    database
	table string
}

const reportKey = "REPORT"

func mailboxKey(email string) string { return "MAILBOX#" + strings.ToLower(email) }

type mailboxRecord struct {
	Kind      string `dynamodbav:"kind,omitempty"`
	SubType   string `dynamodbav:"sub_type,omitempty"`
	Since     string `dynamodbav:"since,omitempty"`
	ClearedAt string `dynamodbav:"cleared_at,omitempty"`
}

func readMailbox(it item) (app.Mailbox, error) {
	var r mailboxRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Mailbox{}, fmt.Errorf("mailbox: %w", err)
	}
	var p parser
	m := app.Mailbox{Problem: access.EmailProblem{Kind: access.EmailProblemKind(r.Kind), SubType: r.SubType, Since: p.time(r.Since)},
		ClearedAt: p.time(r.ClearedAt)}
	return m, p.err
}

// Mailbox reads what is known of an address, consistently.
func (s *Mailboxes) Mailbox(ctx context.Context, email string) (app.Mailbox, error) {
	it, err := s.db.get(ctx, s.table, mailboxKey(email), reportKey)
	if errors.Is(err, app.ErrNotFound) {
		return app.Mailbox{}, nil
	}
	if err != nil {
		return app.Mailbox{}, err
	}
	return readMailbox(it)
}

// Mailboxes reads what is known of many addresses, consistently, by address as
// it was given.
func (s *Mailboxes) Mailboxes(ctx context.Context, emails []string) (map[string]app.Mailbox, error) {
	as := map[string]string{}
	var keys []item
	for _, email := range emails {
		pk := mailboxKey(email)
		if _, twice := as[pk]; !twice && email != "" {
			as[pk], keys = email, append(keys, key(pk, reportKey))
		}
	}
	rows, err := s.db.batch(ctx, s.table, keys)
	if err != nil {
		return nil, err
	}
	found := map[string]app.Mailbox{}
	for _, it := range rows {
		if found[as[textOf(it, "pk")]], err = readMailbox(it); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Report remembers a problem, unless the address was cleared after it or has an
// earlier one.
func (s *Mailboxes) Report(ctx context.Context, email string, p access.EmailProblem) error {
	_, err := s.db.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(mailboxKey(email), reportKey),
		UpdateExpression: aws.String("SET #kind = :kind, #sub_type = :sub_type, #since = :since"),
		ConditionExpression: aws.String("(attribute_not_exists(#cleared_at) OR #cleared_at < :since)" +
			" AND (attribute_not_exists(#since) OR #since > :since)"),
		ExpressionAttributeNames:  map[string]string{"#kind": "kind", "#sub_type": "sub_type", "#since": "since", "#cleared_at": "cleared_at"},
		ExpressionAttributeValues: item{":kind": text(string(p.Kind)), ":sub_type": text(p.SubType), ":since": text(stamp(p.Since))},
	})
	if _, known := refusedByCondition(err); known {
		return nil
	}
	if err != nil {
		return failed("mailbox", err)
	}
	return nil
}

// Clear forgets the problem of a person's address. What remains is when, so that
// a report from before comes too late.
func (s *Mailboxes) Clear(ctx context.Context, e app.Edit[app.Person], at time.Time) error {
	directory := &Directory{db: s.db, table: s.table}
	parts, err := editParts(directory.personPlace(e.After.ID), e, personContent(e.After))
	if err != nil {
		return err
	}
	it, err := row(mailboxKey(e.After.Email), reportKey, mailboxRecord{ClearedAt: stamp(at)})
	if err != nil {
		return err
	}
	return s.db.transact(ctx, s.table, e.Event, append(parts, put(s.table, it)))
}
