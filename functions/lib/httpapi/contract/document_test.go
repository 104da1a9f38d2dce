package contract_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/shape"
)

func document(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("../../../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// schema gives a schema of the contract as it is written.
func schema(t *testing.T, name string) map[string]any {
	t.Helper()
	var d struct {
		Components struct{ Schemas map[string]map[string]any }
	}
	if err := yaml.Unmarshal(document(t), &d); err != nil {
		t.Fatal(err)
	}
	found := d.Components.Schemas[name]
	if found == nil {
		t.Fatalf("no schema %s", name)
	}
	return found
}

func TestTheContractIsOpenAPI31(t *testing.T) {
	d, err := libopenapi.NewDocument(document(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.BuildV3Model(); err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(d)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, found := v.ValidateDocument(); !ok {
		for _, f := range found {
			t.Errorf("%s: %s", f.Message, f.Reason)
			for _, s := range f.SchemaValidationErrors {
				t.Errorf("  %s: %s", s.KeywordLocation, s.Reason)
			}
		}
	}
}

// TestTheWordsAreThoseOfTheDomain: one word for one thing, in Go and in JSON.
func TestTheWordsAreThoseOfTheDomain(t *testing.T) {
	for name, want := range map[string][]string{
		"Status":       texts(access.Statuses()),
		"EndReason":    {"expired", "given_back", "revoked", "suspended"},
		"StepStatus":   texts([]access.StepStatus{access.StepWaiting, access.StepOpen, access.StepApproved, access.StepDenied, access.StepSkipped, access.StepClosed}),
		"Verdict":      texts([]access.Verdict{access.Approve, access.Deny, access.Ask}),
		"Via":          texts([]access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail, access.ViaTimer, access.ViaWorkflow, access.ViaSweeper, access.ViaDirectory, access.ViaPolicy, access.ViaDevice}),
		"ResourceKind": texts([]access.Kind{access.KindResource, access.KindDevice}),
		"DurationMode": texts([]access.DurationMode{access.DurationNone, access.DurationFixed, access.DurationChoice}),
		"DenyWhen":     texts([]access.DenyWhen{access.DenyAny, access.DenyUnreachable}),
		"SamePerson":   texts([]access.SamePerson{access.SameDistinct, access.SameCarry}),
		"Action": texts([]access.Action{access.ActApprove, access.ActDeny, access.ActAsk, access.ActAnswer, access.ActCancel,
			access.ActStart, access.ActEnd, access.ActOverride, access.ActRevoke, access.ActRetry, access.ActConfirmAbsent, access.ActExtend,
			access.ActApproveExtension, access.ActDenyExtension}),
	} {
		var got []string
		for _, word := range schema(t, name)["enum"].([]any) {
			got = append(got, word.(string))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-domain +contract):\n%s", name, diff)
		}
	}
}

// TestEveryTypeOfEventIsDescribed reads the domain's constants from its source,
// so that a new one cannot be forgotten here.
func TestEveryTypeOfEventIsDescribed(t *testing.T) {
	source, err := os.ReadFile("../../access/event.go")
	if err != nil {
		t.Fatal(err)
	}
	types := []string{string(app.EventCreated), string(app.EventUpdated), string(app.EventDeleted), string(app.EventBound), string(app.EventUnbound),
		string(app.EventInvited), string(app.EventEnrolled), string(app.EventKeyChanged), string(app.EventRevoked)}
	for _, m := range regexp.MustCompile(`EventType = "(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		types = append(types, m[1])
	}
	if len(types) < 26 {
		t.Fatalf("only %d types found", len(types))
	}
	said := schema(t, "EventType")["description"].(string)
	for _, name := range types {
		if !strings.Contains(said, "`"+name+"`") {
			t.Errorf("%s is not described", name)
		}
	}
}

func TestEveryCodeOfAFindingIsDescribed(t *testing.T) {
	said := schema(t, "FieldError")["description"].(string)
	for _, code := range shape.Codes() {
		if !strings.Contains(said, "`"+code+"`") {
			t.Errorf("%s is not described", code)
		}
	}
}

// TestTextsHaveTheLimitsOfTheDomain: both refuse the first character too many.
func TestTextsHaveTheLimitsOfTheDomain(t *testing.T) {
	properties := schema(t, "RequestInput")["properties"].(map[string]any)
	if max := properties["reason"].(map[string]any)["maxLength"]; max != uint64(access.MaxText) {
		t.Errorf("a reason may have %v characters, and %d in the domain", max, access.MaxText)
	}
	if max := schema(t, "Answers")["maxProperties"]; max != uint64(access.MaxFields) {
		t.Errorf("%v answers, and %d in the domain", max, access.MaxFields)
	}
}

// TestEveryDurationOfTheContractIsOneOfTheDomain, and the other way round.
func TestEveryDurationOfTheContractIsOneOfTheDomain(t *testing.T) {
	pattern := regexp.MustCompile(schema(t, "Duration")["pattern"].(string))
	for _, text := range []string{"PT1S", "PT4H", "P7D", "P1DT12H", "PT1H30M", "PT1M1S", "P30DT1S", "PT24H1S",
		"", "P", "PT", "P1DT", "4H", "P1W", "P1M", "P1Y", "PT1.5H", "pt4h", "PT4H ", "PT-1H", "P123456D", "PT4HP1D", "PT1M1H"} {
		_, err := access.ParseDuration(text)
		if good := pattern.MatchString(text); good != (err == nil) {
			t.Errorf("%q: contract %t, domain %v", text, good, err)
		}
	}
}

func TestNeededIsAWordOrANumber(t *testing.T) {
	for text, want := range map[string]contract.Needed{`"any"`: {Count: 1}, `"all"`: {All: true}, `2`: {Count: 2}} {
		var got contract.Needed
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s is %+v, %v", text, got, err)
		}
		if back, err := json.Marshal(want); err != nil || string(back) != text {
			t.Errorf("%+v is %s, %v", want, back, err)
		}
	}
	for _, text := range []string{`0`, `-1`, `1.5`, `"some"`, `true`, `[]`, `99999999999999999999`} {
		var got contract.Needed
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is %+v", text, got)
		}
	}
}

// TestEveryOperationCanBeFound by the pattern that the generated server gives
// its route.
func TestEveryOperationCanBeFound(t *testing.T) {
	var d struct {
		Paths map[string]map[string]any
	}
	if err := yaml.Unmarshal(document(t), &d); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		for method := range d.Paths[path] {
			if method == "parameters" {
				continue
			}
			found++
			if contract.OperationOf(strings.ToUpper(method)+" "+path) == nil {
				t.Errorf("%s %s is missing", method, path)
			}
		}
	}
	if found < 38 {
		t.Errorf("only %d operations", found)
	}
}

func texts[T ~string](words []T) []string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}
