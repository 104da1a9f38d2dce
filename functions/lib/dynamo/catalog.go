package dynamo

import (
	"context"
	"fmt"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Catalog stores resources, flows with every version, and the settings.
type Catalog struct {
	db     database
	tables Tables
}

const documentKey = "DOCUMENT"

func resourceKey(id access.ResourceID) string { return "RESOURCE#" + string(id) }
func flowKey(id access.FlowID) string         { return "FLOW#" + string(id) }

func (s *Catalog) resourcePlace(id access.ResourceID) place {
	return place{s.tables.Catalog, resourceKey(id), documentKey, "resource", string(id)}
}

func (s *Catalog) flowPlace(id access.FlowID) place {
	return place{s.tables.Catalog, flowKey(id), documentKey, "flow", string(id)}
}

func (s *Catalog) settingsPlace() place {
	return place{s.tables.Catalog, "SETTINGS", documentKey, "", ""}
}

// Resource reads a resource consistently.
func (s *Catalog) Resource(ctx context.Context, id access.ResourceID) (app.Versioned[access.Resource], error) {
	it, err := s.db.at(ctx, s.resourcePlace(id))
	if err != nil {
		return app.Versioned[access.Resource]{}, err
	}
	return versioned(it, readResource)
}

// Flow reads a flow as it is now, consistently.
func (s *Catalog) Flow(ctx context.Context, id access.FlowID) (app.Versioned[access.Flow], error) {
	it, err := s.db.at(ctx, s.flowPlace(id))
	if err != nil {
		return app.Versioned[access.Flow]{}, err
	}
	return versioned(it, readFlow)
}

// FlowVersion reads a flow as it was. ErrNotFound.
func (s *Catalog) FlowVersion(ctx context.Context, id access.FlowID, version int) (access.Flow, error) {
	it, err := s.db.get(ctx, s.tables.Catalog, flowKey(id), numbered("VERSION", version))
	if err != nil {
		return access.Flow{}, fmt.Errorf("version %d of flow %s: %w", version, id, err)
	}
	return readFlow(it)
}

// Settings reads the company's settings, or the defaults.
func (s *Catalog) Settings(ctx context.Context) (app.Versioned[access.Settings], error) {
	it, err := s.db.at(ctx, s.settingsPlace())
	if err != nil || it == nil {
		return app.Versioned[access.Settings]{Doc: defaults}, err
	}
	return versioned(it, readSettings)
}

// Resources lists the resources by id.
func (s *Catalog) Resources(ctx context.Context, p app.Page) ([]app.Versioned[access.Resource], string, error) {
	return documents(ctx, s.db, s.tables.Catalog, "resource", p, readResource)
}

// Flows lists the flows by id.
func (s *Catalog) Flows(ctx context.Context, p app.Page) ([]app.Versioned[access.Flow], string, error) {
	return documents(ctx, s.db, s.tables.Catalog, "flow", p, readFlow)
}

// FlowsOf lists the flows that serve a resource, in no order.
func (s *Catalog) FlowsOf(ctx context.Context, id access.ResourceID) ([]access.Flow, error) {
	rows, _, err := s.db.query(ctx, span{table: s.tables.Catalog, hash: "pk", value: resourceKey(id), sort: "sk", begins: "FLOW#"})
	if err != nil {
		return nil, err
	}
	var keys []item
	for _, it := range rows {
		keys = append(keys, key(flowKey(access.FlowID(strings.TrimPrefix(textOf(it, "sk"), "FLOW#"))), documentKey))
	}
	items, err := s.db.batch(ctx, s.tables.Catalog, keys)
	if err != nil {
		return nil, err
	}
	var flows []access.Flow
	for _, it := range items {
		flow, err := versioned(it, readFlow)
		if err != nil {
			return nil, err
		}
		if flow.Exists() {
			flows = append(flows, flow.Doc)
		}
	}
	return flows, nil
}

// EditResource writes a resource, and whether its connector owns a group.
func (s *Catalog) EditResource(ctx context.Context, e app.Edit[access.Resource]) error {
	before, after, id := ends(e, func(r access.Resource) access.ResourceID { return r.ID })
	parts, err := editParts(s.resourcePlace(id), e, resourceContent(after))
	if err != nil {
		return err
	}
	gone, come := changed(ownedGroup(before), ownedGroup(after))
	for _, group := range gone {
		parts = append(parts, remove(s.tables.Directory, key(groupKey(group), ownerKey(id))))
	}
	for _, group := range come {
		parts = append(parts, put(s.tables.Directory, key(groupKey(group), ownerKey(id))))
	}
	return s.db.transact(ctx, s.tables.Catalog, e.Event, parts)
}

// ownedGroup is the group that a resource's connector gives out.
func ownedGroup(r access.Resource) []access.GroupID {
	if group, ok := r.Target.Group(); ok {
		return []access.GroupID{group}
	}
	return nil
}

// EditFlow writes a flow, this version of it, and which resources it serves.
// ErrTooLarge for a flow that comes to or leaves some 97 resources at once.
func (s *Catalog) EditFlow(ctx context.Context, e app.Edit[access.Flow]) error {
	before, after, id := ends(e, func(f access.Flow) access.FlowID { return f.ID })
	after.Version = e.Event.Seq
	content := flowContent(after)
	parts, err := editParts(s.flowPlace(id), e, content)
	if err != nil {
		return err
	}
	if !e.Delete {
		version, err := row(flowKey(id), numbered("VERSION", after.Version), content)
		if err != nil {
			return err
		}
		parts = append(parts, putNew(s.tables.Catalog, version, means(app.ErrConflict)))
	}
	gone, come := changed(before.Resources, after.Resources)
	for _, resource := range gone {
		parts = append(parts, remove(s.tables.Catalog, key(resourceKey(resource), flowKey(id))))
	}
	for _, resource := range come {
		parts = append(parts, put(s.tables.Catalog, key(resourceKey(resource), flowKey(id))))
	}
	return s.db.transact(ctx, s.tables.Catalog, e.Event, parts)
}

// EditSettings writes the settings.
func (s *Catalog) EditSettings(ctx context.Context, e app.Edit[access.Settings]) error {
	parts, err := editParts(s.settingsPlace(), e, settingsRecord(e.After))
	if err != nil {
		return err
	}
	return s.db.transact(ctx, s.tables.Catalog, e.Event, parts)
}

// Events lists the events of "resource:ID", "flow:ID" or "settings".
func (s *Catalog) Events(ctx context.Context, subject string, after, limit int) ([]access.SealedEvent, error) {
	return s.db.events(ctx, s.tables.Catalog, subject, after, limit)
}
