package access_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"latchkey/functions/lib/access"
)

// TestAQuorumIsWhatCountingEveryFutureSays: after each vote the step stands as
// a model says that knows no rule but the words of the flow, and tries every
// way in which those who are left might vote.
func TestAQuorumIsWhatCountingEveryFutureSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		size := rapid.IntRange(1, 6).Draw(t, "members")
		var members []access.PersonID
		for i := range size {
			id := access.PersonID(fmt.Sprintf("m%d", i))
			members = append(members, id)
			w.people[id] = &person{groups: []access.GroupID{"panel"}}
		}
		requester := one(t, "requester", append(members, "ana"))
		needed := access.Needed{Count: rapid.IntRange(1, size).Draw(t, "needed")}
		if rapid.Bool().Draw(t, "all") {
			needed = access.Needed{All: true}
		}
		w.several("panel", needed, access.OfGroup("panel"))
		w.flow("panel").DenyWhen = one(t, "deny when", []access.DenyWhen{access.DenyAny, access.DenyUnreachable})

		commit := func(c access.Command, f access.Facts) bool {
			events, err := w.request.Handle(c, f, w.now)
			if err := w.commit(events); err != nil {
				t.Fatal(err)
			}
			return err == nil && len(events) > 0
		}
		commit(access.Submit{ID: "req_01", Reason: "A test."}, w.factsAbout(w.person(requester), requester, "panel"))
		said := map[access.PersonID]access.Verdict{}
		for range rapid.IntRange(0, 8).Draw(t, "votes") {
			want := foreseen(members, requester, said, needed, w.flow("panel").DenyWhen)
			if w.request.Status != want {
				t.Fatalf("after %v: %s, and the model says %s", said, w.request.Status, want)
			}
			voter, verdict := one(t, "voter", members), one(t, "verdict", []access.Verdict{access.Approve, access.Deny})
			if commit(access.Decide{Verdict: verdict, Reason: "So."}, w.facts(w.person(voter))) {
				said[voter] = verdict
			}
		}
	})
}

// foreseen tries every future.
func foreseen(members []access.PersonID, requester access.PersonID, said map[access.PersonID]access.Verdict,
	needed access.Needed, denyWhen access.DenyWhen) access.Status {
	var seats, silent []access.PersonID
	denied := false
	for _, m := range members {
		if m == requester {
			continue
		}
		seats = append(seats, m)
		if said[m] == "" {
			silent = append(silent, m)
		}
		denied = denied || said[m] == access.Deny
	}
	enough := func(approve func(access.PersonID) bool) bool {
		approvals := 0
		for _, m := range seats {
			if approve(m) {
				approvals++
			}
		}
		if needed.All {
			return len(seats) > 0 && approvals == len(seats)
		}
		return approvals >= needed.Count
	}
	possible := false
	for future := range 1 << len(silent) {
		possible = possible || enough(func(m access.PersonID) bool {
			for i, s := range silent {
				if s == m {
					return future&(1<<i) != 0
				}
			}
			return said[m] == access.Approve
		})
	}
	switch {
	case denied && (denyWhen == access.DenyAny || !possible):
		return access.Denied
	case enough(func(m access.PersonID) bool { return said[m] == access.Approve }):
		return access.Approved
	case !possible:
		return access.MissingData
	}
	return access.Pending
}
