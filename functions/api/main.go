// Command api is the HTTP API for portals and admins.
package main

import (
	_ "embed"
	"log/slog"
	"os"
	_ "time/tzdata" // people's time zones are checked

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/gateway"
	"latchkey/functions/lib/policy"
	"latchkey/functions/lib/wiring"
)

//go:embed openapi.yaml
var contract []byte

func main() {
	var env struct {
		FirstAdminEmail  string `env:"FIRST_ADMIN_EMAIL"`
		TrustIssuerEmail bool   `env:"TRUST_ISSUER_EMAIL,optional"`
		IdentityCenter   string `env:"IDENTITY_CENTER_INSTANCE,optional"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, _, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	a.Policies = policy.New()
	a.Identity = app.Identity{FirstAdminEmail: env.FirstAdminEmail, TrustIssuerEmail: env.TrustIssuerEmail}
	a.IdentityCenter = env.IdentityCenter
	api := httpapi.API{App: a, Contract: contract, Logger: slog.New(slog.NewJSONHandler(os.Stdout, nil))}
	gateway.Start(api.Handler())
}
