// Package shape checks values against the part of JSON Schema that the contract
// uses for what it takes in. Shapes are plain data, generated from the
// contract, so they cost a starting function nothing; a pattern is compiled
// when it is first needed.
package shape

import (
	"regexp"
	"sync"
)

// Type is a JSON type.
type Type string

// The types that inputs are made of.
const (
	Object  Type = "object"
	Array   Type = "array"
	String  Type = "string"
	Integer Type = "integer"
	Boolean Type = "boolean"
)

// Shape describes a value. Only the members that belong to its Type matter.
type Shape struct {
	Type   Type
	Either []*Shape // instead of Type: one of these

	Members    []Member // of an object; sorted by name
	Others     *Shape   // of members beyond those; nil: there may be none
	Names      *Pattern // of members beyond those
	MaxMembers int      // 0: any number

	Items    *Shape
	MinItems int
	MaxItems int // 0: any number
	Unique   bool

	MinLength int // in characters
	MaxLength int // 0: any length
	Pattern   *Pattern
	OneOf     []string // nil: any

	Min, Max int64 // of an integer, both included
}

// Member is a named member of an object.
type Member struct {
	Name     string
	Required bool
	Shape    *Shape
}

// Pattern is a regular expression in the syntax that RE2 and ECMA 262 share.
type Pattern struct {
	Expression string

	once     sync.Once
	compiled *regexp.Regexp
}

// Match tells whether the expression matches somewhere in text.
func (p *Pattern) Match(text string) bool {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Expression) })
	return p.compiled.MatchString(text)
}
