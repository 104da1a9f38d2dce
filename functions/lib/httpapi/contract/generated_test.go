package contract_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTheGeneratedFilesAreThoseOfTheContract runs what `go generate` runs, into
// a directory of its own.
func TestTheGeneratedFilesAreThoseOfTheContract(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	runs := 0
	for line := range strings.Lines(string(source)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "//go:generate ")
		if !ok {
			continue
		}
		runs++
		args := strings.Fields(command)
		at := slices.IndexFunc(args, func(arg string) bool { return strings.HasSuffix(arg, ".gen.go") })
		name := args[at]
		args[at] = filepath.Join(dir, name)
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the contract gives (%v): run go generate ./functions/lib/httpapi/contract", name, err)
		}
	}
	if runs != 2 {
		t.Errorf("%d generators, not 2", runs)
	}
}
