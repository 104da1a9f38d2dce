// Package template reads template.yaml as CloudFormation does, for the tests
// that hold it to its promises: least privilege, nothing lost without a dead
// letter, nothing dead without an alarm. It imports nothing of Latchkey.
package template

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Template is template.yaml. Short forms stand as the long ones: !Ref X is
// {"Ref": X}, !GetAtt X.Y is {"Fn::GetAtt": "X.Y"}, !Sub is {"Fn::Sub": …}.
type Template struct {
	Resources  map[string]Resource
	Parameters map[string]any
	Globals    map[string]any
	Outputs    map[string]any
}

// Resource is one of the template's resources.
type Resource struct {
	Type       string
	Properties map[string]any
	// Attributes are the members beside Type and Properties, say DeletionPolicy.
	Attributes map[string]any
}

// Load reads the template of the module that the working directory is in.
func Load() (Template, error) {
	root, err := Root()
	if err != nil {
		return Template{}, err
	}
	text, err := os.ReadFile(filepath.Join(root, "template.yaml"))
	if err != nil {
		return Template{}, err
	}
	return Parse(text)
}

// Root is the folder of the go.mod at or above the working directory.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		dir = parent
	}
}

// Parse reads a template in YAML.
func Parse(text []byte) (Template, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return Template{}, fmt.Errorf("template: %w", err)
	}
	if len(file.Docs) != 1 {
		return Template{}, fmt.Errorf("template: %d documents, want 1", len(file.Docs))
	}
	whole, _ := plain(file.Docs[0].Body).(map[string]any)
	t := Template{Resources: map[string]Resource{}}
	t.Parameters, _ = whole["Parameters"].(map[string]any)
	t.Globals, _ = whole["Globals"].(map[string]any)
	t.Outputs, _ = whole["Outputs"].(map[string]any)
	resources, _ := whole["Resources"].(map[string]any)
	for name, body := range resources {
		fields, _ := body.(map[string]any)
		r := Resource{Attributes: map[string]any{}}
		r.Type, _ = fields["Type"].(string)
		r.Properties, _ = fields["Properties"].(map[string]any)
		for key, value := range fields {
			if key != "Type" && key != "Properties" {
				r.Attributes[key] = value
			}
		}
		t.Resources[name] = r
	}
	if len(t.Resources) == 0 {
		return Template{}, fmt.Errorf("template: no resources")
	}
	return t, nil
}

// OfType are the resources of one type, by name.
func (t Template) OfType(kind string) map[string]Resource {
	found := map[string]Resource{}
	for name, r := range t.Resources {
		if r.Type == kind {
			found[name] = r
		}
	}
	return found
}

// Name is the resource that a reference leads to: of {"Ref": X} and
// {"Fn::GetAtt": "X.Arn"} it is X, and "" of anything else.
func Name(value any) string {
	reference, _ := value.(map[string]any)
	if name, ok := reference["Ref"].(string); ok {
		return name
	}
	attribute, _ := reference["Fn::GetAtt"].(string)
	name, _, _ := strings.Cut(attribute, ".")
	return name
}

func plain(node ast.Node) any {
	switch n := node.(type) {
	case *ast.TagNode:
		return map[string]any{long(n.Start.Value): plain(n.Value)}
	case *ast.MappingNode:
		m := map[string]any{}
		for _, pair := range n.Values {
			m[key(pair)] = plain(pair.Value)
		}
		return m
	case *ast.MappingValueNode:
		return map[string]any{key(n): plain(n.Value)}
	case *ast.SequenceNode:
		list := make([]any, 0, len(n.Values))
		for _, value := range n.Values {
			list = append(list, plain(value))
		}
		return list
	case *ast.LiteralNode:
		return n.Value.Value
	case ast.ScalarNode:
		return n.GetValue()
	}
	return nil
}

func key(pair *ast.MappingValueNode) string {
	if scalar, ok := pair.Key.(ast.ScalarNode); ok {
		return fmt.Sprint(scalar.GetValue())
	}
	return pair.Key.String()
}

// long is the full name of a short intrinsic function:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
func long(tag string) string {
	name := strings.TrimPrefix(tag, "!")
	if name == "Ref" || name == "Condition" {
		return name
	}
	return "Fn::" + name
}
