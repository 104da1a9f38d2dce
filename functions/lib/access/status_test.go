package access_test

import (
	"slices"
	"testing"

	"latchkey/functions/lib/access"
)

func TestTheWordsOfEachStatus(t *testing.T) {
	words := map[access.Status]string{
		access.Pending: "Pending", access.NeedsInfo: "Needs information", access.MissingData: "Missing data",
		access.Approved: "Approved", access.Granting: "Approved", access.Ready: "Ready to start",
		access.Active: "Active", access.Ending: "Ending", access.Stuck: "Ending (delayed)", access.Failed: "Error",
		access.Denied: "Denied", access.Canceled: "Canceled", access.Expired: "Expired", access.Ended: "Ended (revoked)",
	}
	for _, status := range access.Statuses() {
		equal(t, string(status), status.Words(access.EndRevoked), words[status])
	}
	equal(t, "given back", access.Ended.Words(access.EndGivenBack), "Ended (given back)")
	equal(t, "expired", access.Ended.Words(access.EndExpired), "Ended (expired)")
	equal(t, "suspended", access.Ended.Words(access.EndSuspended), "Ended (suspended)")
}

func TestTheTableOfTransitionsIsWhole(t *testing.T) {
	statuses := access.Statuses()
	final := []access.Status{access.Ended, access.Denied, access.Canceled, access.Expired}
	reachable := map[access.Status]bool{}
	for _, to := range statuses {
		from, isNew := access.From(to)
		equal(t, "new "+string(to), isNew, access.Legal("", to))
		for _, status := range statuses {
			if access.Legal(status, to) != slices.Contains(from, status) {
				t.Errorf("From(%s) and Legal disagree about %s", to, status)
			}
		}
		equal(t, "final "+string(to), to.Final(), slices.Contains(final, to))
		reachable[to] = isNew || len(from) > 0
		if to.Open() && to.Final() || to.Holds() && to.Undecided() {
			t.Errorf("%s contradicts itself", to)
		}
		if !reachable[to] {
			t.Errorf("nothing leads to %s", to)
		}
	}
	for _, status := range final {
		for _, to := range statuses {
			if access.Legal(status, to) && (status != to || status != access.Ended) {
				t.Errorf("%s is final and leads to %s", status, to)
			}
		}
	}
	if access.Legal(access.Active, access.Ended) || access.Legal(access.Granting, access.Failed) {
		t.Error("access ends by being observed absent, on no other way")
	}
}

func TestAnEventThatDoesNotFollowChangesNothing(t *testing.T) {
	s := arriveAt(t, access.Pending)
	before := s.request
	for name, e := range map[string]access.Event{
		"a gap":      {Seq: 3, Status: access.Canceled, Type: access.EventCanceled},
		"a repeat":   {Seq: 1, Status: access.Canceled, Type: access.EventCanceled},
		"a big jump": {Seq: 2, Status: access.Active, Type: access.EventActivated},
	} {
		if err := s.request.Apply(e); err == nil {
			t.Errorf("%s was applied", name)
		}
		equal(t, name, s.request, before)
	}
}
