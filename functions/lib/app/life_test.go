package app_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/dynamolocal"
)

// runs is a workflow that remembers what it was told.
type runs struct {
	mu      sync.Mutex
	started []string
	stopped []string
	answers []app.Output
}

func (w *runs) Start(_ context.Context, r app.Run) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if name := string(r.Machine) + " " + r.Name(); !slices.Contains(w.started, name) {
		w.started = append(w.started, name)
	}
	return nil
}

func (w *runs) Stop(_ context.Context, id access.RequestID, n int, _ string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped = append(w.stopped, app.RunName(id, n))
	return nil
}

func (w *runs) Answer(_ context.Context, _ string, out app.Output) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers = append(w.answers, out)
	return nil
}

type noCounts struct{}

func (noCounts) Count(string, int) {}

// company is an App on Amazon's DynamoDB Local, with a clock that tests move.
type company struct {
	*testing.T
	app.App
	runs *runs
	at   time.Time
}

func newCompany(t *testing.T) *company {
	t.Helper()
	local := dynamolocal.Start(t)
	stores := dynamo.New(local.Client(), local.Tables(t))
	c := &company{T: t, runs: &runs{}, at: time.Now().UTC().Truncate(time.Millisecond)}
	c.App = app.App{
		Requests: stores.Requests, Entitlements: stores.Entitlements, Directory: stores.Directory,
		Catalog: stores.Catalog, Workflow: c.runs, Counter: noCounts{},
		Connectors: map[string]app.Connector{"group": connector.Group{Memberships: stores.Directory}},
		Clock:      func() time.Time { return c.at },
		NewID:      func() string { return ulid.MustNew(ulid.Timestamp(c.at), rand.Reader).String() },
		Random:     rand.Reader, Pause: app.Pause, Pace: access.FastPace, Minimum: access.Duration(time.Second),
		Identity: app.Identity{FirstAdminEmail: "eli@example.com"},
	}
	c.settleIn()
	return c
}

// settleIn makes Eli the first admin, who then sets the company up.
func (c *company) settleIn() {
	c.Helper()
	ctx := c.Context()
	eli := c.signsIn("eli")
	isNew := app.Condition{New: true}
	_, err := c.PutGroup(ctx, eli, app.Group{ID: "staging-users", Name: "Staging"}, isNew)
	c.must(err)
	for _, p := range []app.Person{{ID: "ben"}, {ID: "dan"}, {ID: "ana", Manager: "ben"}} {
		p.Name, p.Email, p.Status = string(p.ID), string(p.ID)+"@example.com", app.PersonActive
		_, err := c.PutPerson(ctx, eli, p, isNew)
		c.must(err)
	}
	_, err = c.PutResource(ctx, eli, access.Resource{ID: "staging", Kind: access.KindResource, Name: "Staging",
		Target: access.Target{Connector: "group", ID: "staging-users"}}, isNew)
	c.must(err)
	_, err = c.PutFlow(ctx, eli, access.Flow{ID: "staging-flow", Name: "Staging", Resources: []access.ResourceID{"staging"},
		VisibleTo:  []access.Principal{access.Everyone},
		Steps:      []access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}},
		Duration:   access.DurationRule{Mode: access.DurationFixed, Choices: []access.Duration{access.Duration(2 * time.Minute)}},
		PendingFor: access.Duration(time.Hour), ClaimWithin: access.Duration(time.Hour), DenyWhen: access.DenyAny,
		SamePerson: access.SameDistinct, DecideIn: []access.Via{access.ViaPortal}, ShowProgress: true, Enabled: true}, isNew)
	c.must(err)
}

func (c *company) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *company) signsIn(name string) app.Caller {
	c.Helper()
	caller, err := c.SignIn(c.Context(), app.Claims{Issuer: "https://issuer.example.com", Subject: name, TokenUse: "id",
		Email: name + "@example.com", EmailVerified: true, Name: name}, access.ViaPortal)
	c.must(err)
	return caller
}

func (c *company) anaAsks() access.Request {
	c.Helper()
	r, err := c.Submit(c.Context(), c.signsIn("ana"), app.Submission{Resource: "staging", Reason: "A demo", Key: "k1"})
	c.must(err)
	return r
}

