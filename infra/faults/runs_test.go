package faults_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/workflow"
)

const machineARN = "arn:aws:states:eu-west-1:123456789012:stateMachine:"

var arns = workflow.Machines{Approval: machineARN + "approval", Revocation: machineARN + "revocation"}

// step is the time that Step Functions takes from one state to the next.
const step = 50 * time.Millisecond

// execution is a run of a state machine.
type execution struct {
	w       *world
	name    string
	machine machine
	context map[string]any
	status  string // RUNNING, SUCCEEDED, FAILED, ABORTED

	at       string
	input    any
	visit    int // of a state, its retries included: what belongs to an earlier one is late
	attempts map[int]float64
	token    string
}

// steps is Step Functions, as one process of a function sees it.
type steps struct{ p *process }

func (s steps) StartExecution(_ context.Context, in *sfn.StartExecutionInput, _ ...func(*sfn.Options)) (*sfn.StartExecutionOutput, error) {
	return &sfn.StartExecutionOutput{}, s.p.call("StartExecution", true, func() error {
		w := s.p.world
		arn := strings.Replace(*in.StateMachineArn, ":stateMachine:", ":execution:", 1) + ":" + *in.Name
		if w.executions[arn] != nil {
			return &types.ExecutionAlreadyExists{}
		}
		e := &execution{w: w, name: *in.Name, machine: w.machines[*in.StateMachineArn], status: "RUNNING",
			context: map[string]any{"Execution": map[string]any{"StartTime": w.now.Format("2006-01-02T15:04:05.000Z")}}}
		if err := json.Unmarshal([]byte(*in.Input), &e.input); err != nil {
			return err
		}
		w.executions[arn] = e
		w.order = append(w.order, e)
		e.enter(e.machine.StartAt, e.input)
		return nil
	})
}

func (s steps) StopExecution(_ context.Context, in *sfn.StopExecutionInput, _ ...func(*sfn.Options)) (*sfn.StopExecutionOutput, error) {
	return &sfn.StopExecutionOutput{}, s.p.call("StopExecution", true, func() error {
		e := s.p.world.executions[*in.ExecutionArn]
		if e == nil {
			return &types.ExecutionDoesNotExist{}
		}
		if e.status == "RUNNING" {
			e.end("ABORTED")
		}
		return nil
	})
}

func (s steps) SendTaskSuccess(_ context.Context, in *sfn.SendTaskSuccessInput, _ ...func(*sfn.Options)) (*sfn.SendTaskSuccessOutput, error) {
	return &sfn.SendTaskSuccessOutput{}, s.p.call("SendTaskSuccess", true, func() error {
		for _, e := range s.p.world.order {
			if e.status == "RUNNING" && e.token != "" && e.token == *in.TaskToken {
				var result any
				if err := json.Unmarshal([]byte(*in.Output), &result); err != nil {
					return err
				}
				e.token = ""
				e.succeed(result)
				return nil
			}
		}
		return &types.TaskTimedOut{}
	})
}

func (e *execution) end(status string) {
	e.status, e.token = status, ""
	e.visit++
}

// enter begins a state a moment later. It is where a run may be stopped by hand.
func (e *execution) enter(name string, input any) {
	e.at, e.input, e.attempts, e.token = name, input, map[int]float64{}, ""
	e.visit++
	e.later(step, func() {
		e.w.entered = append(e.w.entered, e.name+": "+name)
		if e.w.plan.stops[len(e.w.entered)] {
			e.w.stopped = append(e.w.stopped, name)
			e.end("ABORTED")
			return
		}
		e.begin()
	})
}

// later does something unless the run has gone on by then.
func (e *execution) later(after time.Duration, do func()) {
	visit := e.visit
	e.w.in(after, func() {
		if e.visit == visit {
			do()
		}
	})
}

func (e *execution) variables(result any) variables { return variables{e.input, result, e.context} }

// value evaluates a field of the present state.
func (e *execution) value(field, result any) any {
	v, err := e.variables(result).value(field)
	if err != nil {
		e.w.Errorf("%s in %q: %v", e.name, e.at, err)
		e.end("FAILED")
	}
	return v
}

