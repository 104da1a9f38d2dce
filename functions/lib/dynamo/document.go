package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// documentRecord is what every configuration document has beside its content.
// Type and ID are the keys of the index that lists documents; a deleted one has
// no type and so leaves the list, but stays, so that its chain can go on.
type documentRecord struct {
	Type    string `dynamodbav:"type"`
	ID      string `dynamodbav:"id"`
	Version int    `dynamodbav:"version"`
	Hash    string `dynamodbav:"hash"`
	Deleted bool   `dynamodbav:"deleted"`
}

// place says where a document stands.
type place struct{ table, pk, sk, kind, id string }

func (db database) at(ctx context.Context, p place) (item, error) {
	it, err := db.get(ctx, p.table, p.pk, p.sk)
	if errors.Is(err, app.ErrNotFound) {
		return nil, nil
	}
	return it, err
}

// versioned reads a document; none is version 0.
func versioned[T any](it item, read func(item) (T, error)) (v app.Versioned[T], err error) {
	if it == nil {
		return v, nil
	}
	var r documentRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return v, fmt.Errorf("document: %w", err)
	}
	v.Version, v.Hash, v.Deleted = r.Version, r.Hash, r.Deleted
	if !v.Deleted {
		v.Doc, err = read(it)
	}
	return v, err
}

// editParts write a document and its event, if its version is still the one
// that the edit was made on.
func editParts[T any](p place, e app.Edit[T], content any) ([]part, error) {
	if partition(e.Event.Subject) != p.pk {
		return nil, fmt.Errorf("an event of %s cannot tell of %s", e.Event.Subject, p.pk)
	}
	if err := follows(e.Event.Subject, e.Before.Version, e.Before.Hash, []access.SealedEvent{e.Event}); err != nil {
		return nil, err
	}
	it := key(p.pk, p.sk)
	if e.Delete {
		it["deleted"] = &types.AttributeValueMemberBOOL{Value: true}
	} else {
		var err error
		if it, err = row(p.pk, p.sk, content); err != nil {
			return nil, err
		}
		if p.kind != "" {
			it["type"], it["id"] = text(p.kind), text(p.id)
		}
	}
	it["version"], it["hash"] = number(e.Event.Seq), text(e.Event.Hash)

	document := putNew(p.table, it, means(app.ErrConflict))
	if e.Before.Version > 0 {
		document = putIf(p.table, it, condition{
			text:   "#version = :version AND #hash = :hash",
			names:  map[string]string{"#version": "version", "#hash": "hash"},
			values: item{":version": number(e.Before.Version), ":hash": text(e.Before.Hash)},
		}, means(app.ErrConflict))
	}
	events, err := eventParts(p.table, []access.SealedEvent{e.Event})
	return append([]part{document}, events...), err
}

// documents reads one page of the documents of a kind, by id.
func documents[T any](ctx context.Context, db database, table, kind string, p app.Page, read func(item) (T, error)) ([]app.Versioned[T], string, error) {
	list := listName("documents", kind)
	above, err := readCursor(list, p.Cursor)
	if err != nil {
		return nil, "", err
	}
	rows, more, err := db.query(ctx, span{table: table, index: "by_type", hash: "type", value: kind, sort: "id",
		above: above, limit: pageSize(p.Limit)})
	if err != nil {
		return nil, "", err
	}
	var found []app.Versioned[T]
	for _, it := range rows {
		v, err := versioned(it, read)
		if err != nil {
			return nil, "", err
		}
		found = append(found, v)
	}
	next := ""
	if more {
		next = cursor{list, textOf(rows[len(rows)-1], "id")}.String()
	}
	return found, next, nil
}

// changed tells what is in one list only, each once.
func changed[T comparable](before, after []T) (gone, come []T) {
	only := func(list, other []T) (out []T) {
		for _, x := range list {
			if !slices.Contains(other, x) && !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
		return out
	}
	return only(before, after), only(after, before)
}

// ends gives what an edit leads from and to, either one zero where there is
// nothing, and the document's id.
func ends[T any, ID ~string](e app.Edit[T], idOf func(T) ID) (before, after T, id ID) {
	id = idOf(e.After)
	if e.Before.Exists() {
		before, id = e.Before.Doc, idOf(e.Before.Doc)
	}
	if !e.Delete {
		after = e.After
	}
	return before, after, id
}
