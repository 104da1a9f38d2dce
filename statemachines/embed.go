// Package statemachines embeds the two state machines, so that tests and the
// local tools read the very files that are deployed. They are in the Amazon
// States Language with JSONata (https://states-language.net/spec.html).
//
// The machines own waiting, time-outs and retries and decide nothing. No
// function reads a state's name; this package may not be imported by one.
package statemachines

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
)

// Approval is one run for the life of a request: await the decision, grant,
// hold, end. It is the text before the template's DefinitionSubstitutions.
//
//go:embed approval.asl.json
var Approval []byte

// Revocation takes away what ends early or what could not be ended in time.
// It is the text before the template's DefinitionSubstitutions.
//
//go:embed revocation.asl.json
var Revocation []byte

// States are the names of a definition's states, sorted. It fails on a
// definition that is not JSON or has none.
func States(definition []byte) ([]string, error) {
	var machine struct {
		States map[string]struct{}
	}
	if err := json.Unmarshal(definition, &machine); err != nil {
		return nil, fmt.Errorf("state machine: %w", err)
	}
	if len(machine.States) == 0 {
		return nil, fmt.Errorf("state machine: no states")
	}
	names := make([]string, 0, len(machine.States))
	for name := range machine.States {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}
