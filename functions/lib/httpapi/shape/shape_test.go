package shape_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"latchkey/functions/lib/httpapi/shape"
)

var (
	id    = &shape.Shape{Type: shape.String, Pattern: &shape.Pattern{Expression: "^[a-z]+$"}}
	count = &shape.Shape{Type: shape.Integer, Min: 1, Max: 9}
	form  = &shape.Shape{Type: shape.Object, Members: []shape.Member{
		{Name: "count", Shape: &shape.Shape{Either: []*shape.Shape{{Type: shape.String, OneOf: []string{"any", "all"}}, count}}},
		{Name: "ids", Shape: &shape.Shape{Type: shape.Array, Items: id, MinItems: 1, MaxItems: 3, Unique: true}},
		{Name: "more", Shape: &shape.Shape{Type: shape.Object, MaxMembers: 2, Names: &shape.Pattern{Expression: "^[a-z]+$"},
			Others: &shape.Shape{Type: shape.String, MaxLength: 3}}},
		{Name: "name", Required: true, Shape: &shape.Shape{Type: shape.String, MinLength: 2, MaxLength: 4}},
		{Name: "on", Shape: &shape.Shape{Type: shape.Boolean}},
	}}
)

// found gives the findings of a JSON text as "pointer code".
func found(t *testing.T, s *shape.Shape, text string) []string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, f := range s.Check(value) {
		out = append(out, f.Pointer+" "+f.Code)
		if f.Detail == "" {
			t.Errorf("%s says nothing", f.Pointer)
		}
	}
	return out
}

func TestEveryFindingIsPointedAt(t *testing.T) {
	for text, want := range map[string][]string{
		`{"name":"abc"}`:           {},
		`{"name":"žluť"}`:          {}, // characters are counted, not bytes
		`{}`:                       {"/name required"},
		`[]`:                       {" type"},
		`null`:                     {" null"},
		`{"name":null}`:            {"/name null"},
		`{"name":5}`:               {"/name type"},
		`{"name":""}`:              {"/name too_short"},
		`{"name":"abcde"}`:         {"/name too_long"},
		`{"Name":"abc"}`:           {"/name required", "/Name unknown"},
		`{"name":"abc","a/b~c":1}`: {"/a~1b~0c unknown"},
		`{"name":"abc","count":"all","on":false}`:               {},
		`{"name":"abc","count":9}`:                              {},
		`{"name":"abc","count":0}`:                              {"/count too_small"},
		`{"name":"abc","count":10}`:                             {"/count too_large"},
		`{"name":"abc","count":1.5}`:                            {"/count type"},
		`{"name":"abc","count":"some"}`:                         {"/count not_one_of"},
		`{"name":"abc","count":[]}`:                             {"/count type"},
		`{"name":"abc","on":"true"}`:                            {"/on type"},
		`{"name":"abc","ids":[]}`:                               {"/ids too_few"},
		`{"name":"abc","ids":["a","B","a"]}`:                    {"/ids/1 pattern", "/ids/2 repeated"},
		`{"name":"abc","ids":["a","b","c","d"]}`:                {"/ids too_many"},
		`{"name":"abc","more":{"x":"abcd","B":"","a":1}}`:       {"/more too_many"},
		`{"name":"abc","more":{"x":"abcd","B":""}}`:             {"/more/B unknown", "/more/x too_long"},
		`{"on":1,"ids":"a","more":7,"count":{},"zzz":{},"a":0}`: {"/count type", "/ids type", "/more type", "/name required", "/on type", "/a unknown", "/zzz unknown"},
	} {
		if diff := cmp.Diff(want, found(t, form, text)); diff != "" {
			t.Errorf("%s:\n%s", text, diff)
		}
	}
}

func TestTextFromAQueryIsReadByItsType(t *testing.T) {
	flag := &shape.Shape{Type: shape.Boolean}
	for _, c := range []struct {
		s    *shape.Shape
		text string
		good bool
	}{
		{count, "5", true}, {count, "0", false}, {count, "five", false}, {count, "5.0", false}, {count, "", false}, {count, "0x5", false},
		{flag, "true", true}, {flag, "false", true}, {flag, "1", false}, {flag, "TRUE", false},
		{id, "abc", true}, {id, "ABC", false}, {id, "", false},
	} {
		if good := len(c.s.CheckText(c.text)) == 0; good != c.good {
			t.Errorf("%s %q: %t", c.s.Type, c.text, good)
		}
	}
}

func TestAnAnswerStaysShortWhateverWasSent(t *testing.T) {
	body := `{"name":"abc"`
	for i := range 500 {
		body += `,"` + strings.Repeat("z", i+1) + `":1`
	}
	if n := len(found(t, form, body+"}")); n != 50 {
		t.Errorf("%d findings", n)
	}
}
