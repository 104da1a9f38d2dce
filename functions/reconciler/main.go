// Command reconciler follows changes of the Directory and Catalog tables: what
// is asked for, waits or is held is brought in line with people, groups, devices,
// flows and resources as they are now, and so are messages in Slack.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		SlackQueue string `env:"SLACK_QUEUE_URL"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	a.SlackOutbox = queue.NewOutbox(sqs.NewFromConfig(cfg), env.SlackQueue, "slack")
	lambda.Start(batch.Follow(dynamo.DocumentOf, a.Follow))
}
