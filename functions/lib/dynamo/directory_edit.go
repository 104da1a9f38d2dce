package dynamo

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// adminsKey is the row of the group of admins that counts the active ones, so
// that a condition can keep the last.
const adminsKey = "COUNT"

// EditPerson writes a person with everything that hangs on them.
func (s *Directory) EditPerson(ctx context.Context, e app.Edit[app.Person], firstAdmin bool) error {
	parts, err := s.personParts(e, firstAdmin)
	if err != nil {
		return err
	}
	return s.db.transact(ctx, s.table, e.Event, parts)
}

func (s *Directory) personParts(e app.Edit[app.Person], firstAdmin bool) ([]part, error) {
	before, after, id := ends(e, func(p app.Person) access.PersonID { return p.ID })
	parts, err := editParts(s.personPlace(id), e, personContent(after))
	if err != nil {
		return nil, err
	}
	lower := strings.ToLower
	parts = append(parts, s.uniqueParts(id, emailKey, lower(before.Email), lower(after.Email))...)
	parts = append(parts, s.uniqueParts(id, bindingKey, before.Subject, after.Subject)...)
	parts = append(parts, s.adminParts(before.ActiveAdmin(), after.ActiveAdmin(), firstAdmin)...)
	gone, come := changed(before.Groups, after.Groups)
	for _, group := range gone {
		parts = append(parts, remove(s.table, key(personKey(id), memberKey(group, fromDirectory))))
	}
	for _, group := range come {
		parts = append(parts, put(s.table, memberRow(group, id, fromDirectory)))
	}
	return parts, nil
}

// uniqueParts move a name that only one person may have.
func (s *Directory) uniqueParts(id access.PersonID, keyOf func(string) string, before, after string) []part {
	if before == after {
		return nil
	}
	var parts []part
	if after != "" {
		it := key(keyOf(after), "PERSON")
		it["person"] = text(string(id))
		parts = append(parts, putIf(s.table, it, condition{
			text:   "attribute_not_exists(pk) OR #person = :person",
			names:  map[string]string{"#person": "person"},
			values: item{":person": text(string(id))},
		}, means(app.ErrTaken)))
	}
	if before != "" {
		parts = append(parts, remove(s.table, key(keyOf(before), "PERSON")))
	}
	return parts
}

// adminParts count the active admins. The last one cannot go; the first one
// comes only while there is none.
func (s *Directory) adminParts(was, is, firstAdmin bool) []part {
	count := &types.Update{TableName: &s.table, Key: key(groupKey(access.AdminGroup), adminsKey),
		ExpressionAttributeNames: map[string]string{"#active": "active"}}
	none := "attribute_not_exists(#active) OR #active = :none"
	switch {
	case was && !is:
		count.UpdateExpression, count.ConditionExpression = new("ADD #active :less"), new("#active > :one")
		count.ExpressionAttributeValues = item{":less": number(-1), ":one": number(1)}
		return []part{{types.TransactWriteItem{Update: count}, means(app.ErrLastAdmin)}}
	case !was && is && firstAdmin:
		count.UpdateExpression, count.ConditionExpression = new("ADD #active :one"), &none
		count.ExpressionAttributeValues = item{":one": number(1), ":none": number(0)}
		return []part{{types.TransactWriteItem{Update: count}, means(app.ErrConflict)}}
	case !was && is:
		count.UpdateExpression = new("ADD #active :one")
		count.ExpressionAttributeValues = item{":one": number(1)}
		return []part{{types.TransactWriteItem{Update: count}, nil}}
	case firstAdmin:
		check := &types.ConditionCheck{TableName: &s.table, Key: count.Key, ConditionExpression: &none,
			ExpressionAttributeNames: count.ExpressionAttributeNames, ExpressionAttributeValues: item{":none": number(0)}}
		return []part{{types.TransactWriteItem{ConditionCheck: check}, means(app.ErrConflict)}}
	}
	return nil
}

// EditGroup writes a group.
func (s *Directory) EditGroup(ctx context.Context, e app.Edit[app.Group]) error {
	_, after, id := ends(e, func(g app.Group) access.GroupID { return g.ID })
	parts, err := editParts(s.groupPlace(id), e, groupRecord{string(id), after.Name})
	if err != nil {
		return err
	}
	return s.db.transact(ctx, s.table, e.Event, parts)
}
