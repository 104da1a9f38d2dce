package access_test

import (
	"slices"
	"testing"

	"latchkey/functions/lib/access"
)

func TestWhoMayReadARequest(t *testing.T) {
	s := story(t).submits("ana", "vault").approves("dan")
	reads := func(who ...access.PersonID) {
		t.Helper()
		var got []access.PersonID
		for id := range s.people {
			if s.request.MayRead(s.facts(s.person(id))) {
				got = append(got, id)
			}
		}
		slices.Sort(got)
		equal(t, "who may read", got, who)
	}
	reads("ana", "dan", "dina", "eli", "eva")
	s.approves("dina")
	reads("ana", "chloe", "dan", "dina", "eli", "eva")
	s.people["dan"].groups = nil // he left, but he has decided
	reads("ana", "chloe", "dan", "dina", "eli", "eva")
	s.people["dina"].groups, s.people["eva"].groups = nil, nil
	reads("ana", "chloe", "dan", "dina", "eli")

	forAna := story(t).submitsFor("gus", "ana", "staging")
	equal(t, "who submitted", forAna.request.MayRead(forAna.facts(forAna.person("gus"))), true)
	equal(t, "a stranger", forAna.request.MayRead(forAna.facts(forAna.person("fay"))), false)
	equal(t, "nobody", forAna.request.MayRead(access.Facts{}), false)

	was := story(t).submits("ana", "staging").overrides("eli", access.Approve, 0)
	was.people["eli"].groups = nil // an admin no more, but the one who decided
	equal(t, "who overrode", was.request.MayRead(was.facts(was.person("eli"))), true)
}

func TestWhoSeesTheProgress(t *testing.T) {
	s := story(t).submitsFor("gus", "ana", "staging")
	sees := func(who access.PersonID) bool { return s.request.SeesProgress(s.facts(s.person(who))) }
	equal(t, "shown", sees("ana"), true)
	hide := []func(bool){
		func(shown bool) { s.flow("staging").ShowProgress = shown },
		func(shown bool) { s.settings.ShowProgress = shown },
	}
	for _, show := range hide {
		show(false)
		equal(t, "the requester", sees("ana"), false)
		equal(t, "who submitted", sees("gus"), false)
		equal(t, "the approver", sees("ben"), true)
		equal(t, "an admin", sees("eli"), true)
		show(true)
	}
}

func TestAButtonIsWhereItsMoveWorks(t *testing.T) {
	for _, c := range []struct {
		status access.Status
		who    access.PersonID
		want   []access.Action
	}{
		{access.Pending, "ana", []access.Action{access.ActCancel}},
		{access.Pending, "ben", []access.Action{access.ActApprove, access.ActDeny, access.ActAsk}},
		{access.Pending, "eli", []access.Action{access.ActOverride}},
		{access.Pending, "fay", []access.Action{}},
		{access.NeedsInfo, "ana", []access.Action{access.ActAnswer, access.ActCancel}},
		{access.NeedsInfo, "ben", []access.Action{access.ActApprove, access.ActDeny}},
		{access.MissingData, "eli", []access.Action{access.ActOverride}},
		{access.Approved, "ana", []access.Action{access.ActCancel}},
		{access.Approved, "ben", []access.Action{}},
		{access.Approved, "eli", []access.Action{access.ActRevoke}},
		{access.Ready, "ana", []access.Action{access.ActCancel, access.ActStart}},
		{access.Granting, "ana", []access.Action{access.ActEnd}},
		{access.Active, "ana", []access.Action{access.ActEnd}},
		{access.Active, "eli", []access.Action{access.ActRevoke}},
		{access.Ending, "ana", []access.Action{}},
		{access.Stuck, "eli", []access.Action{access.ActConfirmAbsent}},
		{access.Stuck, "ana", []access.Action{}},
		{access.Failed, "eli", []access.Action{access.ActRetry}},
		{access.Failed, "ana", []access.Action{}},
		{access.Denied, "ana", []access.Action{}},
		{access.Ended, "eli", []access.Action{}},
	} {
		s := arriveAt(t, c.status)
		got := s.request.AllowedActions(s.facts(s.person(c.who)), s.now)
		equal(t, string(c.status)+" for "+string(c.who), got, c.want)
	}
}

func TestTheFlowThatServes(t *testing.T) {
	flow := func(id access.FlowID, order int, visible access.Principal, enabled bool) access.Flow {
		return access.Flow{ID: id, Order: order, Enabled: enabled, VisibleTo: []access.Principal{visible},
			Resources: []access.ResourceID{"figma"}}
	}
	flows := []access.Flow{
		flow("late", 20, access.Everyone, true), flow("beta", 10, access.Everyone, true),
		flow("alpha", 10, access.Everyone, true), flow("off", 1, access.Everyone, false),
		flow("team", 5, access.OfGroup("design"), true),
	}
	serving := func(resource access.ResourceID, as ...access.Principal) access.FlowID {
		f, _ := access.Serving(flows, resource, as)
		return f.ID
	}
	equal(t, "the lowest order, then id", serving("figma", "person:ana"), access.FlowID("alpha"))
	equal(t, "a flow of the team", serving("figma", "person:chloe", "group:design"), access.FlowID("team"))
	equal(t, "another resource", serving("github", "person:ana"), access.FlowID(""))
}

func TestApproversBecomePrincipals(t *testing.T) {
	step := access.Step{Approvers: []access.Principal{access.Manager, access.Owner, access.Admins, "group:security"}}
	equal(t, "all there", step.Resolve("ben", "chloe"),
		[]access.Principal{"person:ben", "person:chloe", access.Admins, "group:security"})
	equal(t, "one and the same", step.Resolve("ben", "ben"), []access.Principal{"person:ben", access.Admins, "group:security"})
	equal(t, "neither", step.Resolve("", ""), []access.Principal{access.Admins, "group:security"})

	person, ok := access.OfPerson("ana").Person()
	equal(t, "person", person, access.PersonID("ana"))
	group, isGroup := access.Admins.Group()
	equal(t, "admins", group, access.AdminGroup)
	_, everyone := access.Everyone.Group()
	_, nobody := access.Principal("person:").Person()
	equal(t, "what they name", []bool{ok, isGroup, everyone, nobody}, []bool{true, true, false, false})
}
