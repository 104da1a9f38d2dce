package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/workflow"
)

// machine is a state machine as its definition says, as far as a life without
// trouble needs it: errors end the walk.
type machine struct {
	StartAt string
	States  map[string]struct {
		Type, Resource, Next, Default string
		End                           bool
		Arguments                     struct {
			FunctionName string
			Payload      map[string]string
		}
		Timestamp string
		Choices   []struct{ Condition, Next string }
	}
}

// execution is a run of a machine. It stands in for Step Functions: functions
// start and answer it as they do there, and it asks them in turn.
type execution struct {
	machine machine
	invoke  func(function string, in app.RunInput) (app.Output, error)
	wait    func(until time.Time)
	now     func() time.Time

	name    string
	started time.Time
	state   string // where it is; "" before the start and after the end
	input   map[string]any
	token   string // that it waits for, or ""
	entered []string
}

var _ workflow.API = (*execution)(nil)

func newExecution(definition []byte) (*execution, error) {
	x := &execution{}
	return x, json.Unmarshal(definition, &x.machine)
}

// StartExecution begins the run, once.
func (x *execution) StartExecution(_ context.Context, in *sfn.StartExecutionInput, _ ...func(*sfn.Options)) (*sfn.StartExecutionOutput, error) {
	if x.name != "" {
		return nil, &types.ExecutionAlreadyExists{}
	}
	x.name, x.state, x.started = *in.Name, x.machine.StartAt, x.now()
	return &sfn.StartExecutionOutput{}, json.Unmarshal([]byte(*in.Input), &x.input)
}

// SendTaskSuccess ends a wait. What was answered already is over.
func (x *execution) SendTaskSuccess(_ context.Context, in *sfn.SendTaskSuccessInput, _ ...func(*sfn.Options)) (*sfn.SendTaskSuccessOutput, error) {
	if x.token == "" || *in.TaskToken != x.token {
		return nil, &types.TaskTimedOut{}
	}
	x.token = ""
	return &sfn.SendTaskSuccessOutput{}, x.goOn(*in.Output)
}

// StopExecution is for lives that end early.
func (x *execution) StopExecution(context.Context, *sfn.StopExecutionInput, ...func(*sfn.Options)) (*sfn.StopExecutionOutput, error) {
	return nil, fmt.Errorf("the run %s was stopped", x.name)
}

// run goes on until the run waits for a token, or is over.
func (x *execution) run() error {
	for x.state != "" && x.token == "" {
		s := x.machine.States[x.state]
		x.entered = append(x.entered, x.state)
		switch s.Type {
		case "Task":
			if err := x.task(s.Resource, s.Arguments.FunctionName, s.Arguments.Payload); err != nil {
				return fmt.Errorf("%s: %w", x.state, err)
			}
		case "Choice":
			x.state = x.choose()
		case "Wait":
			until, err := time.Parse(time.RFC3339, fmt.Sprint(x.value(s.Timestamp)))
			if err != nil {
				return fmt.Errorf("%s: %w", x.state, err)
			}
			x.wait(until)
			x.state = s.Next
		case "Succeed":
			x.state = ""
		default:
			return fmt.Errorf("%s: a %s in a life without trouble", x.state, s.Type)
		}
	}
	return nil
}

func (x *execution) task(resource, function string, payload map[string]string) error {
	waits := strings.HasSuffix(resource, ".waitForTaskToken")
	if waits {
		x.token = strings.Repeat("t", 600) // about as long as those of AWS
	}
	values := map[string]any{}
	for name, expression := range payload {
		values[name] = x.value(expression)
	}
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	var in app.RunInput
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	out, err := x.invoke(strings.Trim(function, "${}"), in)
	if err != nil || waits {
		return err
	}
	if text, err = json.Marshal(out); err != nil {
		return err
	}
	return x.goOn(string(text))
}

// goOn leaves a task with its result merged into the input, as all of them do.
func (x *execution) goOn(result string) error {
	var out map[string]any
	if err := json.Unmarshal([]byte(result), &out); err != nil {
		return err
	}
	maps.Copy(x.input, out)
	x.state = x.machine.States[x.state].Next
	return nil
}

var nextIs = regexp.MustCompile(`^{% \$states\.input\.next = '(\w+)' %}$`)

func (x *execution) choose() string {
	for _, c := range x.machine.States[x.state].Choices {
		if is := nextIs.FindStringSubmatch(c.Condition); is != nil && is[1] == x.input["next"] {
			return c.Next
		}
	}
	return x.machine.States[x.state].Default
}

// value is that of an expression of the definitions, or the text itself.
func (x *execution) value(expression string) any {
	code, ok := strings.CutPrefix(expression, "{% $states.")
	code, _ = strings.CutSuffix(code, " %}")
	name, isInput := strings.CutPrefix(code, "input.")
	switch {
	case !ok:
		return expression
	case isInput:
		return x.input[name]
	case code == "context.Execution.StartTime":
		return x.started
	case code == "context.Task.Token":
		return x.token
	}
	return nil
}
