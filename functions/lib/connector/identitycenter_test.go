package connector_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/connector/conformance"
)

// The calls that a fault may meet: those that change, and those that look.
var (
	changing = []string{"CreateAccountAssignment", "DeleteAccountAssignment", "CreateGroupMembership", "DeleteGroupMembership"}
	looking  = []string{"ListAccountAssignments", "IsMemberInGroups"}
)

// meet lets the next such call meet a fault, in each of the SDK's attempts.
func (c *center) meet(fault conformance.Fault, fails func(http.ResponseWriter)) func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	held, names := func() {}, changing
	if fault == conformance.Blind {
		names = looking
	}
	c.meets = func(call centerCall) bool {
		if !slices.Contains(names, call.name) {
			return false
		}
		nowhere := httptest.NewRecorder()
		if call.last || fault == conformance.Twice {
			c.meets = nil
		}
		switch fault {
		case conformance.Lost:
			call.answer(nowhere, false)
		case conformance.Late:
			held = func() { call.answer(nowhere, true) }
		case conformance.Twice:
			call.answer(call.w, false)
			call.answer(nowhere, false)
			return true
		}
		fails(call.w)
		return true
	}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.meets = nil
		held()
	}
}

func answers(code string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { errs(w, code, nil) }
}

// TestIdentityCenterConforms: for both kinds of target, however AWS fails, and by
// whichever way others give access.
func TestIdentityCenterConforms(t *testing.T) {
	assignments := [2]access.Target{access.AssignmentTarget(anAccount, aSet), access.AssignmentTarget("210987654321", aSet)}
	kinds := map[string]struct {
		targets [2]access.Target
		refused access.Target
		gives   func(*center, app.EntitlementKey)
		sole    bool
	}{
		"assignment":                    {assignments, access.AssignmentTarget(anAccount, aSet+"x"), (*center).gives, true},
		"assignment, others by a group": {assignments, access.AssignmentTarget(anAccount, aSet+"x"), (*center).givesThrough, false},
		"group": {[2]access.Target{access.StoreGroupTarget(aGroup), access.StoreGroupTarget(someGroup)},
			access.StoreGroupTarget(noGroup), (*center).gives, true},
	}
	for name, kind := range kinds {
		for how, fails := range map[string]func(http.ResponseWriter){"internal error": answers("InternalServerException"),
			"throttled": answers("ThrottlingException"), "it hangs up": hangUp} {
			t.Run(name+"/"+how, func(t *testing.T) {
				conformance.Run(t, func(t *testing.T) conformance.Subject {
					c := newCenter(t)
					return conformance.Subject{Connector: c.remembered(), People: [2]access.PersonID{"ana", "ben"},
						Targets: kind.targets, Refused: kind.refused, Sole: kind.sole, Truth: c.truth,
						GiveForeign: func(key app.EntitlementKey) { kind.gives(c, key) },
						Meet:        func(f conformance.Fault) func() { return c.meet(f, fails) }}
				})
			})
		}
	}
}

var (
	anaAssigned = access.AssignmentTarget(anAccount, aSet)
	anaGrouped  = access.StoreGroupTarget(aGroup)
	ana         = userID("ana")
)

// isSorted checks an error's kind and code, and that it names nobody.
func isSorted(t *testing.T, what string, err error, code string, final bool) {
	t.Helper()
	var refusal *app.Refusal
	var passing *app.Unavailable
	switch {
	case final && errors.As(err, &refusal) && refusal.Code == code:
	case !final && errors.As(err, &passing) && passing.Code == code:
	default:
		t.Errorf("%s: %v, want %s, final %t", what, err, code, final)
	}
	if err != nil && strings.Contains(err.Error(), "ana@") {
		t.Errorf("%s: %v names someone", what, err)
	}
}

func TestWhichErrorsOfAWSAreFinal(t *testing.T) {
	for _, c := range []struct {
		code, word string
		final      bool
	}{
		{"ThrottlingException", "throttled", false}, {"ConflictException", "conflict", false},
		{"InternalServerException", "internal_error", false}, {"ExpiredTokenException", "unexpected_answer", false},
		{"AccessDeniedException", "access_denied", true}, {"ServiceQuotaExceededException", "quota_exceeded", true},
		{"ValidationException", "invalid_target", true}, {"ResourceNotFoundException", "target_not_found", true},
	} {
		for _, target := range []access.Target{anaAssigned, anaGrouped} {
			s := newCenter(t)
			s.meets = func(call centerCall) bool { errs(call.w, c.code, nil); return true }
			ids := s.connector()
			isSorted(t, c.code+" to an order", ids.Set(t.Context(), ana, target, true), c.word, c.final)
			isSorted(t, c.code+" to taking", ids.Set(t.Context(), ana, target, false), c.word, c.final)
			_, err := ids.Look(t.Context(), ana, target)
			isSorted(t, c.code+" to a look", err, c.word, c.final)
			_, err = ids.Account(t.Context(), "ana")
			isSorted(t, c.code+" to a search", err, c.word, c.final)
		}
	}
}

func TestHowLongTheIdentityStoreAsksToBeLeftAlone(t *testing.T) {
	for seconds, want := range map[int]time.Duration{0: 0, 7: 7 * time.Second, 86400: time.Hour, -1: 0} {
		c := newCenter(t)
		c.meets = func(call centerCall) bool {
			errs(call.w, "ThrottlingException", map[string]any{"RetryAfterSeconds": seconds})
			return true
		}
		var passing *app.Unavailable
		if _, err := c.connector().Look(t.Context(), ana, anaGrouped); !errors.As(err, &passing) || passing.After != want {
			t.Errorf("%d: %v", seconds, err)
		}
	}
}

