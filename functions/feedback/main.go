// Command feedback takes what SES says of the mails that were sent, and marks the
// addresses that they come back from.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/mail/feedback"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		MailQueue string `env:"MAIL_QUEUE_URL"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.New()
	wiring.Must(err)
	a.Outbox = queue.NewOutbox(sqs.NewFromConfig(cfg), env.MailQueue, "email")
	lambda.Start(batch.Each(func(ctx context.Context, body string) error {
		said, err := feedback.Read(body)
		if err != nil || said == nil {
			return err
		}
		return a.TakeFeedback(ctx, *said)
	}))
}
