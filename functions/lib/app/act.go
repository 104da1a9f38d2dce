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
	_, decides := command.(access.Decide)
	visible := func(ctx context.Context, r access.Request) (access.Facts, error) {
		f, err := a.callerFacts(ctx, c, r)
		if err != nil {
			return f, err
		}
		if !decides && !r.MayRead(f) {
			return f, notFound("request")
		}
		if _, retries := command.(access.Retry); retries {
			f.Usage, err = a.usage(ctx, r.Requester, r.Resource, f.Settings)
		}
		return f, err
	}
	r, err := a.change(ctx, id, command, visible)
	if decides && access.CodeOf(err) == access.CodeNotFound {
		return r, access.Refuse(access.CodeNotApprover, "This request does not wait for a decision of yours.")
	}
	return r, a.forCaller(ctx, c, r, err)
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
