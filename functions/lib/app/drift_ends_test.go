package app_test

import (
	"errors"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func (d drifting) stuckAndConfirmed(in app.RunInput) {
	d.Company.Helper()
	d.company.person("dan", alsoAdmin)
	_, err := d.Act(d.Context(), d.SignsIn("eli"), in.Request, access.Revoke{Reason: "So."})
	d.Must(err)
	d.broken = errors.New("down")
	for range access.FastPace.Attempts {
		_, err := d.company.Revoke(d.Context(), app.RunInput{Request: in.Request, Run: 2, Started: d.company.At})
		d.Must(err)
	}
	d.stands(in.Request, access.Stuck)
	for _, who := range []string{"eli", "dan"} {
		_, err := d.Act(d.Context(), d.SignsIn(who), in.Request, access.ConfirmAbsent{Reason: "So."})
		d.Must(err)
	}
	d.stands(in.Request, access.Ended)
}

var alsoAdmin = in(access.AdminGroup)

func TestWhatTwoAdminsSaidIsGoneIsFlaggedIfItIsThere(t *testing.T) {
	d := watched(t)
	r, in := d.anaHolds()
	d.stuckAndConfirmed(in)
	d.broken = nil // the endpoint answers again: the access is there
	d.passes(30*time.Second, 1)
	d.flagged(r.ID, access.Ended, access.DriftReadded)
}

func TestWhatTwoAdminsSaidIsGoneIsNotCheckedForEver(t *testing.T) {
	d := watched(t)
	_, in := d.anaHolds()
	d.stuckAndConfirmed(in)
	checks := 0
	for range 30 * 24 {
		d.company.At = d.company.At.Add(time.Hour)
		asked, _ := d.company.AskForChecks(t.Context())
		checks += asked
	}
	if checks > 20 {
		t.Errorf("%d checks", checks)
	}
}

func TestTheFlagOfARemovalEndsWithTheRequest(t *testing.T) {
	d := watched(t)
	r, in := d.anaHolds()
	d.seen.Present = false
	d.passes(30*time.Second, 1).flagged(r.ID, access.Active, access.DriftRemoved)
	d.stuckAndConfirmed(in)
	d.flagged(r.ID, access.Ended, "")
}

func TestConnectorsThatAreNoLongerSetUpDelayNoCheck(t *testing.T) {
	d := watched(t)
	r, _ := d.anaHolds()
	for range 200 {
		key := app.EntitlementKey{Person: "ana", Target: access.Target{Connector: "identity-center", ID: d.company.NewID()}}
		e, err := d.company.Entitlements.Acquire(t.Context(), key, "one", d.company.At, d.company.At.Add(time.Minute))
		d.Must(err)
		e.Last, e.CheckAt = "req_x", d.company.At.Add(-time.Hour)
		d.Must(d.company.Entitlements.Record(t.Context(), e))
	}
	d.seen.Present = false
	for range 20 {
		d.company.At = d.company.At.Add(5 * time.Second)
		_, err := d.company.AskForChecks(t.Context())
		d.Must(err)
	}
	d.flagged(r.ID, access.Active, access.DriftRemoved)
}

func TestARetryIsAboutItselfAndNotWhatWasThereBefore(t *testing.T) {
	d := watched(t)
	r := d.anaAsks()
	_, err := d.Act(d.Context(), d.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	d.Must(err)
	in := app.RunInput{Request: r.ID, Run: 1, Started: d.company.At}
	d.broken = &app.Refusal{Code: "group_not_found"}
	if _, err = d.company.Grant(t.Context(), in); !errors.Is(err, app.ErrGrantRefused) {
		t.Fatal(err)
	}
	d.broken = nil
	_, err = d.company.Revoke(t.Context(), app.RunInput{Request: r.ID, Run: 2, Started: d.company.At})
	d.Must(err)
	d.stands(r.ID, access.Failed)
	d.seen.Present = true
	d.passes(30*time.Second, 1).flagged(r.ID, access.Failed, access.DriftReadded)
	_, err = d.Act(d.Context(), d.SignsIn("eli"), r.ID, access.Retry{Reason: "So."})
	d.Must(err)
	_, err = d.company.Grant(t.Context(), app.RunInput{Request: r.ID, Run: 3, Started: d.company.At})
	d.Must(err)
	d.flagged(r.ID, access.Active, "")
	d.passes(30*time.Second, 1).flagged(r.ID, access.Active, "")
}

func TestAnEndGivesNothingAgain(t *testing.T) {
	d := watched(t)
	a, _ := d.anaHolds()
	b, err := d.company.Submit(t.Context(), d.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "Again"})
	d.Must(err)
	_, err = d.Act(t.Context(), d.SignsIn("ben"), b.ID, access.Decide{Verdict: access.Approve})
	d.Must(err)
	_, err = d.company.Grant(t.Context(), app.RunInput{Request: b.ID, Run: 1, Started: d.company.At})
	d.Must(err)
	d.seen.Present = false
	d.passes(30*time.Second, 1).flagged(a.ID, access.Active, access.DriftRemoved)
	told := len(d.ensured)
	_, err = d.Act(t.Context(), d.SignsIn("ana"), b.ID, access.End{})
	d.Must(err)
	_, err = d.company.Revoke(t.Context(), app.RunInput{Request: b.ID, Run: 2, Started: d.company.At})
	d.Must(err)
	if len(d.ensured) != told || d.seen.Present {
		t.Errorf("giving B back told the connector %v", d.ensured[told:])
	}
}

func TestWhileOthersHoldItAnEndWaitsForNothingOutside(t *testing.T) {
	d := watched(t)
	_, _ = d.anaHolds()
	b, err := d.company.Submit(t.Context(), d.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "Again"})
	d.Must(err)
	_, err = d.Act(t.Context(), d.SignsIn("ben"), b.ID, access.Decide{Verdict: access.Approve})
	d.Must(err)
	_, err = d.company.Grant(t.Context(), app.RunInput{Request: b.ID, Run: 1, Started: d.company.At})
	d.Must(err)
	d.broken = errors.New("down")
	_, err = d.Act(t.Context(), d.SignsIn("ana"), b.ID, access.End{})
	d.Must(err)
	_, err = d.company.Revoke(t.Context(), app.RunInput{Request: b.ID, Run: 2, Started: d.company.At})
	d.Must(err)
	d.stands(b.ID, access.Ended)
}

// TestWhatEndsByItselfAtItsTimeIsNoDrift: an agent is punctual, and the run a few
// seconds late.
func TestWhatEndsByItselfAtItsTimeIsNoDrift(t *testing.T) {
	d := watched(t)
	r, _ := d.anaHolds()
	d.company.At = d.company.At.Add(2*time.Minute + time.Second)
	d.seen.Present = false
	d.passes(0, 1).flagged(r.ID, access.Active, "")
}
