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
