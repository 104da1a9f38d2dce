// Command slackcourier posts the queued messages in Slack and keeps those that stand
// there true.
package main

import (
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/chat"
	"latchkey/functions/lib/mail"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		URL       string `env:"SLACK_URL"`
		Secret    string `env:"SLACK_SECRET"`
		PortalURL string `env:"PORTAL_URL"`
		Queue     string `env:"SLACK_QUEUE_URL"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.New()
	wiring.Must(err)
	render, err := chat.NewRenderer(env.PortalURL, mail.Words)
	wiring.Must(err)
	secrets := &chat.Secrets{Manager: secretsmanager.NewFromConfig(cfg), Name: env.Secret, Clock: time.Now}
	a.Messenger = chat.Messenger{Client: chat.NewClient(env.URL, secrets, time.Now), Render: render}
	again := queue.Again{Inbox: queue.NewInbox(sqs.NewFromConfig(cfg), env.Queue), Counter: a.Counter, Now: time.Now}
	lambda.Start(batch.Deliver(a.DeliverSlack, again.Later))
}
