package faults_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// machine is what the interpreter knows of the Amazon States Language: what the
// two machines use of it, and no more.
type machine struct {
	StartAt string
	States  map[string]state
}

type state struct {
	Type, Comment, Resource, Next, Default string
	End                                    bool
	Arguments                              struct {
		FunctionName string
		Payload      map[string]any
	}
	TimeoutSeconds, Timestamp, Seconds, Output any
	Retry                                      []retrier
	Catch                                      []catcher
	Choices                                    []struct{ Condition, Next string }
}

type retrier struct {
	ErrorEquals                                                []string
	IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds float64
	JitterStrategy                                             string
}

type catcher struct {
	ErrorEquals []string
	Output      any
	Next        string
}

// parsed reads a definition, and refuses what the interpreter does not know.
func parsed(t testing.TB, definition []byte) machine {
	t.Helper()
	var envelope struct {
		Comment, QueryLanguage string
		machine
	}
	decoder := json.NewDecoder(strings.NewReader(string(definition)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&envelope); err != nil || envelope.QueryLanguage != "JSONata" {
		t.Fatalf("a state machine that the interpreter does not know: %v", err)
	}
	return envelope.machine
}

// matches tells whether a retrier or a catcher is for an error.
// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
func matches(names []string, failure string) bool {
	for _, name := range names {
		if name == failure || name == "States.ALL" || name == "States.TaskFailed" && failure != "States.Timeout" {
			return true
		}
	}
	return false
}

// variables are the $states of JSONata.
type variables struct {
	input, result any
	context       map[string]any
}

var (
	path  = regexp.MustCompile(`^\$states\.(input|result|context)((?:\.\w+)*)$`)
	merge = regexp.MustCompile(`^\$merge\(\[(\S+), (\S+)\]\)$`)
	same  = regexp.MustCompile(`^(\S+) = '(\w+)'$`)
)

// value evaluates a field: "{% … %}" is JSONata, all else is itself.
func (v variables) value(field any) (any, error) {
	text, isText := field.(string)
	if !isText || !strings.HasPrefix(text, "{%") {
		return field, nil
	}
	return v.jsonata(strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, "{%"), "%}")))
}

func (v variables) jsonata(text string) (any, error) {
	if m := path.FindStringSubmatch(text); m != nil {
		var at any = map[string]any{"input": v.input, "result": v.result, "context": v.context}[m[1]]
		for _, name := range strings.Split(m[2], ".")[1:] {
			object, _ := at.(map[string]any)
			inner, there := object[name]
			if !there {
				return nil, fmt.Errorf("%s is undefined", text)
			}
			at = inner
		}
		return at, nil
	}
	if m := merge.FindStringSubmatch(text); m != nil {
		out := map[string]any{}
		for _, part := range m[1:] {
			one, err := v.jsonata(part)
			object, ok := one.(map[string]any)
			if err != nil || !ok {
				return nil, fmt.Errorf("%s: %s is no object: %w", text, part, err)
			}
			maps.Copy(out, object)
		}
		return out, nil
	}
	if m := same.FindStringSubmatch(text); m != nil {
		one, err := v.jsonata(m[1])
		return one == any(m[2]), err
	}
	return nil, fmt.Errorf("the interpreter does not know the JSONata %q", text)
}

func TestTheInterpreterReadsTheJSONataOfTheMachines(t *testing.T) {
	v := variables{input: map[string]any{"run": 2.0, "next": "grant"}, result: map[string]any{"Payload": map[string]any{"next": "hold"}},
		context: map[string]any{"Task": map[string]any{"Token": "t"}}}
	for text, want := range map[string]any{
		"as it is":                                              "as it is",
		"{% $states.input.run %}":                               2.0,
		"{% $states.context.Task.Token %}":                      "t",
		"{% $states.input.next = 'grant' %}":                    true,
		"{% $states.input.next = 'hold' %}":                     false,
		"{% $merge([$states.input, $states.result.Payload]) %}": map[string]any{"run": 2.0, "next": "hold"},
	} {
		if got, err := v.value(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"{% $states.input.none %}", "{% $now() %}", "{% $states.input.run + 1 %}"} {
		if got, err := v.value(text); err == nil {
			t.Errorf("%s: %v", text, got)
		}
	}
}
