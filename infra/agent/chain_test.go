package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/agents/wire"
)

func TestASessionOnALaptop(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.ready()
	c.is(in, access.Ready, false)
	c.agent.Once(t.Context())
	c.is(in, access.Ready, false)
	c.does("ana", in.Request, access.Start{})
	_, err := c.Grant(t.Context(), in)
	c.Must(err)
	r := c.is(in, access.Active, true)
	equal(t, "its end", r.EndsAt, r.StartedAt.Add(time.Hour))

	c.does("ana", in.Request, access.End{})
	c.revoked(in)
	equal(t, "why it ended", c.is(in, access.Ended, false).EndReason, access.EndGivenBack)
}

func TestASessionEndsWhenItsTimeIsUp(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.started()
	c.agent.Once(t.Context())
	c.At = c.At.Add(time.Hour - time.Second)
	c.agent.Once(t.Context())
	c.is(in, access.Active, true)
	c.At = c.At.Add(time.Second)
	_, err := c.End(t.Context(), in)
	c.Must(err)
	c.is(in, access.Ended, false)
}

// TestALaptopThatIsCutOffKeepsToItsTime: Latchkey says that it is offline, and
// ends the request only when the laptop has said that the rights are gone.
func TestALaptopThatIsCutOffKeepsToItsTime(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.started()
	c.agent.Once(t.Context())
	c.cut = true
	c.At = c.At.Add(time.Hour - time.Second)
	c.agent.Once(t.Context())
	c.is(in, access.Active, true)
	c.At = c.At.Add(time.Second)
	c.agent.Once(t.Context())
	c.is(in, access.Active, false)

	if _, err := c.End(t.Context(), in); !errors.Is(err, app.ErrOvertaken) {
		t.Fatalf("the end: %v", err)
	}
	r := c.is(in, access.Ending, false)
	equal(t, "what people see", r.Words(), "Ending (device offline)")
	equal(t, "the run that waits", r.Run, access.Run{Number: 2, Machine: access.RevocationMachine})
	for c.is(in, access.Ending, false); c.At.Before(r.EndsAt.Add(c.Pace.DeviceGrace)); c.At = c.is(in, access.Ending, false).RetryAt {
		c.revoked(in)
	}
	c.cut = false
	c.agent.Once(t.Context())
	c.revoked(in)
	c.is(in, access.Ended, false)
}

// TestALaptopThatIsCutOffBeforeItKnowsTheEnd keeps what it was given for a moment,
// not for its whole time.
func TestALaptopThatIsCutOffBeforeItKnowsTheEnd(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.started()
	c.cut = true
	c.At = c.At.Add(6 * c.Pace.Poll)
	c.agent.Once(t.Context())
	c.is(in, access.Active, false)
	c.cut = false
	c.agent.Once(t.Context())
	c.is(in, access.Active, true)
}

func TestALaptopThatStaysAwayIsStuckAndAlarmed(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.started()
	c.cut = true
	c.does("eli", in.Request, access.Revoke{Reason: "Lost"})
	for range 30 {
		c.revoked(in)
		stored, err := c.Requests.Load(t.Context(), in.Request)
		c.Must(err)
		if stored.Status == access.Stuck {
			if past := c.At.Sub(stored.EndingAt); past < c.Pace.DeviceGrace {
				t.Errorf("stuck after %s", past)
			}
			return
		}
		c.At = stored.RetryAt
	}
	t.Error("nobody is told")
}

func TestAGrantOnALaptopThatIsOffIsTakenBackBeforeItFails(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.ready()
	c.cut = true
	c.does("ana", in.Request, access.Start{})
	c.At = c.At.Add(time.Minute)
	if _, err := c.Grant(t.Context(), in); !errors.Is(err, app.ErrTryAgain) {
		t.Fatalf("the grant: %v", err)
	}
	_, err := c.GrantFailed(t.Context(), in)
	c.Must(err)
	c.revoked(in)
	c.is(in, access.Failed, false)
}

