package app_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func (m *message) may(a access.Action) bool { return slices.Contains(m.card.Actions, a) }

// decidesInSlack lets the flow be decided there too.
func (c *chatting) decidesInSlack(change ...func(*access.Flow)) {
	c.Helper()
	flow, err := c.Catalog.Flow(c.Context(), "staging-flow")
	c.Must(err)
	flow.Doc.DecideIn = []access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail}
	for _, f := range change {
		f(&flow.Doc)
	}
	_, _, err = c.PutFlow(c.Context(), c.SignsIn("eli"), flow.Doc, app.Condition{Version: flow.Version})
	c.Must(err)
}

func TestEveryCopySaysWhatWasDecidedByWhomAndWhere(t *testing.T) {
	c := newChatting(t, "ana", "ben", "eli")
	c.decidesInSlack(func(f *access.Flow) { f.Steps[0].Approvers = append(f.Steps[0].Approvers, "person:eli") })
	r := c.anaAsks()
	c.catchesUp(r.ID)
	for _, user := range []string{"U0ben", "U0eli"} {
		if m := c.workspace.has(user); !m.may(access.ActApprove) || !m.may(access.ActDeny) || len(m.replies) != 0 {
			t.Errorf("%s may do %v and is told %v", user, m.card.Actions, m.replies)
		}
	}
	if m := c.workspace.has("U0ana"); m.card.Status != access.Pending || !m.may(access.ActCancel) || m.may(access.ActApprove) {
		t.Errorf("ana sees %s and may do %v", m.card.Status, m.card.Actions)
	}
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Deny, Reason: "Not today."})
	c.Must(err)
	c.catchesUp(r.ID)
	for _, user := range []string{"U0ben", "U0eli", "U0ana"} {
		m := c.workspace.has(user)
		e := m.card.Decided
		if m.card.Status != access.Denied || e.Actor.ID != "ben" || e.Actor.Via != access.ViaPortal || m.card.Names["ben"] != "ben" {
			t.Errorf("%s sees %s, decided by %+v", user, m.card.Status, e.Actor)
		}
		if m.may(access.ActApprove) || m.may(access.ActDeny) || m.may(access.ActAsk) {
			t.Errorf("%s may still do %v", user, m.card.Actions)
		}
	}
	if m := c.workspace.has("U0ana"); !slices.Equal(m.replies, []access.NoticeKind{access.NoticeDenied}) {
		t.Errorf("ana is told %v", m.replies)
	}
}

func TestWhoIsNotConnectedHasNoMessageAndIsWrittenToAllTheSame(t *testing.T) {
	c := newChatting(t, "ana")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	if len(c.workspace.said) != 1 || len(c.mails.messages) != 2 {
		t.Errorf("%d messages, mails %v", len(c.workspace.said), c.mails.messages)
	}
}

func TestABrokenQueueForSlackKeepsNoMailBack(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	c.slacks.down = errors.New("no such queue")
	r := c.anaAsks()
	c.relays(r.ID)
	if len(c.mails.messages) != 2 {
		t.Errorf("mails %v", c.mails.messages)
	}
	c.slacks.down = nil
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	c.Must(c.Relay(t.Context(), r.ID, 2))
	c.says()
	if m := c.workspace.has("U0ana"); m.card.Status != access.Approved {
		t.Errorf("ana sees %s", m.card.Status)
	}
}

func TestWithoutSlackNothingIsQueuedForIt(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	c.setUp("")
	r := c.anaAsks()
	c.relays(r.ID)
	if len(c.slacks.messages) != 0 {
		t.Errorf("queued %v", c.slacks.messages)
	}
}

// TestADecisionWhileACardIsPostedIsNotMissed: whether it comes before the card is
// posted, or before that is written down, and though the relay comes too late or
// too early to see the copy.
func TestADecisionWhileACardIsPostedIsNotMissed(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.relays(r.ID)
	c.workspace.meets = func(doing string, _ app.Card) {
		if doing != "post" {
			return
		}
		c.workspace.meets = nil
		_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
		c.Must(err)
		c.Must(c.Relay(t.Context(), r.ID, 2))
		if !slices.Contains(c.slacks.messages, app.Message{Request: r.ID, Seq: 2, To: "ben"}) {
			t.Error("the relay did not see the message that was being posted")
		}
	}
	c.Must(c.DeliverSlack(t.Context(), c.slacks.messages[0]))
	if m := c.workspace.has("U0ben"); m.card.Status != access.Approved || m.may(access.ActApprove) {
		t.Errorf("ben sees %s and may do %v", m.card.Status, m.card.Actions)
	}
}