func (e *execution) begin() {
	s, known := e.machine.States[e.at]
	switch {
	case !known:
		e.w.Errorf("%s: no state %q", e.name, e.at)
		e.end("FAILED")
	case s.Type == "Task":
		e.task(s)
	case s.Type == "Wait":
		e.later(e.wait(s), func() { e.enter(s.Next, e.input) })
	case s.Type == "Choice":
		next := s.Default
		for _, c := range s.Choices {
			if e.value(c.Condition, nil) == true {
				next = c.Next
				break
			}
		}
		e.enter(next, e.input)
	case s.Type == "Succeed":
		e.end("SUCCEEDED")
	default:
		e.w.Errorf("%s: the interpreter does not know a state of type %q", e.name, s.Type)
		e.end("FAILED")
	}
}

func (e *execution) wait(s state) time.Duration {
	if s.Timestamp != nil {
		text, _ := e.value(s.Timestamp, nil).(string)
		until, err := time.Parse(time.RFC3339, text)
		if err != nil {
			e.w.Errorf("%s in %q: %v", e.name, e.at, err)
		}
		return until.Sub(e.w.now)
	}
	return seconds(e.value(s.Seconds, nil))
}

func seconds(v any) time.Duration {
	n, _ := v.(float64)
	return time.Duration(n * float64(time.Second))
}

// task makes one attempt of a task.
func (e *execution) task(s state) {
	e.visit++
	e.w.tokens++
	waits := strings.HasSuffix(s.Resource, ".waitForTaskToken")
	if waits {
		e.token = "token-" + strconv.Itoa(e.w.tokens)
		e.context["Task"] = map[string]any{"Token": e.token}
	}
	payload := map[string]any{}
	for name, field := range s.Arguments.Payload {
		payload[name] = e.value(field, nil)
	}
	if e.status != "RUNNING" {
		return
	}
	e.later(seconds(e.value(s.TimeoutSeconds, nil)), func() { e.fail("States.Timeout") })
	visit := e.visit
	out, took, err := e.w.lambda(s.Arguments.FunctionName, payload)
	if e.visit != visit {
		return // answered, or stopped, meanwhile
	}
	e.later(took, func() {
		switch {
		case err != nil:
			e.fail(nameOf(err))
		case !waits:
			e.succeed(map[string]any{"Payload": out})
		}
	})
}

// nameOf is the name that aws-lambda-go gives to an error, unless Lambda itself
// failed.
func nameOf(err error) string {
	if lambda, ok := errors.AsType[lambdaError](err); ok {
		return string(lambda)
	}
	t := reflect.TypeOf(workflow.Named(err))
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

func (e *execution) succeed(result any) {
	s := e.machine.States[e.at]
	out := e.value(s.Output, result)
	if e.status != "RUNNING" {
		return
	}
	if s.End {
		e.end("SUCCEEDED")
		return
	}
	e.enter(s.Next, out)
}

func (e *execution) fail(failure string) {
	s := e.machine.States[e.at]
	e.token = ""
	for i, r := range s.Retry {
		if !matches(r.ErrorEquals, failure) {
			continue
		}
		if e.attempts[i] >= r.MaxAttempts {
			break
		}
		pause := r.IntervalSeconds * math.Pow(r.BackoffRate, e.attempts[i])
		if r.MaxDelaySeconds > 0 {
			pause = min(pause, r.MaxDelaySeconds)
		}
		if r.JitterStrategy == "FULL" {
			pause *= e.w.random.Float64()
		}
		e.attempts[i]++
		e.visit++
		e.later(seconds(pause), func() { e.task(s) })
		return
	}
	for _, c := range s.Catch {
		if matches(c.ErrorEquals, failure) {
			e.enter(c.Next, e.value(c.Output, nil))
			return
		}
	}
	e.end("FAILED")
}

// runInput is what a function is handed.
func runInput(payload map[string]any) (app.RunInput, error) {
	var in app.RunInput
	data, err := json.Marshal(payload)
	if err == nil {
		err = json.Unmarshal(data, &in)
	}
	return in, err
}
