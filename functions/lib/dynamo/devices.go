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

// Devices stores devices in the directory, and their agents' calls beside the
// entitlements: those come every few seconds, and no stream follows them.
type Devices struct {
	db                  database
	table, entitlements string
}

const contactKey = "CONTACT"

func deviceKey(id access.DeviceID) string { return "DEVICE#" + string(id) }

func (s *Devices) place(id access.DeviceID) place {
	return place{s.table, deviceKey(id), profileKey, "device", string(id)}
}

type deviceRecord struct {
	ID         string          `dynamodbav:"id"`
	Name       string          `dynamodbav:"name,omitempty"`
	Accounts   []accountRecord `dynamodbav:"accounts,omitempty"`
	Key        string          `dynamodbav:"key,omitempty"`
	NextKey    string          `dynamodbav:"next_key,omitempty"`
	EnrolledAt string          `dynamodbav:"enrolled_at,omitempty"`
	Revoked    bool            `dynamodbav:"revoked,omitempty"`
	TokenHash  string          `dynamodbav:"token_hash,omitempty"`
	TokenUntil string          `dynamodbav:"token_until,omitempty"`
}

type accountRecord struct {
	Person string `dynamodbav:"person"`
	Name   string `dynamodbav:"account"`
}

func deviceContent(d access.Device) deviceRecord {
	r := deviceRecord{ID: string(d.ID), Name: d.Name, Key: d.Key, NextKey: d.NextKey, EnrolledAt: stamp(d.EnrolledAt),
		Revoked: d.Revoked, TokenHash: d.Enrolment.Hash, TokenUntil: stamp(d.Enrolment.Expires)}
	for _, a := range d.Accounts {
		r.Accounts = append(r.Accounts, accountRecord{string(a.Person), a.Name})
	}
	return r
}

func readDevice(it item) (access.Device, error) {
	var r deviceRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.Device{}, fmt.Errorf("device: %w", err)
	}
	var p parser
	d := access.Device{ID: access.DeviceID(r.ID), Name: r.Name, Key: r.Key, NextKey: r.NextKey, EnrolledAt: p.time(r.EnrolledAt),
		Revoked: r.Revoked, Enrolment: access.Enrolment{Hash: r.TokenHash, Expires: p.time(r.TokenUntil)}}
	for _, a := range r.Accounts {
		d.Accounts = append(d.Accounts, access.Account{Person: access.PersonID(a.Person), Name: a.Name})
	}
	return d, p.err
}

// Device reads a device consistently.
func (s *Devices) Device(ctx context.Context, id access.DeviceID) (app.Versioned[access.Device], error) {
	it, err := s.db.at(ctx, s.place(id))
	if err != nil {
		return app.Versioned[access.Device]{}, err
	}
	return versioned(it, readDevice)
}

// Devices lists the devices by id.
func (s *Devices) Devices(ctx context.Context, p app.Page) ([]app.Versioned[access.Device], string, error) {
	return documents(ctx, s.db, s.table, "device", p, readDevice)
}

// EditDevice writes a device.
func (s *Devices) EditDevice(ctx context.Context, e app.Edit[access.Device]) error {
	_, after, id := ends(e, func(d access.Device) access.DeviceID { return d.ID })
	parts, err := editParts(s.place(id), e, deviceContent(after))
	if err != nil {
		return err
	}
	return s.db.transact(ctx, s.table, e.Event, parts)
}

type contactRecord struct {
	Key      string           `dynamodbav:"key"`
	Seq      int64            `dynamodbav:"seq"`
	SeenAt   string           `dynamodbav:"seen_at"`
	Accounts []presenceRecord `dynamodbav:"accounts,omitempty"`
}

type presenceRecord struct {
	Person   string `dynamodbav:"person"`
	Name     string `dynamodbav:"account"`
	Present  bool   `dynamodbav:"present"`
	Foreign  bool   `dynamodbav:"foreign"`
	Promised bool   `dynamodbav:"promised"`
}

// Contact reads what an agent said last, consistently.
func (s *Devices) Contact(ctx context.Context, id access.DeviceID) (access.Contact, error) {
	it, err := s.db.get(ctx, s.entitlements, deviceKey(id), contactKey)
	if errors.Is(err, app.ErrNotFound) {
		return access.Contact{}, nil
	}
	if err != nil {
		return access.Contact{}, err
	}
	var r contactRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.Contact{}, fmt.Errorf("contact: %w", err)
	}
	var p parser
	c := access.Contact{Device: id, Key: r.Key, Seq: r.Seq, SeenAt: p.time(r.SeenAt)}
	for _, a := range r.Accounts {
		c.Accounts = append(c.Accounts, access.Presence{Account: access.Account{Person: access.PersonID(a.Person), Name: a.Name},
			Present: a.Present, Foreign: a.Foreign, Promised: a.Promised})
	}
	return c, p.err
}

// PutContact writes it, unless a later call with the same key was written.
func (s *Devices) PutContact(ctx context.Context, c access.Contact) error {
	r := contactRecord{Key: c.Key, Seq: c.Seq, SeenAt: stamp(c.SeenAt)}
	for _, a := range c.Accounts {
		r.Accounts = append(r.Accounts, presenceRecord{string(a.Person), a.Name, a.Present, a.Foreign, a.Promised})
	}
	it, err := row(deviceKey(c.Device), contactKey, r)
	if err != nil {
		return err
	}
	_, err = s.db.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.entitlements, Item: it,
		ConditionExpression:       aws.String("attribute_not_exists(pk) OR #key <> :key OR #seq < :seq"),
		ExpressionAttributeNames:  map[string]string{"#key": "key", "#seq": "seq"},
		ExpressionAttributeValues: item{":key": text(c.Key), ":seq": it["seq"]},
	})
	if _, late := refusedByCondition(err); late {
		return fmt.Errorf("contact of %s: %w: a later call was written", c.Device, app.ErrConflict)
	}
	if err != nil {
		return failed("contact", err)
	}
	return nil
}
