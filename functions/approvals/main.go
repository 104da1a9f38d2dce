// Command approvals is what the state machines ask about a request: it takes
// the tokens of runs that wait, and says what a time-out or a failure means.
package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-lambda-go/lambda"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/wiring"
)

func main() {
	a, _, _, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	lambda.Start(handler(a))
}

// handler answers an action. What it does not know gives nobody anything.
func handler(a *app.App) func(context.Context, app.RunInput) (app.Output, error) {
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
