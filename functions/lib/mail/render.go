package mail

import (
	"bytes"
	"embed"
	"fmt"
	html "html/template"
	"io"
	"strings"
	"sync"
	text "text/template"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

//go:embed templates
var files embed.FS

// Kinds lists the notices that have a letter.
func Kinds() []access.NoticeKind {
	return []access.NoticeKind{access.NoticeSubmitted, access.NoticeToDecide, access.NoticeMissingData,
		access.NoticeAsked, access.NoticeAnswered, access.NoticeApproved, access.NoticeDenied, access.NoticeCanceled,
		access.NoticeExpired, access.NoticeEnded, access.NoticeFailed, access.NoticeExtensionAsked,
		access.NoticeExtensionDenied, access.NoticeExtended, access.NoticeReminder, access.NoticeStuck, access.NoticeEndingSoon,
		access.NoticeConfirmAbsent, access.NoticeReadded, access.NoticeUndeliverable, access.NoticeReceipt}
}

// page is a letter as it is sent.
type page struct{ Subject, HTML, Text string }

type renderer struct {
	portal string
	forms  map[access.NoticeKind]func() form
}

// form is a kind's templates. The words are the same file in both.
type form struct {
	html *html.Template
	text *text.Template
}

// fact is a label and its value. One without a value is left out.
type fact struct{ Label, Value string }

var functions = map[string]any{
	"fact":   func(label, value string) fact { return fact{label, value} },
	"quoted": quoted,
}

// newRenderer parses a kind's templates when its first letter is rendered: all
// of them together would add a millisecond to each cold start.
func newRenderer(address string) (renderer, error) {
	address, err := portal(address)
	if err != nil {
		return renderer{}, err
	}
	r := renderer{address, map[access.NoticeKind]func() form{}}
	for _, kind := range Kinds() {
		r.forms[kind] = sync.OnceValue(func() form { return parse(kind) })
	}
	return r, nil
}

func parse(kind access.NoticeKind) form {
	shared, words := "templates/shared.tmpl", "templates/"+string(kind)+".tmpl"
	return form{
		html.Must(html.New("layout.html").Funcs(functions).ParseFS(files, "templates/layout.html", shared, words)),
		text.Must(text.New("layout.txt").Funcs(functions).ParseFS(files, "templates/layout.txt", shared, words)),
	}
}

func (r renderer) render(l app.Letter) (page, error) {
	parsed, ok := r.forms[l.Kind]
	if !ok {
		return page{}, fmt.Errorf("mail: no letter for a notice of the kind %q", l.Kind)
	}
	form, v := parsed(), viewOf(l, r.portal)
	var p page
	var err error
	run := func(execute func(w io.Writer) error) string {
		var out bytes.Buffer
		if err == nil {
			err = execute(&out)
		}
		return out.String()
	}
	v.Subject = line(run(func(w io.Writer) error { return form.text.ExecuteTemplate(w, "subject", v) }), 120)
	p.Subject = v.Subject
	p.Text = spaced(run(func(w io.Writer) error { return form.text.Execute(w, v) }))
	p.HTML = run(func(w io.Writer) error { return form.html.Execute(w, v) })
	if err != nil {
		return page{}, fmt.Errorf("mail: %w", err)
	}
	return p, nil
}

// spaced leaves at most one empty line in a row, and none at either end.
func spaced(text string) string {
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return strings.TrimSpace(text) + "\n"
}
