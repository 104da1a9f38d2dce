package workflow_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"testing"

	"latchkey/functions/lib/workflow"
)

// Lambda names an error by its Go type; a type missing from ErrorNames would
// pass the check of the state machines unseen.
func TestEveryNamedErrorIsListedUnderTheNameThatLambdaReports(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "errors.go", nil, 0)
	must(t, err)
	var declared []string
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Error" {
			declared = append(declared, f.Recv.List[0].Type.(*ast.Ident).Name)
		}
	}
	if !slices.Equal(declared, workflow.ErrorNames()) {
		t.Errorf("declared %v, listed %v", declared, workflow.ErrorNames())
	}
}

func TestANamedErrorCarriesItsMessage(t *testing.T) {
	for _, err := range []error{workflow.TryAgain{Message: "x"}, workflow.GrantRefused{Message: "x"},
		workflow.StillHeld{Message: "x"}, workflow.Overtaken{Message: "x"}} {
		if err.Error() != "x" || !slices.Contains(workflow.ErrorNames(), reflect.TypeOf(err).Name()) {
			t.Errorf("%T says %q", err, err)
		}
	}
}
