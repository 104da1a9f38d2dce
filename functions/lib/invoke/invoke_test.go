package invoke

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// function takes asynchronous invocations, or fails.
type function struct {
	asked  []*lambda.InvokeInput
	broken error
}

func (f *function) Invoke(_ context.Context, in *lambda.InvokeInput, _ ...func(*lambda.Options)) (*lambda.InvokeOutput, error) {
	f.asked = append(f.asked, in)
	return &lambda.InvokeOutput{StatusCode: 202}, f.broken
}

func TestACheckIsLeftToLambdaAndNamesTheEntitlement(t *testing.T) {
	f := &function{}
	key := app.EntitlementKey{Person: "ana", Target: access.WebhookTarget("https://hooks.example.com/jira", "jira")}
	if err := NewChecks(f, "latchkey-provisioner").Ask(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	asked := f.asked[0]
	if *asked.FunctionName != "latchkey-provisioner" || asked.InvocationType != "Event" {
		t.Errorf("%s was invoked as %s", *asked.FunctionName, asked.InvocationType)
	}
	var got struct {
		Action string
		app.CheckInput
	}
	if err := json.Unmarshal(asked.Payload, &got); err != nil || got.Action != app.ActionCheck || got.Key() != key {
		t.Errorf("asked for %s: %v", asked.Payload, err)
	}
}

func TestWhatLambdaDoesNotTakeIsAnError(t *testing.T) {
	throttled := errors.New("throttled")
	if err := NewChecks(&function{broken: throttled}, "x").Ask(t.Context(), app.EntitlementKey{}); !errors.Is(err, throttled) {
		t.Errorf("got %v", err)
	}
}
