package shape

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The codes of findings.
const (
	CodeRequired = "required"
	CodeUnknown  = "unknown"
	CodeType     = "type"
	CodeNull     = "null"
	CodePattern  = "pattern"
	CodeNotOneOf = "not_one_of"
	CodeTooShort = "too_short"
	CodeTooLong  = "too_long"
	CodeTooSmall = "too_small"
	CodeTooLarge = "too_large"
	CodeTooFew   = "too_few"
	CodeTooMany  = "too_many"
	CodeRepeated = "repeated"
)

// Codes lists the codes of findings.
func Codes() []string {
	return []string{CodeRequired, CodeUnknown, CodeType, CodeNull, CodePattern, CodeNotOneOf, CodeTooShort,
		CodeTooLong, CodeTooSmall, CodeTooLarge, CodeTooFew, CodeTooMany, CodeRepeated}
}

// maxFindings keeps an answer short, whatever was sent.
const maxFindings = 50

// Finding is one thing that is not as it should be. Pointer is an RFC 6901 JSON
// pointer into the value; Detail is a sentence that repeats nothing of it.
type Finding struct {
	Pointer string
	Code    string
	Detail  string
}

// Check finds all that is wrong with a value as decoding JSON into an any gives
// it, in the order of the members' names. An empty list means that it is good.
func (s *Shape) Check(value any) []Finding {
	c := checker{}
	c.check(s, "", value)
	return c.findings
}

// CheckText checks a value that arrived as text, in a query or a header.
func (s *Shape) CheckText(text string) []Finding {
	switch s.Type {
	case Integer:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return s.Check(float64(n))
		}
	case Boolean:
		if text == "true" || text == "false" {
			return nil
		}
	}
	return s.Check(text)
}

type checker struct{ findings []Finding }

func (c *checker) add(pointer, code, format string, args ...any) {
	if len(c.findings) < maxFindings {
		c.findings = append(c.findings, Finding{pointer, code, fmt.Sprintf(format, args...)})
	}
}

func (c *checker) check(s *Shape, pointer string, value any) {
	if value == nil {
		c.add(pointer, CodeNull, "Leave it out rather than sending null.")
		return
	}
	if s.Either != nil {
		c.either(s, pointer, value)
		return
	}
	got := typeOf(value)
	if got != s.Type {
		c.add(pointer, CodeType, "This is of type %s.", s.Type)
		return
	}
	switch s.Type {
	case Object:
		c.object(s, pointer, value.(map[string]any))
	case Array:
		c.array(s, pointer, value.([]any))
	case String:
		c.text(s, pointer, value.(string))
	case Integer:
		c.number(s, pointer, value.(float64))
	}
}

// either reports what the alternative of the value's own type finds.
func (c *checker) either(s *Shape, pointer string, value any) {
	var names []string
	for _, alternative := range s.Either {
		if alternative.Type == typeOf(value) {
			c.check(alternative, pointer, value)
			return
		}
		names = append(names, string(alternative.Type))
	}
	c.add(pointer, CodeType, "This is of type %s.", strings.Join(names, " or "))
}

func (c *checker) object(s *Shape, pointer string, object map[string]any) {
	for _, m := range s.Members {
		value, ok := object[m.Name]
		switch {
		case ok:
			c.check(m.Shape, pointer+"/"+m.Name, value)
		case m.Required:
			c.add(pointer+"/"+m.Name, CodeRequired, "This is required.")
		}
	}
	if s.MaxMembers > 0 && len(object) > s.MaxMembers {
		c.add(pointer, CodeTooMany, "At most %d members.", s.MaxMembers)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if slices.ContainsFunc(s.Members, func(m Member) bool { return m.Name == name }) {
			continue
		}
		at := pointer + "/" + escape(name)
		switch {
		case s.Others == nil:
			c.add(at, CodeUnknown, "There is no such member, or it is not for you to set.")
		case s.Names != nil && !s.Names.Match(name):
			c.add(at, CodeUnknown, "This cannot be the name of a member.")
		default:
			c.check(s.Others, at, object[name])
		}
	}
}

func (c *checker) array(s *Shape, pointer string, array []any) {
	if len(array) < s.MinItems {
		c.add(pointer, CodeTooFew, "At least %d.", s.MinItems)
	}
	if s.MaxItems > 0 && len(array) > s.MaxItems {
		c.add(pointer, CodeTooMany, "At most %d.", s.MaxItems)
		return
	}
	for i, item := range array {
		at := pointer + "/" + strconv.Itoa(i)
		if s.Unique && slices.ContainsFunc(array[:i], func(v any) bool { return reflect.DeepEqual(v, item) }) {
			c.add(at, CodeRepeated, "This is in the list already.")
			continue
		}
		c.check(s.Items, at, item)
	}
}

func (c *checker) text(s *Shape, pointer, text string) {
	length := utf8.RuneCountInString(text)
	switch {
	case length < s.MinLength:
		c.add(pointer, CodeTooShort, "At least %d characters.", s.MinLength)
	case s.MaxLength > 0 && length > s.MaxLength:
		c.add(pointer, CodeTooLong, "At most %d characters.", s.MaxLength)
	case s.OneOf != nil && !slices.Contains(s.OneOf, text):
		c.add(pointer, CodeNotOneOf, "One of %s.", strings.Join(s.OneOf, ", "))
	case s.Pattern != nil && !s.Pattern.Match(text):
		c.add(pointer, CodePattern, "This must match %s", s.Pattern.Expression)
	}
}

func (c *checker) number(s *Shape, pointer string, n float64) {
	switch {
	case n < float64(s.Min):
		c.add(pointer, CodeTooSmall, "At least %d.", s.Min)
	case n > float64(s.Max):
		c.add(pointer, CodeTooLarge, "At most %d.", s.Max)
	}
}

func typeOf(value any) Type {
	switch v := value.(type) {
	case map[string]any:
		return Object
	case []any:
		return Array
	case string:
		return String
	case bool:
		return Boolean
	case float64:
		if v == math.Trunc(v) {
			return Integer
		}
	}
	return "number"
}

// escape writes a member's name as a token of a JSON pointer (RFC 6901, 3).
func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
