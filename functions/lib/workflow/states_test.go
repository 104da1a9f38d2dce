package workflow_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/aws/smithy-go"
)

// states is a Step Functions that enforces the limits of the real one.
type states struct {
	t       *testing.T
	down    error
	runs    map[string]*execution // by ARN
	tokens  map[string]bool       // waiting
	answers map[string]string
}

type execution struct{ input, status, code, cause string }

func newStates(t *testing.T) *states {
	return &states{t: t, runs: map[string]*execution{}, tokens: map[string]bool{}, answers: map[string]string{}}
}

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
var runName = regexp.MustCompile("^[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\x00-\\x1f\\x7f-\\x9f]{1,80}$")

func (s *states) StartExecution(_ context.Context, in *sfn.StartExecutionInput, _ ...func(*sfn.Options)) (*sfn.StartExecutionOutput, error) {
	if s.down != nil {
		return nil, s.down
	}
	if !runName.MatchString(*in.Name) {
		return nil, &types.InvalidName{}
	}
	if len(*in.Input) > 262144 {
		return nil, &types.InvalidExecutionInput{}
	}
	if !strings.Contains(*in.StateMachineArn, ":stateMachine:") {
		return nil, &types.InvalidArn{}
	}
	arn := strings.Replace(*in.StateMachineArn, ":stateMachine:", ":execution:", 1) + ":" + *in.Name
	if old := s.runs[arn]; old != nil {
		if old.status == "RUNNING" && old.input == *in.Input {
			return &sfn.StartExecutionOutput{ExecutionArn: &arn}, nil
		}
		return nil, wrapped("StartExecution", &types.ExecutionAlreadyExists{})
	}
	s.runs[arn] = &execution{input: *in.Input, status: "RUNNING"}
	return &sfn.StartExecutionOutput{ExecutionArn: &arn}, nil
}

func (s *states) StopExecution(_ context.Context, in *sfn.StopExecutionInput, _ ...func(*sfn.Options)) (*sfn.StopExecutionOutput, error) {
	if s.down != nil {
		return nil, s.down
	}
	if len(*in.Cause) > 32768 || !utf8.ValidString(*in.Cause) || len(*in.Error) > 256 || len(*in.ExecutionArn) > 256 {
		s.t.Errorf("StopExecution would refuse a cause of %d bytes, an error of %d, an ARN of %d",
			len(*in.Cause), len(*in.Error), len(*in.ExecutionArn))
	}
	run := s.runs[*in.ExecutionArn]
	switch {
	case run == nil:
		return nil, wrapped("StopExecution", &types.ExecutionDoesNotExist{})
	case run.status != "RUNNING":
		return nil, wrapped("StopExecution", &types.ValidationException{})
	}
	run.status, run.code, run.cause = "ABORTED", *in.Error, *in.Cause
	return &sfn.StopExecutionOutput{}, nil
}

func (s *states) SendTaskSuccess(_ context.Context, in *sfn.SendTaskSuccessInput, _ ...func(*sfn.Options)) (*sfn.SendTaskSuccessOutput, error) {
	token := *in.TaskToken
	_, known := s.tokens[token]
	switch {
	case s.down != nil:
		return nil, s.down
	case token == "!":
		return nil, wrapped("SendTaskSuccess", &types.InvalidToken{})
	case token == "timed-out" || known && !s.tokens[token]:
		return nil, wrapped("SendTaskSuccess", &types.TaskTimedOut{})
	case !known:
		return nil, wrapped("SendTaskSuccess", &types.TaskDoesNotExist{})
	case len(*in.Output) > 262144:
		return nil, &types.InvalidOutput{}
	}
	s.tokens[token], s.answers[token] = false, *in.Output
	return &sfn.SendTaskSuccessOutput{}, nil
}

// finish ends the run of this name as Succeeded.
func (s *states) finish(t *testing.T, name string) {
	for arn, run := range s.runs {
		if strings.HasSuffix(arn, ":"+name) {
			run.status = "SUCCEEDED"
			return
		}
	}
	t.Fatalf("no run is called %s", name)
}

// wrapped is how the SDK hands on what the service answered.
func wrapped(operation string, err error) error {
	return &smithy.OperationError{ServiceID: "SFN", OperationName: operation, Err: err}
}
