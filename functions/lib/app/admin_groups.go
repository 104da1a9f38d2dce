package app

import (
	"context"
	"strings"

	"latchkey/functions/lib/access"
)

// Groups lists the directory's groups, for admins.
func (a *App) Groups(ctx context.Context, c Caller, p Page) ([]Versioned[Group], string, error) {
	return list(ctx, c, p, a.Directory.Groups)
}

// GroupDetails is a group, who is in it, and which resources lead to it.
type GroupDetails struct {
	Versioned[Group]
	Members   []access.PersonID // at most 100
	More      bool              // there are more members
	ManagedBy []access.ResourceID
}

// Group reads a group, for admins.
func (a *App) Group(ctx context.Context, c Caller, id access.GroupID) (GroupDetails, error) {
	doc, err := a.Directory.Group(ctx, id)
	if doc, err = one(c, doc, err, "group"); err != nil {
		return GroupDetails{}, err
	}
	members, next, err := a.Directory.Members(ctx, id, Page{Limit: 100})
	if err != nil {
		return GroupDetails{}, err
	}
	owners, err := a.Directory.ManagedBy(ctx, id)
	return GroupDetails{Versioned: doc, Members: members, More: next != "", ManagedBy: owners}, err
}

// PutGroup writes a group. Its members are written with the people.
func (a *App) PutGroup(ctx context.Context, c Caller, g Group, when Condition) (Versioned[Group], error) {
	before, err := a.groupToEdit(ctx, c, g.ID)
	if err == nil {
		err = when.check(before.Exists(), before.Version)
	}
	if err != nil {
		return before, err
	}
	if strings.TrimSpace(g.Name) == "" || len(g.Name) > access.MaxName {
		return before, access.InvalidField("/name", "required", "A name is needed.")
	}
	return a.writeGroup(ctx, c, kindOf(before), before, g)
}

// DeleteGroup removes a group that is empty, and that no resource and no flow
// names.
func (a *App) DeleteGroup(ctx context.Context, c Caller, id access.GroupID, when Condition) error {
	before, err := a.groupToEdit(ctx, c, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "group")
	}
	if err != nil {
		return err
	}
	if id == access.AdminGroup {
		return access.Refuse(access.CodeLastAdmin, "The group of the admins stays.")
	}
	details, err := a.Group(ctx, c, id)
	if err != nil {
		return err
	}
	if len(details.Members) > 0 || len(details.ManagedBy) > 0 {
		return access.Refuse(access.CodeInUse, "The group still has members, or a resource leads to it.")
	}
	flows, err := all(ctx, a.Catalog.Flows)
	if err != nil {
		return err
	}
	for _, flow := range flows {
		if flow.Names(access.OfGroup(id)) {
			return access.Refuse(access.CodeInUse, "The flow %s still names the group.", flow.ID)
		}
	}
	_, err = a.writeGroup(ctx, c, EventDeleted, before, Group{ID: id})
	return err
}

func (a *App) groupToEdit(ctx context.Context, c Caller, id access.GroupID) (Versioned[Group], error) {
	if err := admins(c); err != nil {
		return Versioned[Group]{}, err
	}
	if err := validID(string(id)); err != nil {
		return Versioned[Group]{}, err
	}
	return a.Directory.Group(ctx, id)
}

func (a *App) writeGroup(ctx context.Context, c Caller, kind access.EventType, before Versioned[Group], after Group) (Versioned[Group], error) {
	e, err := edit(a, c.Actor(), "group:"+string(after.ID), kind, before, after)
	if err != nil {
		return before, err
	}
	err = a.Directory.EditGroup(ctx, e)
	return written(ctx, e, err, func(ctx context.Context) (Versioned[Group], error) {
		return a.Directory.Group(ctx, after.ID)
	})
}
