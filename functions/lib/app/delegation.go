package app

import (
	"context"
	"errors"
	"time"

	"latchkey/functions/lib/access"
)

// longestDelegation bounds a delegation, so that none is forgotten.
const longestDelegation = 366 * 24 * time.Hour

// Delegation reads who decides for the caller.
func (a *App) Delegation(ctx context.Context, c Caller) (Versioned[Delegation], error) {
	return a.Directory.Delegation(ctx, c.Person.ID)
}

// Delegate lets someone decide for the caller. Without a condition, whatever is
// there is replaced.
func (a *App) Delegate(ctx context.Context, c Caller, d Delegation, when Condition) (Versioned[Delegation], error) {
	d.Person = c.Person.ID
	if err := a.checkDelegation(ctx, d); err != nil {
		return Versioned[Delegation]{}, err
	}
	return a.editDelegation(ctx, c, d, when, false)
}

// EndDelegation takes it back.
func (a *App) EndDelegation(ctx context.Context, c Caller, when Condition) error {
	_, err := a.editDelegation(ctx, c, Delegation{Person: c.Person.ID}, when, true)
	return err
}

func (a *App) checkDelegation(ctx context.Context, d Delegation) error {
	switch {
	case d.To == d.Person:
		return access.InvalidField("/delegate", "self", "Nobody is their own delegate.")
	case !d.From.Before(d.Until):
		return access.InvalidField("/until", "out_of_range", "It ends after it begins.")
	case !a.now().Before(d.Until):
		return access.InvalidField("/until", "past", "This end has passed.")
	case d.Until.Sub(d.From) > longestDelegation:
		return access.InvalidField("/until", "out_of_range", "It lasts a year at most.")
	}
	delegate, err := a.Directory.Person(ctx, d.To)
	if err == nil && (!delegate.Exists() || !delegate.Doc.Active()) {
		err = access.InvalidField("/delegate", "unknown", "There is no such person, or they are not active.")
	}
	return err
}

func (a *App) editDelegation(ctx context.Context, c Caller, d Delegation, when Condition, remove bool) (Versioned[Delegation], error) {
	for attempt := range attempts {
		before, err := a.Directory.Delegation(ctx, c.Person.ID)
		if err != nil {
			return before, err
		}
		if when.misses(before.Version) {
			return before, access.Refuse(access.CodeVersionMismatch, "It has changed since you read it.")
		}
		if remove && !before.Exists() {
			return before, nil
		}
		kind := kindOf(before)
		if remove {
			kind = EventDeleted
		}
		e, err := edit(a, c.Actor(), "delegation:"+string(c.Person.ID), kind, before, d)
		if err != nil {
			return before, err
		}
		err = a.Directory.EditDelegation(ctx, e)
		if errors.Is(err, ErrConflict) && when == (Condition{}) {
			if err := a.backOff(ctx, attempt); err != nil {
				return before, err
			}
			continue
		}
		return written(ctx, e, err, func(ctx context.Context) (Versioned[Delegation], error) {
			return a.Directory.Delegation(ctx, c.Person.ID)
		})
	}
	return Versioned[Delegation]{}, access.Refuse(access.CodeBusy, "Please try again.")
}

// delegators lists whose delegate someone is at a moment. The index only says where to
// look; who is not active any more has nobody who acts for them.
func (a *App) delegators(ctx context.Context, id access.PersonID, at time.Time) ([]access.Delegator, error) {
	named, err := a.Directory.DelegatorsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []access.Delegator
	for _, person := range named {
		delegation, err := a.Directory.Delegation(ctx, person)
		if err != nil {
			return nil, err
		}
		if delegation.Doc.To != id || !delegation.Doc.Active(at) {
			continue
		}
		subject, err := a.subject(ctx, person)
		if err != nil {
			return nil, err
		}
		if subject.Active {
			out = append(out, access.Delegator{ID: person, Principals: subject.Principals})
		}
	}
	return out, nil
}
