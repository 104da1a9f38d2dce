package links

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// The cookies. Browsers take the prefix only with Secure, for this host alone
// and all of it (RFC 6265bis, 4.1.3.2), so no other site can put them there.
// Lax, since both a mail and the issuer lead here from another site; a POST from
// there brings no cookie along.
const (
	signInCookie  = "__Host-latchkey-sign-in-" // and the beginning of its state: see pendingName
	sessionCookie = "__Host-latchkey-session"
	cookieLimit   = 4000 // of the 4096 bytes that browsers keep, name and attributes included
)

func setCookie(w http.ResponseWriter, name, value string, lasts time.Duration) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		MaxAge: int(lasts.Seconds())}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// mostPending is how many sign-ins of one browser are on their way at once.
const mostPending = 4

// pendingName is the cookie of the sign-in with a state. Each has its own, so that
// mails opened side by side do not end each other's.
func pendingName(state string) string { return signInCookie + state[:min(len(state), 16)] }

// addPending adds a sign-in to the browser's, and ends the oldest if they get too
// many: browsers send first what they got first (RFC 6265, 5.4).
func addPending(w http.ResponseWriter, r *http.Request, p pending) {
	var before []string
	for _, c := range r.Cookies() {
		if strings.HasPrefix(c.Name, signInCookie) {
			before = append(before, c.Name)
		}
	}
	for len(before) >= mostPending {
		setCookie(w, before[0], "", 0)
		before = before[1:]
	}
	setCookie(w, pendingName(p.state), p.String(), sessionTime)
}

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// pending is a sign-in on its way. It is in its browser's cookie: what it proves
// is that the answer comes back to where the question came from.
type pending struct {
	state, nonce, verifier string
	place
}

func (p pending) String() string {
	return strings.Join([]string{p.state, p.nonce, p.verifier, p.token, p.verb}, ".")
}

func readPending(text string) (pending, bool) {
	parts := strings.Split(text, ".")
	if len(parts) != 5 || len(parts[0]) != 43 || len(parts[1]) != 43 || len(parts[2]) != 43 {
		return pending{}, false
	}
	back, ok := placeOf(parts[3], parts[4])
	return pending{parts[0], parts[1], parts[2], back}, ok
}

// formToken ties a form to the session that it was shown in, and to its mail.
func formToken(session, token string) string {
	mac := hmac.New(sha256.New, []byte(session))
	mac.Write([]byte(token))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// fromHere tells whether a POST comes from a page of this origin. A browser
// says so by Sec-Fetch-Site; an older one by Origin, which is "null" under
// these pages' own referrer policy. The cookies and the form's token stand
// behind it.
func (s Server) fromHere(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "null" || origin == s.Portal
}