// TestAnAnswerThatNobodyHeardIsNotForgotten: the laptop was told to give rights,
// and went away. Until it says that it did not, the access may be there.
func TestAnAnswerThatNobodyHeardIsNotForgotten(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.ready()
	c.does("ana", in.Request, access.Start{})
	elsewhere := *c.link
	deaf := *c.agent
	deaf.Link, c.agent = &elsewhere, nil
	c.grants(in) // the end is armed, and nobody answers
	if _, err := elsewhere.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	c.does("eli", in.Request, access.Revoke{Reason: "No"})
	c.revoked(in)
	c.is(in, access.Ending, false)
	c.At = c.At.Add(time.Second)
	if _, err := elsewhere.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	c.revoked(in)
	c.is(in, access.Ended, false)
}

// grants makes one attempt to give the access that must not succeed.
func (c *company) grants(in app.RunInput) {
	c.Helper()
	if _, err := c.Grant(c.Context(), in); !errors.Is(err, app.ErrTryAgain) {
		c.Fatalf("the grant: %v", err)
	}
}

func TestARevokedLaptopLosesEverything(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	held := c.started()
	c.Must(c.RevokeDevice(t.Context(), c.SignsIn("eli"), "ana-macbook"))
	c.Must(c.DeviceChanged(t.Context(), "ana-macbook"))
	c.agent.Once(t.Context())
	equal(t, "why it ends", c.is(held, access.Ending, false).EndReason, access.EndRevoked)
}

func TestWhatWaitsForARevokedLaptopIsCanceled(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	waiting := c.ready()
	c.Must(c.DeviceChanged(t.Context(), "ana-macbook"))
	c.is(waiting, access.Ready, false)
	c.Must(c.RevokeDevice(t.Context(), c.SignsIn("eli"), "ana-macbook"))
	c.Must(c.DeviceChanged(t.Context(), "ana-macbook"))
	c.is(waiting, access.Canceled, false)
}

func TestAKeyIsReplacedInTimeAlsoWhereAnAnswerIsLost(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	first := c.link.State.Seed
	c.At = c.At.Add(31 * 24 * time.Hour)
	lost := *c.link
	lost.Client = &http.Client{Transport: deafness{c}}
	if _, err := lost.Sync(t.Context(), nil); err == nil {
		t.Fatal("the answer was heard")
	}
	equal(t, "the key after a lost answer", c.link.State.Seed, first)
	for range 3 {
		c.At = c.At.Add(time.Second)
		if _, err := c.link.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if c.link.State.Seed == first {
		t.Fatal("the key is the old one")
	}
	old := *c.link
	old.State = &State{Server: c.server.URL, Device: "ana-macbook", Seed: first, KeyMade: c.At, path: t.TempDir() + "/state.json"}
	if _, err := old.Sync(t.Context(), nil); !errors.Is(err, ErrRefused) {
		t.Errorf("the old key is still good: %v", err)
	}
	events, err := c.ConfigurationEvents(t.Context(), c.SignsIn("eli"), "device:ana-macbook", 0, 100)
	c.Must(err)
	var told []access.EventType
	for _, sealed := range events.Events {
		e, err := sealed.Open()
		c.Must(err)
		told = append(told, e.Type)
	}
	if want := []access.EventType{app.EventCreated, app.EventInvited, app.EventEnrolled, app.EventKeyChanged, app.EventKeyChanged}; !slices.Equal(told, want) {
		t.Errorf("the history: %v", told)
	}
}

// deafness lets calls arrive and their answers get lost.
type deafness struct{ c *company }

func (d deafness) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := d.c.RoundTrip(r)
	if err == nil {
		answer.Body.Close()
	}
	return nil, errors.New("no answer")
}

