package channels_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
)

// letter is a mail that asks for a decision, and the page behind its link as
// someone has it open.
type letter struct {
	path string
	page string
}

// mails sends the mail that asks someone, or their colleague where they are not
// asked themselves, and has them open it.
func (o *office) mails(t try) {
	o.Helper()
	token := sha256.Sum256([]byte(t.request))
	o.letter = letter{path: "/mail/" + base64.RawURLEncoding.EncodeToString(token[:]) + "/" + string(t.verdict)}
	stored, err := o.Requests.Load(o.Context(), t.request)
	if err == nil {
		to := access.PersonID("ben")
		if t.who == "eli" && stored.Requester != "eli" {
			to = "eli"
		}
		link, asks := stored.LinkFor(to, access.NoticeToDecide, o.At)
		if !asks {
			o.Fatalf("%s asks nobody", t.request)
		}
		id := sha256.Sum256(token[:])
		link.ID = hex.EncodeToString(id[:])
		o.Must(o.MailLinks.PutLink(o.Context(), link))
	}
	o.opens(t)
}

// opens opens the link, signed in.
func (o *office) opens(t try) {
	o.Helper()
	o.session = o.issuer.Token(o.T, t.who, "n")
	o.visits(t, "GET")
}

var (
	hiddenInput = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)
	pageAlert   = regexp.MustCompile(`<p class="alert" role="alert">([^<]*)</p>`)
	pageTitle   = regexp.MustCompile(`<h1[^>]*><bdi>([^<]*)</bdi></h1>`)
)

// byMail posts the form of the page that is open. Without a form, what the page
// says is all there is.
func (o *office) byMail(t try) string {
	o.Helper()
	for strings.Contains(o.letter.page, "<textarea") {
		switch o.visits(t, "POST") {
		case http.StatusSeeOther:
			return ""
		case http.StatusUnauthorized: // the session is over: they sign in again
			o.opens(t)
			continue
		}
		return o.alert()
	}
	return o.reads(pageTitle)
}

func (o *office) alert() string {
	o.Helper()
	return strings.TrimPrefix(o.reads(pageAlert), "Nothing was decided. ")
}

func (o *office) reads(part *regexp.Regexp) string {
	o.Helper()
	found := part.FindStringSubmatch(o.letter.page)
	if found == nil {
		o.Fatalf("the page says nothing: %s", o.letter.page)
	}
	return html.UnescapeString(found[1])
}

// visits calls the page as a browser does.
func (o *office) visits(t try, method string) int {
	o.Helper()
	options := []gatewaytest.Option{func(e *events.APIGatewayV2HTTPRequest) {
		e.Cookies = append(e.Cookies, "__Host-latchkey-session="+o.session)
	}}
	if method == "POST" {
		form := url.Values{"decision": {string(t.verdict)}, "reason": {t.reason}}
		for _, m := range hiddenInput.FindAllStringSubmatch(o.letter.page, -1) {
			form.Set(m[1], m[2])
		}
		if t.version > 0 {
			form.Set("version", strconv.Itoa(t.version))
		}
		options = append(options, gatewaytest.WithJSON(form.Encode()), gatewaytest.WithHeader("Sec-Fetch-Site", "same-origin"),
			gatewaytest.WithHeader("Content-Type", "application/x-www-form-urlencoded"))
	}
	res := gatewaytest.Call(o.T, o.pages, gatewaytest.Event(method, o.letter.path, options...))
	body, err := io.ReadAll(res.Body)
	o.Must(err)
	o.letter.page = string(body)
	return res.StatusCode
}
