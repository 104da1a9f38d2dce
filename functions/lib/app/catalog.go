package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"latchkey/functions/lib/access"
)

// Offer is a resource that the caller may ask for, and how it is decided.
type Offer struct {
	Resource  access.Resource
	Flow      access.Flow
	Approvers [][]Approver    // of each step, for the caller
	Words     []string        // each step as a sentence
	Open      *access.Request // the caller's open request for it
	Held      *access.Request // by which the caller has it now
}

// Offers lists what the caller may ask for by the resources' ids, of one kind or
// (empty) of both; for someone else, where they may ask for them.
func (a *App) Offers(ctx context.Context, c Caller, who access.PersonID, kind access.Kind, p Page) ([]Offer, string, error) {
	asks := c
	if who != "" && who != c.Person.ID {
		person, err := a.Directory.Person(ctx, who)
		if err != nil {
			return nil, "", err
		}
		principals, err := a.principals(ctx, who)
		if err != nil {
			return nil, "", err
		}
		c = Caller{Person: person.Doc, Principals: principals}
	}
	offers, err := a.offers(ctx, c, kind)
	if err != nil {
		return nil, "", err
	}
	if asks.Person.ID != c.Person.ID {
		subject := access.Subject{ID: c.Person.ID, Manager: c.Person.Manager}
		offers = slices.DeleteFunc(offers, func(o Offer) bool {
			return !c.Person.Active() || !o.Flow.LetsAskFor(subject, asks.Person.ID, asks.Principals)
		})
	}
	page, next, err := pageOf(offers, p, func(o Offer) string { return string(o.Resource.ID) })
	if err != nil {
		return nil, "", err
	}
	a = a.remembering()
	open, held, err := a.has(ctx, c.Person.ID)
	if err != nil {
		return nil, "", err
	}
	for i := range page {
		if err := a.complete(ctx, c, &page[i], open, held); err != nil {
			return nil, "", err
		}
	}
	return page, next, nil
}

// Menu lists all that the caller may ask for by the resources' ids, for a list to
// choose from. Only the chosen one has more than its resource and flow.
func (a *App) Menu(ctx context.Context, c Caller, chosen access.ResourceID) ([]Offer, error) {
	offers, err := a.offers(ctx, c, "")
	if err != nil {
		return nil, err
	}
	for i := range offers {
		if offers[i].Resource.ID != chosen {
			continue
		}
		a = a.remembering()
		open, held, err := a.has(ctx, c.Person.ID)
		if err != nil {
			return nil, err
		}
		return offers, a.complete(ctx, c, &offers[i], open, held)
	}
	return offers, nil
}

// complete adds to an offer how it is decided for the caller, and what they have
// of it.
func (a *App) complete(ctx context.Context, c Caller, o *Offer, open map[access.ResourceID]access.RequestID, held map[access.Target]*access.Request) error {
	o.Held = held[o.Resource.Target]
	if id := open[o.Resource.ID]; id != "" {
		stored, err := a.Requests.Load(ctx, id)
		if err != nil {
			return err
		}
		o.Open = &stored.Request
	}
	for _, step := range o.Flow.Steps {
		approvers, err := a.approvers(ctx, step.Approvers, c.Person.Manager, o.Resource.Owner)
		if err != nil {
			return err
		}
		fallback, err := a.approvers(ctx, step.Fallback, c.Person.Manager, o.Resource.Owner)
		if err != nil {
			return err
		}
		o.Approvers = append(o.Approvers, approvers)
		o.Words = append(o.Words, step.Words(Words(approvers), Words(fallback)))
	}
	return nil
}

// offers lists what the caller may ask for, by id.
func (a *App) offers(ctx context.Context, c Caller, kind access.Kind) ([]Offer, error) {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil || !settings.Doc.RequestsEnabled {
		return nil, err
	}
	flows, err := all(ctx, a.Catalog.Flows)
	if err != nil {
		return nil, err
	}
	resources, err := all(ctx, a.Catalog.Resources)
	if err != nil {
		return nil, err
	}
	var offers []Offer
	for _, r := range resources {
		flow, ok := access.Serving(flows, r.ID, c.Principals)
		if ok && (kind == "" || r.Kind == kind) {
			offers = append(offers, Offer{Resource: r, Flow: flow})
		}
	}
	return offers, nil
}

