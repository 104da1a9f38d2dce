package mail

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	text "text/template"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Words gives what a letter says without its form, for channels that have one
// of their own. All of it is plain text, cleaned.
func Words(l app.Letter) (app.Wording, error) {
	parsed, ok := wordings[l.Kind]
	if !ok {
		return app.Wording{}, fmt.Errorf("mail: no letter for a notice of the kind %q", l.Kind)
	}
	var parts [3]string
	for i, name := range []string{"headline", "lead", "facts"} {
		var out bytes.Buffer
		if err := parsed().ExecuteTemplate(&out, name, viewOf(l, "")); err != nil {
			return app.Wording{}, fmt.Errorf("mail: %w", err)
		}
		parts[i] = strings.TrimSpace(out.String())
	}
	return app.Wording{Headline: parts[0], Lead: parts[1], Facts: facts(parts[2])}, nil
}

// wordings are the kinds' templates, in which a fact is three fields, each after
// a control character: clean lets none of those into a view.
var wordings = func() map[access.NoticeKind]func() *text.Template {
	const form = `{{define "fact"}}{{with .Value}}` + "\x1e" + `{{$.Label}}` + "\x1f" + `{{.}}` + "\x1f" + `{{end}}{{end}}
{{define "quote"}}{{with .Value}}` + "\x1e" + `{{$.Label}}` + "\x1f" + `{{.}}` + "\x1f" + `quoted{{end}}{{end}}`
	out := map[access.NoticeKind]func() *text.Template{}
	for _, kind := range Kinds() {
		out[kind] = sync.OnceValue(func() *text.Template {
			t := text.Must(text.New("").Funcs(functions).Parse(form))
			return text.Must(t.ParseFS(files, "templates/shared.tmpl", "templates/"+string(kind)+".tmpl"))
		})
	}
	return out
}()

func facts(records string) []app.Fact {
	var out []app.Fact
	for _, record := range strings.Split(records, "\x1e") {
		if part := strings.Split(record, "\x1f"); len(part) == 3 {
			out = append(out, app.Fact{Label: part[0], Text: part[1], Quoted: strings.HasPrefix(part[2], "quoted")})
		}
	}
	return out
}
