package e2e

import (
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// TestTheFirstEndDoesNotCutOffTheSecond: requests that lead to one target share
// it, whether they are for one resource or for two.
func TestTheFirstEndDoesNotCutOffTheSecond(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]string{"one resource twice": "staging", "two resources with one target": "another"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := hook(t, contract.DurationRule{Mode: contract.Choice, Choices: []contract.Duration{"PT2S", "PT1H"}}, "another")
			second := s.ana.asksFor(s.staging, "PT1H")
			s.ben.approves(second.Id)
			s.ana.sees(second.Id, contract.StatusActive)
			first := s.ana.asksFor(s.name(other), "PT2S")
			s.ben.approves(first.Id)
			if r := s.ana.sees(first.Id, contract.StatusEnded); r.EndReason != contract.EndReasonExpired {
				t.Errorf("the first one ended: %+v", r)
			}
			s.standsAt(true, true)
			if r := s.ana.reads(second.Id); r.Status != contract.StatusActive {
				t.Errorf("the second one is %s", r.Status)
			}

			s.ana.givesBack(second.Id)
			s.ana.sees(second.Id, contract.StatusEnded)
			s.standsAt(false, true, false)
		})
	}
}
