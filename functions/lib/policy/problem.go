package policy

import (
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cedar-policy/cedar-go"
)

// end stands behind a text that does not parse, so that the parser finds a token
// there too. It is not a character: nobody writes it.
const end = "\uffff"

// reasons put what cedar-go says of a text into sentences. cedar-go has its
// errors as text alone; what is not here is told without a reason.
var reasons = []struct{ said, sentence string }{
	{`^(?:exact )?got ` + end + ` want (.+)$`, "the text ends where “%s” should follow"},
	{end, "the text ends too early"},
	{`^(?:exact )?got (.+) want (.+)$`, "there is “%s” where “%s” should follow"},
	{`^unexpected effect: (.+)$`, "a policy begins with “permit” or “forbid”, not with “%s”"},
	{"^`(.+)` is (a method|a function), not ", "“%s” is %s"},
	{"^`(.+)` is (not a method|not a function)$", "“%s” is %s"},
	{`^(\w+) expects (.+)$`, "“%s” takes %s"},
	{`^duplicate (?:key|annotation): (.+)$`, "“%s” is there twice"},
	{`literal not terminated$`, "this string does not end on its line"},
	{`comment not terminated$`, "this comment does not end"},
	{`escape`, "in this string a backslash precedes what it must not"},
	{`out of range$`, "this number is too large"},
	{`(?:NUL|UTF-8 encoding)$`, "a character follows that Cedar does not allow"},
}

// explain says what is wrong with a text that does not parse, with the line and
// the column, counted in characters from 1.
func explain(source string) string {
	err := parseError(source + "\n" + end)
	said := err
	for next := errors.Unwrap(said); next != nil; next = errors.Unwrap(next) {
		said = next
	}
	at, token := locate(source+"\n"+end, err, said)
	return sentence(source[:min(at, len(source))], reason(said.Error(), token))
}

// sentence says what is wrong after the text before it.
func sentence(before, reason string) string {
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])
	return fmt.Sprintf("Line %d, column %d: %s.", line, column, reason)
}

func reason(said, token string) string {
	for _, r := range reasons {
		found := regexp.MustCompile(r.said).FindStringSubmatch(said)
		if found == nil {
			continue
		}
		var words []any
		for _, word := range found[1:] {
			words = append(words, short(word))
		}
		return fmt.Sprintf(r.sentence, words...)
	}
	if token == end {
		return "the text ends too early"
	}
	return "“" + short(token) + "” cannot stand here"
}

// locate finds the token that the parser stumbled over. The position in its error
// is that of the one after it; in lists, and where tokens cannot be told apart, of
// the token itself. For a string or number of which it makes nothing there is
// none: that token is the last of the shortest text with the same error.
func locate(text string, err, said error) (at int, token string) {
	position := regexp.MustCompile(`<input>:(\d+):(\d+)(: )?`).FindStringSubmatch(err.Error())
	if position == nil {
		return lastToken(text[:sort.Search(len(text), func(n int) bool {
			shorter := parseError(text[:n])
			return shorter != nil && shorter.Error() == err.Error()
		})])
	}
	at = offset(text, position[1], position[2])
	if position[3] != "" || strings.HasPrefix(said.Error(), "got ") {
		return at, ""
	}
	return lastToken(text[:at])
}

func parseError(text string) error {
	_, err := cedar.NewPolicyListFromBytes("", []byte(text))
	return err
}

// lastToken finds the last token of a text.
func lastToken(text string) (at int, token string) {
	found := regexp.MustCompile(`("+|\w+|[=!<>]=|::|&&|\|\||\S)\s*$`).FindStringSubmatchIndex(bare(text))
	if found == nil {
		return len(text), ""
	}
	return found[0], text[found[2]:found[3]]
}

// offset turns a line and a column into bytes.
func offset(source, line, column string) int {
	l, _ := strconv.Atoi(line)
	c, _ := strconv.Atoi(column)
	at := 0
	for ; l > 1; l-- {
		next := strings.IndexByte(source[at:], '\n')
		if next < 0 {
			return len(source)
		}
		at += next + 1
	}
	for ; c > 1 && at < len(source); c-- {
		_, size := utf8.DecodeRuneInString(source[at:])
		at += size
	}
	return at
}

// short gives of what stands in a text as much as a sentence bears.
func short(token string) string {
	const longest = 40
	if utf8.RuneCountInString(token) <= longest {
		return token
	}
	return string([]rune(token)[:longest]) + "…"
}
