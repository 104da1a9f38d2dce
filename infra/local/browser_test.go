package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestABrowserOpensOnlyForWhoSitsThere(t *testing.T) {
	for name, c := range map[string]struct {
		system   string
		env      map[string]string
		terminal bool
		want     string
	}{
		"at a Mac":           {"darwin", nil, true, "open"},
		"at X":               {"linux", map[string]string{"DISPLAY": ":0"}, true, "xdg-open"},
		"at Wayland":         {"linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true, "xdg-open"},
		"on a server":        {"linux", nil, true, ""},
		"into a file":        {"darwin", nil, false, ""},
		"in a CI job":        {"darwin", map[string]string{"CI": "true"}, true, ""},
		"who does not want":  {"darwin", map[string]string{"BROWSER": "none"}, true, ""},
		"with a browser set": {"linux", map[string]string{"BROWSER": "firefox", "DISPLAY": ":0"}, true, "xdg-open"},
	} {
		if got := opener(c.system, func(key string) string { return c.env[key] }, c.terminal); got != c.want {
			t.Errorf("%s: %q instead of %q", name, got, c.want)
		}
	}
}

func TestAFileIsNoTerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	if isTerminal(file) || isTerminal(write) {
		t.Error("somebody sits at a file")
	}
}

func TestTheIntroductionBeginsWithThePortal(t *testing.T) {
	s := newStack(ports{Emulator: 4000, Inbox: 4001, Slack: 4005})
	s.People = []Login{{ID: "ana", Password: "secret"}, {ID: "ben"}}
	var said strings.Builder
	(&running{Stack: s}).introduce(&said)
	first, rest, _ := strings.Cut(said.String(), "http")
	address, _, _ := strings.Cut("http"+rest, "\n")
	if !strings.Contains(first, "Portal") || address != s.Portal || !strings.Contains(rest, "ana, ben") || strings.Contains(rest, "%!") {
		t.Error(said.String())
	}
}
