// Package workflow starts, stops and answers the runs of the state machines in
// Step Functions, and names the errors that those machines catch.
//
// It implements app.Workflow: whatever is so already is no error. Inputs carry
// ids and times, never free text. The package imports access, app and the SDK.
package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// EndedEarly is the error code with which a run is stopped. Step Functions
// shows it beside the cause; the execution's status is Aborted.
const EndedEarly = "Latchkey.EndedEarly"

// maxCause is the limit of StopExecution for a cause.
const maxCause = 32768

// API is what is used of Step Functions.
type API interface {
	StartExecution(context.Context, *sfn.StartExecutionInput, ...func(*sfn.Options)) (*sfn.StartExecutionOutput, error)
	StopExecution(context.Context, *sfn.StopExecutionInput, ...func(*sfn.Options)) (*sfn.StopExecutionOutput, error)
	SendTaskSuccess(context.Context, *sfn.SendTaskSuccessInput, ...func(*sfn.Options)) (*sfn.SendTaskSuccessOutput, error)
}

// Machines are the ARNs of the state machines
// ("arn:aws:states:REGION:ACCOUNT:stateMachine:NAME").
type Machines struct {
	Approval   string
	Revocation string
}

// Workflow is app.Workflow on Step Functions.
type Workflow struct {
	api      API
	machines Machines
}

var _ app.Workflow = (*Workflow)(nil)

// New makes a Workflow.
func New(api API, machines Machines) *Workflow { return &Workflow{api, machines} }

// Input is what an execution begins with.
type Input struct {
	Request access.RequestID `json:"request_id"`
	Run     int              `json:"run"`
	app.Output
}

// Start begins the run under its own name. A name that is taken, by a run that
// lives or by one that ended within the last 90 days, is left as it is.
func (w *Workflow) Start(ctx context.Context, run app.Run) error {
	machine, err := w.arn(run.Machine)
	if err != nil {
		return err
	}
	input, err := json.Marshal(Input{run.Request, run.Number, run.Output})
	if err != nil {
		return err
	}
	name, text := run.Name(), string(input)
	_, err = w.api.StartExecution(ctx, &sfn.StartExecutionInput{
		StateMachineArn: &machine, Name: &name, Input: &text})
	if is[*types.ExecutionAlreadyExists](err) {
		return nil
	}
	return wrap("start", err)
}

// Stop ends an approval run that still runs, with a cause for who looks at it in
// the console.
func (w *Workflow) Stop(ctx context.Context, request access.RequestID, number int, cause string) error {
	prefix, name, ok := strings.Cut(w.machines.Approval, ":stateMachine:")
	if !ok {
		return fmt.Errorf("workflow: %q is not the ARN of a state machine", w.machines.Approval)
	}
	arn := prefix + ":execution:" + name + ":" + app.RunName(request, number)
	code := EndedEarly
	if len(cause) > maxCause {
		cause = strings.ToValidUTF8(cause[:maxCause], "")
	}
	_, err := w.api.StopExecution(ctx, &sfn.StopExecutionInput{ExecutionArn: &arn, Error: &code, Cause: &cause})
	// Of a standard execution within the limits above, the one thing that can be
	// invalid is that it is not running any more.
	if is[*types.ExecutionDoesNotExist](err) || is[*types.ValidationException](err) {
		return nil
	}
	return wrap("stop", err)
}

// Answer tells a waiting run what to do next. An answer to a wait that is over,
// or that never was, is ignored.
func (w *Workflow) Answer(ctx context.Context, token string, out app.Output) error {
	output, err := json.Marshal(out)
	if err != nil {
		return err
	}
	text := string(output)
	_, err = w.api.SendTaskSuccess(ctx, &sfn.SendTaskSuccessInput{TaskToken: &token, Output: &text})
	if is[*types.TaskTimedOut](err) || is[*types.TaskDoesNotExist](err) || is[*types.InvalidToken](err) {
		return nil
	}
	return wrap("answer", err)
}

func (w *Workflow) arn(m access.Machine) (string, error) {
	switch m {
	case access.ApprovalMachine:
		return w.machines.Approval, nil
	case access.RevocationMachine:
		return w.machines.Revocation, nil
	}
	return "", fmt.Errorf("workflow: no machine is called %q", m)
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("workflow: %s: %w", what, err)
}
