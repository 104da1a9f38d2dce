package dynamo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Directory stores people, groups, memberships and bindings.
type Directory struct {
	db    database
	table string
}

const profileKey = "PROFILE"

func groupKey(id access.GroupID) string { return "GROUP#" + string(id) }
func emailKey(email string) string      { return "EMAIL#" + strings.ToLower(email) }
func bindingKey(subject string) string  { return "BINDING#" + subject }

func (s *Directory) personPlace(id access.PersonID) place {
	return place{s.table, personKey(id), profileKey, "person", string(id)}
}

func (s *Directory) groupPlace(id access.GroupID) place {
	return place{s.table, groupKey(id), profileKey, "group", string(id)}
}

type personRecord struct {
	ID       string   `dynamodbav:"id"`
	Email    string   `dynamodbav:"email,omitempty"`
	Name     string   `dynamodbav:"name,omitempty"`
	Manager  string   `dynamodbav:"manager,omitempty"`
	Groups   []string `dynamodbav:"groups,omitempty"`
	Status   string   `dynamodbav:"status"`
	TimeZone string   `dynamodbav:"time_zone,omitempty"`
	Locale   string   `dynamodbav:"locale,omitempty"`
	Subject  string   `dynamodbav:"subject,omitempty"`
	Since    string   `dynamodbav:"links_since,omitempty"`
}

func personContent(p app.Person) personRecord {
	return personRecord{string(p.ID), p.Email, p.Name, string(p.Manager), texts(p.Groups), string(p.Status),
		p.TimeZone, p.Locale, p.Subject, stamp(p.LinksSince)}
}

func readPerson(it item) (app.Person, error) {
	var r personRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Person{}, fmt.Errorf("person: %w", err)
	}
	var p parser
	return app.Person{ID: access.PersonID(r.ID), Email: r.Email, Name: r.Name, Manager: access.PersonID(r.Manager),
		Groups: idsOf[access.GroupID](r.Groups), Status: app.PersonStatus(r.Status), TimeZone: r.TimeZone,
		Locale: r.Locale, Subject: r.Subject, LinksSince: p.time(r.Since)}, p.err
}

type groupRecord struct {
	ID   string `dynamodbav:"id"`
	Name string `dynamodbav:"name,omitempty"`
}

func readGroup(it item) (app.Group, error) {
	var r groupRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.Group{}, fmt.Errorf("group: %w", err)
	}
	return app.Group{ID: access.GroupID(r.ID), Name: r.Name}, nil
}

// Person reads a person consistently.
func (s *Directory) Person(ctx context.Context, id access.PersonID) (app.Versioned[app.Person], error) {
	it, err := s.db.at(ctx, s.personPlace(id))
	if err != nil {
		return app.Versioned[app.Person]{}, err
	}
	return versioned(it, readPerson)
}

// Persons reads people consistently.
func (s *Directory) Persons(ctx context.Context, ids []access.PersonID) ([]app.Person, error) {
	if len(ids) == 1 {
		one, err := s.Person(ctx, ids[0])
		if err != nil || !one.Exists() {
			return nil, err
		}
		return []app.Person{one.Doc}, nil
	}
	keys := make([]item, 0, len(ids))
	for _, id := range ids {
		place := s.personPlace(id)
		keys = append(keys, key(place.pk, place.sk))
	}
	items, err := s.db.batch(ctx, s.table, keys)
	if err != nil {
		return nil, err
	}
	found := map[access.PersonID]app.Person{}
	for _, it := range items {
		v, err := versioned(it, readPerson)
		if err != nil {
			return nil, err
		}
		if v.Exists() {
			found[v.Doc.ID] = v.Doc
		}
	}
	var out []app.Person
	for _, id := range ids {
		if p, ok := found[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

// Group reads a group consistently.
func (s *Directory) Group(ctx context.Context, id access.GroupID) (app.Versioned[app.Group], error) {
	it, err := s.db.at(ctx, s.groupPlace(id))
	if err != nil {
		return app.Versioned[app.Group]{}, err
	}
	return versioned(it, readGroup)
}

// People lists the directory by id.
func (s *Directory) People(ctx context.Context, p app.Page) ([]app.Versioned[app.Person], string, error) {
	return documents(ctx, s.db, s.table, "person", p, readPerson)
}

// Groups lists the groups by id.
func (s *Directory) Groups(ctx context.Context, p app.Page) ([]app.Versioned[app.Group], string, error) {
	return documents(ctx, s.db, s.table, "group", p, readGroup)
}

// PersonByEmail finds who has an email, in whatever case. ErrNotFound.
func (s *Directory) PersonByEmail(ctx context.Context, email string) (access.PersonID, error) {
	return s.owner(ctx, emailKey(email))
}

// PersonBySubject finds who is bound to a sign-in. ErrNotFound.
func (s *Directory) PersonBySubject(ctx context.Context, subject string) (access.PersonID, error) {
	return s.owner(ctx, bindingKey(subject))
}

// owner reads whose a unique name is.
func (s *Directory) owner(ctx context.Context, pk string) (access.PersonID, error) {
	it, err := s.db.get(ctx, s.table, pk, "PERSON")
	return access.PersonID(textOf(it, "person")), err
}

// Events lists the events of "person:ID" or "group:ID".
func (s *Directory) Events(ctx context.Context, subject string, after, limit int) ([]access.SealedEvent, error) {
	return s.db.events(ctx, s.table, subject, after, limit)
}

// Admins counts the active admins.
func (s *Directory) Admins(ctx context.Context) (int, error) {
	out, err := s.db.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &s.table, ConsistentRead: new(true),
		Key: key(groupKey(access.AdminGroup), adminsKey)})
	if err != nil {
		return 0, fmt.Errorf("admins: %w", err)
	}
	count, ok := out.Item["active"].(*types.AttributeValueMemberN)
	if !ok {
		return 0, nil
	}
	return strconv.Atoi(count.Value)
}
