// Command relay passes on the events that were inserted into the Requests
// table: it repeats the nudges of the workflow, queues messages, raises alarms.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		MailQueue  string `env:"MAIL_QUEUE_URL"`
		SlackQueue string `env:"SLACK_QUEUE_URL"`
		AlarmTopic string `env:"ALARM_TOPIC"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	queues := sqs.NewFromConfig(cfg)
	a.Outbox = queue.NewOutbox(queues, env.MailQueue, "email")
	a.SlackOutbox = queue.NewOutbox(queues, env.SlackQueue, "slack")
	a.Alarms = queue.NewAlarms(sns.NewFromConfig(cfg), env.AlarmTopic)
	lambda.Start(batch.Follow(dynamo.EventOf, func(ctx context.Context, e dynamo.EventRef, _ []struct{}) error {
		return a.Relay(ctx, e.Request, e.Seq)
	}))
}
