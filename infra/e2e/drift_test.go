package e2e

import (
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/httpapi/contract"
)

// TestWhatChangedOutsideIsFlaggedAndLeftAlone: someone takes Ana out of the group
// behind Latchkey's back, and puts her in again after her access has ended.
func TestWhatChangedOutsideIsFlaggedAndLeftAlone(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	r := s.ana.asks(s.staging)
	s.ben.approves(r.Id)
	s.ana.sees(r.Id, contract.StatusActive)
	directory := dynamo.New(dynamo.Client(s.config()), s.Tables).Directory
	group, ana := access.GroupID(s.users), access.PersonID(s.ana.id)

	if err := directory.RemoveGranted(t.Context(), group, ana); err != nil {
		t.Fatal(err)
	}
	s.drifts(r, "removed", contract.StatusActive)
	if in := s.grants(s.ana); len(in) != 0 {
		t.Errorf("Ana was put into %v again", in)
	}
	s.ana.givesBack(r.Id)
	s.ana.sees(r.Id, contract.StatusEnded)

	if err := directory.AddGranted(t.Context(), group, ana); err != nil {
		t.Fatal(err)
	}
	s.drifts(r, "readded", contract.StatusEnded)
	s.eli.gets("There again: Staging for Ana", r.Id)
	if in := s.grants(s.ana); len(in) != 1 {
		t.Errorf("what someone gave was taken: Ana is in %v", in)
	}
}

// drifts lets the sweeper look until a request is flagged, and stands as before.
func (s *stage) drifts(r contract.Request, want contract.RequestDrift, status contract.Status) {
	s.Helper()
	got := eventually(s.T, r.Id+" is flagged "+string(want), func() contract.Request {
		s.invoke(s.Sweeper, "{}")
		return s.ana.reads(r.Id)
	}, func(r contract.Request) bool { return r.Drift == want })
	if got.Status != status {
		s.Errorf("flagged, it is %s", got.Status)
	}
}
