package app

import (
	"context"

	"latchkey/functions/lib/access"
)

// remembering gives an App that reads each person, group, resource, flow
// version and the settings once. It serves one call, which then sees one state
// of them: a list of requests mentions the same few again and again.
func (a *App) remembering() *App {
	b := *a
	b.Directory = directoryOnce{a.Directory, map[access.PersonID]Versioned[Person]{}, map[access.GroupID]Versioned[Group]{},
		map[access.PersonID][]access.PersonID{}}
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
