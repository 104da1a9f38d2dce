package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// GetMe tells the caller who they are.
func (s server) GetMe(w http.ResponseWriter, r *http.Request, _ contract.GetMeParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.Me, error) {
		profile, err := s.app.Me(ctx, c)
		return showMe(c, profile), err
	})
}

func showMe(c app.Caller, p app.Profile) contract.Me {
	me := contract.Me{
		Id: string(c.Person.ID), Email: c.Person.Email, Name: c.Person.Name, Groups: []contract.Id{}, Roles: []contract.Role{},
		Manager:  contract.PersonRef{Id: string(p.Manager), Name: p.ManagerName},
		TimeZone: c.Person.TimeZone, Locale: c.Person.Locale, SupportUrl: p.SupportURL,
		Features:     contract.Features{Requests: p.Requests, Tasks: p.Tasks, Integrations: p.Integrations, Admin: p.Admin},
		EmailProblem: showEmailProblem(p.EmailProblem),
	}
	for _, principal := range c.Principals {
		if group, ok := principal.Group(); ok && principal != access.Admins {
			me.Groups = append(me.Groups, string(group))
		}
	}
	if c.Admin {
		me.Roles = append(me.Roles, contract.Admin)
	}
	return me
}

// ListAccess lists what the caller holds.
func (s server) ListAccess(w http.ResponseWriter, r *http.Request, params contract.ListAccessParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Access], error) {
		held, next, err := s.app.Held(ctx, c, part(params.Limit, params.Cursor))
		return pageOf(held, next, showAccess), err
	})
}

func showAccess(h app.HeldAccess) contract.Access {
	return contract.Access{
		RequestId: string(h.Request.ID), ResourceId: string(h.Request.Resource), Resource: showResourceRef(h.Resource),
		Status: contract.Status(h.Request.Status), Url: h.Resource.URL,
		StartedAt: h.Request.StartedAt, EndsAt: h.Request.EndsAt, AllowedActions: texts[contract.Action](h.Actions),
		Extend: showExtensionOffer(h.More),
	}
}

// ListCatalog lists what the caller may ask for.
func (s server) ListCatalog(w http.ResponseWriter, r *http.Request, params contract.ListCatalogParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.CatalogItem], error) {
		offers, next, err := s.app.Offers(ctx, c, access.PersonID(params.For), access.Kind(params.Kind), part(params.Limit, params.Cursor))
		return pageOf(offers, next, showOffer), err
	})
}

func showOffer(o app.Offer) contract.CatalogItem {
	item := contract.CatalogItem{
		Id: string(o.Resource.ID), Kind: contract.ResourceKind(o.Resource.Kind), Name: o.Resource.Name,
		Description: o.Resource.Description,
		Flow: contract.CatalogFlow{Id: string(o.Flow.ID), Version: o.Flow.Version, Steps: []contract.CatalogStep{},
			StartsWithin: o.Flow.StartsWithin.String(), Duration: showDurationRule(o.Flow.Duration), Fields: showFields(o.Flow.Fields)},
	}
	for i, step := range o.Flow.Steps {
		item.Flow.Steps = append(item.Flow.Steps, contract.CatalogStep{Approvers: showApprovers(o.Approvers[i]), Needed: step.Needed,
			Words: o.Words[i]})
	}
	if o.Open != nil {
		item.OpenRequest = contract.OpenRequest{Id: string(o.Open.ID), Status: contract.Status(o.Open.Status)}
	}
	if o.Held != nil {
		item.Held = contract.Held{RequestId: string(o.Held.ID), EndsAt: o.Held.EndsAt}
	}
	return item
}
