package app_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
)

type company struct{ *apptest.Company }

func newCompany(t *testing.T) company { return company{apptest.New(t)} }

func (c company) anaAsks() access.Request {
	c.Helper()
	r, err := c.Submit(c.Context(), c.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "A demo", Key: "k1"})
	c.Must(err)
	return r
}

func (c company) anaHolds() (access.Request, app.RunInput) {
	c.Helper()
	r := c.anaAsks()
	_, err := c.Act(c.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	in := app.RunInput{Request: r.ID, Run: 1, Started: c.At}
	out, err := c.Grant(c.Context(), in)
	c.Must(err)
	if out.Next != access.Hold {
		c.Fatalf("after the grant the run goes on with %q", out.Next)
	}
	return r, in
}

func (c company) inStaging(want bool) {
	c.Helper()
	_, granted, err := c.Directory.GroupsOf(c.Context(), "ana")
	c.Must(err)
	if slices.Contains(granted, "staging-users") != want {
		c.Fatalf("ana's granted groups are %v, want staging: %v", granted, want)
	}
}

func (c company) stands(id access.RequestID, want access.Status) {
	c.Helper()
	stored, err := c.Requests.Load(c.Context(), id)
	c.Must(err)
	if stored.Status != want {
		c.Fatalf("the request is %s, want %s", stored.Status, want)
	}
}

func TestAWholeLifeEndsWithoutTheAccessAndAValidChain(t *testing.T) {
	c := newCompany(t)
	r, in := c.anaHolds()
	c.inStaging(true)
	held, _, err := c.Held(t.Context(), c.SignsIn("ana"), app.Page{Limit: 100})
	c.Must(err)
	if len(held) != 1 || !held[0].Request.EndsAt.Equal(c.At.Add(2*time.Minute)) {
		t.Fatalf("ana holds %v", held)
	}
	if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrStillHeld) {
		t.Fatalf("ended before its time: %v", err)
	}
	c.At = c.At.Add(2 * time.Minute)
	_, err = c.End(t.Context(), in)
	c.Must(err)
	c.stands(r.ID, access.Ended)
	c.inStaging(false)

	history, err := c.Events(t.Context(), c.SignsIn("ana"), r.ID, 0, 100)
	c.Must(err)
	c.Must(access.Verify(history.Events))
	replayed, err := access.Replay(history.Events)
	c.Must(err)
	if replayed.Status != access.Ended || replayed.EndReason != access.EndExpired {
		t.Errorf("the history leads to %s (%s)", replayed.Status, replayed.EndReason)
	}
}

func TestAStrangerIsToldNothing(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	dan := c.SignsIn("dan")
	if _, err := c.Get(t.Context(), dan, r.ID); access.CodeOf(err) != access.CodeNotFound {
		t.Errorf("reading: %v", err)
	}
	for _, id := range []access.RequestID{r.ID, "req_00000000000000000000000000"} {
		if _, err := c.Act(t.Context(), dan, id, access.Decide{Verdict: access.Approve}); access.CodeOf(err) != access.CodeNotApprover {
			t.Errorf("deciding %s: %v", id, err)
		}
	}
}

func TestTheSameKeyGivesTheSameRequest(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	if again := c.anaAsks(); again.ID != r.ID {
		t.Errorf("a second request %s beside %s", again.ID, r.ID)
	}
	ana := c.SignsIn("ana")
	if _, err := c.Submit(t.Context(), ana, app.Submission{Resource: "staging", Reason: "Other", Key: "k1"}); access.CodeOf(err) != access.CodeIdempotencyReused {
		t.Errorf("another body: %v", err)
	}
	if _, err := c.Submit(t.Context(), ana, app.Submission{Resource: "staging", Reason: "Other"}); access.CodeOf(err) != access.CodeDuplicateOpenRequest {
		t.Errorf("a second open request: %v", err)
	}
}

