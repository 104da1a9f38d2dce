package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFileIsReplacedAtOnceAndReadableByItsOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "deep", "stack.json")
	for _, text := range []string{"first", "second"} {
		if err := writeFile(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(file); string(got) != text {
			t.Errorf("the file says %q, not %q", got, text)
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %o", info.Mode().Perm())
	}
	if left, _ := filepath.Glob(file + ".*"); left != nil {
		t.Errorf("%v was left behind", left)
	}
}

func TestTheRepositoryIsFoundFromWithin(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	inner := filepath.Join(root, "infra", "local")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(inner)
	if found, err := repository(); err == nil {
		t.Errorf("found %s, where there is none", found)
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module latchkey\n\ngo 1.26\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if found, err := repository(); err != nil || found != root {
		t.Errorf("found %q (%v), not %q", found, err, root)
	}
}
