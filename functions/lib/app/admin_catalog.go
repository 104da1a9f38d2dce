package app

import (
	"context"
	"slices"
	"strings"

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
	wrong, err := a.checkTarget(ctx, r.Target)
	if err != nil {
		return before, err
	}
	found = append(found, wrong...)
	if err := refused(access.CodeInvalid, found); err != nil {
		return before, err
	}
	return a.writeResource(ctx, c, kindOf(before), before, r)
}

// checkTarget lists what is wrong with a target as things are: a group or device
// that is not there, IAM Identity Center where it is not set up.
func (a *App) checkTarget(ctx context.Context, t access.Target) ([]access.FieldError, error) {
	switch {
	case t.Connector != access.ConnectorIdentityCenter:
	case a.IdentityCenter == "":
		return []access.FieldError{{Pointer: "/connector/type", Code: "not_set_up", Message: "IAM Identity Center is not set up here: the stack has no IdentityCenterInstanceArn."}}, nil
	case !t.InInstance(a.IdentityCenter):
		return []access.FieldError{{Pointer: "/connector/permission_set", Code: "other_instance", Message: "This permission set is of another instance of IAM Identity Center."}}, nil
	}
	there, kind := true, ""
	if id, ok := t.Group(); ok && id != "" {
		group, err := a.Directory.Group(ctx, id)
		if err != nil {
			return nil, err
		}
		there, kind = group.Exists(), "group"
	}
	if id, ok := t.Device(); ok && id != "" {
		device, err := a.Devices.Device(ctx, id)
		if err != nil {
			return nil, err
		}
		there, kind = device.Exists(), "device"
	}
	if there {
		return nil, nil
	}
	return []access.FieldError{{Pointer: "/connector/" + kind, Code: "unknown", Message: "There is no such " + kind + "."}}, nil
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
// for admins. subject is "person:ID", "group:ID", "delegation:ID",
// "slack_link:ID", "device:ID", "resource:ID", "flow:ID" or "settings", which have
// a history even while nobody has written them.
func (a *App) ConfigurationEvents(ctx context.Context, c Caller, subject string, after, limit int) (History, error) {
	if err := admins(c); err != nil {
		return History{}, err
	}
	read := a.Catalog.Events
	if inDirectory(subject) {
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

// inDirectory tells whether the directory keeps a subject's history.
func inDirectory(subject string) bool {
	kind, _, _ := strings.Cut(subject, ":")
	return slices.Contains([]string{"person", "group", "delegation", "slack_link", "device"}, kind)
}
