package connector_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/connector"
)

// agency is a company whose Staging is given by IAM Identity Center.
type agency struct {
	*apptest.Company
	*center
	key app.EntitlementKey
}

func newAgency(t *testing.T, target access.Target) *agency {
	a := &agency{apptest.New(t), newCenter(t), app.EntitlementKey{Person: "ana", Target: target}}
	ids := a.connector()
	ids.People = a.Directory
	a.IdentityCenter = anInstance
	a.Connectors[access.ConnectorIdentityCenter] = connector.Remembered{System: ids, Gifts: a.Entitlements.(app.Gifts),
		Clock: func() time.Time { return a.At }}
	leadsTo(a.Company, target)
	return a
}

func (a *agency) is(in app.RunInput, status access.Status, there app.Observation) access.Request {
	a.Company.Helper()
	stored, err := a.Requests.Load(a.Company.Context(), in.Request)
	a.Must(err)
	if seen := a.truth(a.key); stored.Status != status || seen != there || stored.Foreign != there.Foreign {
		a.Company.Fatalf("the request is %s (%s), flagged %t, and there is %+v; want %s and %+v",
			stored.Status, stored.Failure, stored.Foreign, seen, status, there)
	}
	return stored.Request
}

// TestALifeByIdentityCenter: of a permission set and of a group, with access that
// was there before and without.
func TestALifeByIdentityCenter(t *testing.T) {
	given, others := app.Observation{Present: true}, app.Observation{Foreign: true}
	for _, target := range []access.Target{anaAssigned, anaGrouped} {
		a := newAgency(t, target)
		for range 2 {
			in := anaMay(a.Company)
			_, err := a.Grant(t.Context(), in)
			a.Must(err)
			a.is(in, access.Active, given)
			a.At = a.At.Add(time.Hour)
			_, err = a.End(t.Context(), in)
			a.Must(err)
			a.is(in, access.Ended, app.Observation{})
			a.At = a.At.Add(time.Hour)
		}
		a.gives(a.key)
		in := anaMay(a.Company)
		a.calls = nil
		_, err := a.Grant(t.Context(), in)
		a.Must(err)
		a.is(in, access.Active, others)
		a.At = a.At.Add(time.Hour)
		_, err = a.End(t.Context(), in)
		a.Must(err)
		a.is(in, access.Ended, others)
		if slices.ContainsFunc(a.calls, func(name string) bool { return slices.Contains(changing, name) }) {
			t.Errorf("others' access met %v", a.calls)
		}
	}
}

// TestAnAssignmentThatTakesLongIsWaitedForByTheNextAttempt: the operation of the
// first goes on.
func TestAnAssignmentThatTakesLongIsWaitedForByTheNextAttempt(t *testing.T) {
	a := newAgency(t, anaAssigned)
	a.takes = 60
	in := anaMay(a.Company)
	for range 20 {
		_, err := a.Grant(t.Context(), in)
		if err == nil {
			break
		}
		if !errors.Is(err, app.ErrTryAgain) {
			t.Fatal(err)
		}
		a.is(in, access.Granting, app.Observation{})
	}
	a.is(in, access.Active, app.Observation{Present: true})
}

// TestAnAssignmentThatIsStillBeingMadeIsNotGone: revoked before it came to be, it
// ends only once it can be deleted.
func TestAnAssignmentThatIsStillBeingMadeIsNotGone(t *testing.T) {
	a := newAgency(t, anaAssigned)
	a.takes = 60
	in := anaMay(a.Company)
	if _, err := a.Grant(t.Context(), in); !errors.Is(err, app.ErrTryAgain) {
		t.Fatal(err)
	}
	_, err := a.Act(t.Context(), a.SignsIn("eli"), in.Request, access.Revoke{Reason: "A mistake."})
	a.Must(err)
	for range 20 {
		r, err := a.Requests.Load(t.Context(), in.Request)
		a.Must(err)
		if r.Status == access.Ended {
			break
		}
		_, err = a.Revoke(t.Context(), app.RunInput{Request: in.Request, Run: r.Run.Number, Started: a.At})
		a.Must(err)
		a.takes = 3
	}
	a.is(in, access.Ended, app.Observation{})
	for range 100 {
		a.pass()
	}
	a.is(in, access.Ended, app.Observation{})
}

// TestWhoIsUnknownToIdentityCenterIsRefused, and what follows finds nothing to take.
func TestWhoIsUnknownToIdentityCenterIsRefused(t *testing.T) {
	a := newAgency(t, anaAssigned)
	a.users = nil
	in := anaMay(a.Company)
	if _, err := a.Grant(t.Context(), in); !errors.Is(err, app.ErrGrantRefused) {
		t.Fatal(err)
	}
	r := a.is(in, access.Ending, app.Observation{})
	if r.Failure != "unknown_user" {
		t.Errorf("refused for %s", r.Failure)
	}
	_, err := a.Revoke(t.Context(), app.RunInput{Request: in.Request, Run: r.Run.Number, Started: a.At})
	a.Must(err)
	a.is(in, access.Failed, app.Observation{})
}
