package portal_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"latchkey/functions/lib/httpapi/portal"
)

func TestEveryPlaceInTheAppIsThePage(t *testing.T) {
	d := open(t)
	for _, path := range []string{
		"/", "/requests", "/requests/req_01K0000000000000000000000A", "/callback?code=SplxlOBe&state=af0ifjsldkj",
		"/integrations/slack?code=1", "/admin/people/ana.b", "/admin/resources/node.js", "/tasks/", "/mailbox", "/v1beta", "/a b/ü",
	} {
		d.get(path).is(http.StatusOK, "<!doctype html>").
			has("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-cache")
	}
}

func TestWhatIsNotThereIsNotThePage(t *testing.T) {
	d := open(t)
	for _, path := range []string{
		"/assets/app-0ld0.js", "/assets/", "/assets", "/assets/requests", "/favicon.ico", "/wp-login.php", "/index.html", "/.env",
		"/.well-known/security.txt", "/.keep", "/assets/../index.html", "/assets/.vite/internal.txt",
		// What belongs to other functions, where their routes do not take it.
		"/v1", "/v1/", "/v1/me", "/mail", "/mail/", "/slack", "/slack/events", "/devices", "/devices/sync",
	} {
		d.get(path).refused(http.StatusNotFound, "not_found")
	}
}

func TestACompressedFormIsNothingByItself(t *testing.T) {
	d := open(t)
	for _, path := range []string{"/index.html.br", "/index.html.gz", "/assets/app-Bq3x.js.br", "/assets/style-D9aa.css.gz"} {
		d.get(path).refused(http.StatusNotFound, "not_found")
	}
}

func TestAFileIsKeptAsLongAsItsNameSaysWhatIsInIt(t *testing.T) {
	d := open(t)
	for path, kind := range map[string]string{
		"/assets/app-Bq3x.js":     "text/javascript; charset=utf-8",
		"/assets/style-D9aa.css":  "text/css; charset=utf-8",
		"/assets/text-Ck2_.woff2": "font/woff2",
	} {
		d.get(path).has("Content-Type", kind, "Cache-Control", "public, max-age=31536000, immutable")
	}
	for path, kind := range map[string]string{
		"/favicon.svg":          "image/svg+xml",
		"/robots.txt":           "text/plain; charset=utf-8",
		"/manifest.webmanifest": "application/manifest+json",
	} {
		d.get(path).has("Content-Type", kind, "Cache-Control", "public, max-age=300")
	}
	d.get("/assets/text-Ck2_.woff2").is(http.StatusOK, "\x00font").has("Vary", "", "Content-Encoding", "")
}

func TestTheBrowserGetsTheSmallestFormThatItTakes(t *testing.T) {
	d := open(t)
	for _, path := range []string{"/assets/app-Bq3x.js", "/"} {
		for header, coding := range map[string]string{
			"":                               "",
			"gzip, deflate, br, zstd":        "br",
			"gzip, deflate":                  "gzip",
			"x-gzip":                         "gzip",
			"GZIP":                           "gzip",
			"deflate, zstd":                  "",
			"br;q=0, gzip":                   "gzip",
			"br;q=0,gzip;q=0":                "",
			"br; q=0.5, gzip; q=1.0":         "gzip",
			"br;q=0.001":                     "br",
			"*":                              "br",
			"*;q=0":                          "",
			"gzip;q=0, *":                    "br",
			"identity;q=0, *;q=0":            "",
			"identity;q=0, gzip":             "gzip",
			"identity, br;q=0.2":             "",
			"br;q=nonsense, gzip;q=0.5":      "gzip",
			"br;level=9":                     "",
			"br;q=7, gzip;q=-1":              "",
			"br;q=NaN":                       "",
			" , ;q=1, gzip ;q=1":             "gzip",
			strings.Repeat("x,", 500) + "br": "br",
		} {
			a := d.get(path, "Accept-Encoding", header)
			a.has("Content-Encoding", coding, "Vary", "Accept-Encoding", "Content-Length", strconv.Itoa(len(a.body)))
			if compressed := strings.HasSuffix(a.body, ", "+coding); compressed != (coding != "") || a.StatusCode != http.StatusOK {
				t.Errorf("%s with %q: %d %q", path, header, a.StatusCode, a.body)
			}
		}
	}
	d.get("/assets/style-D9aa.css", "Accept-Encoding", "br, gzip").is(http.StatusOK, "style, gzip").has("Content-Encoding", "gzip")
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	d := open(t)
	for _, path := range []string{"/", "/requests", "/favicon.svg", "/assets/app-Bq3x.js"} {
		tags := map[string]bool{}
		for _, coding := range []string{"", "gzip", "br"} {
			first := d.get(path, "Accept-Encoding", coding)
			tag := first.Header.Get("ETag")
			tags[tag] = true
			for _, header := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
				d.get(path, "Accept-Encoding", coding, "If-None-Match", header).is(http.StatusNotModified, "").
					has("ETag", tag, "Cache-Control", first.Header.Get("Cache-Control"), "Vary", first.Header.Get("Vary"), "Content-Encoding", "")
			}
			d.get(path, "Accept-Encoding", coding, "If-None-Match", `"other"`).is(http.StatusOK, first.body)
		}
		if forms := len(tags); path != "/favicon.svg" && forms != 3 {
			t.Errorf("%s: %d tags for three forms", path, forms)
		}
	}
}

func TestAnotherPageHasAnotherTag(t *testing.T) {
	changed := built()
	changed["index.html"] = &fstest.MapFile{Data: []byte("<!doctype html><p>new")}
	issuer := newIssuer(t)
	before := opened(t, built(), &portal.Issuer{URL: issuer.URL}).get("/")
	after := opened(t, changed, &portal.Issuer{URL: issuer.URL}).get("/", "If-None-Match", before.Header.Get("ETag"))
	after.is(http.StatusOK, "<!doctype html><p>new")
}

func TestAskingForTheHeadersGivesThemAlone(t *testing.T) {
	d := open(t)
	for _, path := range []string{"/", "/assets/app-Bq3x.js", "/robots.txt", "/config.json", "/assets/none.js"} {
		whole, head := d.get(path, "Accept-Encoding", "br"), d.call(http.MethodHead, path, "Accept-Encoding", "br")
		head.is(whole.StatusCode, "")
		for name := range whole.Header {
			head.has(name, whole.Header.Get(name))
		}
	}
}

func TestThePortalCanOnlyBeRead(t *testing.T) {
	d := open(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions} {
		for _, path := range []string{"/", "/callback", "/config.json", "/assets/app-Bq3x.js", "/nothing.txt"} {
			d.call(method, path).refused(http.StatusMethodNotAllowed, "method_not_allowed").has("Allow", "GET, HEAD")
		}
	}
}

func TestAPortalWithoutItsAppSaysSo(t *testing.T) {
	d := opened(t, fstest.MapFS{".keep": {}}, &portal.Issuer{URL: newIssuer(t).URL})
	a := d.get("/requests").has("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store")
	if a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(a.body, "was not built into this function") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	d.get("/assets/app.js").refused(http.StatusNotFound, "not_found")
}

func TestABuildThatCannotBeServedIsNotTaken(t *testing.T) {
	for name, want := range map[string]string{
		"assets/app.wasm":  "what content type",
		"assets/app.js.br": "/assets/app.js is there compressed alone",
	} {
		_, err := portal.Server{Files: fstest.MapFS{"index.html": {}, name: {}}}.Handler()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
