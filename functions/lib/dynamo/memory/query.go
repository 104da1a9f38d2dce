package memory

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// query reads a part of a table or of an index, in the order of its sort key
// and, where that is the same, of the primary key.
func (m *Memory) query(p *dynamodb.QueryInput) (*dynamodb.QueryOutput, error) {
	t, name := m.tables[*p.TableName], ""
	if p.IndexName != nil {
		name = *p.IndexName
	}
	by, there := t.indexes[name]
	if !there || p.FilterExpression != nil || p.ProjectionExpression != nil {
		return nil, fmt.Errorf("memory: a query of %s %s that it does not know", *p.TableName, name)
	}
	x := expression{p.ExpressionAttributeNames, p.ExpressionAttributeValues}
	condition, err := x.parse(*p.KeyConditionExpression)
	if err != nil {
		return nil, err
	}
	var found []item
	for _, it := range t.rows {
		if it[by.hash] != nil && it[by.sort] != nil && condition(it) {
			found = append(found, it)
		}
	}
	order := func(a, b item) int {
		for _, attribute := range []string{by.sort, "pk", "sk"} {
			if c := strings.Compare(textOf(a[attribute]), textOf(b[attribute])); c != 0 {
				return c
			}
		}
		return 0
	}
	if p.ScanIndexForward != nil && !*p.ScanIndexForward {
		forward := order
		order = func(a, b item) int { return forward(b, a) }
	}
	slices.SortFunc(found, order)
	if p.ExclusiveStartKey != nil {
		found = slices.DeleteFunc(found, func(it item) bool { return order(it, p.ExclusiveStartKey) <= 0 })
	}
	out := &dynamodb.QueryOutput{}
	if p.Limit != nil && len(found) >= int(*p.Limit) {
		found = found[:*p.Limit]
		out.LastEvaluatedKey = by.keys(found[len(found)-1])
	}
	for _, it := range found {
		if by.keysOnly {
			it = by.keys(it)
		}
		out.Items = append(out.Items, maps.Clone(it))
	}
	out.Count = int32(len(out.Items))
	return out, nil
}

func (i index) keys(it item) item {
	return item{"pk": it["pk"], "sk": it["sk"], i.hash: it[i.hash], i.sort: it[i.sort]}
}
