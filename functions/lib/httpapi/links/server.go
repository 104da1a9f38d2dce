package links

import (
	"crypto/rand"
	"encoding/base64"
	"io"
	"log/slog"
	"net/http"
	"regexp"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi"
)

// Server is what the pages are made of.
type Server struct {
	App    *app.App
	Issuer *Issuer
	Portal string // the portal's origin, without a slash at its end
	Logger *slog.Logger
	Random io.Reader // of sign-ins; nil: the system's
}

// Handler serves the pages below /mail/.
func (s Server) Handler() http.Handler {
	if s.Random == nil {
		s.Random = rand.Reader
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /mail/{token}/{verb}", s.show)
	mux.HandleFunc("POST /mail/{token}/{verb}", s.decide)
	mux.HandleFunc("GET /mail/{token}/{verb}/sign-in", s.signIn)
	mux.HandleFunc("POST /mail/{token}/{verb}/sign-out", s.signOut)
	mux.HandleFunc("GET /mail/callback", s.callback)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.unknown(w, r) })
	return httpapi.Around(mux, s.Logger, s.App.Clock)
}

// place is where a link leads: the page of a mail's token, with the verdict that
// was chosen in the mail.
type place struct{ token, verb string }

var tokenPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// placeOf reads a place. ok is false for what can be none; nothing else is ever
// redirected to.
func placeOf(token, verb string) (p place, ok bool) {
	return place{token, verb}, tokenPattern.MatchString(token) && (verb == "approve" || verb == "deny")
}

func placeIn(r *http.Request) (place, bool) {
	return placeOf(r.PathValue("token"), r.PathValue("verb"))
}

func (p place) path() string { return "/mail/" + p.token + "/" + p.verb }

// secret is 32 random bytes, as base64url.
func (s Server) secret() (string, error) {
	random := make([]byte, 32)
	_, err := io.ReadFull(s.Random, random)
	return base64.RawURLEncoding.EncodeToString(random), err
}
