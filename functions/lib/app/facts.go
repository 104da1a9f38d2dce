package app

import (
	"context"
	"fmt"
	"slices"

	"latchkey/functions/lib/access"
)

// mostVoters bounds how many people are looked at where everyone counts. A step
// that needs everyone of more is one that nobody can decide, and the admins are
// told.
const mostVoters = 300

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
	a = a.remembering()
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
	if f.Steps, err = a.steps(ctx, r, f.Flow, r.ToResolve(f.Flow), c.Person.ID); err != nil {
		return f, err
	}
	if r.Status == access.Active && r.Timed() {
		if f.Requester, err = a.subject(ctx, r.Requester); err != nil {
			return f, err
		}
	}
	if f.Flow.Delegation {
		f.Delegators, err = a.delegators(ctx, c.Person.ID, a.now())
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

// byTimer gathers what a timer's command needs: who could decide the steps that
// may open. everything resolves the open one too.
func (a *App) byTimer(via access.Via, everything bool) gather {
	bySystem := a.bySystem(via)
	return func(ctx context.Context, r access.Request) (access.Facts, error) {
		f, err := bySystem(ctx, r)
		if err != nil || !r.Status.Undecided() {
			return f, err
		}
		if f.Flow, err = a.Catalog.FlowVersion(ctx, r.Flow, r.FlowVersion); err != nil {
			return f, fmt.Errorf("flow %s version %d: %w", r.Flow, r.FlowVersion, err)
		}
		indexes := r.ToResolve(f.Flow)
		if open := r.Step(); everything && open >= 0 && !slices.Contains(indexes, open) {
			indexes = append(indexes, open)
		}
		if everything {
			resource, err := a.Catalog.Resource(ctx, r.Resource)
			if err != nil {
				return f, err
			}
			if f.Resource = resource.Doc; f.Resource.Owner != "" {
				r.Owner = f.Resource.Owner
			}
		}
		f.Steps, err = a.remembering().steps(ctx, r, f.Flow, indexes)
		return f, err
	}
}

// steps resolves some of a flow's steps for a request. Who acts may be about to
// vote, and is looked at like who has.
func (a *App) steps(ctx context.Context, r access.Request, flow access.Flow, indexes []int, acting ...access.PersonID) ([]access.Resolved, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	requester, err := a.Directory.Person(ctx, r.Requester)
	if err != nil {
		return nil, err
	}
	out := make([]access.Resolved, len(flow.Steps))
	for _, i := range indexes {
		out[i], err = a.resolve(ctx, flow.Steps[i], requester.Doc.Manager, r.Owner, append(r.Voters(), acting...), r.Enough(flow, i))
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// resolve turns a step into principals, and looks for people among them who
// could decide it: first those who have decided something already, then as many
// others as are enough. 0 is all of them.
func (a *App) resolve(ctx context.Context, step access.Step, manager, owner access.PersonID, voters []access.PersonID, enough int) (access.Resolved, error) {
	out := access.Resolved{Principals: step.Resolve(manager, owner), Fallback: step.ResolveFallback(manager, owner)}
	found, err := a.candidates(ctx, out.Principals, voters, enough)
	if err != nil {
		return out, err
	}
	standby, err := a.candidates(ctx, out.Fallback, voters, enough)
	out.Candidates, out.Standby = found, standby
	if len(found) > mostVoters || len(standby) > mostVoters {
		out.Candidates, out.Standby, out.TooMany = found[:min(len(found), mostVoters)], standby[:min(len(standby), mostVoters)], true
	}
	return out, err
}

// candidates finds people behind principals. One more than mostVoters says that
// there are too many.
func (a *App) candidates(ctx context.Context, principals []access.Principal, voters []access.PersonID, enough int) ([]access.PersonID, error) {
	if len(principals) == 0 {
		return nil, nil
	}
	var found []access.PersonID
	for _, id := range voters {
		voter, err := a.subject(ctx, id)
		if err != nil {
			return nil, err
		}
		if voter.Active && !slices.Contains(found, id) && slices.ContainsFunc(voter.Principals, func(p access.Principal) bool { return slices.Contains(principals, p) }) {
			found = append(found, id)
		}
	}
	most := len(found) + enough
	if enough == 0 {
		most = mostVoters + 1
	}
	for _, p := range principals {
		err := a.eachPerson(ctx, p, func(person Person) bool {
			if !slices.Contains(found, person.ID) {
				found = append(found, person.ID)
			}
			return len(found) < most
		})
		if err != nil || len(found) >= most {
			return found, err
		}
	}
	return found, nil
}

// eachPerson visits the active people behind a principal until visit says stop.
func (a *App) eachPerson(ctx context.Context, p access.Principal, visit func(Person) bool) error {
	if id, ok := p.Person(); ok {
		_, err := a.visitActive(ctx, []access.PersonID{id}, visit)
		return err
	}
	group, ok := p.Group()
	if !ok {
		return nil
	}
	few := 8 // often a few are enough; then they are read by the hundred
	for cursor := ""; ; {
		members, next, err := a.Directory.Members(ctx, group, Page{Limit: 100, Cursor: cursor})
		if err != nil {
			return err
		}
		for len(members) > 0 {
			n := min(few, len(members))
			if on, err := a.visitActive(ctx, members[:n], visit); err != nil || !on {
				return err
			}
			members, few = members[n:], 100
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

func (a *App) visitActive(ctx context.Context, ids []access.PersonID, visit func(Person) bool) (bool, error) {
	people, err := a.Directory.Persons(ctx, ids)
	for _, person := range people {
		if person.Active() && !visit(person) {
			return false, nil
		}
	}
	return true, err
}
