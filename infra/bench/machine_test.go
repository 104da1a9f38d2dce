package main

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/statemachines"
)

func TestARunWaitsForItsTokenAndGoesWhereItIsTold(t *testing.T) {
	x, err := newExecution(statemachines.Approval)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	end := at.Add(8 * time.Hour)
	var asked []app.RunInput
	x.now = func() time.Time { return at }
	x.wait = func(until time.Time) { at = until }
	x.invoke = func(_ string, in app.RunInput) (app.Output, error) {
		asked = append(asked, in)
		return app.Output{Next: access.Hold, Until: end.Format(time.RFC3339)}, nil
	}
	answer := func(token string) error {
		_, err := x.SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{TaskToken: &token, Output: aws.String(`{"next": "grant"}`)})
		return err
	}
	start := func(context.Context) error {
		_, err := x.StartExecution(t.Context(), &sfn.StartExecutionInput{Name: aws.String("req_1"),
			Input: aws.String(`{"request_id": "req_1", "run": 1, "next": "await_decision"}`)})
		return err
	}
	if err := errors.Join(start(t.Context()), x.run()); err != nil || x.state != "Await the decision" {
		t.Fatalf("the run is in %q: %v", x.state, err)
	}
	if err := start(t.Context()); !errors.As(err, new(*types.ExecutionAlreadyExists)) {
		t.Errorf("started again: %v", err)
	}
	token := x.token
	if err := answer("another"); !errors.As(err, new(*types.TaskTimedOut)) {
		t.Errorf("answered with another token: %v", err)
	}
	if err := errors.Join(answer(token), x.run()); err != nil {
		t.Fatal(err)
	}
	if err := answer(token); !errors.As(err, new(*types.TaskTimedOut)) {
		t.Errorf("answered twice: %v", err)
	}
	if want := []string{"Await the decision", "What comes next?", "Grant access", "Hold access", "End access"}; !slices.Equal(x.entered, want) {
		t.Errorf("entered %q", x.entered)
	}
	if x.state != "" || !at.Equal(end) {
		t.Errorf("the run is in %q, at %s", x.state, at)
	}
	for i, action := range []string{"await", "grant", "end"} {
		if in := asked[i]; in.Action != action || in.Request != "req_1" || in.Run != 1 || (in.Token != "") != (i == 0) {
			t.Errorf("asked %+v, want %s", in, action)
		}
	}
}

func TestARetryIsATransitionToo(t *testing.T) {
	entered := func(kind types.HistoryEventType) types.HistoryEvent {
		return types.HistoryEvent{Type: kind, StateEnteredEventDetails: &types.StateEnteredEventDetails{}}
	}
	scheduled := types.HistoryEvent{Type: types.HistoryEventTypeTaskScheduled}
	life := []types.HistoryEvent{{Type: types.HistoryEventTypeExecutionStarted},
		entered(types.HistoryEventTypeTaskStateEntered), scheduled, {Type: types.HistoryEventTypeTaskSucceeded},
		entered(types.HistoryEventTypeChoiceStateEntered),
		entered(types.HistoryEventTypeTaskStateEntered), scheduled, {Type: types.HistoryEventTypeTaskFailed}, scheduled}
	if got := transitions(life); got != 4 {
		t.Errorf("%d transitions, want 3 states and a retry", got)
	}
	if held(life) || !held(append(life, entered(types.HistoryEventTypeWaitStateEntered))) {
		t.Error("a life holds access once it waits, and not before")
	}
}
