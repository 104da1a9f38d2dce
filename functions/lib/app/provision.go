package app

import (
	"context"
	"errors"
	"time"

	"latchkey/functions/lib/access"
)

// What the provisioner answers a state machine with instead of an output.
// Package workflow gives them the names that the state machines catch.
var (
	// ErrTryAgain: a passing failure.
	ErrTryAgain = errors.New("try again")
	// ErrGrantRefused: the connector's final answer.
	ErrGrantRefused = errors.New("grant refused")
	// ErrStillHeld: it is not time to end the access.
	ErrStillHeld = errors.New("still held")
	// ErrOvertaken: this run has nothing more to do here.
	ErrOvertaken = errors.New("overtaken")
)

// LeaseTime is how long an entitlement is one function's alone. It is longer
// than the provisioner's time-out (60 s in the template).
const LeaseTime = 90 * time.Second

// Grant gives the access of an approved request. Its end is armed in the store
// before the connector is called; it is Active only once it was observed.
func (a *App) Grant(ctx context.Context, in RunInput) (Output, error) {
	r, err := a.due(ctx, in)
	if err != nil {
		return Output{}, err
	}
	next := r.Next(in.Run, in.Started, a.now())
	switch next.Move {
	case access.Grant, access.GrantOpenEnded:
	case access.Hold:
		return output(next, a.now()), nil
	default:
		return Output{}, ErrOvertaken
	}
	if r, err = a.change(ctx, in.Request, access.BeginGrant{}, a.bySystem(access.ViaWorkflow)); err != nil {
		return Output{}, passing(err)
	}
	if r.Status != access.Granting {
		return Output{}, ErrOvertaken
	}
	seen, err := a.settle(ctx, r)
	if err != nil {
		return Output{}, a.grantError(ctx, r, err)
	}
	r, err = a.change(ctx, in.Request, access.ObservedPresent{Foreign: seen.Foreign}, a.bySystem(access.ViaWorkflow))
	if err != nil || r.Status != access.Active {
		return Output{}, passing(err)
	}
	return output(r.Next(in.Run, in.Started, a.now()), a.now()), nil
}

// due reads the request of a run, and stops one that another has overtaken, or
// that never was.
func (a *App) due(ctx context.Context, in RunInput) (access.Request, error) {
	stored, err := a.load(ctx, in.Request)
	if access.CodeOf(err) == access.CodeNotFound || err == nil && in.Run != stored.Run.Number {
		return access.Request{}, ErrOvertaken
	}
	return stored.Request, err
}

// passing turns what a command said into what the state machine is told: a
// refusal means that the request went another way meanwhile.
func passing(err error) error {
	switch code := access.CodeOf(err); {
	case err == nil, code == access.CodeNotAllowed, code == access.CodeNotFound:
		return ErrOvertaken
	case code == access.CodeBusy:
		return ErrTryAgain
	}
	return err
}

// grantError records a connector's final answer; everything else is tried
// again by the state machine.
func (a *App) grantError(ctx context.Context, r access.Request, err error) error {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return errors.Join(ErrTryAgain, err)
	}
	if _, err := a.change(ctx, r.ID, access.GrantFailed{Code: refusal.Code}, a.bySystem(access.ViaWorkflow)); err != nil {
		return err
	}
	return ErrGrantRefused
}

// End ends access whose time is up, and says so once the person was observed
// without it.
func (a *App) End(ctx context.Context, in RunInput) (Output, error) {
	r, err := a.due(ctx, in)
	if err != nil {
		return Output{}, err
	}
	r, err = a.change(ctx, in.Request, access.EndDue{}, a.bySystem(access.ViaTimer))
	if err != nil {
		return Output{}, passing(err)
	}
	switch {
	case r.Status == access.Active && r.Timed():
		return Output{}, ErrStillHeld
	case r.Status == access.Ended:
		return Output{Next: access.Close}, nil
	case r.Status != access.Ending && r.Status != access.Stuck:
		return Output{}, ErrOvertaken
	}
	seen, err := a.settle(ctx, r)
	if err != nil {
		return Output{}, a.endError(ctx, r, err)
	}
	_, err = a.change(ctx, in.Request, access.ObservedAbsent{Foreign: seen.Foreign}, a.bySystem(access.ViaWorkflow))
	return Output{Next: access.Close}, err
}

// endError leaves a device that is offline to a revocation run, which waits for
// it; everything else is tried again by the state machine.
func (a *App) endError(ctx context.Context, r access.Request, err error) error {
	failed := failureOf(err)
	if failed.Code != access.FailureDevice {
		return errors.Join(ErrTryAgain, err)
	}
	failed.HandOver = true
	if _, err := a.change(ctx, r.ID, failed, a.bySystem(access.ViaWorkflow)); err != nil {
		return err
	}
	return ErrOvertaken
}

// Revoke is one attempt of a revocation run.
func (a *App) Revoke(ctx context.Context, in RunInput) (Output, error) {
	r, err := a.due(ctx, in)
	if err != nil {
		return Output{}, err
	}
	if r.Status != access.Ending && r.Status != access.Stuck {
		return Output{Next: access.Close}, nil
	}
	seen, err := a.settle(ctx, r)
	if errors.Is(err, ErrLeased) {
		return Output{}, ErrTryAgain
	}
	if err != nil {
		return a.revocationFailed(ctx, in, failureOf(err))
	}
	_, err = a.change(ctx, in.Request, access.ObservedAbsent{Foreign: seen.Foreign}, a.bySystem(access.ViaWorkflow))
	return Output{Next: access.Close}, err
}

// failureOf gives what a connector's error means for the next attempt.
func failureOf(err error) access.RevocationFailed {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return access.RevocationFailed{Code: refusal.Code}
	}
	var unavailable *Unavailable
	if errors.As(err, &unavailable) {
		return access.RevocationFailed{Code: unavailable.Code, After: unavailable.After}
	}
	return access.RevocationFailed{Code: "connector_unavailable"}
}
