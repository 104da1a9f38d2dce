// Command sweeper starts, on a schedule, the next run of whatever is past its
// due, and asks the provisioner to check what is to be compared with the outside.
package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"
	service "github.com/aws/aws-sdk-go-v2/service/lambda"

	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/invoke"
	"latchkey/functions/lib/wiring"
)

func main() {
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	var env struct {
		Provisioner string `env:"PROVISIONER_FUNCTION"`
	}
	wiring.Must(awsenv.Read(&env))
	a.Checks = invoke.NewChecks(service.NewFromConfig(cfg), env.Provisioner)
	lambda.Start(func(ctx context.Context) error {
		found, overdue := a.Sweep(ctx)
		asked, unchecked := a.AskForChecks(ctx)
		slog.Info("swept", "overdue", found, "checks", asked)
		return errors.Join(overdue, unchecked)
	})
}
