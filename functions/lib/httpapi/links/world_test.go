package links_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/functions/lib/httpapi/links"
	"latchkey/functions/lib/httpapi/links/linkstest"
)

const portal = "https://access.example.com"

// office is the company of apptest with its mail and its issuer. Dora sits in
// for nobody yet.
type office struct {
	*apptest.Company
	issuer  *linkstest.Issuer
	handler http.Handler
	log     bytes.Buffer
	queued  []app.Message
	letters []app.Letter
}

func newOffice(t *testing.T, change ...func(*access.Flow)) *office {
	t.Helper()
	o := &office{Company: apptest.New(t)}
	o.Outbox, o.Mailer = (*outbox)(o), (*outbox)(o)
	flow, err := o.Catalog.Flow(t.Context(), "staging-flow")
	o.Must(err)
	f := flow.Doc
	f.DecideIn = []access.Via{access.ViaPortal, access.ViaEmail}
	f.Duration = access.DurationRule{Mode: access.DurationChoice, Choices: []access.Duration{access.Duration(time.Minute), access.Duration(2 * time.Minute)}}
	for _, c := range change {
		c(&f)
	}
	_, _, err = o.PutFlow(t.Context(), o.SignsIn("eli"), f, app.Condition{Version: flow.Version})
	o.Must(err)
	for _, name := range []string{"ana", "ben", "dan"} {
		o.SignsIn(name)
	}
	o.issuer = linkstest.NewIssuer(t, func() time.Time { return o.At })
	o.handler = o.serves()
	return o
}

// serves makes a function that has just started.
func (o *office) serves() http.Handler {
	a := o.App
	a.Identity = app.Identity{KnownOnly: true}
	return links.Server{App: &a, Portal: portal, Logger: slog.New(slog.NewJSONHandler(&o.log, nil)), Issuer: o.issuer.Client(portal)}.Handler()
}

type outbox office

func (o *outbox) Queue(_ context.Context, m []app.Message) error {
	o.queued = append(o.queued, m...)
	return nil
}

func (o *outbox) Send(_ context.Context, l app.Letter) error {
	o.letters = append(o.letters, l)
	return nil
}

// mails sends all that is to be told, and gives all letters so far.
func (o *office) mails(id access.RequestID) []app.Letter {
	o.Helper()
	o.queued = nil
	events, err := o.Requests.Events(o.Context(), id, 0, 100)
	o.Must(err)
	for _, e := range events {
		o.Must(o.Relay(o.Context(), id, e.Seq))
	}
	for _, m := range o.queued {
		o.Must(o.Deliver(o.Context(), m))
	}
	return o.letters
}

// link gives the token of the last mail that asks someone.
func (o *office) link(id access.RequestID, to access.PersonID) string {
	o.Helper()
	for _, l := range slices.Backward(o.mails(id)) {
		if l.To.ID == to && l.Token != "" {
			return l.Token
		}
	}
	o.Fatalf("no mail with links to %s", to)
	return ""
}

func (o *office) asks() access.Request {
	o.Helper()
	r, err := o.Submit(o.Context(), o.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "To <b>look</b> around", Duration: access.Duration(2 * time.Minute)})
	o.Must(err)
	return r
}

func (o *office) now(id access.RequestID) access.Request {
	o.Helper()
	stored, err := o.Requests.Load(o.Context(), id)
	o.Must(err)
	return stored.Request
}

// browser is someone's, with the cookies that it keeps and what it showed last.
type browser struct {
	*office
	cookies map[string]string
	path    string
	status  int
	header  http.Header
	page    string
}

func (o *office) browser() *browser { return &browser{office: o, cookies: map[string]string{}} }

func (b *browser) send(method, target string, options ...gatewaytest.Option) *browser {
	b.Helper()
	options = append(options, func(e *events.APIGatewayV2HTTPRequest) {
		for name, value := range b.cookies {
			e.Cookies = append(e.Cookies, name+"="+value)
		}
	})
	res := gatewaytest.Call(b.T, b.handler, gatewaytest.Event(method, target, options...))
	body, _ := io.ReadAll(res.Body)
	b.path, b.status, b.header, b.page = target, res.StatusCode, res.Header, string(body)
	for _, c := range res.Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode {
			b.Errorf("a cookie that is not guarded: %s", c.Raw)
		}
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return b
}

func (b *browser) opens(token, verb string) *browser {
	b.Helper()
	return b.send("GET", "/mail/"+token+"/"+verb)
}

// signsIn follows the page's sign-in to the issuer and back to the page.
func (b *browser) signsIn(who string) *browser {
	b.Helper()
	b.send("GET", b.path+"/sign-in")
	if b.status != http.StatusSeeOther {
		b.Fatalf("the sign-in: %d %s", b.status, b.page)
	}
	b.send("GET", "/mail/callback?"+b.issuer.Answers(b.T, b.header.Get("Location"), who).Encode())
	return b.follow()
}

func (b *browser) follow() *browser {
	b.Helper()
	if b.status != http.StatusSeeOther {
		b.Fatalf("no redirect: %d %s", b.status, b.page)
	}
	return b.send("GET", b.header.Get("Location"))
}

var input = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)

// fills gives the form of the page as a browser would send it.
func (b *browser) fills(decision, reason, duration string) url.Values {
	form := url.Values{"decision": {decision}, "reason": {reason}, "duration": {duration}}
	for _, m := range input.FindAllStringSubmatch(b.page, -1) {
		form.Set(m[1], m[2])
	}
	return form
}

func (b *browser) posts(form url.Values, headers ...string) *browser {
	b.Helper()
	options := []gatewaytest.Option{gatewaytest.WithJSON(form.Encode()), gatewaytest.WithHeader("Content-Type", "application/x-www-form-urlencoded"),
		gatewaytest.WithHeader("Sec-Fetch-Site", "same-origin")}
	for i := 0; i+1 < len(headers); i += 2 {
		options = append(options, gatewaytest.WithHeader(headers[i], headers[i+1]))
	}
	return b.send("POST", b.path, options...)
}

func (b *browser) decides(decision, reason, duration string) *browser {
	b.Helper()
	return b.posts(b.fills(decision, reason, duration))
}

// says checks the answer's status, and that the page says this.
func (b *browser) says(status int, phrases ...string) *browser {
	b.Helper()
	if b.status != status {
		b.Fatalf("%s: %d instead of %d: %s", b.path, b.status, status, b.page)
	}
	for _, phrase := range phrases {
		if !strings.Contains(b.page, phrase) {
			b.Errorf("%s does not say %q:\n%s", b.path, phrase, b.page)
		}
	}
	return b
}

func (b *browser) saysNot(phrases ...string) *browser {
	b.Helper()
	for _, phrase := range phrases {
		if strings.Contains(b.page, phrase) {
			b.Errorf("%s says %q:\n%s", b.path, phrase, b.page)
		}
	}
	return b
}