// has finds what someone has asked for and what they hold.
func (a *App) has(ctx context.Context, person access.PersonID) (map[access.ResourceID]access.RequestID, map[access.Target]*access.Request, error) {
	open, err := a.Requests.OpenRequests(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	all, err := a.heldBy(ctx, person)
	held := map[access.Target]*access.Request{}
	for _, r := range all {
		// Of several the last to end; one that is not timed does not end.
		if other := held[r.Target]; other == nil || !r.Timed() || other.Timed() && r.EndsAt.After(other.EndsAt) {
			held[r.Target] = &r
		}
	}
	return open, held, err
}

// all reads a whole list of the configuration.
func all[T any](ctx context.Context, list func(context.Context, Page) ([]Versioned[T], string, error)) ([]T, error) {
	var out []T
	for cursor := ""; ; {
		page, next, err := list(ctx, Page{Limit: 100, Cursor: cursor})
		if err != nil {
			return nil, err
		}
		for _, v := range page {
			out = append(out, v.Doc)
		}
		if next == "" {
			return out, nil
		}
		cursor = next
	}
}

// HeldAccess is access that someone has now, and where it leads.
type HeldAccess struct {
	Request  access.Request
	Resource access.Resource // but for its id, empty once it is gone from the catalog
	Actions  []access.Action
	More     access.ExtensionOffer // what more time may be asked for
}

// Held lists the access that the caller has now by the resources' ids: given,
// observed, and not ending.
func (a *App) Held(ctx context.Context, c Caller, p Page) ([]HeldAccess, string, error) {
	requests, err := a.heldBy(ctx, c.Person.ID)
	if err != nil {
		return nil, "", err
	}
	key := func(r access.Request) string { return string(r.Resource) + " " + string(r.ID) }
	slices.SortFunc(requests, func(x, y access.Request) int { return strings.Compare(key(x), key(y)) })
	requests, next, err := pageOf(requests, p, key)
	if err != nil {
		return nil, "", err
	}
	a = a.remembering()
	out := []HeldAccess{}
	for _, r := range requests {
		resource, err := a.Catalog.Resource(ctx, r.Resource)
		if err != nil {
			return nil, "", err
		}
		f, err := a.callerFacts(ctx, c, r)
		if err != nil {
			return nil, "", err
		}
		resource.Doc.ID, resource.Doc.Kind = r.Resource, r.Kind
		actions := r.AllowedActions(f, a.now())
		out = append(out, HeldAccess{r, resource.Doc, actions, r.ExtensionOffer(f.Flow.Duration.Extend, actions)})
	}
	return out, next, nil
}

// heldBy lists the requests by which someone has access now.
func (a *App) heldBy(ctx context.Context, person access.PersonID) ([]access.Request, error) {
	holdings, err := a.Entitlements.HeldBy(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []access.Request
	now := a.now()
	for _, h := range holdings {
		stored, err := a.Requests.Load(ctx, h.Request)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if stored.Status == access.Active && !(stored.Timed() && !now.Before(stored.EndsAt)) {
			out = append(out, stored.Request)
		}
	}
	return out, nil
}

// Features tells a portal what to show the caller.
type Features struct{ Requests, Tasks, Integrations, Admin bool }

// Profile is who the caller is here, and what a portal shows them.
type Profile struct {
	Features
	Manager     access.PersonID
	ManagerName string
	SupportURL  string

	EmailProblem access.EmailProblem
}

// Me tells the caller who they are.
func (a *App) Me(ctx context.Context, c Caller) (Profile, error) {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return Profile{}, err
	}
	flows, err := all(ctx, a.Catalog.Flows)
	if err != nil {
		return Profile{}, err
	}
	p := Profile{Features: Features{Tasks: true, Integrations: settings.Doc.SlackReady(), Admin: c.Admin}, Manager: c.Person.Manager, SupportURL: settings.Doc.SupportURL}
	for _, flow := range flows {
		p.Requests = p.Requests || settings.Doc.RequestsEnabled && flow.Enabled && flow.VisibleFor(c.Principals)
	}
	if p.EmailProblem, err = a.emailProblem(ctx, c.Person); err != nil {
		return Profile{}, err
	}
	p.ManagerName, err = a.nameOf(ctx, access.OfPerson(c.Person.Manager))
	return p, err
}
