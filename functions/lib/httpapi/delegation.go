package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// GetDelegation shows who decides for the caller.
func (s server) GetDelegation(w http.ResponseWriter, r *http.Request, _ contract.GetDelegationParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		delegation, err := s.app.Delegation(ctx, c)
		if err != nil {
			return document{}, err
		}
		return s.showDelegation(ctx, delegation)
	})
}

// PutDelegation lets someone decide for the caller.
func (s server) PutDelegation(w http.ResponseWriter, r *http.Request, params contract.PutDelegationParams) {
	s.writes(w, r, params.IfMatch, "", func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.DelegationInput](r)
		if err != nil {
			return document{}, err
		}
		from, err := momentOf("/from", body.From)
		if err != nil {
			return document{}, err
		}
		until, err := momentOf("/until", body.Until)
		if err != nil {
			return document{}, err
		}
		delegation, err := s.app.Delegate(ctx, c, app.Delegation{To: access.PersonID(body.Delegate), From: from, Until: until}, when)
		if err != nil {
			return document{}, err
		}
		return s.showDelegation(ctx, delegation)
	})
}

// DeleteDelegation takes it back.
func (s server) DeleteDelegation(w http.ResponseWriter, r *http.Request, params contract.DeleteDelegationParams) {
	s.removes(w, r, params.IfMatch, s.app.EndDelegation)
}

func (s server) showDelegation(ctx context.Context, v app.Versioned[app.Delegation]) (document, error) {
	out := contract.Delegation{Version: v.Version}
	if !v.Exists() {
		return document{v.Version, out}, nil
	}
	name, err := s.app.NameOf(ctx, v.Doc.To)
	out.Delegate = contract.PersonRef{Id: string(v.Doc.To), Name: name}
	out.From, out.Until, out.Active = v.Doc.From, v.Doc.Until, v.Doc.Active(s.app.Clock())
	return document{v.Version, out}, err
}
