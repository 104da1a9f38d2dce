package app

import (
	"context"
	"errors"

	"latchkey/functions/lib/access"
)

// Offer is a resource that the caller may ask for, and how it is decided.
type Offer struct {
	Resource access.Resource
	Flow     access.Flow
	Steps    [][]access.Principal // resolved for the caller
	Names    map[access.Principal]string
	Open     access.RequestID // the caller's open request for it, or ""
	Held     bool
}

// Offers lists what the caller may ask for, of one kind or (empty) of both.
func (a *App) Offers(ctx context.Context, c Caller, kind access.Kind) ([]Offer, error) {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil || !settings.Doc.RequestsEnabled {
		return []Offer{}, err
	}
	flows, err := all(ctx, a.Catalog.Flows)
	if err != nil {
		return nil, err
	}
	resources, err := all(ctx, a.Catalog.Resources)
	if err != nil {
		return nil, err
	}
	open, err := a.Requests.OpenRequests(ctx, c.Person.ID)
	if err != nil {
		return nil, err
	}
	held, err := a.heldTargets(ctx, c.Person.ID)
	if err != nil {
		return nil, err
	}
	offers := []Offer{}
	for _, r := range resources {
		flow, ok := access.Serving(flows, r.ID, c.Principals)
		if !ok || kind != "" && r.Kind != kind {
			continue
		}
		o := Offer{Resource: r, Flow: flow, Open: open[r.ID], Held: held[r.Target], Names: map[access.Principal]string{}}
		for _, step := range flow.Steps {
			o.Steps = append(o.Steps, step.Resolve(c.Person.Manager, r.Owner))
		}
		offers = append(offers, o)
	}
	return offers, a.nameApprovers(ctx, offers)
}

// nameApprovers finds the names of whom the offers' steps mention, each once.
func (a *App) nameApprovers(ctx context.Context, offers []Offer) error {
	known := map[access.Principal]string{access.Admins: "Admins"}
	for _, o := range offers {
		for _, step := range o.Steps {
			for _, p := range step {
				if _, ok := known[p]; !ok {
					name, err := a.nameOf(ctx, p)
					if err != nil {
						return err
					}
					known[p] = name
				}
				o.Names[p] = known[p]
			}
		}
	}
	return nil
}

// nameOf gives a principal's name for people, its id where it has none.
func (a *App) nameOf(ctx context.Context, p access.Principal) (string, error) {
	if id, ok := p.Person(); ok {
		person, err := a.Directory.Person(ctx, id)
		return or(person.Doc.Name, string(id)), err
	}
	if id, ok := p.Group(); ok {
		group, err := a.Directory.Group(ctx, id)
		return or(group.Doc.Name, string(id)), err
	}
	return string(p), nil
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
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

func (a *App) heldTargets(ctx context.Context, person access.PersonID) (map[access.Target]bool, error) {
	held, err := a.Held(ctx, person)
	targets := map[access.Target]bool{}
	for _, h := range held {
		targets[h.Request.Target] = true
	}
	return targets, err
}

// HeldAccess is access that someone has now, and where it leads.
type HeldAccess struct {
	Request  access.Request
	Resource access.Resource
}

// Held lists the access that a person has now: given, observed, and not ending.
func (a *App) Held(ctx context.Context, person access.PersonID) ([]HeldAccess, error) {
	holdings, err := a.Entitlements.HeldBy(ctx, person)
	if err != nil {
		return nil, err
	}
	out := []HeldAccess{}
	now := a.now()
	for _, h := range holdings {
		stored, err := a.Requests.Load(ctx, h.Request)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if stored.Status != access.Active || stored.Timed() && !now.Before(stored.EndsAt) {
			continue
		}
		resource, err := a.Catalog.Resource(ctx, stored.Resource)
		if err != nil {
			return nil, err
		}
		out = append(out, HeldAccess{stored.Request, resource.Doc})
	}
	return out, nil
}

// Features tells a portal what to show the caller.
type Features struct{ Requests, Tasks, Integrations, Admin bool }

// Me tells the caller who they are here, and what a portal shows them.
func (a *App) Me(ctx context.Context, c Caller) (Features, access.Settings, error) {
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return Features{}, access.Settings{}, err
	}
	flows, err := all(ctx, a.Catalog.Flows)
	f := Features{Tasks: true, Admin: c.Admin}
	for _, flow := range flows {
		f.Requests = f.Requests || settings.Doc.RequestsEnabled && flow.Enabled && flow.VisibleFor(c.Principals)
	}
	return f, settings.Doc, err
}