func TestGivenBackAccessEndsByARevocationRun(t *testing.T) {
	c := newCompany(t)
	r, in := c.anaHolds()
	_, err := c.Act(t.Context(), c.SignsIn("ana"), r.ID, access.End{})
	c.Must(err)
	if !slices.Contains(c.Runs.Started, "revocation "+app.RunName(r.ID, 2)) || !slices.Contains(c.Runs.Stopped, app.RunName(r.ID, 1)) {
		t.Errorf("started %v, stopped %v", c.Runs.Started, c.Runs.Stopped)
	}
	if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrOvertaken) {
		t.Errorf("the first run goes on: %v", err)
	}
	_, err = c.Revoke(t.Context(), app.RunInput{Request: r.ID, Run: 2, Started: c.At})
	c.Must(err)
	c.stands(r.ID, access.Ended)
	c.inStaging(false)
}

func TestAForgedGrantGivesNothing(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	if _, err := c.Grant(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: c.At}); !errors.Is(err, app.ErrOvertaken) {
		t.Errorf("an undecided request was granted: %v", err)
	}
	c.stands(r.ID, access.Pending)
	c.inStaging(false)
}

func TestTheSweeperHandsOverdueAccessToTheNextRun(t *testing.T) {
	c := newCompany(t)
	r, _ := c.anaHolds()
	c.At = c.At.Add(2*time.Minute + access.FastPace.Grace)
	found, err := c.Sweep(t.Context())
	c.Must(err)
	if found != 1 || !slices.Contains(c.Runs.Started, "approval "+app.RunName(r.ID, 2)) {
		t.Fatalf("found %d, started %v", found, c.Runs.Started)
	}
	// Like every run it begins by waiting, for which it needs a time.
	begun := c.Runs.Begun[1]
	if begun.Next != access.AwaitDecision || begun.Seconds < 1 || begun.Until == "" {
		t.Errorf("the run begins with %+v", begun.Output)
	}
	c.Must(c.Await(t.Context(), app.RunInput{Request: r.ID, Run: 2, Started: c.At, Awaiting: "decision", Until: c.At.Add(time.Minute), Token: "token-2"}))
	if got := c.Runs.Answers[len(c.Runs.Answers)-1].Next; got != access.EndAccess {
		t.Errorf("and is told to %s", got)
	}
	_, err = c.End(t.Context(), app.RunInput{Request: r.ID, Run: 2, Started: c.At})
	c.Must(err)
	c.stands(r.ID, access.Ended)
	c.inStaging(false)
}

func TestWhoeverComesSecondOfTokenAndDecisionSeesTheFirst(t *testing.T) {
	for _, decidedFirst := range []bool{true, false} {
		c := newCompany(t)
		r := c.anaAsks()
		await := func() {
			c.Must(c.Await(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: c.At, Awaiting: "decision",
				Until: r.ExpiresAt, Token: "token"}))
		}
		if !decidedFirst {
			await()
			if len(c.Runs.Answers) != 0 {
				t.Fatalf("answered before a decision: %v", c.Runs.Answers)
			}
		}
		_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
		c.Must(err)
		if decidedFirst {
			await()
		}
		if len(c.Runs.Answers) != 1 || c.Runs.Answers[0].Next != access.Grant {
			t.Errorf("decided first %v: answers %v", decidedFirst, c.Runs.Answers)
		}
	}
}

