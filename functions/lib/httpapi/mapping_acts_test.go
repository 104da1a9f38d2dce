package httpapi_test

import (
	"context"
	"errors"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// acts lets someone act on a request with all that can be said in doing so, and
// holds that its history then says the same.
func acts[In any](o *office, who, request, act string, in In, texts map[string]string, details map[string]any) {
	o.Helper()
	differ(o.T, []In{*new(In), in})
	o.calls(who, 200, "POST", "/v1/requests/"+request+"/"+act, in)
	o.recorded(request, texts, details)
}

// recorded holds what the last event of a request says.
func (o *office) recorded(request string, texts map[string]string, details map[string]any) {
	o.Helper()
	events := read[contract.EventPage](o.T, o.calls("eli", 200, "GET", "/v1/requests/"+request+"/events", nil)).Data
	last := events[len(events)-1]
	said := map[string]string{}
	for name, text := range last.Texts {
		said[name] = *text.Text
	}
	equal(o.T, last.Type+": the texts", texts, said)
	for name, want := range details {
		equal(o.T, last.Type+": "+name, want, last.Details.(map[string]any)[name])
	}
}

// noted are the texts of what an admin did.
func noted(reason, note string) map[string]string {
	return map[string]string{"reason": reason, "internal_note": note}
}

func TestNoMappingForgetsWhatIsSaidInAnAct(t *testing.T) {
	o := newOffice(t)
	o.makeAdmin("dan")
	o.calls("eli", 204, "DELETE", "/v1/admin/flows/staging-flow", nil, "If-Match", o.tag("/v1/admin/flows/staging-flow"))
	o.serves(map[string]any{"steps": []any{step("any", "manager")}, "duration": map[string]any{"mode": "choice", "max": "PT8H",
		"extend": map[string]any{"up_to": "PT1H", "times": 1, "approvers": []string{"manager"}}}})
	r := read[contract.Request](t, o.calls("ana", 201, "POST", "/v1/requests",
		contract.RequestInput{ResourceId: "staging", Reason: "A demo", Duration: "PT2H"})).Id
	run := func(do func(context.Context, app.RunInput) (app.Output, error), number int, system app.Connector, want error) {
		t.Helper()
		o.Connectors = map[string]app.Connector{access.ConnectorGroup: system}
		if _, err := do(t.Context(), app.RunInput{Request: access.RequestID(r), Run: number, Started: o.At}); !errors.Is(err, want) {
			t.Fatalf("%v, want %v", err, want)
		}
	}
	version := func() int {
		t.Helper()
		return read[contract.Request](t, o.calls("eli", 200, "GET", "/v1/requests/"+r, nil)).Version
	}

	o.calls("ben", 200, "POST", "/v1/requests/"+r+"/decisions", contract.DecisionInput{Decision: contract.VerdictAsk, Reason: "For whom?"})
	acts(o, "ana", r, "answer", contract.AnswerInput{Text: "For Globex."}, map[string]string{"answer": "For Globex."}, nil)
	override := contract.OverrideInput{Decision: contract.VerdictApprove, Duration: "PT4H", Reason: "Globex is in a hurry", InternalNote: "INC-1", Version: version() - 1}
	o.calls("eli", 409, "POST", "/v1/requests/"+r+"/override", override)
	override.Version++
	acts(o, "eli", r, "override", override, noted("Globex is in a hurry", "INC-1"), map[string]any{"verdict": "approve", "given": "PT4H"})

	// The connector refuses, is tried again, and gives the access.
	run(o.Grant, 1, &elsewhere{err: &app.Refusal{Code: "no_seat_left"}}, app.ErrGrantRefused)
	run(o.Revoke, 2, &elsewhere{}, nil)
	acts(o, "eli", r, "retry", contract.RetryInput{Reason: "There is a seat now", InternalNote: "INC-2"}, noted("There is a seat now", "INC-2"), nil)
	run(o.Grant, 3, &elsewhere{}, nil)

	acts(o, "ana", r, "extend", contract.ExtendInput{Duration: "PT1H", Reason: "It drags on"}, map[string]string{"reason": "It drags on"}, map[string]any{"asked": "PT1H"})
	extend := contract.DecisionInput{Decision: contract.VerdictApprove, Duration: "PT30M", Reason: "Half of it", Extension: true, Version: version() - 1}
	o.calls("ben", 409, "POST", "/v1/requests/"+r+"/decisions", extend)
	extend.Version++
	acts(o, "ben", r, "decisions", extend, map[string]string{"reason": "Half of it"}, map[string]any{"verdict": "approve", "given": "PT30M"})

	// It is taken away from where nobody can look any more.
	acts(o, "eli", r, "revoke", contract.RevokeInput{Reason: "The demo is over", InternalNote: "INC-3"}, noted("The demo is over", "INC-3"), map[string]any{"end_reason": "revoked"})
	for range access.FastPace.Attempts {
		run(o.Revoke, 4, &elsewhere{err: errors.New("no route to host")}, nil)
	}
	acts(o, "dan", r, "confirm-absent", contract.ConfirmAbsentInput{Reason: "It was switched off", InternalNote: "INC-4"}, noted("It was switched off", "INC-4"), nil)
}

func TestNoMappingForgetsWhatIsSaidOfMany(t *testing.T) {
	o := newOffice(t)
	r := o.anaHolds().Id
	in := contract.RevocationsInput{RequestIds: []contract.RequestId{r}, Reason: "The project is over", InternalNote: "INC-9"}
	differ(t, []contract.RevocationsInput{{}, in})
	o.calls("eli", 200, "POST", "/v1/admin/revocations", in)
	o.recorded(r, noted("The project is over", "INC-9"), map[string]any{"end_reason": "revoked"})
}
