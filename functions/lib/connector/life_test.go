package connector_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
)

// company is one whose Staging is given by a webhook.
type company struct {
	*apptest.Company
	*receiver
}

// patience is how long the company waits for its endpoint.
const patience = 1500 * time.Millisecond

func newCompany(t *testing.T) *company {
	c := &company{apptest.New(t), newReceiver(t)}
	hook := c.connector()
	hook.Client.Timeout = patience
	c.Connectors[access.ConnectorWebhook] = hook
	leadsTo(c.Company, access.WebhookTarget(c.URL, "jira"))
	return c
}

func (c *company) Context() context.Context { return c.Company.Context() }

// leadsTo changes where Staging leads to.
func leadsTo(c *apptest.Company, target access.Target) {
	c.Helper()
	eli := c.SignsIn("eli")
	before, err := c.Resource(c.Context(), eli, "staging")
	c.Must(err)
	before.Doc.Target = target
	_, err = c.PutResource(c.Context(), eli, before.Doc, app.Condition{Version: before.Version})
	c.Must(err)
}

// anaMay lets Ana ask and Ben approve.
func (c *company) anaMay() app.RunInput {
	c.Company.Helper()
	return anaMay(c.Company)
}

func anaMay(c *apptest.Company) app.RunInput {
	c.Helper()
	r, err := c.Submit(c.Context(), c.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "A demo", Key: c.NewID()})
	c.Must(err)
	_, err = c.Act(c.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	return app.RunInput{Request: r.ID, Run: 1, Started: c.At}
}

func (c *company) anaHolds() app.RunInput {
	c.Company.Helper()
	in := c.anaMay()
	_, err := c.Grant(c.Context(), in)
	c.Must(err)
	c.stands(in, access.Active, true)
	return in
}

// stands checks the request, and whether the endpoint lets Ana in.
func (c *company) stands(in app.RunInput, want access.Status, present bool) access.Request {
	c.Company.Helper()
	stored, err := c.Requests.Load(c.Context(), in.Request)
	c.Must(err)
	if seen := c.at("/", "ana").Present; stored.Status != want || seen != present {
		c.Company.Fatalf("the request is %s and the access there: %t; want %s, %t", stored.Status, seen, want, present)
	}
	return stored.Request
}

// orders counts how often the endpoint was told to give and to take.
func (c *company) orders() (give, take int) {
	for _, call := range c.calls {
		switch {
		case call.Data.Want == nil:
		case *call.Data.Want:
			give++
		default:
			take++
		}
	}
	return give, take
}

// misdeal is a way to deal with a call.
type misdeal = func(w http.ResponseWriter, in *http.Request, apply func())

func hangs(_ http.ResponseWriter, in *http.Request, _ func()) { <-in.Context().Done() }

func answers500(w http.ResponseWriter, _ *http.Request, _ func()) {
	w.WriteHeader(http.StatusInternalServerError)
}

func TestAnEndpointThatFailsAndRecovers(t *testing.T) {
	c := newCompany(t)
	in := c.anaMay()
	for _, deal := range []misdeal{hangs, answers500, hangs} {
		c.next(deal)
		if _, err := c.Grant(t.Context(), in); !errors.Is(err, app.ErrTryAgain) {
			t.Fatalf("the grant: %v", err)
		}
		if r := c.stands(in, access.Granting, false); r.Due.IsZero() {
			t.Fatal("the end is not armed")
		}
	}
	_, err := c.Grant(t.Context(), in)
	c.Must(err)
	c.stands(in, access.Active, true)

	c.At = c.At.Add(2 * time.Minute)
	for _, deal := range []misdeal{answers500, hangs} {
		c.next(deal)
		if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrTryAgain) {
			t.Fatalf("the end: %v", err)
		}
		c.stands(in, access.Ending, true)
	}
	_, err = c.End(t.Context(), in)
	c.Must(err)
	c.stands(in, access.Ended, false)
	if give, take := c.orders(); give != 1 || take != 1 {
		t.Errorf("told %d times to give and %d times to take", give, take)
	}
}

