// Command courier sends the queued messages by email, through SES.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/mail"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		Sender    string `env:"SENDER"`
		PortalURL string `env:"PORTAL_URL"`
		Set       string `env:"CONFIGURATION_SET"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.New()
	wiring.Must(err)
	a.Mailer, err = mail.New(sesv2.NewFromConfig(cfg).SendEmail, mail.Config{Sender: env.Sender, PortalURL: env.PortalURL, ConfigurationSet: env.Set})
	wiring.Must(err)
	lambda.Start(batch.Deliver(a.Deliver, batch.Logged))
}
