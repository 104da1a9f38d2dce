package dynamo

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Commit writes a command's effect in one transaction. A repetition of one that
// was written already, as after a time-out, is taken for it.
func (s *Requests) Commit(ctx context.Context, c app.Change) error {
	if err := sound(c); err != nil {
		return err
	}
	var parts []part
	add := func(more ...part) { parts = append(parts, more...) }

	if c.Idempotency != nil {
		record, err := s.idempotencyPart(*c.Idempotency, c.Events[0])
		if err != nil {
			return err
		}
		add(record)
	}
	snapshot, err := s.snapshotPart(c)
	if err != nil {
		return err
	}
	add(snapshot)
	if c.Link != nil {
		spent, err := spentPart(s.tables.Requests, *c.Link)
		if err != nil {
			return err
		}
		add(spent)
	}
	events, err := eventParts(s.tables.Requests, c.Events)
	if err != nil {
		return err
	}
	add(events...)
	add(s.guardParts(c)...)
	add(s.taskParts(c)...)
	holder, err := s.holderParts(c)
	if err != nil {
		return err
	}
	add(holder...)
	return s.db.transact(ctx, s.tables.Requests, c.Events[len(c.Events)-1], parts)
}

// sound checks what no condition can: that the parts of a change belong
// together, and that every hop between its events is legal.
func sound(c app.Change) error {
	if err := follows(subjectOf(c.After.ID), c.Before.Version, c.Before.Hash, c.Events); err != nil {
		return err
	}
	status := c.Before.Status
	for _, sealed := range c.Events {
		e, err := sealed.Open()
		if err != nil {
			return err
		}
		if !access.Legal(status, e.Status) {
			return fmt.Errorf("%s cannot go from %q to %q: %w", c.After.ID, status, e.Status, app.ErrConflict)
		}
		status = e.Status
	}
	last := c.Events[len(c.Events)-1].Seq
	if c.After.Status != status || c.After.Version != last || c.Before.Version > 0 && c.Before.ID != c.After.ID {
		return fmt.Errorf("the request %s is not what its events lead to", c.After.ID)
	}
	return nil
}

// snapshotPart replaces the snapshot if it is still the one that the command
// was decided on. The statuses that may lead to the first event's stand in the
// condition, so that DynamoDB refuses an illegal transition whatever the
// program believes.
func (s *Requests) snapshotPart(c app.Change) (part, error) {
	it, err := requestRow(c.After, c.Events[len(c.Events)-1].Hash)
	if err != nil {
		return part{}, err
	}
	if c.Before.Version == 0 {
		return putNew(s.tables.Requests, it, means(app.ErrConflict)), nil
	}
	first, err := c.Events[0].Open()
	if err != nil {
		return part{}, err
	}
	cond := condition{
		names:  map[string]string{"#version": "version", "#hash": "hash", "#status": "status"},
		values: item{":version": number(c.Before.Version), ":hash": text(c.Before.Hash)},
	}
	from, _ := access.From(first.Status)
	list := ""
	for i, status := range from {
		name := ":from" + strconv.Itoa(i)
		cond.values[name] = text(string(status))
		if i > 0 {
			list += ", "
		}
		list += name
	}
	cond.text = "#version = :version AND #hash = :hash AND #status IN (" + list + ")"
	return putIf(s.tables.Requests, it, cond, means(app.ErrConflict)), nil
}

// guardParts keep one open request for each person and resource.
func (s *Requests) guardParts(c app.Change) []part {
	pk, sk := personKey(c.After.Requester), "OPEN#"+string(c.After.Resource)
	was, is := c.Before.Status.Open(), c.After.Status.Open()
	switch {
	case is && !was:
		guard := key(pk, sk)
		guard["open_request"] = text(string(c.After.ID))
		return []part{putNew(s.tables.Requests, guard, func(found item) error {
			return &app.DuplicateOpen{Request: access.RequestID(textOf(found, "open_request"))}
		})}
	case was && !is:
		return []part{remove(s.tables.Requests, key(pk, sk))}
	}
	return nil
}

// taskParts put the request on the lists of those who may decide it now, and
// take it off those of who no longer may.
func (s *Requests) taskParts(c app.Change) []part {
	gone, come := changed(c.Before.Approvers(), c.After.Approvers())
	var parts []part
	for _, p := range gone {
		parts = append(parts, remove(s.tables.Requests, key(tasksKey(p), string(c.After.ID))))
	}
	for _, p := range come {
		parts = append(parts, put(s.tables.Requests, key(tasksKey(p), string(c.After.ID))))
	}
	return parts
}

// holderParts keep the request among the holders of its entitlement while it
// wants the access.
func (s *Requests) holderParts(c app.Change) ([]part, error) {
	was, is := c.Before.Status.Holds(), c.After.Status.Holds()
	if was == is {
		return nil, nil
	}
	h := app.Holding{EntitlementKey: app.EntitlementKey{Person: c.After.Requester, Target: c.After.Target}, Request: c.After.ID}
	if was {
		return []part{remove(s.tables.Entitlements, key(personKey(h.Person), holderKey(h)))}, nil
	}
	it, err := holderRow(h)
	return []part{put(s.tables.Entitlements, it)}, err
}

type idempotencyRecord struct {
	Body      string `dynamodbav:"body"`
	RequestID string `dynamodbav:"for_request"`
	Person    string `dynamodbav:"person"`
	Key       string `dynamodbav:"key"`
	ExpiresAt int64  `dynamodbav:"expires_at"` // DynamoDB deletes it some time after
}

// idempotencyPart remembers a submission's key, unless it was used before and
// has not expired.
func (s *Requests) idempotencyPart(i app.Idempotency, first access.SealedEvent) (part, error) {
	e, err := first.Open()
	if err != nil {
		return part{}, err
	}
	it, err := row(idempotencyKey(i.Person, i.Key), "RECORD", idempotencyRecord{
		i.Body, string(i.Request), string(i.Person), i.Key, i.Expires.Unix()})
	if err != nil {
		return part{}, err
	}
	return putIf(s.tables.Requests, it, condition{
		text:   "attribute_not_exists(pk) OR expires_at <= :now",
		values: item{":now": number(int(e.At.Unix()))},
	}, func(found item) error {
		record, err := readIdempotency(found)
		if err != nil {
			return err
		}
		return &app.Replayed{Record: record}
	}), nil
}

func readIdempotency(it item) (app.Idempotency, error) {
	var r idempotencyRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Idempotency{}, fmt.Errorf("idempotency record: %w", err)
	}
	return app.Idempotency{Person: access.PersonID(r.Person), Key: r.Key, Body: r.Body,
		Request: access.RequestID(r.RequestID), Expires: fromEpoch(r.ExpiresAt)}, nil
}
