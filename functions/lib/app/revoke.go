package app

import (
	"context"
	"sync"
	"time"

	"latchkey/functions/lib/access"
)

// answering is the time that is kept for telling what became of requests.
const answering = 2 * time.Second

// Revocation is what became of one of several requests.
type Revocation struct {
	Request access.RequestID
	Status  access.Status // "" where it was not revoked
	Err     error         // why
}

// RevokeMany lets an admin revoke several requests, each in its own transaction:
// one that cannot be revoked keeps no other from it. What the time does not
// suffice for is busy.
func (a *App) RevokeMany(ctx context.Context, c Caller, ids []access.RequestID, command access.Revoke) ([]Revocation, error) {
	if err := admins(c); err != nil {
		return nil, err
	}
	if err := command.Check(); err != nil {
		return nil, err
	}
	work, done := leaving(ctx, answering)
	defer done()
	out := make([]Revocation, len(ids))
	free := make(chan struct{}, sideBySide)
	var all sync.WaitGroup
	for i, id := range ids {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			out[i] = a.revokeOne(work, c, id, command)
		})
	}
	all.Wait()
	return out, nil
}

func (a *App) revokeOne(ctx context.Context, c Caller, id access.RequestID, command access.Revoke) Revocation {
	var r access.Request
	err := ctx.Err()
	if err == nil {
		r, err = a.Act(ctx, c, id, command)
	}
	switch {
	case err == nil:
		return Revocation{Request: id, Status: r.Status}
	case ctx.Err() != nil:
		err = access.Refuse(access.CodeBusy, "There was no time left for this one; please try again.")
	}
	return Revocation{Request: id, Err: err}
}
