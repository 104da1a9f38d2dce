// Package invoke asks another function to do something, over the queue that Lambda
// keeps for asynchronous invocations.
//
// It implements app.Checks. What it sends are ids, as hints. The package imports
// app and the SDK.
package invoke

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"latchkey/functions/lib/app"
)

// API is what is used of Lambda.
type API interface {
	Invoke(context.Context, *lambda.InvokeInput, ...func(*lambda.Options)) (*lambda.InvokeOutput, error)
}

// Checks is app.Checks on the provisioner function.
type Checks struct {
	api      API
	function string
}

var _ app.Checks = (*Checks)(nil)

// NewChecks makes Checks for a function's name or ARN.
func NewChecks(api API, function string) *Checks { return &Checks{api, function} }

// Ask leaves the check to Lambda, which invokes the function when it can.
func (c *Checks) Ask(ctx context.Context, key app.EntitlementKey) error {
	payload, err := json.Marshal(struct {
		Action string `json:"action"`
		app.CheckInput
	}{app.ActionCheck, app.CheckInput{Person: key.Person, Connector: key.Target.Connector, Target: key.Target.ID}})
	if err != nil {
		return err
	}
	_, err = c.api.Invoke(ctx, &lambda.InvokeInput{
		FunctionName: &c.function, InvocationType: types.InvocationTypeEvent, Payload: payload})
	if err != nil {
		return fmt.Errorf("invoke: %w", err)
	}
	return nil
}
