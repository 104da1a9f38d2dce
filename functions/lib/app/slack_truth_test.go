package app_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// approves lets Ben approve, and gives what is queued for Ana because of that.
func (c *chatting) approves(id access.RequestID) app.Message {
	c.Helper()
	_, err := c.Act(c.Context(), c.SignsIn("ben"), id, access.Decide{Verdict: access.Approve})
	c.Must(err)
	c.relays(id)
	for _, m := range c.slacks.messages {
		if m.To == "ana" && m.Kind == access.NoticeApproved {
			return m
		}
	}
	c.Fatal("ana is not told")
	return app.Message{}
}

func (c *chatting) anaWasTold(want ...access.NoticeKind) {
	c.Helper()
	if got := c.workspace.has("U0ana").replies; !slices.Equal(got, want) {
		c.Errorf("in her thread ana is told %v, want %v", got, want)
	}
}

type brokenLists struct{ app.Requests }

func (brokenLists) List(context.Context, app.Filter, app.Page) ([]access.Request, string, error) {
	return nil, "", errors.New("throttled")
}

func TestAHomeThatFailsRepeatsNoNotice(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	_, err := c.OpenHome(t.Context(), c.SignsIn("ana"))
	c.Must(err)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	approved := c.approves(r.ID)
	c.Requests = brokenLists{c.Requests}
	for range 3 {
		c.Must(c.DeliverSlack(t.Context(), approved))
	}
	c.anaWasTold(access.NoticeApproved)
}

func TestACardThatSlackRefusesKeepsNoNoticeBack(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	approved := c.approves(r.ID)
	c.workspace.refuses = "edit_window_closed"
	for range 3 {
		c.Must(c.DeliverSlack(t.Context(), approved))
	}
	c.anaWasTold(access.NoticeApproved)
}

// leaves takes someone out of their groups.
func (c *chatting) leaves(person access.PersonID) {
	c.Helper()
	c.person(person, func(p *app.Person) { p.Groups = nil })
}

func TestWhoConnectsAsAnotherUserTakesTheirMessagesAlong(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	old := c.workspace.has("U0ben")
	c.is("U0new", "ben@example.com")
	c.Must(c.connect("ben"))
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Ask, Reason: "Why?"})
	c.Must(err)
	c.catchesUp(r.ID)
	if !old.withdrawn || len(old.replies) != 0 {
		t.Errorf("his old user sees %s and is told %v", old.card.Status, old.replies)
	}
	if m := c.workspace.has("U0new"); m.card.Status != access.NeedsInfo {
		t.Errorf("ben sees %s", m.card.Status)
	}
}

func TestAPressShowsWhoLeftNothingOfTheRequest(t *testing.T) {
	c := newChatting(t, "eli")
	c.crowd(3)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	m := c.workspace.has("U0m000")
	pressed, err := c.Copies.Copy(t.Context(), r.ID, "m000")
	c.Must(err)
	c.leaves("m000")
	caller, err := c.SlackCaller(t.Context(), app.SlackUser{Team: acme, ID: "U0m000"})
	c.Must(err)
	c.Must(c.ShowPressed(t.Context(), caller, app.Copy{Request: r.ID, Person: "m000", Channel: pressed.Channel, Stamp: pressed.Stamp}))
	if !m.withdrawn {
		t.Errorf("m000 sees %s and may do %v", m.card.Status, m.card.Actions)
	}
	if _, err := c.Copies.Copy(t.Context(), r.ID, "m000"); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("the copy is still known: %v", err)
	}
}

func TestWhoComesBackGetsAMessageOfTheirOwn(t *testing.T) {
	c := newChatting(t, "eli")
	c.crowd(3)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.leaves("m000")
	c.Must(c.DeliverSlack(t.Context(), app.Message{Request: r.ID, Seq: 1, To: "m000"}))
	c.person("m000", func(p *app.Person) { p.Groups = []access.GroupID{"crowd"} })
	again := app.Message{Request: r.ID, Seq: 2, Kind: access.NoticeToDecide, To: "m000"}
	c.workspace.limits = "post" // the second try looks for what the first may have posted
	if err := c.DeliverSlack(t.Context(), again); err == nil {
		t.Fatal("posted, though limited")
	}
	c.workspace.limits = ""
	c.Must(c.DeliverSlack(t.Context(), again))
	var open, withdrawn int
	for _, m := range c.workspace.said {
		if m.withdrawn {
			withdrawn++
		} else if m.may(access.ActApprove) {
			open++
		}
	}
	if open != 1 || withdrawn != 1 {
		t.Errorf("%d messages are withdrawn, %d ask", withdrawn, open)
	}
}

// cancels lets Ana withdraw her request.
func (c *chatting) cancels(id access.RequestID) {
	c.Helper()
	_, err := c.Act(c.Context(), c.SignsIn("ana"), id, access.Cancel{})
	c.Must(err)
}

// benSeesItCanceled fails unless Ben's message says that the request is withdrawn.
func (c *chatting) benSeesItCanceled() {
	c.Helper()
	if m := c.workspace.has("U0ben"); m.card.Status != access.Canceled || m.may(access.ActApprove) {
		c.Errorf("ben sees %s and may do %v", m.card.Status, m.card.Actions)
	}
}

// pays passes on what is owed, all of it.
func (c *chatting) pays(want int) {
	c.Helper()
	for _, n := range []int{want, 0} {
		if paid, err := c.PaySlack(c.Context()); err != nil || paid != n {
			c.Errorf("%d debts paid, want %d: %v", paid, n, err)
		}
	}
	c.says()
}

