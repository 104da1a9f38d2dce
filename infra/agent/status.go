package main

import (
	"encoding/json"
	"slices"
)

const statusFile = "status.json"

// Status is what `agent status` prints: who has rights by the agent's doing, for
// how many seconds at most, or without an end (-1).
type Status struct {
	Reached bool             `json:"reached"` // the last call got an answer
	Rights  map[string]int64 `json:"rights"`
}

// tell writes the status for people and tests to read.
func (a *Agent) tell(path string) error {
	s := Status{Reached: a.failures == 0, Rights: map[string]int64{}}
	for _, account := range slices.Concat(a.Given.All(), accounts(a.held)) {
		until, is := a.held[account]
		switch {
		case !is:
			s.Rights[account] = 0
		case until.forever:
			s.Rights[account] = -1
		default:
			s.Rights[account] = int64(max(until.at-a.Elapsed(), 0).Seconds())
		}
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return replace(path, text)
}
