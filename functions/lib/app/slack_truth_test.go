package app_test

import (
	"context"
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
