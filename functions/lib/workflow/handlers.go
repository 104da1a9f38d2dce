package workflow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Approvals is the handler of what the state machines ask about a request. What it
// does not know gives nobody anything.
func Approvals(a *app.App) func(context.Context, app.RunInput) (app.Output, error) {
	return func(ctx context.Context, in app.RunInput) (app.Output, error) {
		switch in.Action {
		case "await":
			return app.Output{Next: access.AwaitDecision}, a.Await(ctx, in)
		case "timeout":
			return a.TimedOut(ctx, in)
		case "next":
			return a.NextMove(ctx, in)
		case "grant_failed":
			return a.GrantFailed(ctx, in)
		case "end_failed":
			return a.EndFailed(ctx, in)
		case "revoke_failed":
			return a.RevokeFailed(ctx, in)
		}
		return app.Output{}, fmt.Errorf("unknown action %q", in.Action)
	}
}

// Task is what a state machine hands over to the provisioner or, to check an
// entitlement, the sweeper.
type Task struct {
	app.RunInput
	app.CheckInput
}

// Provisioner is the handler of what gives, ends and checks access. Its errors
// have the names that the state machines catch.
func Provisioner(a *app.App) func(context.Context, Task) (app.Output, error) {
	actions := map[string]func(context.Context, app.RunInput) (app.Output, error){
		"grant": a.Grant, "end": a.End, "revoke": a.Revoke,
	}
	return func(ctx context.Context, in Task) (app.Output, error) {
		if in.Action == app.ActionCheck {
			return app.Output{}, check(ctx, a, in.Key())
		}
		act, ok := actions[in.Action]
		if !ok {
			return app.Output{}, fmt.Errorf("unknown action %q", in.Action)
		}
		out, err := act(ctx, in.RunInput)
		if err != nil {
			slog.Info("not done", "action", in.Action, "request", in.Request, "run", in.Run, "why", err)
		}
		return out, Named(err)
	}
}

// check fails only where the outcome could not be stored: that a connector cannot
// tell what is there is no failure of this function, and the next check asks again.
func check(ctx context.Context, a *app.App, key app.EntitlementKey) error {
	err := a.Check(ctx, key)
	if errors.Is(err, app.ErrUnobserved) {
		slog.Info("not checked", "person", key.Person, "connector", key.Target.Connector, "why", err)
		return nil
	}
	return err
}
