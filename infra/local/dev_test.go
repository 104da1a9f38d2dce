package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestAChangeOfASourceIsSeenAndOneOfATestIsNot(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	look := func() string {
		t.Helper()
		seen, err := sources(root)
		if err != nil {
			t.Fatal(err)
		}
		return seen
	}
	write("api/main.go", "package main")
	before := look()
	write("api/main_test.go", "package main")
	write("portal/web/src/main.tsx", "export {}")
	if look() != before {
		t.Error("a test or the web app is taken for a source")
	}
	write("api/openapi.yaml", "openapi: 3.1.0")
	if look() == before {
		t.Error("what is embedded is not seen")
	}
}

func TestAFunctionIsPackedAsAProgramThatCanBeRun(t *testing.T) {
	code, err := zipped([]byte("program"))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(code), int64(len(code)))
	if err != nil || len(archive.File) != 1 || archive.File[0].Name != "bootstrap" || archive.File[0].Mode()&0o111 == 0 {
		t.Fatalf("%+v, %v", archive, err)
	}
	entry, err := archive.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(entry); err != nil || string(text) != "program" {
		t.Errorf("%q, %v", text, err)
	}
}
