package app

import (
	"context"
	"fmt"

	"latchkey/functions/lib/access"
)

// Resources lists the catalog's resources, for admins.
func (a *App) Resources(ctx context.Context, c Caller, p Page) ([]Versioned[access.Resource], string, error) {
	return list(ctx, c, p, a.Catalog.Resources)
}

// Resource reads a resource, for admins.
func (a *App) Resource(ctx context.Context, c Caller, id access.ResourceID) (Versioned[access.Resource], error) {
	doc, err := a.Catalog.Resource(ctx, id)
	return one(c, doc, err, "resource")
}

// PutResource writes a resource. Requests that exist keep the target that they
// were submitted for.
func (a *App) PutResource(ctx context.Context, c Caller, r access.Resource, when Condition) (Versioned[access.Resource], error) {
	before, err := a.resourceToEdit(ctx, c, r.ID)
	if err == nil {
		err = when.check(before.Exists(), before.Version)
	}
	if err != nil {
		return before, err
	}
	found := access.CheckResource(r)
	known, err := a.isPerson(ctx, r.Owner)
	if err != nil {
		return before, err
	}
	if !known {
		found = append(found, access.FieldError{Pointer: "/owner", Code: "unknown", Message: "There is no such person."})
	}
	group, err := a.Directory.Group(ctx, access.GroupID(r.Target.ID))
	if err != nil {
		return before, err
	}
	if !group.Exists() {
		found = append(found, access.FieldError{Pointer: "/connector/group", Code: "unknown", Message: "There is no such group."})
	}
	if err := refused(access.CodeInvalid, found); err != nil {
		return before, err
	}
	return a.writeResource(ctx, c, kindOf(before), before, r)
}

// DeleteResource removes a resource that no flow serves any more. Access to it
// that people hold goes on to its end.
func (a *App) DeleteResource(ctx context.Context, c Caller, id access.ResourceID, when Condition) error {
	before, err := a.resourceToEdit(ctx, c, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "resource")
	}
	if err != nil {
		return err
	}
	flows, err := a.Catalog.FlowsOf(ctx, id)
	if err != nil {
		return err
	}
	if len(flows) > 0 {
		return access.Refuse(access.CodeInUse, "The flow %s still serves this resource.", flows[0].ID)
	}
	_, err = a.writeResource(ctx, c, EventDeleted, before, access.Resource{ID: id})
	return err
}

func (a *App) resourceToEdit(ctx context.Context, c Caller, id access.ResourceID) (Versioned[access.Resource], error) {
	if err := admins(c); err != nil {
		return Versioned[access.Resource]{}, err
	}
	if err := validID(string(id)); err != nil {
		return Versioned[access.Resource]{}, err
	}
	return a.Catalog.Resource(ctx, id)
}

func (a *App) writeResource(ctx context.Context, c Caller, kind access.EventType, before Versioned[access.Resource], after access.Resource) (Versioned[access.Resource], error) {
	e, err := edit(a, c.Actor(), "resource:"+string(after.ID), kind, before, after)
	if err != nil {
		return before, err
	}
	err = a.Catalog.EditResource(ctx, e)
	return written(ctx, e, err, func(ctx context.Context) (Versioned[access.Resource], error) {
		return a.Catalog.Resource(ctx, after.ID)
	})
}

// Flows lists the flows, for admins.
func (a *App) Flows(ctx context.Context, c Caller, p Page) ([]Versioned[access.Flow], string, error) {
	return list(ctx, c, p, a.Catalog.Flows)
}

// Flow reads a flow as it is now, for admins.
func (a *App) Flow(ctx context.Context, c Caller, id access.FlowID) (Versioned[access.Flow], error) {
	doc, err := a.Catalog.Flow(ctx, id)
	return one(c, doc, err, "flow")
}

// PutFlow writes the next version of a flow. Requests that exist keep theirs.
func (a *App) PutFlow(ctx context.Context, c Caller, f access.Flow, when Condition) (Versioned[access.Flow], error) {
	before, err := a.flowToEdit(ctx, c, f.ID)
	if err == nil {
		err = when.check(before.Exists(), before.Version)
	}
	if err != nil {
		return before, err
	}
	f.Version = before.Version + 1
	found := access.CheckFlow(f, a.Minimum)
	unknown, err := a.unknownReferences(ctx, f)
	if err != nil {
		return before, err
	}
	if err := refused(access.CodeInvalidFlow, append(found, unknown...)); err != nil {
		return before, err
	}
	return a.writeFlow(ctx, c, kindOf(before), before, f)
}

