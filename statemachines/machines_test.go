package statemachines_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/workflow"
	"latchkey/infra/template"
	"latchkey/statemachines"
)

type machine struct {
	QueryLanguage, StartAt string
	States                 map[string]state
}

type state struct {
	Type, Comment, Resource, Next, Default string
	End                                    bool
	Arguments                              struct {
		FunctionName string
		Payload      map[string]string
	}
	TimeoutSeconds any
	Output         string
	Retry          []retrier
	Catch          []catcher
	Choices        []struct{ Condition, Next string }
}

type retrier struct {
	ErrorEquals                               []string
	IntervalSeconds, MaxAttempts, BackoffRate float64
	MaxDelaySeconds                           float64
	JitterStrategy                            string
}

type catcher struct {
	ErrorEquals  []string
	Output, Next string
}

var definitions = map[string][]byte{"approval": statemachines.Approval, "revocation": statemachines.Revocation}

func read(t *testing.T, definition []byte) machine {
	t.Helper()
	var m machine
	if err := json.Unmarshal(definition, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func tasks(t *testing.T, visit func(where string, s state)) {
	t.Helper()
	for name, definition := range definitions {
		for title, s := range read(t, definition).States {
			if s.Type == "Task" {
				visit(name+": "+title, s)
			}
		}
	}
}

func TestStatesListsWhatAnAdminSees(t *testing.T) {
	got, err := statemachines.States(statemachines.Revocation)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Access is gone", "Access is stuck, listed and alarmed", "Count the failed attempt",
		"Is the access gone?", "Nothing more to do", "Revoke access", "Wait before the next attempt"}
	if !slices.Equal(got, want) {
		t.Errorf("states %q, want %q", got, want)
	}
	for _, broken := range []string{"", "{}", `{"States":{}}`} {
		if names, err := statemachines.States([]byte(broken)); err == nil {
			t.Errorf("%q has the states %q", broken, names)
		}
	}
}

// Step Functions charges for each state entered; six is the goal.
func TestTheSimplestTimedLifeEntersFiveStates(t *testing.T) {
	m := read(t, statemachines.Approval)
	path := []string{m.StartAt}
	for at := m.States[m.StartAt]; !at.End; at = m.States[path[len(path)-1]] {
		next := at.Next
		for _, choice := range at.Choices {
			if choice.Condition == "{% $states.input.next = 'grant' %}" {
				next = choice.Next
			}
		}
		if path = append(path, next); next == "" || len(path) > 10 {
			t.Fatalf("does not end: %q", path)
		}
	}
	want := []string{"Await the decision", "What comes next?", "Grant access", "Hold access", "End access"}
	if !slices.Equal(path, want) {
		t.Errorf("enters %q, want %q", path, want)
	}
}

func TestSubstitutionsAreWhatTheTemplateSupplies(t *testing.T) {
	loaded, err := template.Load()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, resource := range loaded.OfType("AWS::Serverless::StateMachine") {
		uri, _ := resource.Properties["DefinitionUri"].(string)
		name := strings.TrimSuffix(strings.TrimPrefix(uri, "statemachines/"), ".asl.json")
		definition, ok := definitions[name]
		if !ok {
			t.Errorf("the template deploys %s", uri)
			continue
		}
		found++
		used := map[string]bool{}
		for _, match := range regexp.MustCompile(`\$\{(\w+)\}`).FindAllSubmatch(definition, -1) {
			used[string(match[1])] = true
		}
		supplied, _ := resource.Properties["DefinitionSubstitutions"].(map[string]any)
		if a, b := slices.Sorted(maps.Keys(used)), slices.Sorted(maps.Keys(supplied)); !slices.Equal(a, b) {
			t.Errorf("%s uses %v, the template supplies %v", name, a, b)
		}
		for key, value := range supplied {
			if strings.HasSuffix(key, "Function") && template.Name(value) != key {
				t.Errorf("%s: %s is the ARN of %s", name, key, template.Name(value))
			}
		}
	}
	if found != len(definitions) {
		t.Errorf("the template deploys %d state machines, want %d", found, len(definitions))
	}
}

func TestEveryTaskSaysWhichRequestAndRunItIsFor(t *testing.T) {
	actions := map[string][]string{
		"${ApprovalsFunction}":   {"await", "timeout", "next", "grant_failed", "end_failed", "revoke_failed"},
		"${ProvisionerFunction}": {"grant", "end", "revoke"},
	}
	used := map[string]bool{}
	tasks(t, func(where string, s state) {
		payload := maps.Clone(s.Arguments.Payload)
		action := payload["action"]
		if used[action] = true; !slices.Contains(actions[s.Arguments.FunctionName], action) {
			t.Errorf("%s asks %s to %q", where, s.Arguments.FunctionName, action)
		}
		want := map[string]string{
			"action":     action,
			"request_id": "{% $states.input.request_id %}",
			"run":        "{% $states.input.run %}",
			"started":    "{% $states.context.Execution.StartTime %}",
		}
		waits := strings.HasSuffix(s.Resource, ".waitForTaskToken")
		if waits != (action == "await") {
			t.Errorf("%s: action %q on %s", where, action, s.Resource)
		}
		if waits {
			want["token"] = "{% $states.context.Task.Token %}"
			want["until"] = "{% $states.input.until %}"
			want["awaiting"] = "decision"
			if payload["awaiting"] == "start" {
				want["awaiting"] = "start"
			}
		}
		if !maps.Equal(payload, want) {
			t.Errorf("%s sends %v, want %v", where, payload, want)
		}
	})
	for function, each := range actions {
		for _, action := range each {
			if !used[action] {
				t.Errorf("nobody asks %s to %s", function, action)
			}
		}
	}
}

func TestNoTaskHangs(t *testing.T) {
	loaded, err := template.Load()
	if err != nil {
		t.Fatal(err)
	}
	tasks(t, func(where string, s state) {
		if strings.HasSuffix(s.Resource, ".waitForTaskToken") {
			if s.TimeoutSeconds != "{% $states.input.seconds %}" {
				t.Errorf("%s waits %v", where, s.TimeoutSeconds)
			}
			return
		}
		function := strings.Trim(s.Arguments.FunctionName, "${}")
		allowed, ok := s.TimeoutSeconds.(float64)
		timeout, known := loaded.Resources[function].Properties["Timeout"].(uint64)
		if !ok || !known || allowed <= float64(timeout) || allowed > float64(timeout)+15 {
			t.Errorf("%s gives up after %v s, %s after %d s", where, s.TimeoutSeconds, function, timeout)
		}
	})
}

// A catcher's default output is the error, which would lose the request's id.
func TestACaughtErrorKeepsTheInput(t *testing.T) {
	tasks(t, func(where string, s state) {
		for _, c := range s.Catch {
			if c.Output != "{% $states.input %}" {
				t.Errorf("%s: %v hands on %q", where, c.ErrorEquals, c.Output)
			}
		}
	})
}

func TestErrorsAreCaughtUnderTheNamesThatTheFunctionsGiveThem(t *testing.T) {
	ours := map[string]bool{}
	for _, name := range workflow.ErrorNames() {
		ours[name] = false
	}
	tasks(t, func(where string, s state) {
		var named []string
		for _, r := range s.Retry {
			named = append(named, r.ErrorEquals...)
		}
		for _, c := range s.Catch {
			named = append(named, c.ErrorEquals...)
		}
		for _, name := range named {
			if strings.HasPrefix(name, "States.") || strings.HasPrefix(name, "Lambda.") {
				continue
			}
			if _, known := ours[name]; !known {
				t.Errorf("%s: no function fails with %q", where, name)
			}
			ours[name] = true
		}
	})
	delete(ours, "GrantRefused") // final, so it is caught with all that is not named
	for name, handled := range ours {
		if !handled {
			t.Errorf("no state handles %s", name)
		}
	}
}

func TestWhatBecomesOfEachErrorOfAGrant(t *testing.T) {
	for _, title := range []string{"Grant access", "Grant access without an end"} {
		s := read(t, statemachines.Approval).States[title]
		for _, c := range []struct {
			failure  string
			attempts float64
			next     string
		}{
			{"TryAgain", 6, "Record that the grant failed"},
			{"Lambda.TooManyRequestsException", 6, "Record that the grant failed"},
			{"GrantRefused", 0, "Record that the grant failed"},
			{"Runtime.ExitError", 0, "Record that the grant failed"},
			{"States.Timeout", 0, "Record that the grant failed"},
			{"Overtaken", 0, "Nothing more to do"},
		} {
			if attempts, next := s.outcome(c.failure); attempts != c.attempts || next != c.next {
				t.Errorf("%s, %s: retried %v times, then %q; want %v times, then %q", title, c.failure, attempts, next, c.attempts, c.next)
			}
		}
	}
}

func TestWhatBecomesOfEachErrorOfAnEnd(t *testing.T) {
	end := read(t, statemachines.Approval).States["End access"]
	revoke := read(t, statemachines.Revocation).States["Revoke access"]
	for _, c := range []struct {
		state    state
		failure  string
		attempts float64
		next     string
	}{
		{end, "StillHeld", 0, "Read the new end"},
		{end, "Overtaken", 0, "Nothing more to do"},
		{end, "TryAgain", 6, "Hand over to revocation"},
		{end, "Sandbox.Timedout", 0, "Hand over to revocation"},
		// The revocation counts its attempts itself: only calls that never
		// reached the function are repeated uncounted.
		{revoke, "TryAgain", 6, "Count the failed attempt"},
		{revoke, "Lambda.ServiceException", 6, "Count the failed attempt"},
		{revoke, "Overtaken", 0, "Nothing more to do"},
	} {
		if attempts, next := c.state.outcome(c.failure); attempts != c.attempts || next != c.next {
			t.Errorf("%q, %s: retried %v times, then %q; want %v times, then %q", c.state.Comment, c.failure, attempts, next, c.attempts, c.next)
		}
	}
}

// The end of an access is armed with GrantLimit added, so a grant may not take
// longer; and one that finds a dead worker's lease must still see it run out.
func TestAGrantIsRetriedLongerThanALeaseAndShorterThanItsLimit(t *testing.T) {
	for _, title := range []string{"Grant access", "Grant access without an end"} {
		s := read(t, statemachines.Approval).States[title]
		var pauses, attempts float64
		for _, r := range s.Retry {
			if r.JitterStrategy != "" {
				t.Errorf("%s: with jitter the pauses have no least length", title)
			}
			pause := r.IntervalSeconds
			for range int(r.MaxAttempts) {
				pauses += min(pause, r.MaxDelaySeconds)
				pause *= r.BackoffRate
			}
			attempts += r.MaxAttempts
		}
		if pauses <= app.LeaseTime.Seconds() {
			t.Errorf("%s pauses %v s in all, and a lease lasts %v", title, pauses, app.LeaseTime)
		}
		if most := pauses + (attempts+1)*s.TimeoutSeconds.(float64); most > access.GrantLimit.Seconds() {
			t.Errorf("%s may take %v s, and its end is armed for %v", title, most, access.GrantLimit)
		}
	}
}

// outcome is how often a failure is retried at most, and where it leads then,
// by the rules of https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
func (s state) outcome(failure string) (attempts float64, next string) {
	matches := func(names []string) bool {
		return slices.Contains(names, failure) || slices.Contains(names, "States.ALL") ||
			slices.Contains(names, "States.TaskFailed") && failure != "States.Timeout"
	}
	for _, r := range s.Retry {
		if matches(r.ErrorEquals) {
			attempts = r.MaxAttempts
			break
		}
	}
	for _, c := range s.Catch {
		if matches(c.ErrorEquals) {
			return attempts, c.Next
		}
	}
	return attempts, ""
}
