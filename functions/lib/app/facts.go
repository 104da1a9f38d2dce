package app

import (
	"context"
	"fmt"
	"slices"

	"latchkey/functions/lib/access"
)

// enoughCandidates is how many people a step's candidates are looked for: one
// more than could be the requester and who asked for them.
const enoughCandidates = 3

// bySystem gathers what a command of a timer or a workflow needs: the flow and,
// for a grant, whether the requester is still who may have it.
func (a *App) bySystem(via access.Via) gather {
	return func(ctx context.Context, r access.Request) (access.Facts, error) {
		f := access.Facts{Actor: access.System(via)}
		if r.Status != access.Approved {
			return f, nil
		}
		var err error
		if f.Flow, err = a.Catalog.FlowVersion(ctx, r.Flow, r.FlowVersion); err != nil {
			return f, fmt.Errorf("flow %s version %d: %w", r.Flow, r.FlowVersion, err)
		}
		f.Requester, err = a.subject(ctx, r.Requester)
		return f, err
	}
}

// callerFacts gathers what a signed-in person needs to act on, or read, a
// request.
func (a *App) callerFacts(ctx context.Context, c Caller, r access.Request) (access.Facts, error) {
	f := access.Facts{Actor: c.Actor(), Principals: c.Principals, Admin: c.Admin, Pace: a.Pace, Minimum: a.Minimum}
	var err error
	if f.Flow, err = a.Catalog.FlowVersion(ctx, r.Flow, r.FlowVersion); err != nil {
		return f, fmt.Errorf("flow %s version %d: %w", r.Flow, r.FlowVersion, err)
	}
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return f, err
	}
	f.Settings = settings.Doc
	if next := r.Step() + 1; next < len(f.Flow.Steps) && r.Status.Undecided() {
		f.Steps = make([]access.Resolved, len(f.Flow.Steps))
		f.Steps[next], err = a.resolve(ctx, f.Flow.Steps[next], r)
	}
	return f, err
}

// subject reads who is to hold the access.
func (a *App) subject(ctx context.Context, id access.PersonID) (access.Subject, error) {
	person, err := a.Directory.Person(ctx, id)
	if err != nil {
		return access.Subject{}, err
	}
	principals, err := a.principals(ctx, id)
	return access.Subject{ID: id, Active: person.Exists() && person.Doc.Active(),
		Manager: person.Doc.Manager, Principals: principals}, err
}

// principals lists whom someone may act for: themselves, their groups, and the
// admins if they are one. A group that cannot be read is an error, so that
// nobody decides by half of what is known.
func (a *App) principals(ctx context.Context, id access.PersonID) ([]access.Principal, error) {
	directory, granted, err := a.Directory.GroupsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []access.Principal{access.OfPerson(id)}
	for _, g := range append(directory, granted...) {
		if p := access.OfGroup(g); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if slices.Contains(directory, access.AdminGroup) {
		out = append(out, access.Admins)
	}
	return out, nil
}

// resolve turns a step into principals, and looks for people among them who
// could decide it.
func (a *App) resolve(ctx context.Context, step access.Step, r access.Request) (access.Resolved, error) {
	requester, err := a.Directory.Person(ctx, r.Requester)
	if err != nil {
		return access.Resolved{}, err
	}
	return a.resolveFor(ctx, step, requester.Doc.Manager, r.Owner)
}

func (a *App) resolveFor(ctx context.Context, step access.Step, manager, owner access.PersonID) (access.Resolved, error) {
	out := access.Resolved{Principals: step.Resolve(manager, owner)}
	for _, p := range out.Principals {
		err := a.eachPerson(ctx, p, func(person Person) bool {
			if !slices.Contains(out.Candidates, person.ID) {
				out.Candidates = append(out.Candidates, person.ID)
			}
			return len(out.Candidates) < enoughCandidates
		})
		if err != nil || len(out.Candidates) >= enoughCandidates {
			return out, err
		}
	}
	return out, nil
}

// eachPerson visits the active people behind a principal until visit says stop.
func (a *App) eachPerson(ctx context.Context, p access.Principal, visit func(Person) bool) error {
	one := func(id access.PersonID) (bool, error) {
		person, err := a.Directory.Person(ctx, id)
		if err != nil || !person.Exists() || !person.Doc.Active() {
			return true, err
		}
		return visit(person.Doc), nil
	}
	if id, ok := p.Person(); ok {
		_, err := one(id)
		return err
	}
	group, ok := p.Group()
	if !ok {
		return nil
	}
	for cursor := ""; ; {
		members, next, err := a.Directory.Members(ctx, group, Page{Limit: 100, Cursor: cursor})
		if err != nil {
			return err
		}
		for _, id := range members {
			if on, err := one(id); err != nil || !on {
				return err
			}
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}