// TestAnEndpointThatStaysDown: the revocation is stuck, and is done when the
// endpoint is back.
func TestAnEndpointThatStaysDown(t *testing.T) {
	c := newCompany(t)
	in := c.anaHolds()
	c.meets = func(w http.ResponseWriter, in *http.Request, apply func()) bool {
		answers500(w, in, apply)
		return true
	}
	c.At = c.At.Add(2 * time.Minute)
	if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrTryAgain) {
		t.Fatalf("the end: %v", err)
	}
	_, err := c.EndFailed(t.Context(), in)
	c.Must(err)
	var told []access.Move
	for range access.FastPace.Attempts {
		run := c.stands(in, access.Ending, true).Run
		out, err := c.Revoke(t.Context(), app.RunInput{Request: in.Request, Run: run.Number, Started: c.At})
		c.Must(err)
		told = append(told, out.Next)
		c.At = c.At.Add(time.Duration(out.Seconds) * time.Second)
		if out.Next == access.GiveUp {
			break
		}
	}
	if last := told[len(told)-1]; last != access.GiveUp || slices.Contains(told[:len(told)-1], access.Close) {
		t.Errorf("the run was told %v", told)
	}
	stuck := c.stands(in, access.Stuck, true)

	c.mu.Lock()
	c.meets = nil
	c.mu.Unlock()
	c.At = stuck.Due
	_, err = c.Sweep(t.Context())
	c.Must(err)
	next := c.stands(in, access.Stuck, true).Run
	if next.Number == stuck.Run.Number {
		t.Errorf("no run follows run %d", next.Number)
	}
	_, err = c.Revoke(t.Context(), app.RunInput{Request: in.Request, Run: next.Number, Started: c.At})
	c.Must(err)
	c.stands(in, access.Ended, false)
}

// TestAccessEndsWhereItWasGiven: whatever the resource leads to by then.
func TestAccessEndsWhereItWasGiven(t *testing.T) {
	c := newCompany(t)
	in := c.anaHolds()
	leadsTo(c.Company, access.WebhookTarget("https://elsewhere.example.com", "other"))
	c.At = c.At.Add(2 * time.Minute)
	_, err := c.End(t.Context(), in)
	c.Must(err)
	c.stands(in, access.Ended, false)
}

func TestAnEndpointThatRefuses(t *testing.T) {
	c := newCompany(t)
	in := c.anaMay()
	c.next(func(w http.ResponseWriter, _ *http.Request, _ func()) { w.WriteHeader(http.StatusNotFound) })
	if _, err := c.Grant(t.Context(), in); !errors.Is(err, app.ErrGrantRefused) {
		t.Fatal(err)
	}
	stored, err := c.Requests.Load(t.Context(), in.Request)
	c.Must(err)
	if stored.Failure != "http_404" {
		t.Errorf("the request is %s because of %q", stored.Status, stored.Failure)
	}
}

func TestAccessThatOthersGaveStaysBehind(t *testing.T) {
	c := newCompany(t)
	c.gives("/", "ana")
	in := c.anaHolds()
	c.At = c.At.Add(2 * time.Minute)
	_, err := c.End(t.Context(), in)
	c.Must(err)
	c.stands(in, access.Ended, false)
	if !c.at("/", "ana").Foreign {
		t.Error("the access of others is gone")
	}
}

// TestAnyOneCallOfALifeMayGoWrong enumerates every call of a grant and its end,
// and everything that may happen to it: the access is there when the request is
// active, and gone when it has ended.
func TestAnyOneCallOfALifeMayGoWrong(t *testing.T) {
	after := func(deal misdeal) misdeal {
		return func(w http.ResponseWriter, in *http.Request, apply func()) { apply(); deal(w, in, apply) }
	}
	breaksOff := func(w http.ResponseWriter, _ *http.Request, _ func()) { hangUp(w) }
	wrongs := map[string]misdeal{
		"hangs afterwards": after(hangs), "500": answers500, "500 afterwards": after(answers500),
		"breaks off": breaksOff, "breaks off afterwards": after(breaksOff),
		"says yes and does nothing": func(w http.ResponseWriter, _ *http.Request, _ func()) { _, _ = io.WriteString(w, "OK") },
	}
	const calls = 6 // a look, an order and a look, twice
	c := newCompany(t)
	for name, deal := range wrongs {
		for which := range calls {
			nth := 0
			c.meets = func(w http.ResponseWriter, in *http.Request, apply func()) bool {
				nth++
				if nth == which+1 {
					deal(w, in, apply)
				}
				return nth == which+1
			}
			in := c.anaMay()
			c.until(name, func() error { _, err := c.Grant(t.Context(), in); return err })
			c.stands(in, access.Active, true)
			c.At = c.At.Add(time.Hour)
			c.until(name, func() error { _, err := c.End(t.Context(), in); return err })
			c.stands(in, access.Ended, false)
			if nth < calls {
				t.Errorf("%s: a life of %d calls", name, nth)
			}
		}
	}
}

// until tries again what is to be tried again, a few times.
func (c *company) until(name string, act func() error) {
	c.Company.Helper()
	var err error
	for range 5 {
		if err = act(); !errors.Is(err, app.ErrTryAgain) {
			break
		}
	}
	if err != nil {
		c.Company.Fatalf("%s: %v", name, err)
	}
}
