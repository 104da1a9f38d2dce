// Command sweeper starts, on a schedule, the next run of whatever is past its
// due.
package main

import (
	"context"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"

	"latchkey/functions/lib/wiring"
)

func main() {
	a, _, _, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	lambda.Start(func(ctx context.Context) error {
		found, err := a.Sweep(ctx)
		slog.Info("swept", "overdue", found)
		return err
	})
}
