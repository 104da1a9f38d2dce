// Command provisioner gives, ends and revokes access for the state machines. It
// alone holds the rights of the connectors, and acts on stored decisions only.
package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/wiring"
	"latchkey/functions/lib/workflow"
)

// environment is what the template gives to the provisioner alone.
type environment struct {
	Secrets        string `env:"WEBHOOK_SECRETS"` // the prefix of webhooks' secrets
	PrivateNetwork bool   `env:"WEBHOOK_PRIVATE_NETWORK,optional"`
}

func main() {
	a, stores, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	var env environment
	wiring.Must(awsenv.Read(&env))
	a.Connectors = map[string]app.Connector{
		access.ConnectorGroup: connector.Group{Memberships: stores.Directory},
		access.ConnectorWebhook: connector.Webhook{
			Client:  connector.NewWebhookClient(connector.Guard{PrivateNetwork: env.PrivateNetwork}, nil),
			Secrets: &connector.Secrets{Manager: secretsmanager.NewFromConfig(cfg), Prefix: env.Secrets, Clock: a.Clock},
			People:  stores.Directory, Clock: a.Clock, NewID: a.NewID,
		},
		access.ConnectorDevice: connector.Device{Devices: stores.Devices, Clock: a.Clock, Pause: a.Pause, Pace: a.Pace},
	}
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
