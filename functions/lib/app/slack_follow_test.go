package app_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// TestWhoMayNotDecideAnyMoreLosesTheMessageAtOnce: nothing happens to the request,
// which others can decide.
func TestWhoMayNotDecideAnyMoreLosesTheMessageAtOnce(t *testing.T) {
	for name, story := range map[string]func(*chatting){
		"left the group": func(c *chatting) {
			c.leaves("m000")
			c.Must(c.MembersChanged(t.Context(), "crowd", []access.PersonID{"m000"}))
		},
		"suspended": func(c *chatting) {
			c.person("m000", suspended)
			c.Must(c.PersonChanged(t.Context(), "m000"))
		},
		"deleted": func(c *chatting) {
			p, err := c.Directory.Person(t.Context(), "m000")
			c.Must(err)
			c.Must(c.DeletePerson(t.Context(), c.SignsIn("eli"), "m000", app.Condition{Version: p.Version}))
			c.Must(c.MembersChanged(t.Context(), "crowd", []access.PersonID{"m000"}))
		},
		"disconnected": func(c *chatting) {
			c.Must(c.EndSlackLink(t.Context(), c.SignsIn("m000"), app.Condition{}))
			c.Must(c.SlackLinkChanged(t.Context(), "m000"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChatting(t, "eli")
			c.crowd(3)
			r := c.anaAsks()
			c.catchesUp(r.ID)
			m := c.workspace.has("U0m000")
			story(c)
			c.says()
			if !m.withdrawn {
				t.Errorf("m000 sees %s and may do %v", m.card.Status, m.card.Actions)
			}
			stored, err := c.Requests.Load(t.Context(), r.ID)
			c.Must(err)
			if stored.Version != 1 {
				t.Errorf("something happened to the request: version %d", stored.Version)
			}
		})
	}
}

func TestWhoMayDecideFromNowOnIsAsked(t *testing.T) {
	for name, story := range map[string]func(*chatting) string{
		"joins the group": func(c *chatting) string {
			c.connected("dan")
			c.person("dan", func(p *app.Person) { p.Groups = []access.GroupID{"crowd"} })
			c.Must(c.MembersChanged(t.Context(), "crowd", []access.PersonID{"dan"}))
			return "U0dan"
		},
		"connects": func(c *chatting) string {
			c.connected("m001")
			c.Must(c.SlackLinkChanged(t.Context(), "m001"))
			return "U0m001"
		},
		"becomes a delegate": func(c *chatting) string {
			c.connected("dan")
			_, err := c.Delegate(t.Context(), c.SignsIn("m001"), app.Delegation{To: "dan", From: c.At, Until: c.At.Add(time.Hour)}, app.Condition{New: true})
			c.Must(err)
			c.Must(c.DelegationChanged(t.Context(), "m001"))
			return "U0dan"
		},
		"connects as a delegate": func(c *chatting) string {
			_, err := c.Delegate(t.Context(), c.SignsIn("m001"), app.Delegation{To: "dan", From: c.At, Until: c.At.Add(time.Hour)}, app.Condition{New: true})
			c.Must(err)
			c.connected("dan")
			c.Must(c.SlackLinkChanged(t.Context(), "dan"))
			return "U0dan"
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChatting(t, "eli")
			c.crowd(3)
			r := c.anaAsks()
			c.catchesUp(r.ID)
			user := story(c)
			c.says()
			if m := c.workspace.has(user); !m.may(access.ActApprove) || len(m.replies) != 0 {
				t.Errorf("they may do %v and are told %v", m.card.Actions, m.replies)
			}
		})
	}
}

