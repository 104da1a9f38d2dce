package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

type slackLinkRecord struct {
	Person string `dynamodbav:"person"`
	Team   string `dynamodbav:"team"`
	User   string `dynamodbav:"user"`
	Name   string `dynamodbav:"name,omitempty"`
	Space  string `dynamodbav:"workspace,omitempty"`
	At     string `dynamodbav:"at"`
}

func (s *Directory) slackLinkPlace(id access.PersonID) place {
	return place{s.table, "SLACK_LINK#" + string(id), documentKey, "", ""}
}

// slackUserKey names the row that says whose a Slack user is, by slackName.
func slackUserKey(name string) string { return "SLACK_USER#" + name }

func slackName(u app.SlackUser) string {
	if u == (app.SlackUser{}) {
		return ""
	}
	return u.Team + "#" + u.ID
}

func slackLinkContent(l app.SlackLink) slackLinkRecord {
	return slackLinkRecord{string(l.Person), l.User.Team, l.User.ID, l.Name, l.Workspace, stamp(l.At)}
}

func readSlackLink(it item) (app.SlackLink, error) {
	var r slackLinkRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return app.SlackLink{}, fmt.Errorf("link to Slack: %w", err)
	}
	var p parser
	l := app.SlackLink{Person: access.PersonID(r.Person), User: app.SlackUser{Team: r.Team, ID: r.User}, Name: r.Name,
		Workspace: r.Space, At: p.time(r.At)}
	return l, p.err
}

// SlackLink reads a person's link consistently.
func (s *Directory) SlackLink(ctx context.Context, person access.PersonID) (app.Versioned[app.SlackLink], error) {
	it, err := s.db.at(ctx, s.slackLinkPlace(person))
	if err != nil {
		return app.Versioned[app.SlackLink]{}, err
	}
	return versioned(it, readSlackLink)
}

// LinksOf reads the links of several people consistently.
func (s *Directory) LinksOf(ctx context.Context, people []access.PersonID) ([]app.SlackLink, error) {
	return each(ctx, s, people, s.slackLinkPlace, readSlackLink)
}

// PersonBySlack finds whose a Slack user is, consistently. ErrNotFound.
func (s *Directory) PersonBySlack(ctx context.Context, user app.SlackUser) (access.PersonID, error) {
	return s.owner(ctx, slackUserKey(slackName(user)))
}

// EditSlackLink writes a link, of an active person alone.
func (s *Directory) EditSlackLink(ctx context.Context, e app.Edit[app.SlackLink]) error {
	parts, err := s.slackLinkParts(e)
	if err != nil {
		return err
	}
	if !e.Delete {
		active := s.personPlace(e.After.Person)
		parts = append(parts, holds(active, condition{text: "#status = :active", names: map[string]string{"#status": "status"},
			values: item{":active": text(string(app.PersonActive))}}, means(app.ErrConflict)))
	}
	return s.db.transact(ctx, s.table, e.Event, parts)
}

// DismissPerson writes a person who may act no longer, and removes their link. A
// link that is made meanwhile meets either the person's row or the check of its
// own.
func (s *Directory) DismissPerson(ctx context.Context, e app.Edit[app.Person], link app.Edit[app.SlackLink]) error {
	parts, err := s.personParts(e, false)
	if err != nil {
		return err
	}
	_, _, id := ends(e, func(p app.Person) access.PersonID { return p.ID })
	if link.Before.Exists() {
		gone, err := s.slackLinkParts(link)
		if err != nil {
			return err
		}
		return s.db.transact(ctx, s.table, e.Event, append(parts, gone...))
	}
	none := condition{text: "attribute_not_exists(pk)"}
	if link.Before.Version > 0 {
		none = condition{text: "#version = :version", names: map[string]string{"#version": "version"},
			values: item{":version": number(link.Before.Version)}}
	}
	parts = append(parts, holds(s.slackLinkPlace(id), none, means(app.ErrConflict)))
	return s.db.transact(ctx, s.table, e.Event, parts)
}

func (s *Directory) slackLinkParts(e app.Edit[app.SlackLink]) ([]part, error) {
	before, after, id := ends(e, func(l app.SlackLink) access.PersonID { return l.Person })
	parts, err := editParts(s.slackLinkPlace(id), e, slackLinkContent(after))
	if err != nil {
		return nil, err
	}
	return append(parts, s.uniqueParts(id, slackUserKey, slackName(before.User), slackName(after.User))...), nil
}

// holds writes nothing, and lets a transaction through while the condition holds.
func holds(p place, c condition, refused func(item) error) part {
	k := key(p.pk, p.sk)
	return part{types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{TableName: &p.table, Key: k, ConditionExpression: &c.text,
		ExpressionAttributeNames: c.names, ExpressionAttributeValues: c.values}}, refused}
}
