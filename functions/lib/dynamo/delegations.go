package dynamo

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// delegationRecord stands in the index of memberships too: in the group of
// those whom one person sits in for.
type delegationRecord struct {
	Group  string `dynamodbav:"group"`
	Person string `dynamodbav:"person"`
	To     string `dynamodbav:"to"`
	From   string `dynamodbav:"from"`
	Until  string `dynamodbav:"until"`
}

// sitsInFor names that group. No group's id has a colon.
func sitsInFor(delegate access.PersonID) string { return "delegate:" + string(delegate) }

func (s *Directory) delegationPlace(id access.PersonID) place {
	return place{s.table, "DELEGATION#" + string(id), documentKey, "", ""}
}

func delegationContent(d app.Delegation) delegationRecord {
	return delegationRecord{Group: sitsInFor(d.To), Person: string(d.Person), To: string(d.To), From: stamp(d.From), Until: stamp(d.Until)}
}

func readDelegation(it item) (app.Delegation, error) {
	var r delegationRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Delegation{}, fmt.Errorf("delegation: %w", err)
	}
	var p parser
	d := app.Delegation{Person: access.PersonID(r.Person), To: access.PersonID(r.To), From: p.time(r.From), Until: p.time(r.Until)}
	return d, p.err
}

// Delegation reads who decides for a person, consistently.
func (s *Directory) Delegation(ctx context.Context, id access.PersonID) (app.Versioned[app.Delegation], error) {
	it, err := s.db.at(ctx, s.delegationPlace(id))
	if err != nil {
		return app.Versioned[app.Delegation]{}, err
	}
	return versioned(it, readDelegation)
}

// Delegations reads who decides for several people, consistently.
func (s *Directory) Delegations(ctx context.Context, ids []access.PersonID) ([]app.Delegation, error) {
	return each(ctx, s, ids, s.delegationPlace, readDelegation)
}

// each reads the documents of several people that exist, each once.
func each[T any](ctx context.Context, s *Directory, ids []access.PersonID, at func(access.PersonID) place, read func(item) (T, error)) ([]T, error) {
	keys := make([]item, 0, len(ids))
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		keys = append(keys, key(at(id).pk, at(id).sk))
	}
	items, err := s.db.batch(ctx, s.table, keys)
	var out []T
	for _, it := range items {
		v, err := versioned(it, read)
		if err != nil {
			return nil, err
		}
		if v.Exists() {
			out = append(out, v.Doc)
		}
	}
	return out, err
}

// DelegatorsOf lists who has named a person as their delegate, at whatever time.
// The index may be a moment behind.
func (s *Directory) DelegatorsOf(ctx context.Context, id access.PersonID) ([]access.PersonID, error) {
	rows, _, err := s.db.query(ctx, span{table: s.table, index: "by_group", hash: "group", value: sitsInFor(id), sort: "person"})
	var out []access.PersonID
	for _, it := range rows {
		out = append(out, access.PersonID(textOf(it, "person")))
	}
	return out, err
}

// EditDelegation writes a person's delegation.
func (s *Directory) EditDelegation(ctx context.Context, e app.Edit[app.Delegation]) error {
	_, after, id := ends(e, func(d app.Delegation) access.PersonID { return d.Person })
	parts, err := editParts(s.delegationPlace(id), e, delegationContent(after))
	if err != nil {
		return err
	}
	return s.db.transact(ctx, s.table, e.Event, parts)
}
