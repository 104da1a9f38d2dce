package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// outside is a system in which others give and take access too.
type outside struct {
	seen     app.Observation
	broken   error
	ensured  []bool
	looked   int
	meantime func() // happens while it is looked at
}

func (o *outside) Ensure(_ context.Context, _ app.EntitlementKey, want bool) error {
	o.ensured = append(o.ensured, want)
	if o.broken == nil {
		o.seen.Present = want
	}
	return o.broken
}

func (o *outside) Observe(context.Context, app.EntitlementKey) (app.Observation, error) {
	o.looked++
	if o.meantime != nil {
		o.meantime()
	}
	return o.seen, o.broken
}

// listeners are operators and people.
type listeners struct {
	alarms  []string
	notices []app.Message
}

func (t *listeners) Raise(_ context.Context, subject, _ string) error {
	t.alarms = append(t.alarms, subject)
	return nil
}

func (t *listeners) Queue(_ context.Context, messages []app.Message) error {
	t.notices = append(t.notices, messages...)
	return nil
}

// checked is a provisioner that checks at once.
type checked struct {
	*app.App
	asked  []app.EntitlementKey
	failed error
}

func (p *checked) Ask(ctx context.Context, key app.EntitlementKey) error {
	p.asked = append(p.asked, key)
	p.failed = p.Check(ctx, key)
	return nil
}

type drifting struct {
	company
	*outside
	*checked
}

func (d drifting) Context() context.Context { return d.company.Context() }

// watched is a company that checks what is held every 30 seconds.
func watched(t *testing.T) drifting {
	d := drifting{newCompany(t), &outside{}, &checked{}}
	d.checked.App = &d.company.App
	d.company.Connectors["group"], d.company.Checks = d.outside, d.checked
	d.company.DriftEvery = access.Duration(30 * time.Second)
	return d
}

// passes lets a time pass, and has what is due checked.
func (d drifting) passes(by time.Duration, checks int) drifting {
	d.Company.Helper()
	d.company.At = d.company.At.Add(by)
	asked, err := d.company.AskForChecks(d.Context())
	d.Must(err)
	if asked != checks {
		d.Company.Fatalf("%d checks after %s, want %d", asked, by, checks)
	}
	return d
}

func (d drifting) flagged(id access.RequestID, status access.Status, want access.Drift) {
	d.Company.Helper()
	d.stands(id, status)
	stored, err := d.company.Requests.Load(d.Context(), id)
	d.Must(err)
	if stored.Drift != want {
		d.Company.Errorf("the drift is %q, want %q", stored.Drift, want)
	}
}

func (d drifting) ends(in app.RunInput) {
	d.Company.Helper()
	_, err := d.company.End(d.Context(), in)
	d.Must(err)
	d.stands(in.Request, access.Ended)
}

// relays passes a request's last event on.
func (d drifting) relays(id access.RequestID) *listeners {
	d.Company.Helper()
	t := &listeners{}
	d.company.Alarms, d.company.Outbox = t, t
	stored, err := d.company.Requests.Load(d.Context(), id)
	d.Must(err)
	d.Must(d.company.Relay(d.Context(), id, stored.Version))
	return t
}

// Promise 9: what changed outside is flagged, never silently overwritten or removed.
func TestWhatWasRemovedOutsideIsFlaggedAndNotGivenAgain(t *testing.T) {
	d := watched(t)
	r, in := d.anaHolds()
	d.passes(29*time.Second, 0)
	d.seen.Present = false
	d.passes(time.Second, 1).flagged(r.ID, access.Active, access.DriftRemoved)
	if d.seen.Present || !slices.Equal(d.ensured, []bool{true}) {
		t.Errorf("the connector was told %v", d.ensured)
	}
	if told := d.relays(r.ID); len(told.alarms)+len(told.notices) > 0 {
		t.Errorf("told of a removal: %+v", told)
	}
	d.seen.Present = true
	d.passes(30*time.Second, 1).flagged(r.ID, access.Active, "")
	d.seen.Present = false
	d.passes(30*time.Second, 1).flagged(r.ID, access.Active, access.DriftRemoved)
	d.company.At = d.company.At.Add(30 * time.Second)
	d.ends(in)
	d.flagged(r.ID, access.Ended, "")
}

func TestWhatIsThereAgainAfterItsEndIsFlaggedToldAndNotTaken(t *testing.T) {
	d := watched(t)
	r, in := d.anaHolds()
	d.passes(2*time.Minute, 1)
	d.ends(in)
	d.passes(30*time.Second, 1).flagged(r.ID, access.Ended, "")

	d.seen.Present = true
	d.passes(30*time.Second, 1).flagged(r.ID, access.Ended, access.DriftReadded)
	if !d.seen.Present || !slices.Equal(d.ensured, []bool{true, false}) {
		t.Errorf("the connector was told %v", d.ensured)
	}
	told := d.relays(r.ID)
	if len(told.alarms) != 1 || len(told.notices) != 1 || told.notices[0].To != "eli" || told.notices[0].Kind != access.NoticeReadded {
		t.Errorf("told %+v", told)
	}

	// A later request has the access as it finds it, and takes it away at its end.
	later, err := d.company.Submit(t.Context(), d.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "Again"})
	d.Must(err)
	_, err = d.Act(t.Context(), d.SignsIn("ben"), later.ID, access.Decide{Verdict: access.Approve})
	d.Must(err)
	again := app.RunInput{Request: later.ID, Run: 1, Started: d.company.At}
	_, err = d.company.Grant(t.Context(), again)
	d.Must(err)
	d.passes(30*time.Second, 1).flagged(r.ID, access.Ended, "")
	d.flagged(later.ID, access.Active, "")
	d.company.At = d.company.At.Add(2 * time.Minute)
	d.ends(again)
	if d.seen.Present || !slices.Equal(d.ensured, []bool{true, false, false}) {
		t.Errorf("the connector was told %v", d.ensured)
	}
	d.passes(30*time.Second, 1).flagged(r.ID, access.Ended, "")
}