func TestACrashAfterPostingPostsNothingTwice(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.relays(r.ID)
	c.workspace.lost = true
	m := c.slacks.messages[0]
	if err := c.DeliverSlack(t.Context(), m); err == nil {
		t.Fatal("the answer was lost, and nobody noticed")
	}
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	c.Must(c.DeliverSlack(t.Context(), m))
	if m := c.workspace.has("U0ben"); m.card.Status != access.Approved {
		t.Errorf("ben sees %s", m.card.Status)
	}
}

// TestTwoCouriersBringNoOldStateBack: the one who was slower puts an older state,
// notices, and puts the newest.
func TestTwoCouriersBringNoOldStateBack(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	ask := access.Decide{Verdict: access.Ask, Reason: "Why?"}
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, ask)
	c.Must(err)
	c.workspace.meets = func(doing string, card app.Card) {
		if doing != "update" || card.Version != 2 {
			return
		}
		c.workspace.meets = nil // what follows overtakes this update
		_, err := c.Act(t.Context(), c.SignsIn("ana"), r.ID, access.Answer{Text: "Because."})
		c.Must(err)
		_, err = c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Deny, Reason: "No."})
		c.Must(err)
		c.Must(c.DeliverSlack(t.Context(), app.Message{Request: r.ID, Seq: 4, To: "ben"}))
	}
	c.Must(c.DeliverSlack(t.Context(), app.Message{Request: r.ID, Seq: 2, To: "ben"}))
	if m := c.workspace.has("U0ben"); m.card.Status != access.Denied {
		t.Errorf("ben sees %s; put were %v", m.card.Status, c.workspace.changes)
	}
	if want := []int{1, 4, 2, 4}; !slices.Equal(c.workspace.changes, want) {
		t.Errorf("put were %v, want %v", c.workspace.changes, want)
	}
}

func TestALimitIsPassedOnAndNothingIsLost(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.relays(r.ID)
	m := c.slacks.messages[0]
	for _, doing := range []string{"open", "post", "find"} {
		c.workspace.limits = doing
		err := c.DeliverSlack(t.Context(), m)
		if busy, ok := errors.AsType[*app.Unavailable](err); !ok || busy.After != 30*time.Second {
			t.Fatalf("%s is limited: %v", doing, err)
		}
	}
	c.workspace.limits = ""
	c.Must(c.DeliverSlack(t.Context(), m))
	c.workspace.has("U0ben")
}

func TestADeletedMessageIsPostedAnewOnlyToWhoHasToDecide(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	clear(c.workspace.said)
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Ask, Reason: "Why?"})
	c.Must(err)
	c.catchesUp(r.ID)
	if m := c.workspace.has("U0ana"); m.card.Status != access.NeedsInfo { // she has to answer
		t.Errorf("ana sees %s", m.card.Status)
	}
	clear(c.workspace.said)
	_, err = c.Act(t.Context(), c.SignsIn("ana"), r.ID, access.Answer{Text: "Because."})
	c.Must(err)
	c.catchesUp(r.ID)
	c.workspace.has("U0ben")
	if len(c.workspace.said) != 1 {
		t.Errorf("%d messages", len(c.workspace.said))
	}
}

func TestARemindingMessageStandsInTheThread(t *testing.T) {
	c := newChatting(t, "ben")
	c.decidesInSlack(func(f *access.Flow) { f.RemindEvery = access.Duration(10 * time.Minute) })
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.At = c.At.Add(10 * time.Minute)
	_, err := c.TimedOut(t.Context(), app.RunInput{Request: r.ID, Run: 1, Started: c.At})
	c.Must(err)
	c.catchesUp(r.ID)
	if m := c.workspace.has("U0ben"); !slices.Equal(m.replies, []access.NoticeKind{access.NoticeReminder}) || !m.may(access.ActApprove) {
		t.Errorf("ben is told %v and may do %v", m.replies, m.card.Actions)
	}
}

func TestWhoMayNotSeeTheRequestAnyMoreIsLeftNothingOfIt(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.Must(c.EndSlackLink(t.Context(), c.SignsIn("ben"), app.Condition{}))
	_, err := c.Act(t.Context(), c.SignsIn("ana"), r.ID, access.Cancel{})
	c.Must(err)
	c.catchesUp(r.ID)
	if m := c.workspace.has("U0ben"); !m.withdrawn {
		t.Errorf("ben sees %s", m.card.Status)
	}
	if copies, err := c.Copies.Copies(t.Context(), r.ID); err != nil || len(copies) != 0 {
		t.Errorf("copies %v, %v", copies, err)
	}
}