func TestWhatIsNoCallOfADeviceGetsNothing(t *testing.T) {
	c := newCompany(t)
	token := c.invited()
	c.enrols()
	link := c.link
	if err := c.newLink().Enrol(t.Context(), token); !errors.Is(err, ErrRefused) {
		t.Errorf("an earlier token is still good: %v", err)
	}
	private, err := key(link.State.Seed)
	c.Must(err)
	sign := func(device, path string, introduce bool, call any) string {
		text, err := wire.Sign(private, device, path, introduce, call)
		c.Must(err)
		return text
	}
	stranger, _ := newSeed()
	strange, _ := key(stranger)
	forged, err := wire.Sign(strange, "ana-macbook", wire.SyncPath, true, wire.Sync{Seq: 1 << 50})
	c.Must(err)
	seq := link.State.seq
	good := sign("ana-macbook", wire.SyncPath, false, wire.Sync{Seq: seq + 1, Accounts: []wire.Account{}})
	for _, call := range []struct {
		what, path, contentType, body string
		want                          int
	}{
		{"a good call", wire.SyncPath, wire.MediaType, good, 200},
		{"the same again", wire.SyncPath, wire.MediaType, good, 409},
		{"an earlier one", wire.SyncPath, wire.MediaType, sign("ana-macbook", wire.SyncPath, false, wire.Sync{Seq: seq}), 409},
		{"another key", wire.SyncPath, wire.MediaType, forged, 401},
		{"another device's name", wire.SyncPath, wire.MediaType, sign("gus-thinkpad", wire.SyncPath, false, wire.Sync{Seq: seq + 9}), 401},
		{"made for another address", wire.SyncPath, wire.MediaType, sign("ana-macbook", wire.EnrolPath, false, wire.Sync{Seq: seq + 9}), 400},
		{"another payload", wire.SyncPath, wire.MediaType, sign("ana-macbook", wire.SyncPath, false, map[string]any{"hold": true}), 400},
		{"a next key that is none", wire.SyncPath, wire.MediaType, sign("ana-macbook", wire.SyncPath, false, wire.Sync{Seq: seq + 9, NextKey: "x"}), 400},
		{"no signature", wire.SyncPath, wire.MediaType, `{"seq":9}`, 400},
		{"nothing", wire.SyncPath, wire.MediaType, "", 400},
		{"JSON", wire.SyncPath, "application/json", "{}", 415},
		{"too much", wire.SyncPath, wire.MediaType, string(make([]byte, 70000)), 413},
		{"another address", "/devices/v1/other", wire.MediaType, good, 404},
		{"enrolling without a key", wire.EnrolPath, wire.MediaType, sign("ana-macbook", wire.EnrolPath, false, wire.Enrol{Token: "x"}), 400},
		{"enrolling without a token", wire.EnrolPath, wire.MediaType, sign("ana-macbook", wire.EnrolPath, true, wire.Enrol{}), 401},
		{"enrolling what is not there", wire.EnrolPath, wire.MediaType, sign("nothing", wire.EnrolPath, true, wire.Enrol{Token: "x"}), 401},
	} {
		equal(t, call.what, c.posts(call.path, call.contentType, call.body), call.want)
	}
}

func TestADeviceIsNotDeletedUnderARequest(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	held := c.started()
	eli := c.SignsIn("eli")
	deletes := func() access.Code {
		device, err := c.Device(t.Context(), eli, "ana-macbook")
		c.Must(err)
		return access.CodeOf(c.DeleteDevice(t.Context(), eli, "ana-macbook", app.Condition{Version: device.Version}))
	}
	equal(t, "a resource leads to it", deletes(), access.CodeInUse)
	flow, err := c.Flow(t.Context(), eli, "laptop-flow")
	c.Must(err)
	c.Must(c.DeleteFlow(t.Context(), eli, "laptop-flow", app.Condition{Version: flow.Version}))
	resource, err := c.Resource(t.Context(), eli, "laptop")
	c.Must(err)
	c.Must(c.DeleteResource(t.Context(), eli, "laptop", app.Condition{Version: resource.Version}))
	equal(t, "Ana has rights on it", deletes(), access.CodeInUse)
	c.does("eli", held.Request, access.Revoke{Reason: "So that it can go"})
	c.revoked(held)
	c.is(held, access.Ended, false)
	equal(t, "nothing lives on it", deletes(), access.Code(""))
}