func TestADelegateLosesTheMessageWithTheDelegation(t *testing.T) {
	for name, story := range map[string]func(*chatting){
		"ended": func(c *chatting) {
			c.Must(c.EndDelegation(t.Context(), c.SignsIn("m001"), app.Condition{}))
			c.Must(c.DelegationChanged(t.Context(), "m001"))
		},
		"whose they are is suspended": func(c *chatting) {
			c.person("m001", suspended)
			c.Must(c.PersonChanged(t.Context(), "m001"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChatting(t, "eli", "dan")
			c.crowd(3)
			_, err := c.Delegate(t.Context(), c.SignsIn("m001"), app.Delegation{To: "dan", From: c.At, Until: c.At.Add(time.Hour)}, app.Condition{New: true})
			c.Must(err)
			r := c.anaAsks()
			c.catchesUp(r.ID)
			m := c.workspace.has("U0dan")
			story(c)
			c.says()
			if !m.withdrawn {
				t.Errorf("dan sees %s and may do %v", m.card.Status, m.card.Actions)
			}
		})
	}
}

func TestWhoConnectsIsNotAskedAsOneOfACrowd(t *testing.T) {
	c := newChatting(t, "eli")
	c.crowd(access.MostMessaged + 1)
	c.anaAsks()
	c.connected("m001")
	c.Must(c.SlackLinkChanged(t.Context(), "m001"))
	if len(c.slacks.messages) != 0 {
		t.Errorf("queued %v", c.slacks.messages)
	}
}

func TestWhoConnectsAnotherUserHasWhatTheyAskedForThere(t *testing.T) {
	c := newChatting(t, "ana")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	old := c.workspace.has("U0ana")
	c.is("U0new", "ana@example.com")
	c.Must(c.connect("ana"))
	c.Must(c.SlackLinkChanged(t.Context(), "ana"))
	c.says()
	if !old.withdrawn {
		t.Errorf("her old user sees %s", old.card.Status)
	}
	if m := c.workspace.has("U0new"); !m.may(access.ActCancel) {
		t.Errorf("ana may do %v", m.card.Actions)
	}
}

// TestAnUpdateIsNotDroppedAsTheRelaysOwn: SQS drops for five minutes what has the
// same key.
func TestAnUpdateIsNotDroppedAsTheRelaysOwn(t *testing.T) {
	c := newChatting(t, "ben")
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.Must(c.EndSlackLink(t.Context(), c.SignsIn("ben"), app.Condition{}))
	seen := map[string]bool{}
	for range 2 {
		c.Must(c.Relay(t.Context(), r.ID, 1))
		c.Must(c.SlackLinkChanged(t.Context(), "ben"))
	}
	for _, m := range c.slacks.messages {
		seen[m.Key("slack")] = true
	}
	if len(seen) != 3 {
		t.Errorf("keys %v", fmt.Sprint(seen))
	}
}

func TestWhoLeftWhileSlackWasOffIsLeftNothingOnceItIsOn(t *testing.T) {
	c := newChatting(t, "eli")
	c.crowd(3)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	m := c.workspace.has("U0m000")
	c.setUp("")
	c.leaves("m000")
	c.Must(c.MembersChanged(t.Context(), "crowd", []access.PersonID{"m000"}))
	c.setUp(acme)
	c.pays(1)
	if !m.withdrawn {
		t.Errorf("m000 sees %s and may do %v", m.card.Status, m.card.Actions)
	}
}

func TestWhoIsNamedBesideACrowdIsAsked(t *testing.T) {
	c := newChatting(t, "ben", "eli")
	c.crowd(access.MostMessaged + 1)
	c.decidesInSlack(func(f *access.Flow) { f.Steps[0].Approvers = []access.Principal{"group:crowd", "person:ben"} })
	r := c.anaAsks()
	c.relays(r.ID)
	asked := map[access.PersonID]bool{}
	for _, m := range c.slacks.messages {
		asked[m.To] = m.Standby
	}
	if standby, ok := asked["ben"]; !ok || standby {
		t.Errorf("asked, and in place of others, are %v", asked)
	}
	if !asked["eli"] || len(asked) != 2 {
		t.Errorf("asked, and in place of others, are %v", asked)
	}
}

// oneByOne counts what is read for one person at a time.
type oneByOne struct {
	app.Directory
	links
	n *int
}

type links = app.SlackLinks

func (o oneByOne) Delegation(ctx context.Context, id access.PersonID) (app.Versioned[app.Delegation], error) {
	*o.n++
	return o.Directory.Delegation(ctx, id)
}

func (o oneByOne) SlackLink(ctx context.Context, id access.PersonID) (app.Versioned[app.SlackLink], error) {
	*o.n++
	return o.links.SlackLink(ctx, id)
}

func TestABigStepIsNotReadOneByOne(t *testing.T) {
	c := newChatting(t, "ana", "eli")
	c.crowd(access.MostMessaged)
	r := c.anaAsks()
	n := 0
	counting := oneByOne{c.Directory, c.SlackLinks, &n}
	c.Directory, c.SlackLinks = counting, counting
	c.Must(c.Relay(t.Context(), r.ID, 1))
	if n > 0 {
		t.Errorf("%d reads of one person's delegation or link", n)
	}
}

// TestASlackQueueThatIsDownHoldsNoSuspensionUp: what its people are to see is owed.
func TestASlackQueueThatIsDownHoldsNoSuspensionUp(t *testing.T) {
	c := newChatting(t, "eli")
	c.crowd(3)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	m := c.workspace.has("U0m000")
	c.slacks.down = errors.New("no such queue")
	c.person("m000", suspended)
	c.Must(c.PersonChanged(t.Context(), "m000"))
	c.slacks.down = nil
	c.pays(1)
	if !m.withdrawn {
		t.Errorf("m000 sees %s and may do %v", m.card.Status, m.card.Actions)
	}
}

// TestADelegationConcernsNobodyElse who has a message about what waits.
func TestADelegationConcernsNobodyElse(t *testing.T) {
	c := newChatting(t, "eli", "dan")
	c.crowd(3)
	_, err := c.Delegate(t.Context(), c.SignsIn("m001"), app.Delegation{To: "dan", From: c.At, Until: c.At.Add(time.Hour)}, app.Condition{New: true})
	c.Must(err)
	r := c.anaAsks()
	c.catchesUp(r.ID)
	c.Must(c.EndDelegation(t.Context(), c.SignsIn("m001"), app.Condition{}))
	before := len(c.slacks.messages)
	c.Must(c.DelegationChanged(t.Context(), "m001"))
	if queued := c.slacks.messages[before:]; len(queued) != 1 || queued[0].To != "dan" {
		t.Errorf("queued for %+v", queued)
	}
}
