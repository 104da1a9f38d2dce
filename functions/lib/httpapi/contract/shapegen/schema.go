package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// shape gives the Go expression of a schema, a *shape.Shape.
func (g *generator) shape(schema object) string {
	if ref, ok := schema["$ref"].(string); ok {
		return g.reference(ref, schema)
	}
	var members []string
	set := func(name, format string, args ...any) {
		members = append(members, name+": "+fmt.Sprintf(format, args...))
	}
	for _, keyword := range slices.Sorted(maps.Keys(schema)) {
		value := schema[keyword]
		switch keyword {
		case "description", "default", "examples":
		case "type":
			set("Type", "%s", g.typeName(value))
		case "oneOf":
			set("Either", "[]*shape.Shape{%s}", g.shapes(asList(value)))
		case "properties":
			set("Members", "%s", g.members(schema))
		case "required":
			// stands with each member
		case "additionalProperties":
			if others := asObject(value); others != nil {
				set("Others", "%s", g.shape(others))
			} else if value != false {
				g.fail("additionalProperties: %v cannot be checked", value)
			}
		case "propertyNames":
			set("Names", "%s", g.pattern(asObject(value)["pattern"]))
		case "items":
			set("Items", "%s", g.shape(asObject(value)))
		case "uniqueItems":
			set("Unique", "%t", value)
		case "enum":
			set("OneOf", "%#v", words(asList(value)))
		case "pattern":
			set("Pattern", "%s", g.pattern(value))
		case "minimum", "maximum":
			set(strings.ToUpper(keyword[:1])+keyword[1:3], "%d", value)
		case "minLength", "maxLength", "minItems", "maxItems":
			set(strings.ToUpper(keyword[:1])+keyword[1:], "%d", value)
		case "maxProperties":
			set("MaxMembers", "%d", value)
		default:
			if !strings.HasPrefix(keyword, "x-") {
				g.fail("%s is a keyword that package shape does not check", keyword)
			}
		}
	}
	if schema["type"] == "object" && schema["additionalProperties"] == nil {
		g.fail("an object that comes in says what additionalProperties are: %v", schema)
	}
	if schema["type"] == "integer" && (schema["minimum"] == nil || schema["maximum"] == nil) {
		g.fail("an integer that comes in has a minimum and a maximum: %v", schema)
	}
	return "&shape.Shape{" + strings.Join(members, ", ") + "}"
}

// reference gives the variable that holds a schema. Beside a reference stand
// words for people only.
func (g *generator) reference(ref string, schema object) string {
	for keyword := range schema {
		if keyword != "$ref" && keyword != "description" {
			g.fail("%s: %s stands beside a reference", ref, keyword)
		}
	}
	name, ok := strings.CutPrefix(ref, "#/components/schemas/")
	if !ok {
		return g.fail("%s is no reference to a schema", ref)
	}
	if _, known := g.schemas[name]; !known {
		g.schemas[name] = "" // a schema may refer to itself
		g.schemas[name] = g.shape(g.resolve(schema))
	}
	return variable(name)
}

func (g *generator) typeName(value any) string {
	switch value {
	case "object", "array", "string", "integer", "boolean":
		name := value.(string)
		return "shape." + strings.ToUpper(name[:1]) + name[1:]
	}
	return g.fail("type %v cannot be checked", value)
}

func (g *generator) members(schema object) string {
	properties := asObject(schema["properties"])
	required := words(asList(schema["required"]))
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		fmt.Fprintf(&b, "\n{Name: %q, Required: %t, Shape: %s},", name,
			slices.Contains(required, name), g.shape(asObject(properties[name])))
	}
	return "[]shape.Member{" + b.String() + "\n}"
}

func (g *generator) shapes(schemas []any) string {
	var all []string
	for _, s := range schemas {
		all = append(all, g.shape(asObject(s)))
	}
	return strings.Join(all, ", ")
}

// pattern is compiled when it is needed first, so it is tried here.
func (g *generator) pattern(expression any) string {
	if _, err := regexp.Compile(fmt.Sprint(expression)); err != nil {
		return g.fail("a pattern is no RE2 expression: %v", err)
	}
	return fmt.Sprintf("&shape.Pattern{Expression: %q}", expression)
}

func words(list []any) []string {
	all := make([]string, len(list))
	for i, word := range list {
		all[i] = fmt.Sprint(word)
	}
	return all
}