// A system that cannot tell by whose doing access is there shows it as someone
// else's.
func TestAccessThatSomeoneElseGaveInItsPlaceIsThereAgain(t *testing.T) {
	for _, before := range []bool{false, true} {
		d := watched(t)
		_, in := d.anaHolds()
		d.company.At = d.company.At.Add(2 * time.Minute)
		d.seen.Foreign, d.seen.Sole = before, before
		d.ends(in)
		d.seen.Foreign, d.seen.Sole = true, true
		d.passes(30*time.Second, 1)
		want := access.DriftReadded
		if before {
			want = "" // it had never gone
		}
		d.flagged(in.Request, access.Ended, want)
	}
	d := watched(t)
	_, in := d.anaHolds()
	d.company.At = d.company.At.Add(2 * time.Minute)
	d.ends(in)
	d.seen.Foreign = true // by another way, beside what was taken
	d.passes(30*time.Second, 1).flagged(in.Request, access.Ended, "")
}

func TestAccessThatIsBeingTakenIsNoDrift(t *testing.T) {
	d := watched(t)
	r, in := d.anaHolds()
	d.company.At = d.company.At.Add(2 * time.Minute)
	d.broken = errors.New("down")
	if _, err := d.company.End(t.Context(), in); !errors.Is(err, app.ErrTryAgain) {
		t.Fatalf("ended: %v", err)
	}
	d.broken = nil
	d.passes(30*time.Second, 1).flagged(r.ID, access.Ending, "")
	d.ends(in)
	d.flagged(r.ID, access.Ended, "")
}

func TestWhatChangesWhileItIsLookedAtIsNoDrift(t *testing.T) {
	d := watched(t)
	r, _ := d.anaHolds()
	d.meantime = func() { // she gives it back, and an agent is quick
		d.meantime, d.seen.Present = nil, false
		_, err := d.Act(t.Context(), d.SignsIn("ana"), r.ID, access.End{})
		d.Must(err)
	}
	d.passes(30*time.Second, 1).flagged(r.ID, access.Ending, "")
	d.Must(d.failed)
}

func TestACheckThatSeesNothingIsRepeatedAtItsTime(t *testing.T) {
	d := watched(t)
	r, _ := d.anaHolds()
	d.broken = errors.New("down")
	d.passes(30*time.Second, 1).flagged(r.ID, access.Active, "")
	if !errors.Is(d.failed, app.ErrUnobserved) {
		t.Errorf("the check says %v", d.failed)
	}
	d.broken, d.seen.Present = nil, false
	d.passes(29*time.Second, 0).passes(time.Second, 1).flagged(r.ID, access.Active, access.DriftRemoved)
}

func TestACheckKeepsOutOfTheWay(t *testing.T) {
	d := watched(t)
	r, _ := d.anaHolds()
	key := app.EntitlementKey{Person: "ana", Target: r.Target}
	_, err := d.company.Entitlements.Acquire(t.Context(), key, "another", d.company.At, d.company.At.Add(time.Minute))
	d.Must(err)
	looked := d.looked
	d.seen.Present = false
	d.Must(d.Check(t.Context(), key))
	d.Must(d.Check(t.Context(), app.EntitlementKey{Person: "dan", Target: access.Target{Connector: "group", ID: "made-up"}}))
	if d.looked != looked {
		t.Error("a leased or an invented entitlement was looked at")
	}
	d.flagged(r.ID, access.Active, "")
	d.Must(d.Check(t.Context(), app.EntitlementKey{Person: "ana", Target: access.Target{Connector: "pigeon", ID: "x"}}))
}

func TestWhatIsGoneIsCheckedEverMoreRarelyAndAtLastNoMore(t *testing.T) {
	d := watched(t)
	_, in := d.anaHolds()
	d.company.At = d.company.At.Add(2 * time.Minute)
	d.ends(in)
	checks := 0
	for range 14 * 24 {
		d.company.At = d.company.At.Add(time.Hour)
		asked, err := d.company.AskForChecks(t.Context())
		d.Must(err)
		checks += asked
	}
	if checks < 5 || checks > 20 {
		t.Errorf("%d checks", checks)
	}
}

func TestOneSweepAsksForABoundedNumberOfChecks(t *testing.T) {
	d := watched(t)
	for range 200 {
		key := app.EntitlementKey{Person: "ana", Target: access.Target{Connector: "group", ID: d.company.NewID()}}
		e, err := d.company.Entitlements.Acquire(t.Context(), key, "one", d.company.At, d.company.At.Add(time.Minute))
		d.Must(err)
		e.CheckAt = d.company.At
		d.Must(d.company.Entitlements.Record(t.Context(), e))
	}
	d.passes(0, 80)
}
