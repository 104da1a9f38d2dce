package links

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"log/slog"
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

// unknown is the one answer to a link that nobody made, is malformed, or is
// forgotten, and to every address that is none.
func (s Server) unknown(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, http.StatusNotFound, page{Title: "This link is unknown, or too old", Tone: "quiet",
		Lead: []string{"Nothing was decided. Perhaps the link was cut off when the mail was copied: please open it from the mail itself.",
			"If the request still waits for you, you find it in the portal, under Tasks."}})
}

func (s Server) failedSignIn(w http.ResponseWriter, r *http.Request, back *place) {
	p := page{Title: "You were not signed in", Tone: "bad",
		Lead: []string{"The sign-in was cancelled, took too long, or was begun in another window. Nothing was decided."}}
	if back == nil {
		p.Lead = append(p.Lead, "Please open the link in your mail again.")
	} else {
		p.SignIn = back.path() + "/sign-in"
	}
	s.write(w, r, http.StatusBadRequest, p)
}

func (s Server) tooLarge(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, http.StatusBadRequest, page{Title: "You cannot sign in here", Tone: "bad",
		Lead: []string{"Your identity provider says more about you than fits here. Please decide in the portal, and tell an admin: " +
			"the ID token of Latchkey's client should be smaller than 4000 bytes, for example without groups."}})
}

func (s Server) noIssuer(w http.ResponseWriter, r *http.Request, err error) {
	httpapi.Annotate(r.Context(), slog.String("why", err.Error()))
	s.write(w, r, http.StatusBadGateway, page{Title: "You cannot sign in at the moment", Tone: "bad",
		Lead: []string{"Your identity provider does not answer. Nothing was decided; please try again in a moment."}})
}

func (s Server) broken(w http.ResponseWriter, r *http.Request, err error) {
	httpapi.Annotate(r.Context(), slog.String("code", string(httpapi.CodeInternal)), slog.String("error", err.Error()))
	s.write(w, r, http.StatusInternalServerError, page{Title: "Something went wrong here", Tone: "bad",
		Lead: []string{"It was recorded. Please open the link in your mail again in a moment; it shows whether something was decided."}})
}
