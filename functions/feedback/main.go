// Command feedback takes what SES says of the mails that were sent, and marks the
// addresses that they come back from.
package main

import (
	"context"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
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
	lambda.Start(handler(a.TakeFeedback))
}

// handler takes each message by itself: their order means nothing.
func handler(take func(context.Context, app.Feedback) error) func(context.Context, events.SQSEvent) (events.SQSEventResponse, error) {
	return func(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
		out := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
		for _, record := range batch.Records {
			said, err := feedback.Read(record.Body)
			if err == nil && said != nil {
				err = take(ctx, *said)
			}
			if err != nil {
				slog.Error("not taken", "message", record.MessageId, "why", err)
				out.BatchItemFailures = append(out.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: record.MessageId})
			}
		}
		return out, nil
	}
}
