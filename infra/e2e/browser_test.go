package e2e

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// browser is someone's, with the cookies that it keeps of each host. It follows
// no redirect by itself.
type browser struct {
	*testing.T
	*stack
	cookies map[string]map[string]string
	at      string // the address of the page
	status  int
	header  http.Header
	to      string // where it was redirected
	page    string
}

func (s *stack) browser(t *testing.T) *browser {
	return &browser{T: t, stack: s, cookies: map[string]map[string]string{}}
}

func (s *stage) browser() *browser { return s.stack.browser(s.T) }

var plainClient = &http.Client{Timeout: httpClient.Timeout, Transport: httpClient.Transport,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// fetch makes a call as a browser does. Programs do not resolve names under
// localhost, so those are called at 127.0.0.1 by their name.
func (b *browser) fetch(method, address string, form url.Values, headers ...string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	host := u.Host
	if strings.HasSuffix(u.Hostname(), ".localhost") {
		u.Host = "127.0.0.1:" + u.Port()
	}
	req, err := http.NewRequestWithContext(b.Context(), method, u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Host = host
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	for name, value := range b.cookies[host] {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := plainClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	b.at, b.status, b.header, b.to, b.page = address, res.StatusCode, res.Header, res.Header.Get("Location"), string(body)
	if b.cookies[host] == nil {
		b.cookies[host] = map[string]string{}
	}
	for _, c := range res.Cookies() {
		if b.cookies[host][c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies[host], c.Name)
		}
	}
	return nil
}

func (b *browser) send(method, address string, form url.Values) *browser {
	b.Helper()
	if err := b.fetch(method, address, form); err != nil {
		b.Fatal(err)
	}
	return b
}

func (b *browser) opens(address string) *browser {
	b.Helper()
	return b.send(http.MethodGet, address, nil)
}

// follows goes where it was redirected.
func (b *browser) follows() *browser {
	b.Helper()
	if b.status != http.StatusSeeOther && b.status != http.StatusFound {
		b.Fatalf("%s: no redirect, but %d: %s", b.at, b.status, b.page)
	}
	from, err := url.Parse(b.at)
	if err != nil {
		b.Fatal(err)
	}
	to, err := from.Parse(b.to)
	if err != nil {
		b.Fatal(err)
	}
	return b.opens(to.String())
}

var (
	hidden = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	button = regexp.MustCompile(`href="([^"]+/sign-in[^"]*)"`)
)

// hiddenFields gives those of the page's form.
func (b *browser) hiddenFields() url.Values {
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(b.page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	return form
}

// signsIn presses the page's button, signs in on the page of the user pool, and
// comes back.
func (b *browser) signsIn(p person) *browser {
	b.Helper()
	found := button.FindStringSubmatch(b.page)
	if found == nil {
		b.Fatalf("%s has no sign-in: %d %s", b.at, b.status, b.page)
	}
	b.opens(b.Portal + html.UnescapeString(found[1])).follows()
	return b.entersPassword(p).follows().follows()
}

// entersPassword on the page of the user pool, which leads back.
func (b *browser) entersPassword(p person) *browser {
	b.Helper()
	form := b.hiddenFields()
	form.Set("username", p.email)
	form.Set("password", password)
	u, err := url.Parse(b.at)
	if err != nil {
		b.Fatal(err)
	}
	return b.send(http.MethodPost, u.Scheme+"://"+u.Host+"/login", form)
}

// fills gives the form of the page with a decision.
func (b *browser) fills(decision, reason, duration string) url.Values {
	form := b.hiddenFields()
	form.Set("decision", decision)
	form.Set("reason", reason)
	form.Set("duration", duration)
	return form
}

func (b *browser) posts(form url.Values) *browser {
	b.Helper()
	return b.send(http.MethodPost, b.at, form)
}

func (b *browser) decides(decision, reason, duration string) *browser {
	b.Helper()
	return b.posts(b.fills(decision, reason, duration))
}

// says checks the answer's status, and that the page says this.
func (b *browser) says(status int, phrases ...string) *browser {
	b.Helper()
	if b.status != status {
		b.Fatalf("%s: %d instead of %d: %s", b.at, b.status, status, b.page)
	}
	for _, phrase := range phrases {
		if !strings.Contains(b.page, phrase) {
			b.Errorf("%s does not say %q: %s", b.at, phrase, b.page)
		}
	}
	return b
}

func (b *browser) saysNot(phrases ...string) *browser {
	b.Helper()
	for _, phrase := range phrases {
		if strings.Contains(b.page, phrase) {
			b.Errorf("%s says %q: %s", b.at, phrase, b.page)
		}
	}
	return b
}
