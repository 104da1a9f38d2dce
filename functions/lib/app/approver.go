package app

import (
	"context"
	"slices"

	"latchkey/functions/lib/access"
)

// Approver is one of those who may decide a step: the flow's word for them, and
// whom it stands for.
type Approver struct {
	Word access.Principal // "person:ID", "group:ID", "manager", "owner" or "admins"
	Who  access.Principal // "person:ID" or "group:ID"; "" where that is nobody, or not settled yet
	Name string           // "" once they are gone from the directory
}

// approvers names those of a step, or its fallback, with whom the words stand for.
func (a *App) approvers(ctx context.Context, words []access.Principal, manager, owner access.PersonID) ([]Approver, error) {
	out := []Approver{}
	for _, word := range words {
		who := word
		switch {
		case word == access.Admins, word == access.Manager && manager == "", word == access.Owner && owner == "":
			who = ""
		case word == access.Manager:
			who = access.OfPerson(manager)
		case word == access.Owner:
			who = access.OfPerson(owner)
		}
		name, err := a.nameOf(ctx, who)
		if err != nil {
			return nil, err
		}
		out = append(out, Approver{word, who, name})
	}
	return out, nil
}

// approversOf names those of a request's step, as they were when it opened.
func (a *App) approversOf(ctx context.Context, step access.Step, state access.StepState, owner access.PersonID) ([]Approver, error) {
	words := step.Approvers
	if state.Escalated {
		words = slices.Concat(words, step.Fallback)
	}
	return a.approvers(ctx, words, managerAmong(step, state.Principals, owner), owner)
}

// managerAmong finds whom a step's "manager" stands for: the one of its
// principals that no other word of the step brought in. "" if there is none.
func managerAmong(step access.Step, principals []access.Principal, owner access.PersonID) access.PersonID {
	if !slices.Contains(step.Approvers, access.Manager) {
		return ""
	}
	others := step.Resolve("", owner)
	for _, p := range principals {
		if id, ok := p.Person(); ok && !slices.Contains(others, p) {
			return id
		}
	}
	return ""
}

// nameOf gives a principal's name for people.
func (a *App) nameOf(ctx context.Context, p access.Principal) (string, error) {
	if id, ok := p.Person(); ok {
		person, err := a.Directory.Person(ctx, id)
		return person.Doc.Name, err
	}
	if id, ok := p.Group(); ok {
		group, err := a.Directory.Group(ctx, id)
		return group.Doc.Name, err
	}
	return "", nil
}

// NameOf gives a person's name, "" once they are gone.
func (a *App) NameOf(ctx context.Context, id access.PersonID) (string, error) {
	return a.nameOf(ctx, access.OfPerson(id))
}

// namesOf gives the names of people.
func (a *App) namesOf(ctx context.Context, ids []access.PersonID) (map[access.PersonID]string, error) {
	names := map[access.PersonID]string{}
	for _, id := range ids {
		if _, ok := names[id]; ok || id == "" {
			continue
		}
		name, err := a.nameOf(ctx, access.OfPerson(id))
		if err != nil {
			return nil, err
		}
		names[id] = name
	}
	return names, nil
}
