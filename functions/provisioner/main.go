// Command provisioner gives, ends and revokes access for the state machines, and
// compares it with the outside for the sweeper. It alone holds the rights of the
// connectors, and acts on stored decisions only.
package main

import (
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
	lambda.Start(workflow.Provisioner(a))
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
