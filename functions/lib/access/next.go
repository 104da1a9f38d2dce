package access

import (
	"math"
	"time"
)

// Move is what a workflow run does next. The words are those of the state
// machines.
type Move string

// The moves.
const (
	AwaitDecision  Move = "await_decision"
	AwaitStart     Move = "await_start"
	Grant          Move = "grant"
	GrantOpenEnded Move = "grant_open_ended"
	Hold           Move = "hold"
	EndAccess      Move = "end"
	RetryEnd       Move = "retry"
	GiveUp         Move = "stuck"
	Close          Move = "close"
)

// Next is what a run does next, and until when it waits for it. Until is zero
// where there is nothing to wait for.
type Next struct {
	Move  Move
	Until time.Time
}

// Seconds is the time from now to Until as a state machine waits for it: whole
// seconds, rounded up, at least one.
func (n Next) Seconds(now time.Time) int {
	if n.Until.IsZero() {
		return 0
	}
	return max(1, int(math.Ceil(n.Until.Sub(now).Seconds())))
}

// Next tells the approval run of this number, which began at started, what to
// do. A run that another has overtaken, or that nobody asked for, has nothing
// to do.
func (r *Request) Next(run int, started, now time.Time) Next {
	if r.Run != (Run{run, ApprovalMachine}) {
		return Next{Move: Close}
	}
	switch {
	case r.Status.Undecided():
		return Next{AwaitDecision, withinRun(r.Timer(), started)}
	case r.Status == Ready:
		return Next{AwaitStart, withinRun(r.ExpiresAt, started)}
	case r.Status == Approved && now.Before(r.StartsAt):
		return Next{AwaitStart, withinRun(r.StartsAt, started)}
	case (r.Status == Approved || r.Status == Granting) && r.Timed():
		return Next{Move: Grant}
	case r.Status == Approved || r.Status == Granting:
		return Next{Move: GrantOpenEnded}
	case r.Status == Active && !r.Timed():
		return Next{Move: Close}
	case r.Status == Active && now.Before(r.EndsAt):
		return Next{Hold, withinRun(r.EndsAt, started)}
	case r.Status == Active, r.Status == Ending:
		return Next{Move: EndAccess}
	}
	return Next{Move: Close}
}

// withinRun bounds a wait by the run's own life.
func withinRun(until, started time.Time) time.Time {
	if last := started.Add(RunLifetime); until.After(last) {
		return last
	}
	return until
}

// OldRun tells whether a run that began at started is to hand over to its
// successor. (Step Functions ends a standard execution after one year.)
func OldRun(started, now time.Time) bool { return !now.Before(started.Add(RunLifetime)) }

// NextRevocation tells the revocation run of this number what to do after an
// attempt.
func (r *Request) NextRevocation(run int, p Pace, now time.Time) Next {
	if r.Run != (Run{run, RevocationMachine}) || r.Status != Ending && r.Status != Stuck {
		return Next{Move: Close}
	}
	if _, stuck := p.wait(r.Attempts); stuck && r.Status == Stuck {
		return Next{Move: GiveUp}
	}
	return Next{RetryEnd, r.RetryAt}
}
