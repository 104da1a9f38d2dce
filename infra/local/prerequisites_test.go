package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVersionsAreReadFromWhatProgramsSay(t *testing.T) {
	for text, want := range map[string]version{
		"Python 3.11.7\n":                 {3, 11},
		"v20.20.2\n":                      {20, 20},
		"go version go1.26.8 linux/amd64": {1, 26},
		`openjdk version "21" 2023-09-19`: {21, 0},
	} {
		if got, ok := parseVersion(text); !ok || got != want {
			t.Errorf("%q is version %v", text, got)
		}
	}
	if got, ok := parseVersion("no number"); ok {
		t.Errorf("found version %v in no number", got)
	}
}

func TestVersionsCompareAsNumbers(t *testing.T) {
	if !(version{3, 9}).less(version{3, 11}) || (version{3, 11}).less(version{3, 9}) {
		t.Error("3.9 is not older than 3.11")
	}
	if (version{3, 11}).less(version{3, 11}) || (version{20, 0}).less(version{3, 11}) {
		t.Error("a version is older than itself or than a smaller one")
	}
}

func TestAPrerequisiteIsFoundOrNamed(t *testing.T) {
	python := prerequisite{names: []string{"python3", "python3.12"}, version: []string{"--version"}, least: version{3, 11}}
	for name, c := range map[string]struct {
		installed map[string]string // program to what it prints
		path      string
		problem   string
	}{
		"new enough":            {map[string]string{"python3": "Python 3.13.1"}, "python3", ""},
		"too old":               {map[string]string{"python3": "Python 3.9.1"}, "", "python3 is 3.9; 3.11 or newer is needed"},
		"old, with a newer one": {map[string]string{"python3": "Python 3.9.1", "python3.12": "Python 3.12.0"}, "python3.12", ""},
		"missing":               {nil, "", "python3 3.11 or newer is not installed"},
	} {
		t.Run(name, func(t *testing.T) {
			bin := t.TempDir()
			for program, says := range c.installed {
				script := "#!/bin/sh\necho '" + says + "'\n"
				if err := os.WriteFile(filepath.Join(bin, program), []byte(script), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", bin)
			path, problem := python.find(context.Background())
			if strings.TrimPrefix(path, bin+"/") != c.path || problem != c.problem {
				t.Errorf("found %q, problem %q", path, problem)
			}
		})
	}
}

func TestNodeIsAsNewAsTheWebAppsBuildNeedsIt(t *testing.T) {
	node := prerequisites[1]
	for has, enough := range map[version]bool{
		{18, 20}: false, {20, 18}: false, {20, 19}: true, {20, 20}: true, {21, 7}: false, {22, 11}: false, {22, 12}: true, {24, 0}: true,
	} {
		if node.enough(has) != enough {
			t.Errorf("%s %s is enough: %t", node.names[0], has, !enough)
		}
	}
	if got := node.wanted(); got != "20.19, or 22.12 or newer" {
		t.Errorf("%s is wanted", got)
	}
}
