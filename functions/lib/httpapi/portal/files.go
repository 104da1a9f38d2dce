package portal

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// file is one that can be asked for, with the forms in which it can be sent.
type file struct {
	contentType string
	digest      string
	forms       map[string][]byte // by content coding; "" is the file as it is
}

// suffixes are what the build appends to the name of a file that it compressed.
var suffixes = map[string]string{".br": "br", ".gz": "gzip"}

// contentTypes are of what a build writes. The system's own table would depend
// on the machine, and be read at every start.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".map":         "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
}

// read takes up every file but hidden ones, by the path at which it is asked for.
// What is in a hidden folder is the build's own.
// A compressed form belongs to its file, and has no path.
func read(from fs.FS) (map[string]*file, error) {
	files := map[string]*file{}
	of := func(name string) *file {
		at := "/" + name
		if files[at] == nil {
			files[at] = &file{forms: map[string][]byte{}}
		}
		return files[at]
	}
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && name != "."
		switch {
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || entry.IsDir():
			return nil
		}
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		suffix := path.Ext(name)
		if coding := suffixes[suffix]; coding != "" {
			of(strings.TrimSuffix(name, suffix)).forms[coding] = body
			return nil
		}
		f := of(name)
		if f.contentType = contentTypes[suffix]; f.contentType == "" {
			return fmt.Errorf("%s: what content type has a %q?", name, suffix)
		}
		sum := sha256.Sum256(body)
		f.digest, f.forms[identity] = base64.RawURLEncoding.EncodeToString(sum[:12]), body
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the web app's files: %w", err)
	}
	for at, f := range files {
		if f.digest == "" {
			return nil, fmt.Errorf("the web app's files: %s is there compressed alone", at)
		}
	}
	return files, nil
}

// answer sends the file in the form that the browser likes best, or tells it that
// it has that already. What else the answer depends on is about goes into the tag.
func (f *file) answer(w http.ResponseWriter, r *http.Request, about string) {
	coding := choose(r.Header.Get("Accept-Encoding"), f.forms)
	h := w.Header()
	tag := f.tag(coding, about)
	h.Set("ETag", tag)
	if len(f.forms) > 1 {
		h.Set("Vary", "Accept-Encoding")
	}
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if coding != identity {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Length", strconv.Itoa(len(f.forms[coding])))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(f.forms[coding]) // who went away is nobody's error
}

// tag names the bytes that are sent: each form has one of its own.
func (f *file) tag(coding, about string) string {
	tag := f.digest
	if about != "" {
		sum := sha256.Sum256([]byte(about))
		tag += "." + base64.RawURLEncoding.EncodeToString(sum[:6])
	}
	if coding != identity {
		tag += "-" + coding
	}
	return `"` + tag + `"`
}

// matches tells whether an If-None-Match header names the tag; the comparison is
// weak (RFC 9110, 13.1.2).
func matches(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}
