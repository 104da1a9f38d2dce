package workflow_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/workflow"
)

const request access.RequestID = "req_01JD0000000000000000000000"

var machines = workflow.Machines{
	Approval:   "arn:aws:states:eu-west-1:123456789012:stateMachine:latchkey-approval",
	Revocation: "arn:aws:states:eu-west-1:123456789012:stateMachine:latchkey-revocation",
}

func run(number int, machine access.Machine) app.Run {
	return app.Run{Request: request, Run: access.Run{Number: number, Machine: machine},
		Output: app.Output{Next: access.AwaitDecision, Until: "2026-12-01T10:00:00Z", Seconds: 90}}
}

func TestARunIsNamedByItsRequestAndStartsOnItsMachine(t *testing.T) {
	states := newStates(t)
	w := workflow.New(states, machines)
	for _, r := range []app.Run{run(1, access.ApprovalMachine), run(2, access.RevocationMachine)} {
		if err := w.Start(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	first := states.runs["arn:aws:states:eu-west-1:123456789012:execution:latchkey-approval:"+string(request)]
	second := states.runs["arn:aws:states:eu-west-1:123456789012:execution:latchkey-revocation:"+string(request)+"-2"]
	if first == nil || second == nil {
		t.Fatalf("the runs that exist: %v", states.runs)
	}
	want := `{"request_id":"` + string(request) + `","run":1,"next":"await_decision","until":"2026-12-01T10:00:00Z","seconds":90}`
	if first.input != want {
		t.Errorf("input\n got %s\nwant %s", first.input, want)
	}
}

func TestStartingARunAgainIsNoErrorWhetherItLivesOrIsOver(t *testing.T) {
	states := newStates(t)
	w := workflow.New(states, machines)
	r := run(1, access.ApprovalMachine)
	must(t, w.Start(context.Background(), r))
	r.Seconds = 80
	must(t, w.Start(context.Background(), r))
	must(t, w.Stop(context.Background(), request, 1, "given back"))
	must(t, w.Start(context.Background(), r))
	if n := len(states.runs); n != 1 {
		t.Errorf("%d runs exist, want 1", n)
	}
}

func TestARunOfNoMachineIsRefused(t *testing.T) {
	if err := workflow.New(newStates(t), machines).Start(context.Background(), run(1, "")); err == nil {
		t.Error("a run of no machine started")
	}
}

func TestAnEarlyEndStopsTheApprovalRunWithItsCause(t *testing.T) {
	states := newStates(t)
	w := workflow.New(states, machines)
	r := run(3, access.ApprovalMachine)
	must(t, w.Start(context.Background(), r))
	must(t, w.Stop(context.Background(), request, 3, "Given back by the requester; revocation run 4 takes over."))
	stopped := states.runs["arn:aws:states:eu-west-1:123456789012:execution:latchkey-approval:"+string(request)+"-3"]
	if stopped.status != "ABORTED" || stopped.code != "Latchkey.EndedEarly" || !strings.HasPrefix(stopped.cause, "Given back") {
		t.Errorf("the stopped run: %+v", *stopped)
	}
}

func TestStoppingWhatIsOverOrNeverWasIsNoError(t *testing.T) {
	states := newStates(t)
	w := workflow.New(states, machines)
	must(t, w.Stop(context.Background(), request, 1, "never was"))
	must(t, w.Start(context.Background(), run(1, access.ApprovalMachine)))
	states.finish(t, string(request))
	must(t, w.Stop(context.Background(), request, 1, "too late"))
}

func TestACauseIsCutToWhatStepFunctionsTakes(t *testing.T) {
	states := newStates(t)
	w := workflow.New(states, machines)
	must(t, w.Start(context.Background(), run(1, access.ApprovalMachine)))
	must(t, w.Stop(context.Background(), request, 1, strings.Repeat("ü", 20000)))
}

func TestAMachineThatIsNoMachineStopsNothing(t *testing.T) {
	w := workflow.New(newStates(t), workflow.Machines{Approval: "latchkey-approval"})
	if err := w.Stop(context.Background(), request, 1, "x"); err == nil {
		t.Error("stopping by a name that is no ARN went through")
	}
}

func TestAnAnswerTellsTheWaitingRunWhatToDoNext(t *testing.T) {
	states := newStates(t)
	states.tokens["waiting"] = true
	must(t, workflow.New(states, machines).Answer(context.Background(), "waiting", app.Output{Next: access.Grant}))
	if got := states.answers["waiting"]; got != `{"next":"grant"}` {
		t.Errorf("the run was told %s", got)
	}
}

func TestLateAnswersAreIgnored(t *testing.T) {
	states := newStates(t)
	states.tokens["answered"] = true
	w := workflow.New(states, machines)
	for _, token := range []string{"answered", "answered", "timed-out", "unknown", "!"} {
		if err := w.Answer(context.Background(), token, app.Output{Next: access.Close}); err != nil {
			t.Errorf("answering %q: %v", token, err)
		}
	}
}

func TestWhatStepFunctionsCannotDoNowIsAnError(t *testing.T) {
	states := newStates(t)
	states.down = errors.New("no route to host")
	w := workflow.New(states, machines)
	for name, err := range map[string]error{
		"start":  w.Start(context.Background(), run(1, access.ApprovalMachine)),
		"stop":   w.Stop(context.Background(), request, 1, "x"),
		"answer": w.Answer(context.Background(), "t", app.Output{Next: access.Close}),
	} {
		if !errors.Is(err, states.down) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInputsRoundTrip(t *testing.T) {
	in := workflow.Input{Request: request, Run: 2, Output: app.Output{Next: access.Hold, Until: "2026-12-01T10:00:00Z", Seconds: 7}}
	data, err := json.Marshal(in)
	must(t, err)
	var out workflow.Input
	must(t, json.Unmarshal(data, &out))
	if out != in {
		t.Errorf("got %+v, want %+v", out, in)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
