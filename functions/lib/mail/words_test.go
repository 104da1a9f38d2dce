package mail

import (
	"strings"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// TestOtherChannelsSayWhatTheLettersSay: each part of each sample stands in its
// letter, word for word.
func TestOtherChannelsSayWhatTheLettersSay(t *testing.T) {
	r, err := newRenderer("https://access.example.com")
	if err != nil {
		t.Fatal(err)
	}
	facts := 0
	for _, s := range samples() {
		w, err := Words(s.letter)
		if err != nil {
			t.Fatal(err)
		}
		letter, err := r.render(s.letter)
		if err != nil {
			t.Fatal(err)
		}
		parts := []string{w.Headline, w.Lead}
		for _, f := range w.Facts {
			if f.Label == "" || f.Text == "" {
				t.Errorf("%s: a fact %+v", s.name, f)
			}
			if f.Quoted {
				parts = append(parts, f.Label+":\n"+quoted(f.Text))
			} else {
				parts = append(parts, f.Label+": "+f.Text)
			}
		}
		for _, part := range parts {
			if part == "" || !strings.Contains(letter.Text, part) {
				t.Errorf("%s: the letter does not say %q", s.name, part)
			}
		}
		facts += len(w.Facts)
	}
	if facts < 100 {
		t.Errorf("%d facts in all", facts)
	}
}

func TestNobodyCanForgeAFact(t *testing.T) {
	l := sampleStaging
	l.Kind, l.To = access.NoticeToDecide, sampleBen
	l.Request.Reason = "Fine\x1eApproved by\x1fEli Novak\x1f"
	w, err := Words(l)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range w.Facts {
		if f.Label == "Approved by" {
			t.Errorf("%+v", f)
		}
	}
	if _, err := Words(app.Letter{Kind: "carrier_pigeon"}); err == nil {
		t.Error("a notice without words has some")
	}
}
