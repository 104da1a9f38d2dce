package memory

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// expression is what an expression refers to. Its grammar is the part of
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
// that package dynamo uses.
type expression struct {
	names  map[string]string
	values item
}

type predicate func(item) bool

// holds evaluates a condition on a row, which may be nil.
func (x expression) holds(text string, it item) (bool, error) {
	p, err := x.parse(text)
	return err == nil && p(it), err
}

var word = regexp.MustCompile(`[#:]?\w+|<=|>=|<>|[=<>(),]`)

var split sync.Map // of expressions that were split before

func words(text string) []string {
	if known, ok := split.Load(text); ok {
		return known.([]string)
	}
	found := word.FindAllString(text, -1)
	if strings.Join(found, "") != strings.ReplaceAll(text, " ", "") {
		found = []string{"(not an expression)"}
	}
	split.Store(text, found)
	return found
}

// reader reads an expression word by word.
type reader struct {
	expression
	words []string
	err   error
}

func (x expression) parse(text string) (predicate, error) {
	r := &reader{expression: x, words: words(text)}
	p := r.either()
	if len(r.words) > 0 {
		r.fail("the end")
	}
	if r.err != nil {
		return nil, fmt.Errorf("memory: the expression %q: %w", text, r.err)
	}
	return p, nil
}

func (r *reader) fail(wanted string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s was expected before %q", wanted, r.words)
	}
	r.words = nil
}

// next takes the next word if it is one of these; any, if there are none.
func (r *reader) next(of ...string) (string, bool) {
	if len(r.words) == 0 || len(of) > 0 && !slices.Contains(of, r.words[0]) {
		return "", false
	}
	word := r.words[0]
	r.words = r.words[1:]
	return word, true
}

func (r *reader) must(word string) {
	if _, ok := r.next(word); !ok {
		r.fail(word)
	}
}

func (r *reader) either() predicate {
	left := r.both()
	for {
		if _, ok := r.next("OR"); !ok {
			return left
		}
		a, b := left, r.both()
		left = func(it item) bool { return a(it) || b(it) }
	}
}

func (r *reader) both() predicate {
	left := r.one()
	for {
		if _, ok := r.next("AND"); !ok {
			return left
		}
		a, b := left, r.one()
		left = func(it item) bool { return a(it) && b(it) }
	}
}

func (r *reader) one() predicate {
	if _, ok := r.next("("); ok {
		p := r.either()
		r.must(")")
		return p
	}
	if function, ok := r.next("attribute_not_exists", "attribute_exists", "begins_with"); ok {
		return r.function(function)
	}
	attribute := r.attribute()
	operator, ok := r.next("=", "<>", "<", "<=", ">", ">=", "IN", "BETWEEN")
	switch {
	case !ok:
		r.fail("an operator")
	case operator == "IN":
		return r.in(attribute)
	case operator == "BETWEEN":
		low := r.value()
		r.must("AND")
		high := r.value()
		return func(it item) bool {
			return compares(it[attribute], ">=", low) && compares(it[attribute], "<=", high)
		}
	}
	value := r.value()
	return func(it item) bool { return compares(it[attribute], operator, value) }
}

func (r *reader) function(name string) predicate {
	r.must("(")
	attribute := r.attribute()
	prefix := ""
	if name == "begins_with" {
		r.must(",")
		prefix = textOf(r.value())
	}
	r.must(")")
	return func(it item) bool {
		switch name {
		case "begins_with":
			return strings.HasPrefix(textOf(it[attribute]), prefix)
		case "attribute_exists":
			return it[attribute] != nil
		}
		return it[attribute] == nil
	}
}

func (r *reader) in(attribute string) predicate {
	r.must("(")
	values := []types.AttributeValue{r.value()}
	for {
		if _, more := r.next(","); !more {
			break
		}
		values = append(values, r.value())
	}
	r.must(")")
	return func(it item) bool {
		return slices.ContainsFunc(values, func(v types.AttributeValue) bool { return compares(it[attribute], "=", v) })
	}
}

func (r *reader) attribute() string {
	word, ok := r.next()
	if name, aliased := r.names[word]; aliased {
		return name
	}
	if !ok || strings.ContainsAny(word, "#:=<>(),") {
		r.fail("an attribute")
	}
	return word
}

func (r *reader) value() types.AttributeValue {
	word, _ := r.next()
	v, ok := r.values[word]
	if !ok {
		r.fail("a value")
	}
	return v
}

// compares is false where an attribute is missing or of another type.
func compares(a types.AttributeValue, operator string, b types.AttributeValue) bool {
	var c int
	switch a := a.(type) {
	case *types.AttributeValueMemberS:
		b, same := b.(*types.AttributeValueMemberS)
		if !same {
			return false
		}
		c = strings.Compare(a.Value, b.Value)
	case *types.AttributeValueMemberN:
		b, same := b.(*types.AttributeValueMemberN)
		if !same {
			return false
		}
		c = cmp.Compare(numberOf(a), numberOf(b))
	default:
		return false
	}
	switch operator {
	case "=":
		return c == 0
	case "<>":
		return c != 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	}
	return c >= 0
}

func numberOf(n *types.AttributeValueMemberN) int {
	v, _ := strconv.Atoi(n.Value)
	return v
}

// updated gives a row after an update ("SET #a = :a, #b = :b ADD #c :c").
func (x expression) updated(text string, it item) (item, error) {
	out := maps.Clone(it)
	if out == nil {
		out = item{}
	}
	r := &reader{expression: x, words: words(text)}
	for len(r.words) > 0 {
		clause, ok := r.next("SET", "ADD")
		if !ok {
			r.fail("SET or ADD")
			break
		}
		for more := true; more; _, more = r.next(",") {
			attribute := r.attribute()
			if clause == "SET" {
				r.must("=")
				out[attribute] = r.value()
				continue
			}
			by, isNumber := r.value().(*types.AttributeValueMemberN)
			if !isNumber {
				r.fail("a number")
				break
			}
			sum := numberOf(by)
			if old, ok := out[attribute].(*types.AttributeValueMemberN); ok {
				sum += numberOf(old)
			}
			out[attribute] = &types.AttributeValueMemberN{Value: strconv.Itoa(sum)}
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("memory: the update %q: %w", text, r.err)
	}
	return out, nil
}
