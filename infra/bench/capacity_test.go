package main

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/dynamo/dynamolocal"
	"latchkey/functions/lib/dynamo/meter"
)

func TestUnitsAreThoseOfDynamoDB(t *testing.T) {
	local := dynamolocal.Start(t)
	table := local.Tables(t).Requests
	var m meter.Meter
	client := local.Client(m.Option, asBilled)
	text := func(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }
	put := func(pk string, bytes int, more ...string) types.TransactWriteItem {
		item := map[string]types.AttributeValue{"pk": text(pk), "sk": text("1"), "filling": text(strings.Repeat("x", bytes))}
		for i := 0; i < len(more); i += 2 {
			item[more[i]] = text(more[i+1])
		}
		return types.TransactWriteItem{Put: &types.Put{TableName: &table, Item: item}}
	}
	for _, c := range []struct {
		what   string
		writes []types.TransactWriteItem
		want   float64
	}{
		{"two small items", []types.TransactWriteItem{put("a", 10), put("b", 10)}, 4},
		{"a small one and one of 1.5 KB", []types.TransactWriteItem{put("c", 10), put("d", 1500)}, 6},
		{"one that an index holds", []types.TransactWriteItem{put("e", 10, "due_shard", "1", "due", "2026", "request_id", "r")}, 3},
		{"the same with another key of the index", []types.TransactWriteItem{put("e", 10, "due_shard", "1", "due", "2027", "request_id", "r")}, 4},
		{"the same again", []types.TransactWriteItem{put("e", 10, "due_shard", "1", "due", "2027", "request_id", "r")}, 2},
	} {
		_, err := client.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: c.writes})
		if got := m.Take().Write; err != nil || got != c.want {
			t.Errorf("%s: %g write units, want %g; %v", c.what, got, c.want, err)
		}
	}
	for consistent, want := range map[bool]float64{false: 0.5, true: 1} {
		_, err := client.Query(t.Context(), &dynamodb.QueryInput{TableName: &table, ConsistentRead: &consistent,
			KeyConditionExpression: aws.String("pk = :pk"), ExpressionAttributeValues: map[string]types.AttributeValue{":pk": text("nobody")}})
		if got := m.Take().Read; err != nil || got != want {
			t.Errorf("a query of nothing, consistent %v: %g read units, want %g; %v", consistent, got, want, err)
		}
	}
}
