package links

import (
	"log/slog"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi"
)

// visitor is who a call comes from: a person, or who signed in and is none, or
// nobody.
type visitor struct {
	session string // the ID token; "" while nobody has signed in
	person  *app.Caller
	refused *access.Error // not_registered, suspended
}

// visitor reads the session. A token that is no longer good is as none.
func (s Server) visitor(r *http.Request) (visitor, error) {
	raw := cookie(r, sessionCookie)
	if raw == "" {
		return visitor{}, nil
	}
	token, err := s.Issuer.verified(r.Context(), raw)
	if err != nil {
		return visitor{}, nil
	}
	c, err := claims(token)
	if err != nil {
		return visitor{}, nil
	}
	caller, err := s.App.SignIn(r.Context(), c, access.ViaEmail)
	if refusal, ok := asRefusal(err); ok {
		return visitor{refused: refusal}, nil
	}
	if err != nil {
		return visitor{}, err
	}
	httpapi.Annotate(r.Context(), slog.String("person", string(caller.Person.ID)))
	return visitor{session: raw, person: &caller}, nil
}

// signIn sends someone to the issuer. Nothing but their own cookie changes.
func (s Server) signIn(w http.ResponseWriter, r *http.Request) {
	back, ok := placeIn(r)
	if !ok {
		s.unknown(w, r)
		return
	}
	p := pending{place: back}
	for _, secret := range []*string{&p.state, &p.nonce, &p.verifier} {
		var err error
		if *secret, err = s.secret(); err != nil {
			s.broken(w, r, err)
			return
		}
	}
	address, err := s.Issuer.authorize(p, r.URL.Query().Get("as") == "other")
	if err != nil {
		s.noIssuer(w, r, err)
		return
	}
	addPending(w, r, p)
	s.redirect(w, address)
}

// signOut ends the session here, though not that at the issuer, and shows the page
// as to nobody.
func (s Server) signOut(w http.ResponseWriter, r *http.Request) {
	at, ok := placeIn(r)
	if !ok {
		s.unknown(w, r)
		return
	}
	if s.fromHere(r) {
		setCookie(w, sessionCookie, "", 0)
	}
	s.redirect(w, at.path())
}

// callback is where the issuer sends them back. What does not answer a question
// of this browser's own is not looked at.
func (s Server) callback(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	name := pendingName(query.Get("state"))
	p, ok := readPending(cookie(r, name))
	if !ok || !same(query.Get("state"), p.state) {
		s.failedSignIn(w, r, nil)
		return
	}
	setCookie(w, name, "", 0)
	if query.Get("code") == "" {
		s.failedSignIn(w, r, &p.place)
		return
	}
	raw, err := s.Issuer.exchange(r.Context(), query.Get("code"), p)
	if err != nil {
		httpapi.Annotate(r.Context(), slog.String("why", err.Error()))
		s.failedSignIn(w, r, &p.place)
		return
	}
	if len(raw) > cookieLimit {
		s.tooLarge(w, r)
		return
	}
	setCookie(w, sessionCookie, raw, sessionTime)
	s.redirect(w, p.path())
}
