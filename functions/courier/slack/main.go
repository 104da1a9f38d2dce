// Command slack posts the queued messages in Slack and keeps those that stand
// there true.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
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
	lambda.Start(handler(a.DeliverSlack, queue.NewInbox(sqs.NewFromConfig(cfg), env.Queue).Postpone, a.Counter, time.Now))
}

// postpone hides a message for a while.
type postpone func(ctx context.Context, receipt string, d time.Duration) error

// handler delivers messages in order. One that fails is hidden until it is worth
// another try, and those behind it in the batch with it: a FIFO queue keeps the
// order of what is not reported. For how long it has waited is counted here: the
// queue's own metric leaves out what was received three times.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
func handler(deliver func(context.Context, app.Message) error, later postpone, counter app.Counter, now func() time.Time) func(context.Context, events.SQSEvent) (events.SQSEventResponse, error) {
	return func(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
		out := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
		for i, record := range batch.Records {
			var m app.Message
			err := json.Unmarshal([]byte(record.Body), &m)
			if err == nil {
				err = deliver(ctx, m)
			}
			if err == nil {
				continue
			}
			received, _ := strconv.Atoi(record.Attributes["ApproximateReceiveCount"]) // 0 waits shortest
			wait := queue.Wait(asked(err), received)
			slog.Warn("not delivered to Slack", "request", m.Request, "event", m.Seq, "kind", m.Kind, "received", received, "again", wait.String(), "why", err)
			if sent, err := strconv.ParseInt(record.Attributes["SentTimestamp"], 10, 64); err == nil { // in milliseconds
				counter.Count(app.MetricSlackWait, int(now().Sub(time.UnixMilli(sent)).Seconds()))
			}
			for _, left := range batch.Records[i:] {
				if err := later(ctx, left.ReceiptHandle, wait); err != nil {
					slog.Warn("not postponed", "why", err) // the queue's own time-out does it
				}
				out.BatchItemFailures = append(out.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: left.MessageId})
			}
			return out, nil
		}
		return out, nil
	}
}

// asked gives for how long Slack asks to be left alone, or 0.
func asked(err error) time.Duration {
	if busy, ok := errors.AsType[*app.Unavailable](err); ok {
		return busy.After
	}
	return 0
}