func TestARunWaitsForADeviceWithinTheGrace(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.started()
	c.cut = true
	c.At = c.At.Add(2 * time.Minute)
	c.does("ana", in.Request, access.End{})
	began := c.At
	for c.At.Sub(began) < c.Pace.DeviceGrace {
		stored, _ := c.Requests.Load(c.Context(), in.Request)
		out, err := c.Revoke(c.Context(), app.RunInput{Request: in.Request, Run: stored.Run.Number, Started: began})
		c.Must(err)
		stored, _ = c.Requests.Load(c.Context(), in.Request)
		if out.Next != access.RetryEnd {
			t.Fatalf("%s after the end, attempt %d: %s, and the request is %s, due in %s", c.At.Sub(began), stored.Attempts, out.Next, stored.Status, stored.Due.Sub(c.At))
		}
		c.At = stored.RetryAt
	}
}

func TestANameThatNoDeviceCanHaveIsAStrangers(t *testing.T) {
	c := newCompany(t)
	seed, _ := newSeed()
	k, _ := key(seed)
	body, err := wire.Sign(k, strings.Repeat("x", 3000), wire.SyncPath, false, wire.Sync{Seq: 1})
	c.Must(err)
	equal(t, "sync", c.posts(wire.SyncPath, wire.MediaType, body), 401)
}

func TestAKeySwapThatCouldNotBeSavedLocksNobodyOut(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	c.At = c.At.Add(31 * 24 * time.Hour)
	path := c.link.State.path
	_, err := c.link.successor() // which is saved
	c.Must(err)
	c.link.State.path = filepath.Join(c.TempDir(), "gone", stateFile) // the disk is full
	c.link.State.Reserved = 1 << 60
	_, _ = c.link.Sync(c.Context(), nil)
	_, _ = c.link.Sync(c.Context(), nil)
	again := &State{path: path}
	c.Must(again.read())
	again.Reserved, again.seq = 0, 0
	link := &Server{State: again, Client: c.link.Client, Now: c.Clock, RotateAfter: time.Hour}
	c.At = c.At.Add(time.Second)
	if _, err := link.Sync(c.Context(), nil); err != nil {
		t.Fatalf("after a restart: %v", err)
	}
}

// enrolment lets another machine take the device's name between what an agent was
// promised and what it is answered.
type enrolment struct {
	stored
	enrols func()
}

func (e enrolment) PutContact(ctx context.Context, c access.Contact) error {
	e.enrols()
	return e.stored.PutContact(ctx, c)
}

func TestAMachineWhoseNameIsTakenMeanwhileIsToldNothing(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.ready()
	c.does("ana", in.Request, access.Start{})
	link := c.link
	c.agent = nil
	c.grants(in)
	stored := c.Devices
	token := c.invited()
	c.Devices = enrolment{stored, func() {
		c.Devices = stored
		c.Must(c.newLink().Enrol(t.Context(), token))
	}}
	c.At = c.At.Add(time.Second)
	if answer, err := link.Sync(t.Context(), nil); !errors.Is(err, ErrRefused) {
		t.Errorf("answered %+v, %v", answer, err)
	}
}

// TestAnotherMachineDoesNotVouchForTheLostOne, nor does one that lost its memory.
func TestAnotherMachineDoesNotVouchForTheLostOne(t *testing.T) {
	c := newCompany(t)
	c.enrols()
	in := c.started()
	c.cut = true
	c.Must(c.RevokeDevice(t.Context(), c.SignsIn("eli"), "ana-macbook"))
	c.Must(c.DeviceChanged(t.Context(), "ana-macbook"))
	c.cut = false
	if err := c.newLink().Enrol(t.Context(), c.invited()); err == nil {
		t.Error("another machine has the device's name")
	}
	c.agent = nil // in a drawer
	c.revoked(in)
	c.is(in, access.Ending, true)
}
