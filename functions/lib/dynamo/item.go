package dynamo

import (
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"latchkey/functions/lib/access"
)

type item = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n int) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.Itoa(n)}
}

func key(pk, sk string) item { return item{"pk": text(pk), "sk": text(sk)} }

// row gives the item of a record, under its key.
func row(pk, sk string, record any) (item, error) {
	it, err := attributevalue.MarshalMap(record)
	if err != nil {
		return nil, fmt.Errorf("item %s %s: %w", pk, sk, err)
	}
	it["pk"], it["sk"] = text(pk), text(sk)
	return it, nil
}

func textOf(it item, name string) string {
	if s, ok := it[name].(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

func numbered(prefix string, n int) string { return fmt.Sprintf("%s#%06d", prefix, n) }

// stampLayout makes times sort as text.
const stampLayout = "2006-01-02T15:04:05.000Z"

// stamp writes a time; the zero time as "".
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(stampLayout)
}

// parser reads times and durations and keeps the first error.
type parser struct{ err error }

func (p *parser) time(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(stampLayout, s)
	p.keep(err)
	return t
}

func (p *parser) duration(s string) access.Duration {
	var d access.Duration
	p.keep(d.UnmarshalText([]byte(s)))
	return d
}

func (p *parser) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

// unit is the size that one write unit pays for.
const unit = 1024

// size is what an item counts for, as DynamoDB adds it up.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
func size(it item) int {
	total := 0
	for name, value := range it {
		total += len(name) + sizeOf(value)
	}
	return total
}

func sizeOf(value types.AttributeValue) int {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return len(v.Value)
	case *types.AttributeValueMemberN:
		return (len(v.Value)+1)/2 + 1
	case *types.AttributeValueMemberL:
		total := 3
		for _, element := range v.Value {
			total += 1 + sizeOf(element)
		}
		return total
	case *types.AttributeValueMemberM:
		return 3 + len(v.Value) + size(v.Value)
	}
	return 1
}
