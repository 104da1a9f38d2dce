package app

import (
	"context"
	"errors"
	"slices"

	"latchkey/functions/lib/access"
)

// Why requests are withdrawn, as stable words.
const (
	flowDisabled    = "flow_disabled" // or deleted
	resourceDeleted = "resource_deleted"
	deviceRevoked   = "device_revoked"
)

// PersonChanged brings requests in line with a person as they are now. Of who is
// gone or not active it cancels what they asked for, ends what they hold and
// re-routes what waits for them or their groups. Of who is active it re-routes
// what they asked for, since their manager may be another, and what nobody could
// decide without them.
//
// Like all that follow a change it may be repeated, and an error says that not
// everything is done.
func (a *App) PersonChanged(ctx context.Context, id access.PersonID) error {
	person, err := a.Directory.Person(ctx, id)
	if err != nil {
		return err
	}
	principals, err := a.principals(ctx, id)
	if err != nil {
		return err
	}
	asked, err := a.openOf(ctx, id)
	if err != nil {
		return err
	}
	reroute := a.reroute()
	if person.Exists() && person.Doc.Active() {
		reroute.to(ctx, asked)
		// Who joins or comes back changes nothing where others can decide.
		reroute.toEach(ctx, a.waitingFor(principals), func(r access.Request) bool { return r.Status == access.MissingData })
		return reroute.err()
	}
	held, err := a.Entitlements.HeldBy(ctx, id)
	if err != nil {
		return err
	}
	suspend := a.suspend()
	for _, h := range held {
		asked = append(asked, h.Request)
	}
	suspend.to(ctx, asked)
	reroute.toEach(ctx, a.waitingFor(principals), undecided)
	return errors.Join(suspend.err(), reroute.err(), a.showWaiting(ctx, principals, []access.PersonID{id}))
}

// MembersChanged re-routes what waits for a group after these people, or some of
// them, came to it or left it, and brings their messages about it up to date.
func (a *App) MembersChanged(ctx context.Context, group access.GroupID, people []access.PersonID) error {
	members := membersNow{Directory: a.Directory, group: group, people: people}
	for _, id := range people {
		directory, granted, err := a.Directory.GroupsOf(ctx, id)
		if err != nil {
			return err
		}
		if slices.Contains(directory, group) || slices.Contains(granted, group) {
			members.in = append(members.in, id)
		}
	}
	principals := []access.Principal{access.OfGroup(group)}
	if group == access.AdminGroup {
		principals = append(principals, access.Admins)
	}
	b := *a
	b.Directory = members
	reroute := b.reroute()
	reroute.toEach(ctx, a.waitingFor(principals), undecided)
	return errors.Join(reroute.err(), b.showWaiting(ctx, principals, people))
}

// FlowChanged cancels what nobody has decided under a flow that is disabled or
// gone. Access that it led to stays.
func (a *App) FlowChanged(ctx context.Context, id access.FlowID) error {
	flow, err := a.Catalog.Flow(ctx, id)
	if err != nil || flow.Exists() && flow.Doc.Enabled {
		return err
	}
	return a.withdrawAll(ctx, Filter{Flow: id}, flowDisabled)
}

// ResourceChanged cancels what nobody has decided for a resource that is gone.
// Access to it stays. Of one that is there it re-routes what waits: its owner
// may be another.
func (a *App) ResourceChanged(ctx context.Context, id access.ResourceID) error {
	resource, err := a.Catalog.Resource(ctx, id)
	if err != nil {
		return err
	}
	if resource.Exists() {
		reroute := a.reroute()
		reroute.toEach(ctx, func(ctx context.Context, p Page) ([]access.Request, string, error) {
			return a.Requests.List(ctx, Filter{Resource: id}, p)
		}, undecided)
		return reroute.err()
	}
	return a.withdrawAll(ctx, Filter{Resource: id}, resourceDeleted)
}

func (a *App) withdrawAll(ctx context.Context, f Filter, code string) error {
	withdraw := a.withdraw(code)
	withdraw.toEach(ctx, func(ctx context.Context, p Page) ([]access.Request, string, error) {
		return a.Requests.List(ctx, f, p)
	}, undecided)
	return withdraw.err()
}

// openOf lists a person's open requests. Unlike the list of all they ever asked
// for, it is short and never behind.
func (a *App) openOf(ctx context.Context, id access.PersonID) ([]access.RequestID, error) {
	open, err := a.Requests.OpenRequests(ctx, id)
	var ids []access.RequestID
	for _, request := range open {
		ids = append(ids, request)
	}
	return ids, err
}

// waitingFor lists what waits for one of the principals, what nobody can decide
// among it.
func (a *App) waitingFor(principals []access.Principal) func(context.Context, Page) ([]access.Request, string, error) {
	return func(ctx context.Context, p Page) ([]access.Request, string, error) {
		return a.Requests.Tasks(ctx, principals, p)
	}
}

func undecided(r access.Request) bool { return r.Status.Undecided() }

// membersNow is a directory that knows of some people whether they are in a group
// now. The index that lists members may be behind, and the change that it does not
// show yet comes only once.
type membersNow struct {
	Directory
	group  access.GroupID
	people []access.PersonID
	in     []access.PersonID // of the people
}

func (d membersNow) Members(ctx context.Context, id access.GroupID, p Page) ([]access.PersonID, string, error) {
	listed, next, err := d.Directory.Members(ctx, id, p)
	if err != nil || id != d.group {
		return listed, next, err
	}
	listed = slices.DeleteFunc(listed, func(member access.PersonID) bool { return slices.Contains(d.people, member) })
	if p.Cursor == "" {
		listed = slices.Concat(d.in, listed)
	}
	return listed, next, nil
}
