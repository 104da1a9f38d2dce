// Command approvals is what the state machines ask about a request: it takes
// the tokens of runs that wait, and says what a time-out or a failure means.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"latchkey/functions/lib/wiring"
	"latchkey/functions/lib/workflow"
)

func main() {
	a, _, _, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	lambda.Start(workflow.Approvals(a))
}
