package main

import (
	"strings"
	"testing"
)

// contractWith is a contract whose one body has this schema.
func contractWith(schema string) []byte {
	return []byte(`
paths:
  /things:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: ` + schema + `}}
components:
  schemas:
    Word: {type: string, maxLength: 5}
`)
}

func TestAContractBecomesShapes(t *testing.T) {
	source, err := generate(contractWith(
		`{type: object, additionalProperties: false, required: [w], properties: {w: {$ref: '#/components/schemas/Word', description: A word.}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`var shapeWord = &shape.Shape{MaxLength: 5, Type: shape.String}`,
		`{Name: "w", Required: true, Shape: shapeWord}`,
		`"POST /things": {`,
	} {
		if !strings.Contains(string(source), want) {
			t.Errorf("%s is missing from\n%s", want, source)
		}
	}
}

// TestNothingIsLost: what cannot be checked is refused, not skipped.
func TestNothingIsLost(t *testing.T) {
	for name, c := range map[string]struct{ schema, says string }{
		"an unknown keyword":              {`{type: string, not: {}}`, "not is a keyword"},
		"a type of two":                   {`{type: [string, 'null']}`, "type [string null]"},
		"a number":                        {`{type: number}`, "type number"},
		"an open object":                  {`{type: object, properties: {}}`, "additionalProperties"},
		"an object open on purpose":       {`{type: object, additionalProperties: true}`, "additionalProperties"},
		"a pattern that Go has not":       {`{type: string, pattern: '^a{1,2000}$'}`, "no RE2 expression"},
		"an unbounded integer":            {`{type: integer, minimum: 1}`, "minimum and a maximum"},
		"a keyword beside a reference":    {`{$ref: '#/components/schemas/Word', maxLength: 3}`, "beside a reference"},
		"a reference to nothing":          {`{$ref: '#/components/schemas/Nothing'}`, "leads nowhere"},
		"a reference to no schema at all": {`{$ref: '#/paths'}`, "no reference to a schema"},
	} {
		if _, err := generate(contractWith(c.schema)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