func TestWhatHappenedWhileSlackWasOffIsSeenOnceItIsOn(t *testing.T) {
	for name, story := range map[string]func(*chatting, access.RequestID){
		"relayed while it is off":   func(c *chatting, id access.RequestID) { c.setUp(""); c.relays(id); c.says() },
		"delivered while it is off": func(c *chatting, id access.RequestID) { c.relays(id); c.setUp(""); c.says() },
	} {
		t.Run(name, func(t *testing.T) {
			c := newChatting(t, "ben")
			r := c.anaAsks()
			c.catchesUp(r.ID)
			c.cancels(r.ID)
			story(c, r.ID)
			if paid, err := c.PaySlack(t.Context()); paid != 0 || err != nil {
				t.Errorf("%d debts paid while it is off, %v", paid, err)
			}
			c.setUp(acme)
			if _, err := c.PaySlack(t.Context()); err != nil {
				t.Error(err)
			}
			c.pays(0)
			c.benSeesItCanceled()
		})
	}
}

func TestWhatTheQueueDidNotTakeIsPassedOnLater(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	r := c.anaAsks()
	c.slacks.down = errors.New("no such queue")
	c.Must(c.Relay(t.Context(), r.ID, 1))
	if paid, err := c.PaySlack(t.Context()); paid != 0 || !errors.Is(err, c.slacks.down) {
		t.Errorf("%d debts paid to a queue that is down, %v", paid, err)
	}
	c.slacks.down = nil
	c.pays(1)
	if m := c.workspace.has("U0ben"); !m.may(access.ActApprove) && m.card.Status != access.Pending {
		t.Errorf("ben sees %s", m.card.Status)
	}
	c.cancels(r.ID)
	c.slacks.down = errors.New("no such queue")
	c.Must(c.Relay(t.Context(), r.ID, 2))
	c.slacks.down = nil
	c.pays(1)
	c.benSeesItCanceled()
}

type copies = app.Copies

type brokenCopies struct{ copies }

func (brokenCopies) Copies(context.Context, access.RequestID) ([]app.Copy, error) {
	return nil, errors.New("throttled")
}

func TestWhatCannotBeReadForSlackHoldsNoEventUp(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	whole := c.Copies
	c.Copies = brokenCopies{whole}
	c.Must(c.Relay(t.Context(), r.ID, 1))
	c.Copies = whole
	c.pays(1)
	c.workspace.has("U0ben")
}

type noToken struct{ app.Messenger }

func (noToken) Update(context.Context, app.Copy, app.Card) (string, error) {
	return "", app.ErrSlackNotSetUp
}

func TestWithoutATokenMessagesWaitForIt(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.cancels(r.ID)
	c.relays(r.ID)
	c.Messenger = noToken{c.workspace}
	m := c.slacks.messages[len(c.slacks.messages)-1]
	if err := c.DeliverSlack(t.Context(), m); err == nil {
		t.Error("delivered without a token")
	}
	c.Messenger = c.workspace
	c.says()
	c.benSeesItCanceled()
}

// countingLists counts how often lists are read, which only a Home does.
type countingLists struct {
	app.Requests
	n int
}

func (l *countingLists) List(ctx context.Context, f app.Filter, p app.Page) ([]access.Request, string, error) {
	l.n++
	return l.Requests.List(ctx, f, p)
}

func TestWhatReadsTheSameIsNotSaidAgain(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	_, err := c.OpenHome(t.Context(), c.SignsIn("ana"))
	c.Must(err)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	lists := &countingLists{Requests: c.Requests}
	c.Requests, c.workspace.changes = lists, nil
	for range 3 {
		c.Must(c.DeliverSlack(t.Context(), app.Message{Request: r.ID, Seq: 1, To: "ana"}))
	}
	if len(c.workspace.changes) != 0 || lists.n != 0 {
		t.Errorf("%d changes, and Home was gathered from %d lists", len(c.workspace.changes), lists.n)
	}
}

// TestACardFollowsWhatItSaysBesideTheRequest: the version is the same, a name is
// another.
func TestACardFollowsWhatItSaysBesideTheRequest(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.person("ben", func(p *app.Person) { p.Name = "Benedict" })
	c.Must(c.DeliverSlack(t.Context(), app.Message{Request: r.ID, Seq: 1, To: "ana"}))
	if name := c.workspace.has("U0ana").card.View.Steps[0].Approvers[0].Name; name != "Benedict" {
		t.Errorf("ana reads that %s decides", name)
	}
}

// happening gives one event, whatever is asked for.
type happening struct {
	app.Requests
	event access.SealedEvent
}

func (h happening) Event(context.Context, access.RequestID, int) (access.SealedEvent, error) {
	return h.event, nil
}

func TestOfSingleFailedAttemptsNoMessageSpeaks(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	requests := c.Requests
	for gaveUp, want := range map[bool]int{false: 0, true: 2} {
		sealed, err := access.Seal([]access.Event{{Seq: 2, At: c.At, Type: access.EventRevocationFailed, Status: access.Ending,
			Details: access.Details{GaveUp: gaveUp}}}, "", rand.Reader)
		c.Must(err)
		c.Requests, c.slacks.messages = happening{requests, sealed[0]}, nil
		c.Must(c.Relay(t.Context(), r.ID, 2))
		if n := len(c.slacks.messages); n != want {
			t.Errorf("given up: %v; %d messages, want %d", gaveUp, n, want)
		}
	}
}
