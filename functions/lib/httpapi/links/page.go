package links

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi"
)

//go:embed templates
var files embed.FS

var (
	style  = template.CSS(must(files.ReadFile("templates/style.css")))
	parsed = template.Must(template.New("layout.html").ParseFS(files, "templates/*.html"))
	policy = "default-src 'none'; style-src 'sha256-" + digest(string(style)) +
		"'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err) // it is embedded
	}
	return data
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// guard sets what every answer has: pages run no scripts, load nothing, are in
// no frame and no cache, and tell nobody where they are.
func guard(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Vary", "Cookie")
}

func render(p page) ([]byte, error) {
	p.Style = style
	var out bytes.Buffer
	err := parsed.Execute(&out, p)
	return out.Bytes(), err
}

func (s Server) write(w http.ResponseWriter, r *http.Request, status int, p page) {
	p.Home = s.Portal
	body, err := render(p)
	if err != nil {
		httpapi.WriteError(w, r, fmt.Errorf("page: %w", err))
		return
	}
	guard(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // who went away is nobody's error
}

// redirect answers with 303, so that whatever asked goes on with a GET.
func (s Server) redirect(w http.ResponseWriter, address string) {
	guard(w)
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
}

// page answers with what a mail's link leads to.
func (s Server) page(w http.ResponseWriter, r *http.Request, status int, at place, v visitor, m app.Mailed, f form) {
	p := newPage(s.Portal, at, v, m, f)
	if status == http.StatusOK && v.refused != nil && m.SignIn {
		status = http.StatusForbidden
	}
	s.write(w, r, status, p)
}
