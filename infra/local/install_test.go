package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// sampleTool makes a file "made" in its directory.
func sampleTool(t *testing.T) tool {
	t.Helper()
	dir := t.TempDir()
	input := filepath.Join(dir, "requirements.txt")
	if err := os.WriteFile(input, []byte("one==1.0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "tool")
	return tool{
		name: "sample", dir: home, inputs: []string{input}, runtime: "/usr/bin/python3",
		steps: [][]string{{"cp", input, filepath.Join(home, "made")}},
	}
}

func (t tool) mustStamp(test *testing.T) string {
	test.Helper()
	stamp, err := t.stamp()
	if err != nil {
		test.Fatal(err)
	}
	return stamp
}

func TestAToolIsInstalledOnce(t *testing.T) {
	sample := sampleTool(t)
	stamp := sample.mustStamp(t)
	if sample.installed(stamp) {
		t.Fatal("it counts as installed before it is")
	}
	if err := sample.install(context.Background(), stamp); err != nil {
		t.Fatal(err)
	}
	if !sample.installed(sample.mustStamp(t)) {
		t.Error("it does not count as installed")
	}
}

func TestAToolIsInstalledAnewWhenItsInputsChange(t *testing.T) {
	changes := map[string]func(*testing.T, *tool){
		"other requirements": func(t *testing.T, s *tool) {
			if err := os.WriteFile(s.inputs[0], []byte("one==1.1\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"another interpreter": func(_ *testing.T, s *tool) { s.runtime = "/opt/python3" },
		"a moved clone": func(t *testing.T, s *tool) {
			moved := s.dir + "-moved"
			if err := os.Rename(s.dir, moved); err != nil {
				t.Fatal(err)
			}
			s.dir = moved
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			sample := sampleTool(t)
			if err := sample.install(context.Background(), sample.mustStamp(t)); err != nil {
				t.Fatal(err)
			}
			change(t, &sample)
			if sample.installed(sample.mustStamp(t)) {
				t.Error("it still counts as installed")
			}
		})
	}
}

func TestAnInstallationCutShortDoesNotCount(t *testing.T) {
	sample := sampleTool(t)
	sample.steps = append(sample.steps, []string{"cp", "no-such-file", sample.dir})
	stamp := sample.mustStamp(t)
	if err := sample.install(context.Background(), stamp); err == nil {
		t.Fatal("it did not fail")
	}
	if sample.installed(stamp) {
		t.Error("it counts as installed")
	}
}
