// Command portal serves the web app, which is built from the folder web into the
// folder dist. It has no rights in AWS: what people see and do there, they do
// through the API, each with their own token.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/httpapi/gateway"
	"latchkey/functions/lib/httpapi/portal"
)

// Whatever is there, so that all of this module can be built without Node.js.
//
//go:embed all:dist
var dist embed.FS

func main() {
	var env struct {
		Portal   string `env:"PORTAL_URL"`
		Issuer   string `env:"OIDC_ISSUER"`
		ClientID string `env:"OIDC_CLIENT_ID"`
		Pool     string `env:"USER_POOL,optional"`        // of which the issuer is
		Endpoint string `env:"AWS_ENDPOINT_URL,optional"` // of every service of AWS, if not its own
	}
	must(awsenv.Read(&env))
	files, err := fs.Sub(dist, "dist")
	must(err)
	home := strings.TrimRight(env.Portal, "/")
	issuer := &portal.Issuer{URL: env.Issuer, ClientID: env.ClientID, Cognito: env.Pool != "", Home: home + "/", Now: time.Now}
	if env.Pool != "" && env.Endpoint != "" { // Cognito is where every service is
		issuer.Discover = env.Endpoint + "/" + env.Pool
	}
	handler, err := portal.Server{Files: files, Issuer: issuer, Secure: strings.HasPrefix(home, "https://"),
		Logger: slog.New(slog.NewJSONHandler(os.Stdout, nil))}.Handler()
	must(err)
	gateway.Start(handler)
}

// must ends a function that cannot start. Lambda reports it and tries again.
func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
