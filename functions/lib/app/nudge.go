package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"latchkey/functions/lib/access"
)

// nudge tells the workflow what events mean for it: it starts the run that they
// begin, stops the one that it takes over from, and answers the run that waits.
// All of it may be repeated.
func (a *App) nudge(ctx context.Context, r access.Request, events []access.Event) error {
	for _, e := range events {
		if e.Details.Run > 0 && e.Details.Run == r.Run.Number {
			if err := a.startRun(ctx, r, e); err != nil {
				return err
			}
		}
		if endsWait(e.Type) {
			if err := a.answer(ctx, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// announce nudges about what was stored just now. Where that fails, a person's act
// is done all the same, and the relay says it again; timers, runs and what follows
// from the directory come again by themselves, and are told of it.
func (a *App) announce(ctx context.Context, by access.Actor, r access.Request, events []access.Event) error {
	err := a.nudge(ctx, r, events)
	if err != nil && by.Kind == access.ByPerson {
		slog.Warn("the workflow was not nudged", "request", r.ID, "code", failureCode(err))
		return nil
	}
	return err
}

// failureCode gives the code of a failed call of AWS, as its SDK names it, and
// nothing of what it says.
func failureCode(err error) string {
	var coded interface{ ErrorCode() string }
	switch {
	case errors.As(err, &coded):
		return coded.ErrorCode()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "out_of_time"
	}
	return "unknown"
}

// endsWait tells whether an event can end a waiting state, or move its timer.
func endsWait(t access.EventType) bool {
	switch t {
	case access.EventDecided, access.EventOverridden, access.EventAnswered, access.EventRerouted,
		access.EventCanceled, access.EventExpired, access.EventStarted, access.EventReminded, access.EventEscalated,
		access.EventSkipped, access.EventPolicyDecided:
		return true
	}
	return false
}

// startRun starts the run that an event began. Where something else than the
// run before ended that one's work, it is stopped, so that nothing lingers.
func (a *App) startRun(ctx context.Context, r access.Request, e access.Event) error {
	now := a.now()
	next := access.Next{Move: access.RetryEnd, Until: now}
	if r.Run.Machine == access.ApprovalMachine {
		if next = r.Next(r.Run.Number, now, now); next.Move != access.AwaitDecision {
			// Every run begins by waiting, and is told at once that there is
			// something else to do.
			next = access.Next{Move: access.AwaitDecision, Until: now.Add(time.Minute)}
		}
	}
	if err := a.Workflow.Start(ctx, Run{Request: r.ID, Run: r.Run, Output: output(next, now)}); err != nil {
		return err
	}
	if r.Run.Number == 1 || e.Actor.Via == access.ViaWorkflow {
		return nil
	}
	return a.Workflow.Stop(ctx, r.ID, r.Run.Number-1, causeOf(e, r))
}

// causeOf says in the console why a run was stopped.
func causeOf(e access.Event, r access.Request) string {
	why := "The run was overdue"
	switch e.Details.EndReason {
	case access.EndGivenBack:
		why = "The access was given back"
	case access.EndRevoked:
		why = "The access was revoked"
	case access.EndSuspended:
		why = "The person was suspended"
	}
	return why + ". " + RunName(r.ID, r.Run.Number) + " took over."
}

// answer answers the waiting run, unless what it waits for is still right.
func (a *App) answer(ctx context.Context, r access.Request) error {
	token, err := a.Requests.Token(ctx, r.ID)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.answerToken(ctx, r, token)
}

func (a *App) answerToken(ctx context.Context, r access.Request, t Token) error {
	now := a.now()
	next := r.Next(t.Run, t.Started, now)
	if next.Move == t.Next.Move && next.Until.Equal(t.Next.Until) {
		return nil
	}
	return a.Workflow.Answer(ctx, t.Value, output(next, now))
}

// output writes what a run does next for the state machine.
func output(n access.Next, now time.Time) Output {
	out := Output{Next: n.Move, Seconds: n.Seconds(now)}
	if !n.Until.IsZero() {
		out.Until = n.Until.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return out
}
