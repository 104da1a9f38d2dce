package e2e

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/httpapi/contract"
)

// Only a stored decision gives access. Whoever may send answers to tasks, start
// executions or invoke functions still gives nobody anything.

// stillPending checks that a request is as it was, and that Ana has nothing.
func (s *stage) stillPending(r contract.Request) {
	s.Helper()
	now := s.ana.reads(r.Id)
	if now.Status != contract.StatusPending || now.Version != r.Version {
		s.Errorf("the request became %s, version %d", now.Status, now.Version)
	}
	if got := story(s.ana.history(of(r.Id))); got != "submitted" {
		s.Errorf("history: %s", got)
	}
	s.nothingIsLeft()
}

// canStillBeDecided lets Ben decide after all: whatever the forger broke, the
// sweeper starts the run anew.
func (s *stage) canStillBeDecided(r contract.Request) {
	s.Helper()
	s.ben.approves(r.Id)
	s.sweptUntil(r, contract.StatusEnded)
	s.nothingIsLeft()
}

func TestAnAnswerWithAMadeUpTokenIsRefused(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT3S")
	r := s.ana.asks(s.staging)
	s.isIn(s.Approval, r.Id, "Await the decision")
	_, err := s.steps().SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{
		TaskToken: aws.String("AAAAKgAAAAIAAAAAAAAAAmade-up"), Output: aws.String(`{"next":"grant"}`)})
	_, none := errors.AsType[*types.TaskDoesNotExist](err)
	if _, invalid := errors.AsType[*types.InvalidToken](err); !none && !invalid {
		t.Errorf("the answer was taken: %v", err)
	}
	s.stillPending(r)
	if x := s.execution(s.Approval, r.Id); x.Status != types.ExecutionStatusRunning || x.State != "Await the decision" {
		t.Errorf("the run: %+v", x)
	}
}

func TestAnAnswerWithAStolenTokenGrantsNothing(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT3S")
	r := s.ana.asks(s.staging)
	stolen := s.token(r.Id)
	if _, err := s.steps().SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{
		TaskToken: &stolen, Output: aws.String(`{"next":"grant"}`)}); err != nil {
		t.Fatal(err)
	}
	if x := s.ended(s.Approval, r.Id); x.Status != types.ExecutionStatusSucceeded || x.State != "Nothing more to do" {
		t.Errorf("the run: %+v", x)
	}
	s.stillPending(r)
	s.canStillBeDecided(r)
}

// TestAHandStartedExecutionGrantsNothing, whichever run it claims to be.
func TestAHandStartedExecutionGrantsNothing(t *testing.T) {
	t.Parallel()
	for _, run := range []int{1, 2, 9} {
		t.Run(fmt.Sprintf("run %d", run), func(t *testing.T) {
			t.Parallel()
			s := setStage(t, "PT3S")
			r := s.ana.asks(s.staging)
			real := s.token(r.Id)
			name := s.name("by-hand")
			if _, err := s.steps().StartExecution(t.Context(), &sfn.StartExecutionInput{
				StateMachineArn: &s.Approval, Name: &name, Input: aws.String(fmt.Sprintf(
					`{"request_id":%q,"run":%d,"next":"grant","seconds":3600,"until":%q}`,
					r.Id, run, r.ExpiresAt.Format(time.RFC3339Nano)))}); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the forged run has done what it can", func() execution { return s.execution(s.Approval, name) },
				func(x execution) bool { return x.Status == types.ExecutionStatusSucceeded })
			if s.token(r.Id) != real {
				t.Error("the forged run took the place of the real one")
			}
			s.stillPending(r)
			s.canStillBeDecided(r)
		})
	}
}

func TestInvokingTheProvisionerGrantsNothing(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT3S")
	r := s.ana.asks(s.staging)
	s.isIn(s.Approval, r.Id, "Await the decision")
	for _, action := range []string{"grant", "end", "revoke", "observe"} {
		for _, run := range []int{0, 1, 2} {
			s.invoke(s.Provisioner, fmt.Sprintf(`{"action":%q,"request_id":%q,"run":%d,"started":%q}`,
				action, r.Id, run, r.SubmittedAt.Format(time.RFC3339Nano)))
		}
	}
	s.stillPending(r)
	s.ben.approves(r.Id)
	s.ana.sees(r.Id, contract.StatusEnded)
	if got := story(s.ana.history(of(r.Id))); got != "submitted decided granting activated ending ended" {
		t.Errorf("history: %s", got)
	}
}
