// Package arch_test keeps the import arrows:
//
//	access ← app ← adapters (connector, dynamo, workflow, mail, queue) ← mains
package arch_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const lib = "latchkey/functions/lib/"

// imports lists what a package of functions/lib depends on, however far away.
func imports(t *testing.T, name string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", lib+name).Output()
	if err != nil {
		t.Fatalf("go list %s: %v", name, err)
	}
	own := lib + name
	return slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return p == own })
}

func ours(path string) bool { return strings.HasPrefix(path, "latchkey/") }

func foreign(path string) bool { return strings.Contains(strings.Split(path, "/")[0], ".") }

func TestTheDomainImportsTheStandardLibraryAlone(t *testing.T) {
	for _, path := range imports(t, "access") {
		if ours(path) || foreign(path) || path == "math/rand" || path == "math/rand/v2" {
			t.Errorf("access imports %s", path)
		}
	}
}

func TestTheUseCasesImportTheDomainAlone(t *testing.T) {
	for _, path := range imports(t, "app") {
		if ours(path) && path != lib+"access" || foreign(path) {
			t.Errorf("app imports %s", path)
		}
	}
}

func TestAdaptersDoNotKnowEachOther(t *testing.T) {
	adapters := []string{"connector", "dynamo", "workflow", "mail", "queue"}
	for _, adapter := range adapters {
		deps := imports(t, adapter)
		if !slices.Contains(deps, lib+"app") {
			t.Errorf("%s does not implement anything of app", adapter)
		}
		for _, other := range adapters {
			if slices.Contains(deps, lib+other) {
				t.Errorf("%s imports %s", adapter, other)
			}
		}
	}
}