func TestFiftyDecisionsAtOnceHaveOneOutcome(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	ben := c.SignsIn("ben")
	var wg sync.WaitGroup
	codes := make(chan access.Code, 50)
	for i := range 50 {
		verdict := access.Approve
		if i%2 == 0 {
			verdict = access.Deny
		}
		wg.Go(func() {
			_, err := c.Act(t.Context(), ben, r.ID, access.Decide{Verdict: verdict, Reason: "At once"})
			if err != nil && access.CodeOf(err) == "" {
				t.Errorf("decision: %v", err)
			}
			codes <- access.CodeOf(err)
		})
	}
	wg.Wait()
	close(codes)
	told := map[access.Code]int{}
	for code := range codes {
		told[code]++
	}
	if told[""] != 25 || told[access.CodeAlreadyDecided] != 25 {
		t.Errorf("outcomes %v", told)
	}
	events, err := c.Requests.Events(t.Context(), r.ID, 0, 100)
	c.Must(err)
	if len(events) != 2 {
		t.Errorf("%d events, want the submission and one decision", len(events))
	}
}

func TestTheLastAdminStays(t *testing.T) {
	c := newCompany(t)
	eli := c.SignsIn("eli")
	doc, err := c.Person(t.Context(), eli, "eli")
	c.Must(err)
	if err := c.DeletePerson(t.Context(), eli, "eli", app.Condition{Version: doc.Version}); access.CodeOf(err) != access.CodeLastAdmin {
		t.Errorf("the last admin was removed: %v", err)
	}
}

func TestACallForARunThatNeverWasChangesNothing(t *testing.T) {
	c := newCompany(t)
	r, _ := c.anaHolds()
	forged := app.RunInput{Request: r.ID, Run: 99, Started: c.At}
	for name, call := range map[string]func(context.Context, app.RunInput) (app.Output, error){
		"grant failed": c.GrantFailed, "end failed": c.EndFailed, "revoke failed": c.RevokeFailed,
	} {
		if out, err := call(t.Context(), forged); err != nil || out.Next != access.Close {
			t.Errorf("%s: %v, %v", name, out, err)
		}
	}
	for name, call := range map[string]func(context.Context, app.RunInput) (app.Output, error){
		"grant": c.Grant, "end": c.End, "revoke": c.Revoke,
	} {
		if _, err := call(t.Context(), forged); !errors.Is(err, app.ErrOvertaken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.stands(r.ID, access.Active)
}

func TestAWriteThatNamesNoVersionIsRefused(t *testing.T) {
	c := newCompany(t)
	eli := c.SignsIn("eli")
	for _, id := range []access.GroupID{"staging-users", "unheard-of"} {
		if _, err := c.PutGroup(t.Context(), eli, app.Group{ID: id, Name: "x"}, app.Condition{}); access.CodeOf(err) != access.CodeVersionRequired {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// counted is a connector that counts what it is told.
type counted struct {
	app.Connector
	ensured []bool
}

func (c *counted) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	c.ensured = append(c.ensured, want)
	return c.Connector.Ensure(ctx, key, want)
}

func TestOverlappingRequestsShareOneEntitlement(t *testing.T) {
	c := newCompany(t)
	group := &counted{Connector: c.Connectors["group"]}
	c.Connectors["group"] = group
	first, in := c.anaHolds()
	c.At = c.At.Add(time.Minute)
	ana := c.SignsIn("ana")
	second, err := c.Submit(t.Context(), ana, app.Submission{Resource: "staging", Reason: "A second look"})
	c.Must(err)
	_, err = c.Act(t.Context(), c.SignsIn("ben"), second.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	_, err = c.Grant(t.Context(), app.RunInput{Request: second.ID, Run: 1, Started: c.At})
	c.Must(err)

	c.At = c.At.Add(time.Minute) // the first one's end
	_, err = c.End(t.Context(), in)
	c.Must(err)
	c.stands(first.ID, access.Ended)
	c.stands(second.ID, access.Active)
	c.inStaging(true)

	c.At = c.At.Add(time.Minute)
	_, err = c.End(t.Context(), app.RunInput{Request: second.ID, Run: 1, Started: c.At})
	c.Must(err)
	c.stands(second.ID, access.Ended)
	c.inStaging(false)
	if !slices.Equal(group.ensured, []bool{true, false}) {
		t.Errorf("the connector was told %v", group.ensured)
	}
}
