// Command relay passes on the events that were inserted into the Requests
// table: it repeats the nudges of the workflow, queues messages, raises alarms.
package main

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/awsenv"
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
	lambda.Start(handler(a.Relay))
}

// handler relays records in order and stops at the first that fails: the stream
// comes again from there.
func handler(relay func(context.Context, access.RequestID, int) error) func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	return func(ctx context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		out := events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{}}
		for _, record := range batch.Records {
			id, seq, ok := eventOf(record.Change.Keys)
			if !ok {
				continue
			}
			if err := relay(ctx, id, seq); err != nil {
				slog.Error("not relayed", "request", id, "event", seq, "why", err)
				out.BatchItemFailures = []events.DynamoDBBatchItemFailure{{ItemIdentifier: record.Change.SequenceNumber}}
				return out, nil
			}
		}
		return out, nil
	}
}

// eventOf reads the keys of an event's item: REQUEST#id and EVENT#000001.
func eventOf(keys map[string]events.DynamoDBAttributeValue) (access.RequestID, int, bool) {
	pk, sk := keys["pk"], keys["sk"]
	if pk.DataType() != events.DataTypeString || sk.DataType() != events.DataTypeString {
		return "", 0, false
	}
	id, isRequest := strings.CutPrefix(pk.String(), "REQUEST#")
	number, isEvent := strings.CutPrefix(sk.String(), "EVENT#")
	seq, err := strconv.Atoi(number)
	return access.RequestID(id), seq, isRequest && isEvent && err == nil
}
