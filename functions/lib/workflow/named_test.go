package workflow_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/workflow"
)

func TestEveryAnswerHasTheNameThatTheMachinesCatch(t *testing.T) {
	answers := []error{app.ErrTryAgain, app.ErrGrantRefused, app.ErrStillHeld, app.ErrOvertaken}
	for i, name := range workflow.ErrorNames() {
		named := workflow.Named(fmt.Errorf("wrapped: %w", answers[i]))
		if got := reflect.TypeOf(named).Name(); got != name {
			t.Errorf("%v is told as %s, want %s", answers[i], got, name)
		}
	}
	other := errors.New("other")
	if workflow.Named(other) != other || workflow.Named(nil) != nil {
		t.Error("an unknown error, or none, was changed")
	}
}
