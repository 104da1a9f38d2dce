package portal_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/functions/lib/httpapi/portal"
)

const home = "https://latchkey.example.com/"

// built is what a build of the web app looks like.
func built() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		".keep":                     "",
		"index.html":                "<!doctype html>",
		"index.html.br":             "page, br",
		"index.html.gz":             "page, gzip",
		"favicon.svg":               "<svg/>",
		"robots.txt":                "Disallow: /",
		"assets/app-Bq3x.js":        "script",
		"assets/app-Bq3x.js.br":     "script, br",
		"assets/app-Bq3x.js.gz":     "script, gzip",
		"assets/text-Ck2_.woff2":    "\x00font",
		"assets/style-D9aa.css":     "style",
		"assets/style-D9aa.css.gz":  "style, gzip",
		"manifest.webmanifest":      "{}",
		"assets/.vite/internal.txt": "visible",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// issuer is one that says this about itself.
type issuer struct {
	*httptest.Server
	says   map[string]any
	status int
	asked  atomic.Int32
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	i := &issuer{status: http.StatusOK}
	i.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i.asked.Add(1)
		if r.URL.Path != "/.well-known/openid-configuration" {
			t.Errorf("the issuer was asked for %s", r.URL)
		}
		w.WriteHeader(i.status)
		_ = json.NewEncoder(w).Encode(i.says)
	}))
	t.Cleanup(i.Close)
	i.says = map[string]any{
		"issuer":                 i.URL,
		"authorization_endpoint": "https://login.example.com/authorize",
		"token_endpoint":         "https://login.example.com/token",
		"revocation_endpoint":    "https://revoke.example.com:8443/revoke",
		"end_session_endpoint":   "https://login.example.com/logout?tenant=7",
	}
	return i
}

// desk is a portal under test.
type desk struct {
	*testing.T
	http.Handler
}

func opened(t *testing.T, files fstest.MapFS, i *portal.Issuer) desk {
	t.Helper()
	handler, err := portal.Server{Files: files, Issuer: i, Secure: true, Logger: slog.New(slog.DiscardHandler)}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return desk{t, handler}
}

// open is a portal whose issuer answers.
func open(t *testing.T) desk {
	t.Helper()
	return opened(t, built(), &portal.Issuer{URL: newIssuer(t).URL, ClientID: "client", Home: home, Now: time.Now})
}

type answer struct {
	*testing.T
	*http.Response
	call, body string
}

func (d desk) call(method, target string, headers ...string) answer {
	d.Helper()
	options := []gatewaytest.Option{func(e *events.APIGatewayV2HTTPRequest) {
		e.RouteKey, e.RequestContext.RouteKey = "$default", "$default"
	}}
	for n := 0; n+1 < len(headers); n += 2 {
		options = append(options, gatewaytest.WithHeader(headers[n], headers[n+1]))
	}
	res := gatewaytest.Call(d, d.Handler, gatewaytest.Event(method, target, options...))
	body, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	return answer{d.T, res, method + " " + target, string(body)}
}

func (d desk) get(target string, headers ...string) answer {
	d.Helper()
	return d.call(http.MethodGet, target, headers...)
}

// is checks the status and the body.
func (a answer) is(status int, body string) answer {
	a.Helper()
	if a.StatusCode != status || a.body != body {
		a.Errorf("%s: %d %q, want %d %q", a.call, a.StatusCode, a.body, status, body)
	}
	return a
}

// has checks headers: names, each with its value, "" for none.
func (a answer) has(headers ...string) answer {
	a.Helper()
	for n := 0; n+1 < len(headers); n += 2 {
		if got := a.Header.Get(headers[n]); got != headers[n+1] {
			a.Errorf("%s: %s is %q, want %q", a.call, headers[n], got, headers[n+1])
		}
	}
	return a
}

// refused checks that it is a problem with this code, and nobody keeps it.
func (a answer) refused(status int, code string) answer {
	a.Helper()
	var problem struct {
		Type, Title, Code, Detail string
		Status                    int
	}
	if err := json.Unmarshal([]byte(a.body), &problem); err != nil || a.StatusCode != status || problem.Status != status || problem.Code != code ||
		problem.Type != "about:blank" || problem.Title != http.StatusText(status) || problem.Detail == "" {
		a.Errorf("%s: %d %s, want %d %s", a.call, a.StatusCode, a.body, status, code)
	}
	return a.has("Content-Type", "application/problem+json", "Cache-Control", "no-store")
}

// directive gives what the answer's policy says about something.
func (a answer) directive(name string) string {
	for part := range strings.SplitSeq(a.Header.Get("Content-Security-Policy"), "; ") {
		if rest, ok := strings.CutPrefix(part, name+" "); ok {
			return rest
		}
	}
	return ""
}
