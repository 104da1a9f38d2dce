package chat_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"latchkey/functions/lib/chat"
	"latchkey/functions/lib/mail"
)

var update = flag.Bool("update", false, "write the golden files anew")

func renderer(t *testing.T) chat.Renderer {
	t.Helper()
	p, err := chat.NewRenderer("https://access.example.com/", mail.Words)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func samples(t *testing.T) map[string]map[string]any {
	t.Helper()
	all, err := chat.Preview(renderer(t))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]any{}
	for _, s := range all {
		var value any = s.Modal
		switch {
		case s.Message != nil:
			value = map[string]any{"text": s.Message.Text, "blocks": s.Message.Blocks}
		case s.Home != nil:
			value = s.Home
		}
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		var read map[string]any
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		out[s.Name] = read
	}
	return out
}

func rootOf(value map[string]any) string {
	if root, ok := value["type"].(string); ok {
		return root
	}
	return "message"
}

func TestEverythingIsWithinSlacksLimits(t *testing.T) {
	for name, value := range samples(t) {
		for _, how := range broken(rootOf(value), value) {
			t.Errorf("%s: %s", name, how)
		}
	}
}

func TestWhatIsSaidIsWhatWasLookedAt(t *testing.T) {
	for name, value := range samples(t) {
		var got bytes.Buffer
		enc := json.NewEncoder(&got)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		if err := enc.Encode(value); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name+".json")
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: %v (go test -update writes it)", name, err)
			continue
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s is not what stands in %s any more:\n%s", name, path, got.String())
		}
	}
}

// TestNobodysWordsAreMarkup: what people typed stands in plain_text and rich
// text alone, where Slack takes nothing for a mention, a link or a format.
func TestNobodysWordsAreMarkup(t *testing.T) {
	ours := regexp.MustCompile(`^[A-Za-z ]+ <!date\^\d+\^[^|<>]*\|[0-9A-Za-z ,:]+>$`)
	var look func(name string, value any)
	look = func(name string, value any) {
		switch v := value.(type) {
		case []any:
			for _, inner := range v {
				look(name, inner)
			}
		case map[string]any:
			if said, _ := v["text"].(string); v["type"] == "mrkdwn" && !ours.MatchString(said) {
				t.Errorf("%s says as markup: %s", name, said)
			}
			if v["emoji"] == true {
				t.Errorf("%s turns :words: into pictures: %v", name, v)
			}
			for _, kind := range []string{"user", "channel", "broadcast", "usergroup", "link"} {
				if v["type"] == kind {
					t.Errorf("%s has a %s", name, kind)
				}
			}
			for _, inner := range v {
				look(name, inner)
			}
		}
	}
	for name, value := range samples(t) {
		look(name, value["blocks"])
		if said, _ := value["text"].(string); strings.ContainsAny(said, "<>") {
			t.Errorf("%s: the text beside the blocks is %q", name, said)
		}
	}
}

func TestAPortalThatCannotWorkIsRefusedAtStart(t *testing.T) {
	for _, portal := range []string{"", "access.example.com", "javascript:alert(1)", "https://u:p@access.example.com", "https://a.example/?x"} {
		if _, err := chat.NewRenderer(portal, mail.Words); err == nil {
			t.Errorf("%q was accepted", portal)
		}
	}
}
