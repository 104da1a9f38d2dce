package statemachines_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"latchkey/infra/template"
)

func TestTheStateMachinesAreValid(t *testing.T) {
	lint := linter(t)
	for name, definition := range definitions {
		if complaint := lint(t, definition); complaint != "" {
			t.Errorf("%s: %s", name, complaint)
		}
	}
}

// Each of these has one mistake, which a linter that looks away would let pass.
func TestTheLinterFindsMistakes(t *testing.T) {
	lint := linter(t)
	busted, err := filepath.Glob("testdata/busted_*.asl.json")
	if err != nil || len(busted) == 0 {
		t.Fatalf("no busted machines: %v", err)
	}
	for _, path := range busted {
		definition, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if lint(t, definition) == "" {
			t.Errorf("%s passes", path)
		}
	}
}

// linter installs asl-validator under .local, unless it is there as locked, and
// gives a function that returns its complaint, empty for a valid definition.
func linter(t *testing.T) func(t *testing.T, definition []byte) string {
	t.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Fatal("npm is needed to lint the state machines: install Node.js 20 or later")
	}
	root, err := template.Root()
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(root, ".local", "asl-lint")
	installed := filepath.Join(home, "installed.json")
	locked := must(t, "lint/package-lock.json")
	if there, _ := os.ReadFile(installed); !bytes.Equal(there, locked) {
		if err := os.MkdirAll(home, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"package.json", "package-lock.json"} {
			if err := os.WriteFile(filepath.Join(home, file), must(t, "lint/"+file), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		install := exec.Command(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
		install.Dir = home
		if out, err := install.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v\n%s", err, out)
		}
		if err := os.WriteFile(installed, locked, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return func(t *testing.T, definition []byte) string {
		t.Helper()
		definition = bytes.ReplaceAll(definition, []byte("${Partition}"), []byte("aws"))
		definition = regexp.MustCompile(`\$\{\w+\}`).ReplaceAll(definition, []byte("arn:aws:lambda:eu-west-1:123456789012:function:any"))
		path := filepath.Join(t.TempDir(), "machine.asl.json")
		if err := os.WriteFile(path, definition, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(filepath.Join(home, "node_modules", ".bin", "asl-validator"), "--json-path", path).CombinedOutput()
		if err == nil {
			return ""
		}
		return strings.TrimSpace(err.Error() + " " + string(out))
	}
}

func must(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