func TestOfACrowdNobodyIsMessagedButWhoStandsIn(t *testing.T) {
	for _, size := range []int{access.MostMessaged, access.MostMessaged + 1} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			c := newChatting(t, "ana", "eli")
			c.crowd(size)
			r := c.anaAsks()
			c.relays(r.ID)
			stands := app.Message{Request: r.ID, Seq: 1, Kind: access.NoticeToDecide, To: "eli", Standby: true}
			member := app.Message{Request: r.ID, Seq: 1, Kind: access.NoticeToDecide, To: "m000"}
			many := size > access.MostMessaged
			if got := slices.Contains(c.slacks.messages, stands); got != many {
				t.Errorf("an admin stands in: %v", got)
			}
			if got := slices.Contains(c.slacks.messages, member); got == many {
				t.Errorf("a member is messaged: %v", got)
			}
			c.says()
			if many {
				if m := c.workspace.has("U0eli"); !m.card.Standby || m.may(access.ActApprove) {
					t.Errorf("eli is told as one of many: %v, and may do %v", m.card.Standby, m.card.Actions)
				}
			}
		})
	}
}

// crowd lets a group decide, whose first member is connected.
func (c *chatting) crowd(size int) {
	c.Helper()
	eli := c.SignsIn("eli")
	isNew := app.Condition{New: true}
	_, err := c.PutGroup(c.Context(), eli, app.Group{ID: "crowd", Name: "Everyone in it"}, isNew)
	c.Must(err)
	for i := range size {
		id := fmt.Sprintf("m%03d", i)
		_, err := c.PutPerson(c.Context(), eli, app.Person{ID: access.PersonID(id), Name: id, Email: id + "@example.com",
			Status: app.PersonActive, Groups: []access.GroupID{"crowd"}}, isNew)
		c.Must(err)
	}
	c.connected("m000")
	c.decidesInSlack(func(f *access.Flow) { f.Steps[0].Approvers = []access.Principal{"group:crowd"} })
}

func TestADelegateIsMessagedToo(t *testing.T) {
	c := newChatting(t, "ben", "dan")
	_, err := c.Delegate(t.Context(), c.SignsIn("ben"), app.Delegation{To: "dan", From: c.At, Until: c.At.Add(time.Hour)}, app.Condition{New: true})
	c.Must(err)
	c.decidesInSlack()
	r := c.anaAsks()
	c.catchesUp(r.ID)
	if m := c.workspace.has("U0dan"); !m.may(access.ActApprove) {
		t.Errorf("dan may do %v", m.card.Actions)
	}
}

func TestAHomeThatWasOpenedIsKeptUpToDate(t *testing.T) {
	c := newChatting(t, "ana", "ben")
	c.decidesInSlack()
	home, err := c.OpenHome(t.Context(), c.SignsIn("ben"))
	c.Must(err)
	if len(home.Tasks) != 0 {
		t.Errorf("ben has tasks before anyone asked: %d", len(home.Tasks))
	}
	r := c.anaAsks()
	c.catchesUp(r.ID)
	if home := c.workspace.homes["U0ben"]; len(home.Tasks) != 1 {
		t.Errorf("ben has %d tasks", len(home.Tasks))
	}
	if _, published := c.workspace.homes["U0ana"]; published {
		t.Error("ana never opened her Home")
	}
}

func TestWhatSlackWillNeverTakeIsNotTriedAgain(t *testing.T) {
	c := newChatting(t, "ben")
	link, err := c.SlackLinks.SlackLink(t.Context(), "ben")
	c.Must(err)
	c.Must(c.EndSlackLink(t.Context(), c.SignsIn("ben"), app.Condition{Version: link.Version}))
	c.is("U0gone", "ben@example.com")
	c.Must(c.connect("ben"))
	r := c.anaAsks()
	c.catchesUp(r.ID)
	if copies, err := c.Copies.Copies(t.Context(), r.ID); err != nil || len(copies) != 0 || len(c.workspace.said) != 0 {
		t.Errorf("copies %v, said %v, %v", copies, c.workspace.said, err)
	}
}

func TestWhoWithdrewAnApprovedRequestIsSaid(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	c.catchesUp(r.ID)
	if len(c.workspace.said) != 0 {
		t.Error("ben is asked for what he has decided")
	}
	_, err = c.Act(t.Context(), c.SignsIn("ana"), r.ID, access.Cancel{})
	c.Must(err)
	card, err := c.Card(t.Context(), c.SignsIn("ben"), r.ID)
	c.Must(err)
	if e := card.Decided; e.Type != access.EventCanceled || e.Actor.ID != "ana" || card.Names["ana"] != "ana" {
		t.Errorf("settled by %+v", e)
	}
}
