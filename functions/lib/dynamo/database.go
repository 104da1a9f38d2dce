package dynamo

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/app"
)

// database is how the stores read.
type database struct{ client operations }

// get reads one item consistently. ErrNotFound if there is none.
func (db database) get(ctx context.Context, table, pk, sk string) (item, error) {
	out, err := db.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &table, Key: key(pk, sk), ConsistentRead: aws.Bool(true),
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", table, err)
	}
	if out.Item == nil {
		return nil, fmt.Errorf("%s: %w", table, app.ErrNotFound)
	}
	return out.Item, nil
}

// span asks for a run of items of one partition: of the table, read
// consistently, or of an index. One of the bounds of the sort key may be set:
// its beginning; from and to, included; above or below, excluded.
type span struct {
	table, index string
	hash, value  string // the partition key's name and value
	sort         string // the sort key's name
	begins       string
	from, to     string
	above, below string
	newestFirst  bool // by the sort key
	limit        int  // 0: all there are
}

// query reads a span, at most limit items of it, and tells whether there may be
// more.
func (db database) query(ctx context.Context, s span) (found []item, more bool, err error) {
	in := s.input()
	for {
		if s.limit > 0 {
			in.Limit = aws.Int32(int32(s.limit - len(found)))
		}
		out, err := db.client.Query(ctx, in)
		if err != nil {
			return nil, false, fmt.Errorf("query %s %s: %w", s.table, s.index, err)
		}
		found = append(found, out.Items...)
		in.ExclusiveStartKey = out.LastEvaluatedKey
		more = len(out.LastEvaluatedKey) > 0
		if !more || s.limit > 0 && len(found) >= s.limit {
			return found, more, nil
		}
	}
}

// pages reads a span page by page until each says that it has enough.
func (db database) pages(ctx context.Context, s span, size int, each func([]item) (bool, error)) error {
	in := s.input()
	in.Limit = aws.Int32(int32(size))
	for {
		out, err := db.client.Query(ctx, in)
		if err != nil {
			return fmt.Errorf("query %s %s: %w", s.table, s.index, err)
		}
		if more, err := each(out.Items); err != nil || !more || len(out.LastEvaluatedKey) == 0 {
			return err
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}

func (s span) input() *dynamodb.QueryInput {
	names, values := map[string]string{"#h": s.hash}, item{":h": text(s.value)}
	condition := "#h = :h"
	add := func(expression, name, value string) {
		condition += " AND " + expression
		names["#s"], values[name] = s.sort, text(value)
	}
	switch {
	case s.begins != "":
		add("begins_with(#s, :b)", ":b", s.begins)
	case s.from != "" && s.to != "":
		values[":f"] = text(s.from)
		add("#s BETWEEN :f AND :t", ":t", s.to)
	case s.from != "":
		add("#s >= :f", ":f", s.from)
	case s.to != "":
		add("#s <= :t", ":t", s.to)
	case s.above != "":
		add("#s > :a", ":a", s.above)
	case s.below != "":
		add("#s < :u", ":u", s.below)
	}
	in := &dynamodb.QueryInput{
		TableName: &s.table, KeyConditionExpression: &condition,
		ExpressionAttributeNames: names, ExpressionAttributeValues: values,
		ScanIndexForward: aws.Bool(!s.newestFirst),
	}
	if s.index != "" {
		in.IndexName = &s.index
	} else {
		in.ConsistentRead = aws.Bool(true)
	}
	return in
}

// batch reads items by key, consistently, in no order. DynamoDB leaves keys out
// when it has too much to do; they are asked for again, a few times.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
func (db database) batch(ctx context.Context, table string, keys []item) ([]item, error) {
	var found []item
	wait := 20 * time.Millisecond
	for len(keys) > 0 {
		n := min(len(keys), 100)
		out, err := db.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
			RequestItems: map[string]types.KeysAndAttributes{table: {Keys: keys[:n], ConsistentRead: aws.Bool(true)}},
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", table, err)
		}
		found = append(found, out.Responses[table]...)
		left := out.UnprocessedKeys[table].Keys
		keys = append(left[:len(left):len(left)], keys[n:]...)
		if len(left) == 0 {
			continue
		}
		if wait > time.Second {
			return nil, fmt.Errorf("read %s: %d keys were left out again and again", table, len(left))
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
			wait *= 2
		}
	}
	return found, nil
}
