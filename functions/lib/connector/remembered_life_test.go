package connector_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/connector"
)

// office is a company whose Staging is given in a system that cannot tell who
// gave, and whose provisioner may be killed.
type office struct {
	*apptest.Company
	*plain
	*killer
	key app.EntitlementKey
}

const anInstance = "arn:aws:sso:::instance/ssoins-722308cc4de3e6c0"

var anAssignment = access.AssignmentTarget("123456789012", "arn:aws:sso:::permissionSet/ssoins-722308cc4de3e6c0/ps-8c1ca1e1b0a3d2f4")

func newOffice(t *testing.T) *office {
	o := &office{apptest.New(t), newPlain(), &killer{}, app.EntitlementKey{Person: "ana", Target: anAssignment}}
	stored := o.Entitlements
	o.IdentityCenter = anInstance
	o.Entitlements = mortalEntitlements{stored, o.killer}
	o.Connectors[access.ConnectorIdentityCenter] = connector.Remembered{System: mortalSystem{o.plain, o.killer},
		Gifts: mortalGifts{stored.(app.Gifts), o.killer}, Clock: func() time.Time { return o.At }}
	leadsTo(o.Company, anAssignment)
	return o
}

// is checks the request, what is there and by whose doing, and the flag.
func (o *office) is(in app.RunInput, status access.Status, by maker, foreign bool) {
	o.Company.Helper()
	stored, err := o.Requests.Load(o.Company.Context(), in.Request)
	o.Must(err)
	made := o.made[of("u-ana", anAssignment)]
	if stored.Status != status || made != by || stored.Foreign != foreign {
		o.Company.Fatalf("the request is %s (%s), the access made by %d, flagged %t; want %s, %d, %t",
			stored.Status, stored.Failure, made, stored.Foreign, status, by, foreign)
	}
}

// through runs a step of the provisioner until it needs no other attempt. A lease
// that a killed one left is over by the next.
func (o *office) through(act func(context.Context, app.RunInput) (app.Output, error), in app.RunInput) {
	o.Company.Helper()
	var err error
	for range 4 {
		if _, err = act(o.Company.Context(), in); err == nil {
			return
		}
		if !errors.Is(err, app.ErrTryAgain) && !errors.Is(err, errKilled) {
			break
		}
		o.revive()
		o.At = o.At.Add(app.LeaseTime + time.Second)
	}
	o.Company.Fatal(err)
}

func (o *office) holds(by maker, foreign bool) app.RunInput {
	o.Company.Helper()
	in := anaMay(o.Company)
	o.through(o.Grant, in)
	o.is(in, access.Active, by, foreign)
	return in
}

func (o *office) ends(in app.RunInput, by maker, foreign bool) {
	o.Company.Helper()
	o.At = o.At.Add(time.Hour)
	o.through(o.End, in)
	o.is(in, access.Ended, by, foreign)
}

// TestAccessThatWasThereBeforeServesAndStays: it is flagged from the first to the
// last, in the request and in what is stored of the entitlement.
func TestAccessThatWasThereBeforeServesAndStays(t *testing.T) {
	o := newOffice(t)
	o.gives(o.key)
	in := o.holds(otherMade, true)
	o.ends(in, otherMade, true)

	e, err := o.Entitlements.Acquire(t.Context(), o.key, "a look", o.At, o.At.Add(time.Minute))
	if err != nil || e.Present || !e.Foreign {
		t.Errorf("the entitlement is %+v, %v", e, err)
	}
	view, err := o.Requests.Events(t.Context(), in.Request, 0, 100)
	o.Must(err)
	for _, sealed := range view {
		event, err := sealed.Open()
		o.Must(err)
		if want := event.Type == access.EventActivated || event.Type == access.EventEnded; event.Details.Foreign != want {
			t.Errorf("%s: flagged %t", event.Type, event.Details.Foreign)
		}
	}
}

func TestAccessThatIsGivenAgainLaterIsLatchkeysAgain(t *testing.T) {
	o := newOffice(t)
	for range 2 {
		o.ends(o.holds(latchkeyMade, false), nobodyMade, false)
		o.At = o.At.Add(time.Hour)
	}
	o.gives(o.key)
	o.ends(o.holds(otherMade, true), otherMade, true)
	delete(o.made, of("u-ana", anAssignment))
	o.ends(o.holds(latchkeyMade, false), nobodyMade, false)
}

// TestAccessOfSomeoneWhoLeftTheDirectoryEnds: although nobody knows their email.
func TestAccessOfSomeoneWhoLeftTheDirectoryEnds(t *testing.T) {
	o := newOffice(t)
	in := o.holds(latchkeyMade, false)
	o.named["ana"] = ""
	o.At = o.At.Add(time.Hour)
	o.through(o.End, in)
	delete(o.named, "ana")
	o.is(in, access.Ended, nobodyMade, false)
}

// TestAGrantWithoutAnAccountFailsAndLeavesNothing: the revocation that follows a
// failed grant finds nothing to take.
func TestAGrantWithoutAnAccountFailsAndLeavesNothing(t *testing.T) {
	o := newOffice(t)
	o.named["ana"] = ""
	in := anaMay(o.Company)
	if _, err := o.Grant(t.Context(), in); !errors.Is(err, app.ErrGrantRefused) {
		t.Fatal(err)
	}
	stored, err := o.Requests.Load(t.Context(), in.Request)
	o.Must(err)
	o.through(o.Revoke, app.RunInput{Request: in.Request, Run: stored.Run.Number, Started: o.At})
	o.is(in, access.Failed, nobodyMade, false)
}

// TestAProvisionerKilledAtAnyMoment enumerates every call and write of a grant and
// of an end, before it and after it: Latchkey's access never passes for someone
// else's, nor someone else's for Latchkey's.
func TestAProvisionerKilledAtAnyMoment(t *testing.T) {
	for _, before := range []maker{nobodyMade, otherMade} {
		foreign, held, least := true, otherMade, 6
		if before == nobodyMade {
			foreign, held, least = false, latchkeyMade, 12
		}
		for _, ending := range []bool{false, true} {
			o := newOffice(t)
			o.make(of("u-ana", anAssignment), before)
			deaths := 0
			for ; ; deaths++ {
				in := anaMay(o.Company)
				if ending {
					o.through(o.Grant, in)
				}
				o.killAt(deaths)
				if ending {
					o.At = o.At.Add(time.Hour)
					o.through(o.End, in)
				} else {
					o.through(o.Grant, in)
					o.is(in, access.Active, held, foreign)
				}
				survived := o.revive()
				if !ending {
					o.At = o.At.Add(time.Hour)
					o.through(o.End, in)
				}
				o.is(in, access.Ended, before, foreign)
				o.At = o.At.Add(time.Hour)
				if survived {
					break
				}
			}
			if deaths < least {
				t.Errorf("a step of %d moments", deaths)
			}
		}
	}
}
