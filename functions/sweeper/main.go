// Command sweeper starts, on a schedule, the next run of whatever is past its
// due, passes on what is owed to Slack, and asks the provisioner to check what is to be compared with the outside.
package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"
	service "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/invoke"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/wiring"
)

func main() {
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	var env struct {
		Provisioner string `env:"PROVISIONER_FUNCTION"`
		SlackQueue  string `env:"SLACK_QUEUE_URL"`
	}
	wiring.Must(awsenv.Read(&env))
	a.Checks = invoke.NewChecks(service.NewFromConfig(cfg), env.Provisioner)
	a.SlackOutbox = queue.NewOutbox(sqs.NewFromConfig(cfg), env.SlackQueue, "slack")
	lambda.Start(func(ctx context.Context) error {
		found, overdue := a.Sweep(ctx)
		asked, unchecked := a.AskForChecks(ctx)
		paid, owed := a.PaySlack(ctx)
		slog.Info("swept", "overdue", found, "checks", asked, "slack", paid)
		return errors.Join(overdue, unchecked, owed)
	})
}
