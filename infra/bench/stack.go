package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
)

// stack is what stack.json says of a running local stack.
type stack struct {
	Region   string `json:"region"`
	Endpoint string `json:"endpoint"`
	Approval string `json:"approval_machine"`
}

// onStack says how many transitions the last whole life on the local stack took,
// or why it cannot tell.
func onStack(ctx context.Context, root string) string {
	text, err := os.ReadFile(cmp.Or(os.Getenv("LATCHKEY_STACK"), filepath.Join(root, ".local", "stack.json")))
	if errors.Is(err, fs.ErrNotExist) {
		return "Counted in statemachines/approval.asl.json alone: no stack is running to compare with."
	}
	var s stack
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err == nil {
		var name string
		var events []types.HistoryEvent
		if name, events, err = s.lastLife(ctx); err == nil && name != "" {
			return fmt.Sprintf("The execution history of %s on the running stack has %d.", name, transitions(events))
		}
	}
	if err != nil {
		return fmt.Sprintf("Counted in statemachines/approval.asl.json alone: the running stack cannot be asked (%v).", err)
	}
	return "Counted in statemachines/approval.asl.json alone: the running stack has seen no whole life yet."
}

// lastLife finds the last run that held an access to its end; "" if there is none.
func (s stack) lastLife(ctx context.Context) (name string, events []types.HistoryEvent, err error) {
	steps := sfn.NewFromConfig(aws.Config{Region: s.Region, BaseEndpoint: &s.Endpoint, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")})
	runs, err := steps.ListExecutions(ctx, &sfn.ListExecutionsInput{StateMachineArn: &s.Approval,
		StatusFilter: types.ExecutionStatusSucceeded, MaxResults: 20})
	if err != nil {
		return "", nil, err
	}
	for _, run := range runs.Executions {
		if events, err = history(ctx, steps, *run.ExecutionArn); err != nil || held(events) {
			return *run.Name, events, err
		}
	}
	return "", nil, nil
}

func history(ctx context.Context, steps *sfn.Client, execution string) ([]types.HistoryEvent, error) {
	var events []types.HistoryEvent
	pages := sfn.NewGetExecutionHistoryPaginator(steps, &sfn.GetExecutionHistoryInput{ExecutionArn: &execution})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		events = append(events, page.Events...)
	}
	return events, nil
}

// held tells whether a run waited for the end of an access.
func held(events []types.HistoryEvent) bool {
	return slices.ContainsFunc(events, func(e types.HistoryEvent) bool { return e.Type == types.HistoryEventTypeWaitStateEntered })
}

// transitions counts what Step Functions bills: each time that a step is
// executed, retries included (https://aws.amazon.com/step-functions/pricing/).
// In a history that is a state entered, or a task scheduled again.
func transitions(events []types.HistoryEvent) int {
	entered, tasks, scheduled := 0, 0, 0
	for _, e := range events {
		if e.StateEnteredEventDetails != nil {
			entered++
		}
		switch e.Type {
		case types.HistoryEventTypeTaskStateEntered:
			tasks++
		case types.HistoryEventTypeTaskScheduled:
			scheduled++
		}
	}
	return entered + max(0, scheduled-tasks)
}
