package dynamo

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheMapOfTheTablesIsComplete: it has every kind of key that the package
// writes.
func TestTheMapOfTheTablesIsComplete(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	kind := regexp.MustCompile(`"([A-Z_]+#)`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range kind.FindAllStringSubmatch(string(text), -1) {
			if !regexp.MustCompile(`\b` + found[1]).Match(doc) {
				t.Errorf("doc.go does not say what %s is, which %s writes", found[1], file)
			}
		}
	}
}
