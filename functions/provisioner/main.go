// Command provisioner gives, ends and revokes access for the state machines. It
// alone holds the rights of the connectors, and acts on stored decisions only.
package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/wiring"
	"latchkey/functions/lib/workflow"
)

func main() {
	a, stores, _, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	a.Connectors = map[string]app.Connector{"group": connector.Group{Memberships: stores.Directory}}
	lambda.Start(handler(a))
}

func handler(a *app.App) func(context.Context, app.RunInput) (app.Output, error) {
	actions := map[string]func(context.Context, app.RunInput) (app.Output, error){
		"grant": a.Grant, "end": a.End, "revoke": a.Revoke,
	}
	return func(ctx context.Context, in app.RunInput) (app.Output, error) {
		act, ok := actions[in.Action]
		if !ok {
			return app.Output{}, fmt.Errorf("unknown action %q", in.Action)
		}
		out, err := act(ctx, in)
		if err != nil {
			slog.Info("not done", "action", in.Action, "request", in.Request, "run", in.Run, "why", err)
		}
		return out, workflow.Named(err)
	}
}
