// Package arch_test keeps the import arrows:
//
//	access ← app ← adapters (batch, chat, connector, dynamo, httpapi, invoke, mail, policy, queue, workflow) ← mains
package arch_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"latchkey/infra/template"
)

const lib = "latchkey/functions/lib/"

var adapters = []string{"batch", "chat", "connector", "dynamo", "httpapi", "invoke", "mail", "policy", "queue", "workflow"}

// pkg is what `go list -json` says about a package. Deps are all that it
// depends on, however far away; tests are left out.
type pkg struct {
	ImportPath, Name, Dir  string
	GoFiles, Imports, Deps []string
}

func packages(t *testing.T) map[string]pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Name,Dir,GoFiles,Imports,Deps", "latchkey/functions/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[string]pkg{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		found[p.ImportPath] = p
	}
}

func ours(path string) bool { return strings.HasPrefix(path, "latchkey/") }

func foreign(path string) bool { return strings.Contains(strings.Split(path, "/")[0], ".") }

// adapter gives the adapter that a package belongs to, or "".
func adapter(path string) string {
	rest, _ := strings.CutPrefix(path, lib)
	if name, _, _ := strings.Cut(rest, "/"); slices.Contains(adapters, name) {
		return name
	}
	return ""
}

func TestTheDomainImportsTheStandardLibraryAlone(t *testing.T) {
	access := packages(t)[lib+"access"]
	for _, path := range access.Deps {
		if ours(path) || foreign(path) {
			t.Errorf("access depends on %s", path)
		}
	}
	for _, path := range access.Imports {
		if slices.Contains([]string{"crypto/rand", "math/rand", "math/rand/v2", "os", "net", "net/http", "log/slog"}, path) {
			t.Errorf("access imports %s", path)
		}
	}
}

func TestTheUseCasesImportTheDomainAlone(t *testing.T) {
	for _, path := range packages(t)[lib+"app"].Deps {
		if ours(path) && path != lib+"access" || foreign(path) {
			t.Errorf("app depends on %s", path)
		}
	}
}

// TestNeitherReadsAClock: times are passed in.
func TestNeitherReadsAClock(t *testing.T) {
	all := packages(t)
	for _, name := range []string{"access", "app"} {
		for _, file := range all[lib+name].GoFiles {
			path := filepath.Join(all[lib+name].Dir, file)
			tree, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				x, ok := s.X.(*ast.Ident)
				if ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep"}, s.Sel.Name) {
					t.Errorf("%s/%s uses time.%s", name, file, s.Sel.Name)
				}
				return true
			})
		}
	}
}

func TestAdaptersDoNotKnowEachOther(t *testing.T) {
	all := packages(t)
	for path, p := range all {
		for _, dep := range p.Deps {
			if own, other := adapter(path), adapter(dep); own != "" && other != "" && own != other {
				t.Errorf("%s depends on %s", path, dep)
			}
		}
	}
	for _, name := range adapters {
		if p, there := all[lib+name]; there && !slices.Contains(p.Deps, lib+"app") {
			t.Errorf("%s does not implement anything of app", name)
		}
	}
}

// TestMainsAloneBringAdaptersTogether: besides them only packages wiring, which
// only they import, and apptest, which only tests import.
func TestMainsAloneBringAdaptersTogether(t *testing.T) {
	for path, p := range packages(t) {
		if slices.Contains(p.Deps, lib+"apptest") {
			t.Errorf("%s depends on apptest", path)
		}
		if p.Name == "main" || path == lib+"wiring" || path == lib+"apptest" {
			continue
		}
		var together []string
		for _, dep := range p.Deps {
			if name := adapter(dep); name != "" && !slices.Contains(together, name) {
				together = append(together, name)
			}
			if dep == lib+"wiring" {
				t.Errorf("%s depends on wiring", path)
			}
		}
		if len(together) > 1 {
			t.Errorf("%s brings together %v", path, together)
		}
	}
}

// mostLines is how long a function's main may be: it is wiring.
const mostLines = 60

// TestEveryFunctionIsAShortMainInAFolderOfItsName: one build makes them all, each
// named by its folder, so two of one name would overwrite each other silently.
func TestEveryFunctionIsAShortMainInAFolderOfItsName(t *testing.T) {
	loaded, err := template.Load()
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for id := range loaded.OfType("AWS::Serverless::Function") {
		missing[strings.ToLower(strings.TrimSuffix(id, "Function"))] = true
	}
	for path, p := range packages(t) {
		folder, inFunctions := strings.CutPrefix(path, "latchkey/functions/")
		if p.Name != "main" || strings.HasPrefix(folder, "lib/") {
			continue
		}
		if !inFunctions || !missing[folder] {
			t.Errorf("%s is no function of the template, or another one's second main", path)
		}
		delete(missing, folder)
		text, err := os.ReadFile(filepath.Join(p.Dir, "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(text), "\n"); lines > mostLines || !slices.Equal(p.GoFiles, []string{"main.go"}) {
			t.Errorf("%s: %d lines in %v", path, lines, p.GoFiles)
		}
	}
	for name := range missing {
		t.Errorf("the function %s has no main", name)
	}
}
