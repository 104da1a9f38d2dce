package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// GetSlackIntegration shows as whom the caller acts in Slack.
func (s server) GetSlackIntegration(w http.ResponseWriter, r *http.Request, _ contract.GetSlackIntegrationParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		link, err := s.app.SlackLink(ctx, c)
		return showSlackLink(link), err
	})
}

// BeginSlackIntegration says where the caller signs in with Slack.
func (s server) BeginSlackIntegration(w http.ResponseWriter, r *http.Request) {
	use(s, w, r, http.StatusCreated, func(ctx context.Context, c app.Caller) (contract.SlackSignIn, error) {
		if err := NoBody(r); err != nil {
			return contract.SlackSignIn{}, err
		}
		page, err := s.app.BeginSlackLink(ctx, c)
		return contract.SlackSignIn{AuthorizeUrl: page.URL, ExpiresAt: page.Expires}, err
	})
}

// PutSlackIntegration connects the caller to who signed in.
func (s server) PutSlackIntegration(w http.ResponseWriter, r *http.Request) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		body, err := Decode[contract.SlackSignInAnswer](r)
		if err != nil {
			return document{}, err
		}
		link, err := s.app.FinishSlackLink(ctx, c, body.Code, body.State)
		return showSlackLink(link), err
	})
}

// DeleteSlackIntegration disconnects them.
func (s server) DeleteSlackIntegration(w http.ResponseWriter, r *http.Request, params contract.DeleteSlackIntegrationParams) {
	s.removes(w, r, params.IfMatch, s.app.EndSlackLink)
}

func showSlackLink(v app.Versioned[app.SlackLink]) document {
	out := contract.SlackIntegration{Version: v.Version, Connected: v.Exists()}
	if out.Connected {
		out.Team = contract.SlackName{Id: v.Doc.User.Team, Name: v.Doc.Workspace}
		out.User = contract.SlackName{Id: v.Doc.User.ID, Name: v.Doc.Name}
		out.Since = v.Doc.At
	}
	return document{v.Version, out}
}
