package app

import (
	"context"
	"slices"

	"latchkey/functions/lib/access"
)

// remembering gives an App that reads what it reads of the directory and the
// catalog once. It serves one call, or one try of it, which then sees one state
// of them: a list of requests mentions the same few again and again.
func (a *App) remembering() *App {
	b := *a
	b.Directory = directoryOnce{a.Directory, map[access.PersonID]Versioned[Person]{}, map[access.GroupID]Versioned[Group]{},
		map[access.PersonID][]access.PersonID{}, map[access.PersonID]Versioned[Delegation]{}, map[access.PersonID][2][]access.GroupID{},
		map[memberPage]memberList{}}
	b.Catalog = catalogOnce{a.Catalog, map[access.ResourceID]Versioned[access.Resource]{},
		map[flowVersion]access.Flow{}, map[struct{}]Versioned[access.Settings]{}}
	return &b
}

type flowVersion struct {
	id      access.FlowID
	version int
}

type directoryOnce struct {
	Directory
	people map[access.PersonID]Versioned[Person]
	groups map[access.GroupID]Versioned[Group]
	sitsIn map[access.PersonID][]access.PersonID
	away   map[access.PersonID]Versioned[Delegation]
	inside map[access.PersonID][2][]access.GroupID
	lists  map[memberPage]memberList
}

type memberPage struct {
	group access.GroupID
	page  Page
}

type memberList struct {
	people []access.PersonID
	next   string
}

func (d directoryOnce) Person(ctx context.Context, id access.PersonID) (Versioned[Person], error) {
	return once(d.people, id, func() (Versioned[Person], error) { return d.Directory.Person(ctx, id) })
}

func (d directoryOnce) Group(ctx context.Context, id access.GroupID) (Versioned[Group], error) {
	return once(d.groups, id, func() (Versioned[Group], error) { return d.Directory.Group(ctx, id) })
}

func (d directoryOnce) DelegatorsOf(ctx context.Context, id access.PersonID) ([]access.PersonID, error) {
	return once(d.sitsIn, id, func() ([]access.PersonID, error) { return d.Directory.DelegatorsOf(ctx, id) })
}

func (d directoryOnce) Delegation(ctx context.Context, id access.PersonID) (Versioned[Delegation], error) {
	return once(d.away, id, func() (Versioned[Delegation], error) { return d.Directory.Delegation(ctx, id) })
}

// Delegations reads those that are not known yet.
func (d directoryOnce) Delegations(ctx context.Context, ids []access.PersonID) ([]Delegation, error) {
	if unknown := missing(d.away, ids); len(unknown) > 0 {
		read, err := d.Directory.Delegations(ctx, unknown)
		if err != nil {
			return nil, err
		}
		for _, id := range unknown {
			d.away[id] = Versioned[Delegation]{}
		}
		for _, one := range read {
			d.away[one.Person] = Versioned[Delegation]{Doc: one, Version: 1}
		}
	}
	var out []Delegation
	for _, id := range ids {
		if one := d.away[id]; one.Exists() {
			out = append(out, one.Doc)
		}
	}
	return out, nil
}

func (d directoryOnce) GroupsOf(ctx context.Context, id access.PersonID) (directory, granted []access.GroupID, err error) {
	both, err := once(d.inside, id, func() (both [2][]access.GroupID, err error) {
		both[0], both[1], err = d.Directory.GroupsOf(ctx, id)
		return both, err
	})
	return both[0], both[1], err
}

func (d directoryOnce) Members(ctx context.Context, id access.GroupID, p Page) ([]access.PersonID, string, error) {
	list, err := once(d.lists, memberPage{id, p}, func() (list memberList, err error) {
		list.people, list.next, err = d.Directory.Members(ctx, id, p)
		return list, err
	})
	return list.people, list.next, err
}

// Persons reads those who are not known yet.
func (d directoryOnce) Persons(ctx context.Context, ids []access.PersonID) ([]Person, error) {
	if unknown := missing(d.people, ids); len(unknown) > 0 {
		read, err := d.Directory.Persons(ctx, unknown)
		if err != nil {
			return nil, err
		}
		for _, p := range read {
			d.people[p.ID] = Versioned[Person]{Doc: p, Version: 1}
		}
	}
	var out []Person
	for _, id := range ids {
		if p := d.people[id]; p.Exists() {
			out = append(out, p.Doc)
		}
	}
	return out, nil
}

type catalogOnce struct {
	Catalog
	resources map[access.ResourceID]Versioned[access.Resource]
	flows     map[flowVersion]access.Flow
	settings  map[struct{}]Versioned[access.Settings]
}

func (c catalogOnce) Resource(ctx context.Context, id access.ResourceID) (Versioned[access.Resource], error) {
	return once(c.resources, id, func() (Versioned[access.Resource], error) { return c.Catalog.Resource(ctx, id) })
}

func (c catalogOnce) FlowVersion(ctx context.Context, id access.FlowID, version int) (access.Flow, error) {
	return once(c.flows, flowVersion{id, version}, func() (access.Flow, error) { return c.Catalog.FlowVersion(ctx, id, version) })
}

func (c catalogOnce) Settings(ctx context.Context) (Versioned[access.Settings], error) {
	return once(c.settings, struct{}{}, func() (Versioned[access.Settings], error) { return c.Catalog.Settings(ctx) })
}

// once reads what is not known yet.
func once[K comparable, V any](known map[K]V, key K, read func() (V, error)) (V, error) {
	if value, ok := known[key]; ok {
		return value, nil
	}
	value, err := read()
	if err == nil {
		known[key] = value
	}
	return value, err
}

// missing lists the keys of which nothing is known yet.
func missing[K comparable, V any](known map[K]V, keys []K) []K {
	return slices.DeleteFunc(slices.Clone(keys), func(key K) bool {
		_, there := known[key]
		return there
	})
}
