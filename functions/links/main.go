// Command links serves the pages behind the links in approvers' mails: GET
// shows, POST decides.
package main

import (
	"log/slog"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // times are said in people's own zones

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/httpapi/gateway"
	"latchkey/functions/lib/httpapi/links"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		Portal   string `env:"PORTAL_URL"`
		Issuer   string `env:"OIDC_ISSUER"`
		ClientID string `env:"OIDC_CLIENT_ID"`
		Pool     string `env:"USER_POOL,optional"` // of which the issuer is
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	a.Identity.KnownOnly = true
	portal := strings.TrimRight(env.Portal, "/")
	issuer := &links.Issuer{URL: env.Issuer, ClientID: env.ClientID, Callback: portal + "/mail/callback", Now: time.Now}
	if env.Pool != "" && cfg.BaseEndpoint != nil { // Cognito is where every service is
		issuer.Discover = *cfg.BaseEndpoint + "/" + env.Pool
	}
	gateway.Start(links.Server{App: a, Issuer: issuer, Portal: portal,
		Logger: slog.New(slog.NewJSONHandler(os.Stdout, nil))}.Handler())
}
