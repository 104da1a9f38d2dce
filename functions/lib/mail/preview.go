package mail

import (
	"bytes"
	html "html/template"
	"os"
	"path/filepath"
)

// Previewed is a sample letter as it would be sent.
type Previewed struct {
	Name    string // a kind, and the turn it takes: "ended-revoked"
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
		out = append(out, Previewed{s.name, p.Subject, p.HTML, p.Text})
	}
	return out, nil
}

// WritePreview writes the samples into a folder, which it makes if need be:
// NAME.html and NAME.txt for each, and an index.html that shows them all.
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
	page, err := html.ParseFS(files, "templates/preview.html")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := page.Execute(&out, letters); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.html"), out.Bytes(), 0o644)
}
