package dynamo

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// eventRecord is a link of a chain. Canonical, texts and hashes are kept to the
// letter; At, Type, Status and Actor repeat what stands in Canonical for
// whoever reads the table, as long as that costs no write unit.
type eventRecord struct {
	At     string `dynamodbav:"at,omitempty"`
	Type   string `dynamodbav:"type,omitempty"`
	Status string `dynamodbav:"status,omitempty"`
	Actor  string `dynamodbav:"actor,omitempty"`

	Canonical string                `dynamodbav:"canonical"`
	Texts     map[string]textRecord `dynamodbav:"texts,omitempty"`
	Prev      string                `dynamodbav:"prev,omitempty"`
	Hash      string                `dynamodbav:"hash"`
}

type textRecord struct {
	Text   string `dynamodbav:"text,omitempty"`
	Salt   string `dynamodbav:"salt,omitempty"`
	Digest string `dynamodbav:"digest"`
}

func eventRow(e access.SealedEvent) (item, error) {
	opened, err := e.Open()
	if err != nil {
		return nil, err
	}
	r := eventRecord{Canonical: e.Canonical, Prev: e.Prev, Hash: e.Hash}
	for name, t := range e.Texts {
		if r.Texts == nil {
			r.Texts = map[string]textRecord{}
		}
		r.Texts[name] = textRecord(t)
	}
	pk, sk := partition(e.Subject), numbered("EVENT", e.Seq)
	bare, err := row(pk, sk, r)
	if err != nil {
		return nil, err
	}
	r.At, r.Type, r.Status = stamp(opened.At), string(opened.Type), string(opened.Status)
	r.Actor = string(opened.Actor.Kind) + ":" + string(opened.Actor.ID)
	if opened.Actor.ID == "" {
		r.Actor = string(opened.Actor.Kind)
	}
	readable, err := row(pk, sk, r)
	if units(readable) > units(bare) {
		return bare, err
	}
	return readable, err
}

func units(it item) int { return int(math.Ceil(float64(size(it)) / unit)) }

func (r eventRecord) sealed(subject string, seq int) access.SealedEvent {
	e := access.SealedEvent{Subject: subject, Seq: seq, Canonical: r.Canonical, Prev: r.Prev, Hash: r.Hash}
	for name, t := range r.Texts {
		if e.Texts == nil {
			e.Texts = map[string]access.SealedText{}
		}
		e.Texts[name] = access.SealedText(t)
	}
	return e
}

// partition gives the partition in which a subject's events stand:
// "person:ana" in PERSON#ana, "settings" in SETTINGS.
func partition(subject string) string {
	kind, id, named := strings.Cut(subject, ":")
	if !named || kind == "settings" {
		return strings.ToUpper(kind)
	}
	return strings.ToUpper(kind) + "#" + id
}

// event reads one event consistently. ErrNotFound.
func (db database) event(ctx context.Context, table, subject string, seq int) (access.SealedEvent, error) {
	it, err := db.get(ctx, table, partition(subject), numbered("EVENT", seq))
	if err != nil {
		return access.SealedEvent{}, fmt.Errorf("event %d of %s: %w", seq, subject, err)
	}
	var r eventRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.SealedEvent{}, fmt.Errorf("event %d of %s: %w", seq, subject, err)
	}
	return r.sealed(subject, seq), nil
}

// events reads a subject's events after a sequence number, consistently. A
// chain has no gaps, so that an event's place tells its number.
func (db database) events(ctx context.Context, table, subject string, after, limit int) ([]access.SealedEvent, error) {
	found, _, err := db.query(ctx, span{table: table, hash: "pk", value: partition(subject), sort: "sk",
		from: numbered("EVENT", after+1), to: "EVENT#~", limit: limit})
	if err != nil {
		return nil, err
	}
	var records []eventRecord
	if err := attributevalue.UnmarshalListOfMaps(found, &records); err != nil {
		return nil, fmt.Errorf("events of %s: %w", subject, err)
	}
	events := make([]access.SealedEvent, len(records))
	for i, r := range records {
		if sk := textOf(found[i], "sk"); sk != numbered("EVENT", after+1+i) {
			return nil, fmt.Errorf("events of %s: %s stands where %d should", subject, sk, after+1+i)
		}
		events[i] = r.sealed(subject, after+1+i)
	}
	return events, nil
}

// eventParts writes events that must be the next of their chain.
func eventParts(table string, events []access.SealedEvent) ([]part, error) {
	var parts []part
	for _, e := range events {
		it, err := eventRow(e)
		if err != nil {
			return nil, err
		}
		parts = append(parts, putNew(table, it, means(app.ErrConflict)))
	}
	return parts, nil
}

// follows checks that events follow a version and the hash of its event.
func follows(subject string, version int, hash string, events []access.SealedEvent) error {
	if len(events) == 0 {
		return fmt.Errorf("a change of %s without an event", subject)
	}
	for _, e := range events {
		version++
		if e.Subject != subject || e.Seq != version || e.Prev != hash || len(e.Hash) != 64 {
			return fmt.Errorf("event %d of %s does not follow what came before", e.Seq, e.Subject)
		}
		hash = e.Hash
	}
	return nil
}
