package app_test

import (
	"errors"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// What is stored is done, whether or not the workflow can be told of it: people
// are not told otherwise.
func TestWhatPeopleDidIsDoneWhileTheWorkflowIsDown(t *testing.T) {
	c := newCompany(t)
	ctx := c.Context()
	c.Outbox = &post{}
	down := errors.New("Step Functions is down")
	c.Runs.Down = down
	r := c.anaAsks()
	c.stands(r.ID, access.Pending)
	token := app.Token{Request: r.ID, Run: 1, Started: c.At, Value: "t", Next: access.Next{Move: access.AwaitDecision, Until: c.At}}
	c.Must(c.Requests.PutToken(ctx, token))
	decided, err := c.Act(ctx, c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	if err != nil || decided.Status != access.Approved {
		t.Errorf("Ben's decision: %s, %v", decided.Status, err)
	}
	if err := c.Relay(ctx, r.ID, 1); !errors.Is(err, down) {
		t.Errorf("the relay: %v", err) // it comes again
	}
	c.Runs.Down = nil
	for seq := 1; seq <= decided.Version; seq++ {
		c.Must(c.Relay(ctx, r.ID, seq))
	}
	if len(c.Runs.Started) != 1 || len(c.Runs.Answers) == 0 {
		t.Errorf("the workflow knows of %v, %v", c.Runs.Started, c.Runs.Answers)
	}
}

func TestWhoComesAgainByItselfIsToldThatTheWorkflowIsDown(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	token := app.Token{Request: r.ID, Run: 1, Started: c.At, Value: "t", Next: access.Next{Move: access.AwaitDecision, Until: c.At}}
	c.Must(c.Requests.PutToken(t.Context(), token))
	c.Runs.Down = errors.New("Step Functions is down")
	c.At = c.At.Add(2 * time.Hour)
	if _, err := c.TimedOut(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: token.Started}); !errors.Is(err, c.Runs.Down) {
		t.Errorf("the timer: %v", err)
	}
}
