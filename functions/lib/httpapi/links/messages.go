package links

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi"
)

// unknown is the one answer to a link that nobody made, is malformed, or is
// forgotten, and to every address that is none.
func (s Server) unknown(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, http.StatusNotFound, unknownPage())
}

func unknownPage() page {
	return page{Title: "This link is unknown, or too old", Tone: "quiet",
		Lead: []string{"Nothing was decided. Perhaps the link was cut off when the mail was copied: please open it from the mail itself.",
			"If the request still waits for you, you find it in the portal, under Tasks."}}
}

func (s Server) failedSignIn(w http.ResponseWriter, r *http.Request, back *place) {
	s.write(w, r, http.StatusBadRequest, failedSignInPage(back))
}

func failedSignInPage(back *place) page {
	p := page{Title: "You were not signed in", Tone: "bad",
		Lead: []string{"The sign-in was cancelled, took too long, or was begun in another window. Nothing was decided."}}
	if back == nil {
		p.Lead = append(p.Lead, "Please open the link in your mail again.")
	} else {
		p.SignIn = back.path() + "/sign-in"
	}
	return p
}

func (s Server) tooLarge(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, http.StatusBadRequest, tooLargePage())
}

func tooLargePage() page {
	return page{Title: "You cannot sign in here", Tone: "bad",
		Lead: []string{"Your identity provider says more about you than fits here. Please decide in the portal, and tell an admin: " +
			"the ID token of Latchkey's client should be smaller than 4000 bytes, for example without groups."}}
}

func (s Server) noIssuer(w http.ResponseWriter, r *http.Request, err error) {
	httpapi.Annotate(r.Context(), slog.String("why", err.Error()))
	s.write(w, r, http.StatusBadGateway, noIssuerPage())
}

func noIssuerPage() page {
	return page{Title: "You cannot sign in at the moment", Tone: "bad",
		Lead: []string{"Your identity provider does not answer. Nothing was decided; please try again in a moment."}}
}

// retryAfter is in how many seconds it is worth another try.
const retryAfter = "10"

func (s Server) broken(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.DeadlineExceeded) {
		httpapi.Annotate(r.Context(), slog.String("code", string(access.CodeBusy)), slog.String("error", err.Error()))
		w.Header().Set("Retry-After", retryAfter)
		s.write(w, r, http.StatusServiceUnavailable, busyPage())
		return
	}
	httpapi.Annotate(r.Context(), slog.String("code", string(httpapi.CodeInternal)), slog.String("error", err.Error()))
	s.write(w, r, http.StatusInternalServerError, brokenPage())
}

func busyPage() page {
	return page{Title: "This takes too long at the moment", Tone: "bad",
		Lead: []string{"Too much is asked of Latchkey at once. Please open the link in your mail again in a moment; it shows whether something was decided."}}
}

func brokenPage() page {
	return page{Title: "Something went wrong here", Tone: "bad",
		Lead: []string{"It was recorded. Please open the link in your mail again in a moment; it shows whether something was decided."}}
}

const (
	problemForm      = "Nothing was decided: the form could not be read."
	problemSignedOut = "You are not signed in any more, and nothing was decided."
	problemForeign   = "Nothing was decided: this form was not shown in your session. Please decide here."
)
