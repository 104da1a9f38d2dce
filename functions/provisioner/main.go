// Command provisioner gives, ends and revokes access for the state machines, and
// compares it with the outside for the sweeper. It alone holds the rights of the
// connectors, and acts on stored decisions only.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/wiring"
	"latchkey/functions/lib/workflow"
)

// environment is what the template gives to the provisioner alone.
type environment struct {
	Secrets        string `env:"WEBHOOK_SECRETS"` // the prefix of webhooks' secrets
	PrivateNetwork bool   `env:"WEBHOOK_PRIVATE_NETWORK,optional"`
	Instance       string `env:"IDENTITY_CENTER_INSTANCE,optional"` // empty: IAM Identity Center is not set up
	Store          string `env:"IDENTITY_STORE,optional"`
	Region         string `env:"IDENTITY_CENTER_REGION,optional"` // of the instance; empty: this one
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
	if env.Instance != "" {
		a.Connectors[access.ConnectorIdentityCenter] = identityCenter(env, a, stores, cfg)
	}
	lambda.Start(handler(a))
}

func identityCenter(env environment, a *app.App, stores dynamo.Stores, cfg aws.Config) app.Connector {
	if env.Region != "" {
		cfg.Region = env.Region
	}
	return connector.Remembered{Gifts: stores.Entitlements, Clock: a.Clock, System: connector.IdentityCenter{
		Admin: ssoadmin.NewFromConfig(cfg), Store: identitystore.NewFromConfig(cfg), Instance: env.Instance, StoreID: env.Store,
		People: stores.Directory, Clock: a.Clock, Pause: a.Pause,
	}}
}

// input is what a state machine hands over, or, to check an entitlement, the
// sweeper.
type input struct {
	app.RunInput
	app.CheckInput
}

func handler(a *app.App) func(context.Context, input) (app.Output, error) {
	actions := map[string]func(context.Context, app.RunInput) (app.Output, error){
		"grant": a.Grant, "end": a.End, "revoke": a.Revoke,
	}
	return func(ctx context.Context, in input) (app.Output, error) {
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
		return out, workflow.Named(err)
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
