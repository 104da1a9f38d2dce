package app_test

import (
	"fmt"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// What is foretold to someone comes true when they do it, and foretelling it
// changes nothing.
func TestWouldForetellsWhatActAnswers(t *testing.T) {
	c := newCompany(t)
	ctx := c.Context()
	approve, deny := access.Decide{Verdict: access.Approve}, access.Decide{Verdict: access.Deny, Reason: "No"}
	var r access.Request
	for i, s := range []struct {
		who  string
		does access.Command
		code access.Code
		anew bool // to a request that was just submitted
	}{
		{who: "ana", does: approve, code: access.CodeSelfApproval, anew: true},
		{who: "dan", does: approve, code: access.CodeNotApprover},
		{who: "dan", does: access.Decide{Verdict: access.Approve, Extension: true}, code: access.CodeNotApprover},
		{who: "dan", does: access.Cancel{}, code: access.CodeNotFound},
		{who: "ben", does: access.Cancel{}, code: access.CodeForbidden},
		{who: "ben", does: access.Decide{Verdict: access.Deny}, code: access.CodeInvalid},
		{who: "ben", does: access.Decide{Verdict: access.Approve, Version: 9}, code: access.CodeStaleVersion},
		{who: "ben", does: deny},
		{who: "ben", does: deny}, // again: nothing to change
		{who: "ben", does: approve, code: access.CodeAlreadyDecided},
		{who: "ana", does: access.Cancel{}, anew: true},
		{who: "eli", does: access.Revoke{Reason: "No"}, code: access.CodeNotAllowed},
	} {
		if s.anew {
			var err error
			r, err = c.Submit(ctx, c.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "A demo"})
			c.Must(err)
		}
		caller := c.SignsIn(s.who)
		changes, would := c.Would(ctx, caller, r.ID, s.does)
		before, err := c.Requests.Load(ctx, r.ID)
		c.Must(err)
		if before.Version != r.Version {
			t.Fatalf("%d: foretelling changed the request", i)
		}
		after, err := c.Act(ctx, caller, r.ID, s.does)
		if fmt.Sprint(would) != fmt.Sprint(err) || access.CodeOf(err) != s.code || err == nil && changes != (after.Version > r.Version) {
			t.Errorf("%d: foretold %v, %v; was %v, version %d after %d", i, changes, would, err, after.Version, r.Version)
		}
		if err == nil {
			r = after
		}
	}
}