func TestAPersonIsFoundByEmailOrUserName(t *testing.T) {
	c := newCenter(t)
	if id, err := c.connector().Account(t.Context(), "ana"); err != nil || id != ana {
		t.Errorf("by email: %s, %v", id, err)
	}
	c.users = map[string]string{"userName=ana@example.com": ana}
	if id, err := c.connector().Account(t.Context(), "ana"); err != nil || id != ana {
		t.Errorf("by user name: %s, %v", id, err)
	}
	_, err := c.connector().Account(t.Context(), "dan")
	isSorted(t, "a stranger", err, "unknown_user", true)
	left := c.connector()
	left.People = nobody{}
	_, err = left.Account(t.Context(), "ana")
	isSorted(t, "who left", err, "unknown_user", true)
	wrong := c.connector()
	wrong.StoreID = "d-0000000000"
	_, err = wrong.Account(t.Context(), "ana")
	isSorted(t, "another store", err, "target_not_found", true)
}

// TestAnOperationIsWaitedFor: as long as there is time.
func TestAnOperationIsWaitedFor(t *testing.T) {
	c := newCenter(t)
	c.takes = 30
	began := c.now
	if err := c.connector().Set(t.Context(), ana, anaAssigned, true); err != nil {
		t.Fatal(err)
	}
	if waited := c.now.Sub(began); waited != 30*time.Second {
		t.Errorf("waited %s", waited)
	}
	for _, want := range []bool{false, true} { // what is there is deleted, and then created
		name := map[bool]string{false: "a deletion", true: "a creation"}[want]
		c.takes, c.now = 1000, began
		isSorted(t, name, c.connector().Set(t.Context(), ana, anaAssigned, want), "in_progress", false)
		if waited := c.now.Sub(began); waited > 40*time.Second || waited < 30*time.Second {
			t.Errorf("%s: waited %s", name, waited)
		}
		delete(c.assigned, assignment{anAccount, aSet, "USER", ana})
		c.operations = map[string]*operation{}
	}
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(10*time.Second))
	defer cancel()
	c.now = time.Now()
	began = c.now
	isSorted(t, "with ten seconds", c.connector().Set(ctx, ana, anaAssigned, true), "in_progress", false)
	if waited := c.now.Sub(began); waited > 7*time.Second || waited < 5*time.Second {
		t.Errorf("with ten seconds: waited %s", waited)
	}
	isSorted(t, "one more meanwhile", c.connector().Set(t.Context(), ana, anaAssigned, false), "conflict", false)
}

func TestAnOperationMayComeToNothing(t *testing.T) {
	c := newCenter(t)
	c.fails = true
	isSorted(t, "creation", c.connector().Set(t.Context(), ana, anaAssigned, true), "assignment_failed", true)
	if err := c.connector().Set(t.Context(), ana, anaAssigned, false); err != nil {
		t.Errorf("what is not there cannot be deleted: %v", err)
	}
	c.assigned[assignment{anAccount, aSet, "USER", ana}] = latchkeyMade
	isSorted(t, "deletion", c.connector().Set(t.Context(), ana, anaAssigned, false), "removal_failed", false)
}

// TestWhatIsGoneNeedsNoTaking: whatever AWS says of it.
func TestWhatIsGoneNeedsNoTaking(t *testing.T) {
	for name, c := range map[string]struct {
		user   string
		target access.Target
	}{
		"no membership": {ana, anaGrouped}, "no user": {userID("zoe"), anaGrouped},
		"no group": {ana, access.StoreGroupTarget(noGroup)}, "no assignment": {ana, anaAssigned},
	} {
		s := newCenter(t)
		s.meets = func(call centerCall) bool {
			if call.name == "DeleteAccountAssignment" {
				errs(call.w, "ResourceNotFoundException", nil)
			}
			return call.name == "DeleteAccountAssignment"
		}
		if err := s.connector().Set(t.Context(), c.user, c.target, false); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if held, err := s.connector().Look(t.Context(), c.user, c.target); err != nil || held.Direct {
			t.Errorf("%s: %+v, %v", name, held, err)
		}
	}
	s := newCenter(t)
	isSorted(t, "another permission set", s.connector().Set(t.Context(), ana, access.AssignmentTarget(anAccount, aSet+"x"), false), "target_not_found", true)
}

// TestAnAssignmentThroughAGroupIsOthers: among many groups, of which some are gone.
func TestAnAssignmentThroughAGroupIsOthers(t *testing.T) {
	c := newCenter(t)
	for i := range 150 {
		id := fmt.Sprintf("group-%d", i)
		c.assigned[assignment{anAccount, aSet, "GROUP", id}] = otherMade
		if i != 70 {
			c.groups[id] = map[string]maker{}
		}
	}
	looks := func(want connector.Held) {
		t.Helper()
		if held, err := c.connector().Look(t.Context(), ana, anaAssigned); err != nil || held != want {
			t.Errorf("%+v, %v; want %+v", held, err, want)
		}
	}
	looks(connector.Held{})
	c.groups["group-149"][ana] = otherMade
	looks(connector.Held{Through: true})
	c.assigned[assignment{anAccount, aSet, "USER", ana}] = latchkeyMade
	looks(connector.Held{Direct: true, Through: true})
}