// DeleteFlow removes a flow: nobody can ask by it any more. Its versions stay
// readable for the requests that are pinned to them.
func (a *App) DeleteFlow(ctx context.Context, c Caller, id access.FlowID, when Condition) error {
	before, err := a.flowToEdit(ctx, c, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "flow")
	}
	if err != nil {
		return err
	}
	_, err = a.writeFlow(ctx, c, EventDeleted, before, access.Flow{ID: id, Version: before.Version + 1})
	return err
}

func (a *App) flowToEdit(ctx context.Context, c Caller, id access.FlowID) (Versioned[access.Flow], error) {
	if err := admins(c); err != nil {
		return Versioned[access.Flow]{}, err
	}
	if err := validID(string(id)); err != nil {
		return Versioned[access.Flow]{}, err
	}
	return a.Catalog.Flow(ctx, id)
}

func (a *App) writeFlow(ctx context.Context, c Caller, kind access.EventType, before Versioned[access.Flow], after access.Flow) (Versioned[access.Flow], error) {
	e, err := edit(a, c.Actor(), "flow:"+string(after.ID), kind, before, after)
	if err != nil {
		return before, err
	}
	err = a.Catalog.EditFlow(ctx, e)
	return written(ctx, e, err, func(ctx context.Context) (Versioned[access.Flow], error) {
		return a.Catalog.Flow(ctx, after.ID)
	})
}

// unknownReferences lists what a flow refers to that is not there.
func (a *App) unknownReferences(ctx context.Context, f access.Flow) ([]access.FieldError, error) {
	var found []access.FieldError
	for i, id := range f.Resources {
		resource, err := a.Catalog.Resource(ctx, id)
		if err != nil {
			return nil, err
		}
		if !resource.Exists() {
			found = append(found, access.FieldError{Pointer: fmt.Sprintf("/resources/%d", i), Code: "unknown", Message: "There is no such resource."})
		}
	}
	check := func(pointer string, p access.Principal) error {
		known, err := a.isPrincipal(ctx, p)
		if err == nil && !known {
			found = append(found, access.FieldError{Pointer: pointer, Code: "unknown", Message: "There is no such person or group."})
		}
		return err
	}
	for i, p := range f.VisibleTo {
		if err := check(fmt.Sprintf("/visible_to/%d", i), p); err != nil {
			return nil, err
		}
	}
	for i, step := range f.Steps {
		for j, p := range step.Approvers {
			if err := check(fmt.Sprintf("/steps/%d/approvers/%d", i, j), p); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

func (a *App) isPrincipal(ctx context.Context, p access.Principal) (bool, error) {
	if id, ok := p.Person(); ok {
		return a.isPerson(ctx, id)
	}
	if id, ok := p.Group(); ok && id != access.AdminGroup {
		group, err := a.Directory.Group(ctx, id)
		return group.Exists(), err
	}
	return true, nil
}

// Settings reads the settings, for admins.
func (a *App) Settings(ctx context.Context, c Caller) (Versioned[access.Settings], error) {
	if err := admins(c); err != nil {
		return Versioned[access.Settings]{}, err
	}
	return a.Catalog.Settings(ctx)
}

// PutSettings writes the settings. Ones that were never written have version 0,
// and are created.
func (a *App) PutSettings(ctx context.Context, c Caller, s access.Settings, when Condition) (Versioned[access.Settings], error) {
	before, err := a.Settings(ctx, c)
	if err != nil {
		return before, err
	}
	if err := when.check(before.Exists(), before.Version); err != nil {
		return before, err
	}
	if err := refused(access.CodeInvalid, access.CheckSettings(s)); err != nil {
		return before, err
	}
	e, err := edit(a, c.Actor(), "settings", kindOf(before), before, s)
	if err != nil {
		return before, err
	}
	err = a.Catalog.EditSettings(ctx, e)
	return written(ctx, e, err, a.Catalog.Settings)
}

// ConfigurationEvents gives the history of a document of the configuration,
// for admins. subject is "person:ID", "group:ID", "resource:ID", "flow:ID" or
// "settings", which have a history even while nobody has written them.
func (a *App) ConfigurationEvents(ctx context.Context, c Caller, subject string, after, limit int) (History, error) {
	if err := admins(c); err != nil {
		return History{}, err
	}
	read := a.Catalog.Events
	if p := access.Principal(subject); isDirectory(p) {
		read = a.Directory.Events
	}
	events, err := read(ctx, subject, after, limit)
	if err != nil {
		return History{}, err
	}
	if len(events) == 0 && after == 0 && subject != "settings" {
		return History{}, notFound("document")
	}
	return a.history(ctx, events)
}

func isDirectory(p access.Principal) bool {
	_, person := p.Person()
	_, group := p.Group()
	return person || group
}
