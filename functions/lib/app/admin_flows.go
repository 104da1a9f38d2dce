package app

import (
	"context"
	"errors"
	"fmt"

	"latchkey/functions/lib/access"
)

// Flows lists the flows, for admins.
func (a *App) Flows(ctx context.Context, c Caller, p Page) ([]Versioned[access.Flow], string, error) {
	return list(ctx, c, p, a.Catalog.Flows)
}

// Flow reads a flow as it is now, for admins.
func (a *App) Flow(ctx context.Context, c Caller, id access.FlowID) (Versioned[access.Flow], error) {
	doc, err := a.Catalog.Flow(ctx, id)
	return one(c, doc, err, "flow")
}

// FlowVersion reads a flow as it was, for admins.
func (a *App) FlowVersion(ctx context.Context, c Caller, id access.FlowID, version int) (access.Flow, error) {
	if err := admins(c); err != nil {
		return access.Flow{}, err
	}
	flow, err := a.Catalog.FlowVersion(ctx, id, version)
	if errors.Is(err, ErrNotFound) {
		err = notFound("version")
	}
	return flow, err
}

// PutFlow writes the next version of a flow, and warns of what often does not
// work. Requests that exist keep their version.
func (a *App) PutFlow(ctx context.Context, c Caller, f access.Flow, when Condition) (Versioned[access.Flow], []access.FieldError, error) {
	before, err := a.flowToEdit(ctx, c, f.ID)
	if err == nil {
		err = when.check(before.Exists(), before.Version)
	}
	if err != nil {
		return before, nil, err
	}
	f.Version = before.Version + 1
	found := access.CheckFlow(f, a.Minimum)
	unknown, err := a.unknownReferences(ctx, f)
	if err != nil {
		return before, nil, err
	}
	var warnings []access.FieldError
	found = append(found, unknown...)
	wellFormed := len(found) == 0
	if wellFormed {
		if found, warnings, err = a.lintFlow(ctx, f); err != nil {
			return before, nil, err
		}
	}
	if !f.Enabled && len(warnings)+len(found) > 0 && wellFormed {
		found, warnings = nil, append(found, warnings...) // nobody asks by it
	}
	if err := refused(access.CodeInvalidFlow, found); err != nil {
		return before, nil, err
	}
	after, err := a.writeFlow(ctx, c, kindOf(before), before, f)
	return after, warnings, err
}

// CopyFlow writes a flow under another id, which must be free, and does not
// enable it.
func (a *App) CopyFlow(ctx context.Context, c Caller, id, to access.FlowID, name string) (Versioned[access.Flow], []access.FieldError, error) {
	original, err := a.Flow(ctx, c, id)
	if err != nil {
		return original, nil, err
	}
	flow := original.Doc
	flow.ID, flow.Enabled = to, false
	if name != "" {
		flow.Name = name
	}
	return a.PutFlow(ctx, c, flow, Condition{New: true})
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
	for i, p := range f.Submitters {
		if err := check(fmt.Sprintf("/submitters/%d", i), p); err != nil {
			return nil, err
		}
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
		for j, p := range step.Fallback {
			if err := check(fmt.Sprintf("/steps/%d/fallback/%d", i, j), p); err != nil {
				return nil, err
			}
		}
	}
	for i, p := range f.Duration.Extend.Approvers {
		if err := check(fmt.Sprintf("/duration/extend/approvers/%d", i), p); err != nil {
			return nil, err
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
