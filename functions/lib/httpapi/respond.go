package httpapi

import (
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
)

// WriteJSON answers with a value. A GET whose If-None-Match names the content
// gets 304.
func WriteJSON(w http.ResponseWriter, r *http.Request, status int, value any) {
	body, err := marshal(value)
	if err != nil {
		WriteError(w, r, err)
		return
	}
	writeTagged(w, r, status, "application/json", contentTag(body), body)
}

// WriteDocument answers like WriteJSON with a configuration document, whose
// ETag an update of it may name.
func WriteDocument(w http.ResponseWriter, r *http.Request, status, version int, document any) {
	body, err := marshal(document)
	if err != nil {
		WriteError(w, r, err)
		return
	}
	writeTagged(w, r, status, "application/json", versionTag(version, body), body)
}

// WriteYAML answers with a text that changes only with the installation.
func WriteYAML(w http.ResponseWriter, r *http.Request, text []byte) {
	writeTagged(w, r, http.StatusOK, "application/yaml", contentTag(text), text)
}

// WriteNothing answers 204.
func WriteNothing(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// marshal writes maps in the order of their keys, else no two answers would
// have the same tag.
func marshal(value any) ([]byte, error) { return json.Marshal(value, json.Deterministic(true)) }

func writeTagged(w http.ResponseWriter, r *http.Request, status int, contentType, tag string, body []byte) {
	w.Header().Set("ETag", tag)
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if reads && status == http.StatusOK && matchesNone(r.Header.Get("If-None-Match"), tag) {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	write(w, status, contentType, body)
}

// write forbids caches to keep what may be read by one person alone; clients
// that poll keep the ETag themselves.
func write(w http.ResponseWriter, status int, contentType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a caller who went away is nobody's error
}
