package app

import (
	"context"
	"errors"

	"latchkey/functions/lib/access"
)

// Act lets a caller act on a request: decide, cancel, give back, override,
// revoke, and whatever else is a command of a person.
//
// To who may not see the request it does not exist, except to who tries to
// decide it: they are told that they may not, whether or not it exists.
func (a *App) Act(ctx context.Context, c Caller, id access.RequestID, command access.Command) (access.Request, error) {
	r, err := a.change(ctx, id, command, a.actorFacts(c, command))
	return r, a.told(ctx, c, command, r, err)
}

// Would tells what Act would answer now, and whether it would change anything. It
// changes nothing.
func (a *App) Would(ctx context.Context, c Caller, id access.RequestID, command access.Command) (changes bool, err error) {
	var events []access.Event
	stored, err := a.load(ctx, id)
	if err == nil {
		var f access.Facts
		if f, err = a.actorFacts(c, command)(ctx, stored.Request); err == nil {
			events, err = stored.Handle(command, f, a.now())
		}
	}
	return len(events) > 0, a.told(ctx, c, command, stored.Request, err)
}

// actorFacts gathers what a caller's command needs.
func (a *App) actorFacts(c Caller, command access.Command) gather {
	return func(ctx context.Context, r access.Request) (access.Facts, error) {
		f, err := a.callerFacts(ctx, c, r)
		if err != nil {
			return f, err
		}
		if !r.MayRead(f) {
			return f, notFound("request")
		}
		if _, retries := command.(access.Retry); retries {
			f.Usage, err = a.usage(ctx, r.Requester, r.Resource, f.Settings)
		}
		return f, err
	}
}

func decides(command access.Command) bool {
	_, ok := command.(access.Decide)
	return ok
}

// told gives a command's error as the caller may know it.
func (a *App) told(ctx context.Context, c Caller, command access.Command, r access.Request, err error) error {
	if decides(command) && access.CodeOf(err) == access.CodeNotFound {
		return access.Refuse(access.CodeNotApprover, "This request does not wait for a decision of yours.")
	}
	return a.forCaller(ctx, c, r, err)
}

// forCaller leaves out of a late answer who was first, where the caller is not
// to know.
func (a *App) forCaller(ctx context.Context, c Caller, r access.Request, err error) error {
	var refusal *access.Error
	if !errors.As(err, &refusal) || refusal.Decided == nil {
		return err
	}
	f, factsErr := a.callerFacts(ctx, c, r)
	if factsErr != nil {
		return factsErr
	}
	if !r.SeesProgress(f) {
		refusal.Decided.By = ""
	}
	return refusal
}
