// Command bare is the least that a Lambda function in Go can be. The starts of
// Latchkey's functions are measured against its.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(context.Context) error { return nil })
}
