package dynamo

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// source says who wrote a membership: an edit of the person, or a grant.
type source string

const (
	fromDirectory source = "directory"
	fromGrant     source = "grant"
)

const memberPrefix = "MEMBER#"

func memberKey(group access.GroupID, from source) string {
	return memberPrefix + string(group) + "#" + string(from)
}

func memberRow(group access.GroupID, person access.PersonID, from source) item {
	it := key(personKey(person), memberKey(group, from))
	it["group"], it["person"] = text(string(group)), text(string(person))
	return it
}

// GroupsOf reads a person's memberships consistently.
func (s *Directory) GroupsOf(ctx context.Context, id access.PersonID) (directory, granted []access.GroupID, err error) {
	rows, _, err := s.db.query(ctx, span{table: s.table, hash: "pk", value: personKey(id), sort: "sk", begins: memberPrefix})
	for _, it := range rows {
		group := access.GroupID(textOf(it, "group"))
		if strings.HasSuffix(textOf(it, "sk"), "#"+string(fromGrant)) {
			granted = append(granted, group)
		} else {
			directory = append(directory, group)
		}
	}
	return directory, granted, err
}

// Members lists a group by person. The index may be a moment behind.
func (s *Directory) Members(ctx context.Context, id access.GroupID, p app.Page) ([]access.PersonID, string, error) {
	list := listName("members", string(id))
	above, err := readCursor(list, p.Cursor)
	if err != nil {
		return nil, "", err
	}
	// A person has at most two rows here, one for each source, side by side.
	limit := pageSize(p.Limit)
	rows, more, err := s.db.query(ctx, span{table: s.table, index: "by_group", hash: "group", value: string(id),
		sort: "person", above: above, limit: 2 * limit})
	if err != nil {
		return nil, "", err
	}
	var members []access.PersonID
	for _, it := range rows {
		members = append(members, access.PersonID(textOf(it, "person")))
	}
	members = slices.Compact(members)
	if len(members) > limit {
		members, more = members[:limit], true
	}
	next := ""
	if more {
		next = cursor{list, string(members[len(members)-1])}.String()
	}
	return members, next, nil
}

// AddGranted makes a person a member by a grant.
func (s *Directory) AddGranted(ctx context.Context, group access.GroupID, person access.PersonID) error {
	_, err := s.db.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.table, Item: memberRow(group, person, fromGrant)})
	if err != nil {
		return failed("membership", err)
	}
	return nil
}

// RemoveGranted takes a granted membership back.
func (s *Directory) RemoveGranted(ctx context.Context, group access.GroupID, person access.PersonID) error {
	_, err := s.db.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &s.table,
		Key: key(personKey(person), memberKey(group, fromGrant))})
	if err != nil {
		return failed("membership", err)
	}
	return nil
}

// ownerKey marks a group as owned by a resource's connector.
func ownerKey(id access.ResourceID) string { return "RESOURCE#" + string(id) }

// ManagedBy lists the resources whose connector owns a group.
func (s *Directory) ManagedBy(ctx context.Context, id access.GroupID) ([]access.ResourceID, error) {
	rows, _, err := s.db.query(ctx, span{table: s.table, hash: "pk", value: groupKey(id), sort: "sk", begins: "RESOURCE#"})
	var owners []access.ResourceID
	for _, it := range rows {
		owners = append(owners, access.ResourceID(strings.TrimPrefix(textOf(it, "sk"), "RESOURCE#")))
	}
	return owners, err
}