func (c *company) anaHolds() (access.Request, app.RunInput) {
	c.Helper()
	r := c.anaAsks()
	_, err := c.Act(c.Context(), c.signsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.must(err)
	in := app.RunInput{Request: r.ID, Run: 1, Started: c.at}
	out, err := c.Grant(c.Context(), in)
	c.must(err)
	if out.Next != access.Hold {
		c.Fatalf("after the grant the run goes on with %q", out.Next)
	}
	return r, in
}

func (c *company) inStaging(want bool) {
	c.Helper()
	_, granted, err := c.Directory.GroupsOf(c.Context(), "ana")
	c.must(err)
	if slices.Contains(granted, "staging-users") != want {
		c.Fatalf("ana's granted groups are %v, want staging: %v", granted, want)
	}
}

func (c *company) stands(id access.RequestID, want access.Status) {
	c.Helper()
	stored, err := c.Requests.Load(c.Context(), id)
	c.must(err)
	if stored.Status != want {
		c.Fatalf("the request is %s, want %s", stored.Status, want)
	}
}

func TestAWholeLifeEndsWithoutTheAccessAndAValidChain(t *testing.T) {
	c := newCompany(t)
	r, in := c.anaHolds()
	c.inStaging(true)
	held, _, err := c.Held(t.Context(), c.signsIn("ana"), app.Page{Limit: 100})
	c.must(err)
	if len(held) != 1 || !held[0].Request.EndsAt.Equal(c.at.Add(2*time.Minute)) {
		t.Fatalf("ana holds %v", held)
	}
	if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrStillHeld) {
		t.Fatalf("ended before its time: %v", err)
	}
	c.at = c.at.Add(2 * time.Minute)
	_, err = c.End(t.Context(), in)
	c.must(err)
	c.stands(r.ID, access.Ended)
	c.inStaging(false)

	history, err := c.Events(t.Context(), c.signsIn("ana"), r.ID, 0, 100)
	c.must(err)
	c.must(access.Verify(history.Events))
	replayed, err := access.Replay(history.Events)
	c.must(err)
	if replayed.Status != access.Ended || replayed.EndReason != access.EndExpired {
		t.Errorf("the history leads to %s (%s)", replayed.Status, replayed.EndReason)
	}
}

func TestAStrangerIsToldNothing(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	dan := c.signsIn("dan")
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
	ana := c.signsIn("ana")
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
	_, err := c.Act(t.Context(), c.signsIn("ana"), r.ID, access.End{})
	c.must(err)
	if !slices.Contains(c.runs.started, "revocation "+app.RunName(r.ID, 2)) || !slices.Contains(c.runs.stopped, app.RunName(r.ID, 1)) {
		t.Errorf("started %v, stopped %v", c.runs.started, c.runs.stopped)
	}
	if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrOvertaken) {
		t.Errorf("the first run goes on: %v", err)
	}
	_, err = c.Revoke(t.Context(), app.RunInput{Request: r.ID, Run: 2, Started: c.at})
	c.must(err)
	c.stands(r.ID, access.Ended)
	c.inStaging(false)
}

func TestAForgedGrantGivesNothing(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	if _, err := c.Grant(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: c.at}); !errors.Is(err, app.ErrOvertaken) {
		t.Errorf("an undecided request was granted: %v", err)
	}
	c.stands(r.ID, access.Pending)
	c.inStaging(false)
}

func TestTheSweeperHandsOverdueAccessToTheNextRun(t *testing.T) {
	c := newCompany(t)
	r, _ := c.anaHolds()
	c.at = c.at.Add(2*time.Minute + access.FastPace.Grace)
	found, err := c.Sweep(t.Context())
	c.must(err)
	if found != 1 || !slices.Contains(c.runs.started, "approval "+app.RunName(r.ID, 2)) {
		t.Fatalf("found %d, started %v", found, c.runs.started)
	}
	_, err = c.End(t.Context(), app.RunInput{Request: r.ID, Run: 2, Started: c.at})
	c.must(err)
	c.stands(r.ID, access.Ended)
	c.inStaging(false)
}

func TestWhoeverComesSecondOfTokenAndDecisionSeesTheFirst(t *testing.T) {
	for _, decidedFirst := range []bool{true, false} {
		c := newCompany(t)
		r := c.anaAsks()
		await := func() {
			c.must(c.Await(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: c.at, Awaiting: "decision",
				Until: r.ExpiresAt, Token: "token"}))
		}
		if !decidedFirst {
			await()
			if len(c.runs.answers) != 0 {
				t.Fatalf("answered before a decision: %v", c.runs.answers)
			}
		}
		_, err := c.Act(t.Context(), c.signsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
		c.must(err)
		if decidedFirst {
			await()
		}
		if len(c.runs.answers) != 1 || c.runs.answers[0].Next != access.Grant {
			t.Errorf("decided first %v: answers %v", decidedFirst, c.runs.answers)
		}
	}
}

func TestFiftyDecisionsAtOnceHaveOneOutcome(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	ben := c.signsIn("ben")
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
	c.must(err)
	if len(events) != 2 {
		t.Errorf("%d events, want the submission and one decision", len(events))
	}
}

func TestTheLastAdminStays(t *testing.T) {
	c := newCompany(t)
	eli := c.signsIn("eli")
	doc, _, err := c.PersonAndGrants(t.Context(), eli, "eli")
	c.must(err)
	if err := c.DeletePerson(t.Context(), eli, "eli", app.Condition{Version: doc.Version}); access.CodeOf(err) != access.CodeLastAdmin {
		t.Errorf("the last admin was removed: %v", err)
	}
}

func TestACallForARunThatNeverWasChangesNothing(t *testing.T) {
	c := newCompany(t)
	r, _ := c.anaHolds()
	forged := app.RunInput{Request: r.ID, Run: 99, Started: c.at}
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
	eli := c.signsIn("eli")
	for _, id := range []access.GroupID{"staging-users", "unheard-of"} {
		if _, err := c.PutGroup(t.Context(), eli, app.Group{ID: id, Name: "x"}, app.Condition{}); access.CodeOf(err) != access.CodeVersionRequired {
			t.Errorf("%s: %v", id, err)
		}
	}
}
