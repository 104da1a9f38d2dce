package links

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi"
)

// show answers GET and HEAD.
func (s Server) show(w http.ResponseWriter, r *http.Request) {
	at, v, m, ok := s.arrive(w, r)
	if ok {
		s.page(w, r, http.StatusOK, at, v, m, form{})
	}
}

// arrive finds what a call's link leads to, and who calls. ok is false if it was
// answered already.
func (s Server) arrive(w http.ResponseWriter, r *http.Request) (at place, v visitor, m app.Mailed, ok bool) {
	if at, ok = placeIn(r); !ok {
		s.unknown(w, r)
		return at, v, m, false
	}
	// The link first: to who has none, a made-up session is not worth a look.
	err := s.App.KnowsMail(r.Context(), at.token)
	if err == nil {
		v, err = s.visitor(r)
	}
	if err == nil {
		m, err = s.App.ReadMail(r.Context(), at.token, v.person)
	}
	switch {
	case access.CodeOf(err) == access.CodeNotFound:
		s.unknown(w, r)
	case err != nil:
		s.broken(w, r, err)
	default:
		return at, v, m, true
	}
	return at, v, m, false
}

// form is what was filled in, and what is wrong with it.
type form struct {
	Reason   string
	Duration string
	Problem  string // about all of it
	Field    string // "reason" or "duration": what Message is about
	Message  string
}

// bodyLimit is more than the longest reason takes, percent-encoded.
const bodyLimit = 64 << 10

// decide answers POST. Whatever is refused changes nothing, and spends nothing.
func (s Server) decide(w http.ResponseWriter, r *http.Request) {
	at, v, m, ok := s.arrive(w, r)
	if !ok {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
	if err := r.ParseForm(); err != nil {
		s.page(w, r, http.StatusBadRequest, at, v, m, form{Problem: problemForm})
		return
	}
	filled := form{Reason: r.PostForm.Get("reason"), Duration: r.PostForm.Get("duration")}
	if m.SignIn {
		filled.Problem = problemSignedOut
		s.page(w, r, http.StatusUnauthorized, at, v, m, filled)
		return
	}
	if !s.fromHere(r) || !same(r.PostForm.Get("form"), formToken(v.session, at.token)) {
		filled.Problem = problemForeign
		s.page(w, r, http.StatusForbidden, at, v, m, filled)
		return
	}
	command, err := command(r)
	if err == nil {
		var decided access.Request
		decided, err = s.App.DecideByMail(r.Context(), at.token, v.person, command)
		httpapi.Annotate(r.Context(), slog.String("request", string(decided.ID)))
	}
	if err == nil {
		s.redirect(w, at.path())
		return
	}
	refusal, ok := asRefusal(err)
	if !ok {
		s.broken(w, r, err)
		return
	}
	httpapi.Annotate(r.Context(), slog.String("code", string(refusal.Code)))
	if refusal.Code == access.CodeBusy {
		w.Header().Set("Retry-After", retryAfter)
	}
	if at, v, m, ok = s.arrive(w, r); ok { // as it is now
		s.page(w, r, statusOf(refusal), at, v, m, filled.refused(refusal))
	}
}

// command reads the decision. The version is the one that the form was shown
// with, so that nobody decides what they have not seen.
func command(r *http.Request) (access.Decide, error) {
	c := access.Decide{Verdict: access.Verdict(r.PostForm.Get("decision")), Reason: r.PostForm.Get("reason")}
	if c.Verdict != access.Approve && c.Verdict != access.Deny {
		return c, access.InvalidField("/decision", "unknown_verdict", "Please choose whether to grant or to deny it.")
	}
	var err error
	if c.Version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil || c.Version < 1 {
		return c, access.Refuse(access.CodeStaleVersion, "The request has changed since; please look at it again.")
	}
	if c.Verdict == access.Approve && c.Duration.UnmarshalText([]byte(r.PostForm.Get("duration"))) != nil {
		return c, access.InvalidField("/duration", "format", "This is not a duration that can be chosen.")
	}
	return c, nil
}

// refused puts a refusal where it belongs.
func (f form) refused(e *access.Error) form {
	f.Problem = e.Message
	if e.Code != access.CodeLinkClosed { // else something was, by the page's own words
		f.Problem = "Nothing was decided. " + e.Message
	}
	for _, field := range e.Fields {
		switch field.Pointer {
		case "/reason":
			f.Field, f.Message = "reason", field.Message
		case "/duration":
			f.Field, f.Message = "duration", field.Message
		}
	}
	return f
}

func statusOf(e *access.Error) int {
	switch e.Code {
	case access.CodeInvalid:
		return http.StatusUnprocessableEntity
	case access.CodeUnauthenticated:
		return http.StatusUnauthorized
	case access.CodeNotYourMail, access.CodeNotApprover, access.CodeSelfApproval, access.CodeChannelExcluded, access.CodeForbidden:
		return http.StatusForbidden
	case access.CodeNotFound:
		return http.StatusNotFound
	case access.CodeBusy:
		return http.StatusServiceUnavailable
	}
	return http.StatusConflict
}

func asRefusal(err error) (*access.Error, bool) { return errors.AsType[*access.Error](err) }
