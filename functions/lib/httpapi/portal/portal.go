// Package portal serves the files of the built web app, and tells it where
// people sign in.
//
// It promises:
//
//   - What is below assets/ has its content's digest in its name, so browsers
//     keep it for good. Another file at the root (an icon, robots.txt) is asked
//     about again after minutes.
//   - Every other path is a place within the app, and answered with the page;
//     which place it is, the page finds out itself. A path that names a file
//     which is not there, or a part of the API, never is: who asks for a script
//     of the last deployment does not get HTML instead.
//   - The page is asked about each time, so that nobody runs an app that is older
//     than the API.
//   - Where the build wrote a file compressed beside it, the browser gets that if
//     it takes it.
//   - No answer lets the browser run, load, send or frame what is not the app's
//     own; the one other host that the page may call is the issuer's.
//   - Nothing here needs to know who asks, and nothing is written down about it.
//
// It knows the adapter of the API Gateway at most, and nothing of Latchkey, so that
// the function stays small.
package portal

import (
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Server is what the portal is made of.
type Server struct {
	Files  fs.FS // what the web app was built into
	Issuer *Issuer
	Secure bool // whether people reach it over HTTPS
	Logger *slog.Logger
}

// Handler reads the files, once. Without a built web app it says so to whoever
// comes.
func (s Server) Handler() (http.Handler, error) {
	files, err := read(s.Files)
	if err != nil {
		return nil, err
	}
	return handler{Server: s, files: files}, nil
}

type handler struct {
	Server
	files map[string]*file
}

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	guard(w, h.Secure)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "method_not_allowed", "This can only be read.")
		return
	}
	named, there := h.files[r.URL.Path]
	switch {
	case r.URL.Path == configPath:
		h.config(w, r)
	case there && r.URL.Path != pagePath:
		h.file(w, r, named)
	case isPlace(r.URL.Path):
		h.page(w, r)
	default:
		refuse(w, http.StatusNotFound, "not_found", "There is nothing here.")
	}
}

const (
	configPath = "/config.json"
	pagePath   = "/index.html"
	assets     = "/assets/"
)

// isPlace tells whether a path can be a place within the app. Its first part
// decides: in a later one stands an id, which may look like a file's name.
func isPlace(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "assets":
		return false
	case "v1", "mail", "slack", "devices": // belong to other functions, which have what is below
		return false
	}
	return !strings.Contains(first, ".")
}

func (h handler) file(w http.ResponseWriter, r *http.Request, f *file) {
	w.Header().Set("Cache-Control", "public, max-age=300")
	if strings.HasPrefix(r.URL.Path, assets) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	f.answer(w, r, "")
}

// page answers with the app. What the page may call is a part of its tag: a
// browser that has the same page under another policy must take the new one.
func (h handler) page(w http.ResponseWriter, r *http.Request) {
	f := h.files[pagePath]
	if f == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte("<!doctype html><title>Latchkey</title><p>The portal's web app was not built into this function; <code>sam build</code> does that.</p>\n"))
		return
	}
	_, origins, err := h.Issuer.Known(r.Context())
	if err != nil {
		h.Logger.Error("the page knows no issuer", "error", err)
	}
	policy := policy(origins...)
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Cache-Control", "no-cache")
	f.answer(w, r, policy)
}

// config tells the app where to sign in. It is asked for with each load of the
// page, and nothing keeps it, so that both are of one deployment.
func (h handler) config(w http.ResponseWriter, r *http.Request) {
	known, _, err := h.Issuer.Known(r.Context())
	if err != nil {
		h.Logger.Error("no configuration without the issuer", "error", err)
		w.Header().Set("Retry-After", strconv.Itoa(int(RetryAfter/time.Second)))
		refuse(w, http.StatusServiceUnavailable, "issuer_unavailable", "The identity provider does not answer. Please try again.")
		return
	}
	writeJSON(w, http.StatusOK, "application/json", known)
}

// refuse answers with a problem (RFC 9457), as the API does.
func refuse(w http.ResponseWriter, status int, code, detail string) {
	writeJSON(w, status, "application/problem+json", struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}{"about:blank", http.StatusText(status), status, code, detail})
}

func writeJSON(w http.ResponseWriter, status int, contentType string, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		status, body = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // who went away is nobody's error
}
