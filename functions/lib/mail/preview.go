package mail

import (
	"bytes"
	html "html/template"
	"os"
	"path/filepath"

	"latchkey/functions/lib/access"
)

// Previewed is a sample letter as it would be sent.
type Previewed struct {
	Name    string // a kind, and the turn it takes: "ended-revoked"
	Kind    access.NoticeKind
	Subject string
	HTML    string
	Text    string
}

// Preview renders samples of every kind of letter.
func Preview() ([]Previewed, error) {
	r, err := newRenderer("https://access.example.com")
	if err != nil {
		return nil, err
	}
	var out []Previewed
	for _, s := range samples() {
		p, err := r.render(s.letter)
		if err != nil {
			return nil, err
		}
		out = append(out, Previewed{s.name, s.letter.Kind, p.Subject, p.HTML, p.Text})
	}
	return out, nil
}

// WritePreview writes the samples into a folder, which it makes if need be:
// NAME.html and NAME.txt for each, an index.html that shows them all, and the
// sheets that pictures are made of.
func WritePreview(dir string) error {
	letters, err := Preview()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, l := range letters {
		for name, content := range map[string]string{l.Name + ".html": l.HTML, l.Name + ".txt": l.Text} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
				return err
			}
		}
	}
	if err := writePage(filepath.Join(dir, "index.html"), "preview.html", letters); err != nil {
		return err
	}
	for _, s := range sheets(letters) {
		if err := writePage(filepath.Join(dir, s.name+".html"), "sheet.html", s); err != nil {
			return err
		}
	}
	return nil
}

// sheet is one letter of each kind, side by side on a screen of some width.
type sheet struct {
	name    string
	Width   int // pixels of CSS
	Dark    bool
	Letters []Previewed
}

func sheets(letters []Previewed) []sheet {
	seen := map[access.NoticeKind]bool{}
	var first []Previewed
	for _, l := range letters {
		if !seen[l.Kind] {
			first = append(first, l)
		}
		seen[l.Kind] = true
	}
	return []sheet{{"sheet-phone-light", 360, false, first}, {"sheet-phone-dark", 360, true, first},
		{"sheet-wide-light", 640, false, first}, {"sheet-wide-dark", 640, true, first}}
}

func writePage(file, template string, data any) error {
	page, err := html.ParseFS(files, "templates/"+template)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := page.Execute(&out, data); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}
