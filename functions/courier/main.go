// Command courier sends the queued messages by email, through SES.
package main

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
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
	lambda.Start(handler(a.Deliver))
}

// handler delivers messages in order. After one that fails, the rest of the
// batch waits too: a FIFO queue keeps the order of what is not reported.
func handler(deliver func(context.Context, app.Message) error) func(context.Context, events.SQSEvent) (events.SQSEventResponse, error) {
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
			slog.Error("not delivered", "request", m.Request, "about", m.About, "event", m.Seq, "kind", m.Kind, "why", err)
			for _, left := range batch.Records[i:] {
				out.BatchItemFailures = append(out.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: left.MessageId})
			}
			return out, nil
		}
		return out, nil
	}
}
