package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// MailLinks stores what the links in mails stand for.
type MailLinks struct {
	db    database
	table string
}

const linkRow = "LINK"

func linkKey(id string) string { return "MAILLINK#" + id }

type linkRecord struct {
	RequestID string `dynamodbav:"for_request"`
	Person    string `dynamodbav:"mailed_to"`
	Step      int    `dynamodbav:"step,omitempty"`
	Extension string `dynamodbav:"extension,omitempty"`
	Version   int    `dynamodbav:"shown_version"`
	SentAt    string `dynamodbav:"sent_at"`
	SpentAt   string `dynamodbav:"spent_at,omitempty"`
	SpentBy   string `dynamodbav:"spent_by,omitempty"`
	Verdict   string `dynamodbav:"verdict,omitempty"`
	ExpiresAt int64  `dynamodbav:"expires_at"` // DynamoDB deletes it some time after
}

func linkItem(l access.MailLink) (item, error) {
	return row(linkKey(l.ID), linkRow, linkRecord{string(l.Request), string(l.Person), l.Step, stamp(l.Extension), l.Version,
		stamp(l.SentAt), stamp(l.SpentAt), string(l.SpentBy), string(l.Verdict), l.Expires.Unix()})
}

// PutLink stores a link. ErrConflict.
func (s *MailLinks) PutLink(ctx context.Context, l access.MailLink) error {
	it, err := linkItem(l)
	if err != nil {
		return err
	}
	_, err = s.db.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: it, ConditionExpression: aws.String("attribute_not_exists(pk)"),
	})
	if _, there := refusedByCondition(err); there {
		return fmt.Errorf("link: %w: it is there already", app.ErrConflict)
	}
	if err != nil {
		return failed("link", err)
	}
	return nil
}

// Link reads a link. ErrNotFound.
func (s *MailLinks) Link(ctx context.Context, id string) (access.MailLink, error) {
	it, err := s.db.get(ctx, s.table, linkKey(id), linkRow)
	if err != nil {
		if errors.Is(err, app.ErrNotFound) {
			return access.MailLink{}, app.ErrNotFound
		}
		return access.MailLink{}, fmt.Errorf("link: %w", err)
	}
	var r linkRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.MailLink{}, fmt.Errorf("link: %w", err)
	}
	var p parser
	l := access.MailLink{ID: id, Expires: fromEpoch(r.ExpiresAt),
		Request: access.RequestID(r.RequestID), Person: access.PersonID(r.Person), Step: r.Step, Extension: p.time(r.Extension),
		Version: r.Version, SentAt: p.time(r.SentAt), SpentAt: p.time(r.SpentAt), SpentBy: access.PersonID(r.SpentBy),
		Verdict: access.Verdict(r.Verdict)}
	return l, p.err
}

// spentPart spends a link, once.
func spentPart(table string, l access.MailLink) (part, error) {
	it, err := linkItem(l)
	if err != nil {
		return part{}, err
	}
	return putIf(table, it, condition{text: "attribute_exists(pk) AND attribute_not_exists(spent_at)"}, means(app.ErrConflict)), nil
}
