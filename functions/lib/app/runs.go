package app

import (
	"context"
	"errors"
	"time"

	"latchkey/functions/lib/access"
)

// RunInput is what a state machine hands to a function: ids, as hints. The
// request itself is always read again.
type RunInput struct {
	Action   string           `json:"action"`
	Request  access.RequestID `json:"request_id"`
	Run      int              `json:"run"`
	Started  time.Time        `json:"started"`
	Awaiting string           `json:"awaiting,omitempty"` // decision, start
	Until    time.Time        `json:"until,omitzero"`
	Token    string           `json:"token,omitempty"`
}

// Await registers the token of a run that waits, then looks whether what it
// waits for has happened already. Whoever changes the request looks for the
// token afterwards: the later of the two sees the earlier.
func (a *App) Await(ctx context.Context, in RunInput) error {
	stored, err := a.load(ctx, in.Request)
	if access.CodeOf(err) == access.CodeNotFound || err == nil && in.Run > stored.Run.Number {
		return a.Workflow.Answer(ctx, in.Token, Output{Next: access.Close}) // a run that nobody asked for
	}
	if err != nil {
		return err
	}
	token := Token{Request: in.Request, Run: in.Run, Started: in.Started, Value: in.Token,
		Next: access.Next{Move: access.Move("await_" + in.Awaiting), Until: in.Until}}
	err = a.Requests.PutToken(ctx, token)
	if errors.Is(err, ErrConflict) {
		return a.Workflow.Answer(ctx, in.Token, Output{Next: access.Close})
	}
	if err != nil {
		return err
	}
	if stored, err = a.load(ctx, in.Request); err != nil {
		return err
	}
	return a.answerToken(ctx, stored.Request, token)
}

// TimedOut says what a time-out of a waiting state means.
func (a *App) TimedOut(ctx context.Context, in RunInput) (Output, error) {
	r, err := a.change(ctx, in.Request, access.Tick{}, a.byTimer(access.ViaTimer, false))
	return a.goOn(ctx, in, r, err)
}

// NextMove says what a run does next, as things are now.
func (a *App) NextMove(ctx context.Context, in RunInput) (Output, error) {
	stored, err := a.load(ctx, in.Request)
	return a.goOn(ctx, in, stored.Request, err)
}

// goOn gives a run's next move. A run that has lived long enough hands over.
func (a *App) goOn(ctx context.Context, in RunInput, r access.Request, err error) (Output, error) {
	now := a.now()
	if err == nil && access.OldRun(in.Started, now) && in.Run == r.Run.Number && !in.Started.IsZero() {
		r, err = a.change(ctx, in.Request, access.NextRun{}, a.bySystem(access.ViaWorkflow))
	}
	if access.CodeOf(err) == access.CodeNotFound {
		return Output{Next: access.Close}, nil
	}
	if err != nil {
		return Output{}, err
	}
	return output(r.Next(in.Run, in.Started, now), now), nil
}

// GrantFailed records that a run gave up giving access, and says what it does
// next: nothing, since a revocation run takes away what may be there; or, where
// the access was observed and stored before the provisioner died, hold it.
func (a *App) GrantFailed(ctx context.Context, in RunInput) (Output, error) {
	if out, err := a.gaveUp(ctx, in, access.GrantFailed{Code: "grant_failed"}); err != nil {
		return out, err
	}
	return a.NextMove(ctx, in)
}

// EndFailed records that a run gave up ending access. A revocation run takes
// over.
func (a *App) EndFailed(ctx context.Context, in RunInput) (Output, error) {
	return a.gaveUp(ctx, in, access.RevocationFailed{Code: "revocation_failed", HandOver: true})
}

func (a *App) gaveUp(ctx context.Context, in RunInput, c access.Command) (Output, error) {
	stored, err := a.load(ctx, in.Request)
	if err == nil && in.Run == stored.Run.Number {
		_, err = a.change(ctx, in.Request, c, a.bySystem(access.ViaWorkflow))
	}
	if access.CodeOf(err) == access.CodeNotFound {
		err = nil
	}
	return Output{Next: access.Close}, err
}

// RevokeFailed records a failed attempt of a revocation run.
func (a *App) RevokeFailed(ctx context.Context, in RunInput) (Output, error) {
	if _, err := a.due(ctx, in); errors.Is(err, ErrOvertaken) {
		return Output{Next: access.Close}, nil
	} else if err != nil {
		return Output{}, err
	}
	return a.revocationFailed(ctx, in, access.RevocationFailed{Code: "revocation_failed"})
}

func (a *App) revocationFailed(ctx context.Context, in RunInput, failed access.RevocationFailed) (Output, error) {
	r, err := a.change(ctx, in.Request, failed, a.bySystem(access.ViaWorkflow))
	if err != nil {
		return Output{}, err
	}
	now := a.now()
	return output(r.NextRevocation(in.Run, a.Pace, now), now), nil
}
