// Command slack answers what Slack sends, and connects people to their Slack
// users. Of the functions that answer calls it alone may read Slack's secret.
package main

import (
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/chat"
	"latchkey/functions/lib/chat/inbound"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/gateway"
	"latchkey/functions/lib/mail"
	"latchkey/functions/lib/policy"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		URL    string `env:"SLACK_URL"`
		Secret string `env:"SLACK_SECRET"`
		Portal string `env:"PORTAL_URL"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	render, err := chat.NewRenderer(env.Portal, mail.Words)
	wiring.Must(err)
	a.Identity = app.Identity{KnownOnly: true} // it may write no bindings
	secrets := &chat.Secrets{Manager: secretsmanager.NewFromConfig(cfg), Name: env.Secret, Clock: time.Now}
	a.SlackSignIn = chat.NewSignIn(env.URL, env.Portal, secrets, time.Now)
	client := chat.NewClient(env.URL, secrets, time.Now)
	a.Messenger = chat.Messenger{Client: client, Render: render}
	a.Policies = policy.New()
	logger := slog.New(slog.NewJSONHandler(os.Stdout, nil))

	calls := http.NewServeMux()
	slacks := inbound.Handler{App: a, Secrets: secrets, Slack: client, Render: render, Arrived: gateway.Arrived, Note: httpapi.Annotate}
	slacks.Register(calls)
	mux := http.NewServeMux()
	mux.Handle("/v1/me/integrations/slack", httpapi.API{App: a, Logger: logger}.Handler())
	mux.Handle("/slack/", httpapi.Around(calls, logger, time.Now))
	gateway.Start(mux)
}
