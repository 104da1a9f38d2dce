package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
	"latchkey/infra/local/slack"
)

// colleague is someone who is connected to their user in the company's Slack.
type colleague struct {
	person
	control slack.Client
	user    string
}

// inSlack gives someone a Slack user, and connects them.
func (s *stage) inSlack(p person) colleague {
	s.Helper()
	c := colleague{p, s.slack(), s.joinsSlack(p.id, p.email, nil)}
	p.get("/v1/me").said(http.StatusOK) // whoever was never here before is nobody to the Slack function
	p.connects(c.control, c.user, "").said(http.StatusOK)
	return c
}

// joinsSlack gives the workspace a member of this story's own, as edited, and
// gives their id there.
func (s *stage) joinsSlack(id, email string, edit func(*slack.Person)) string {
	s.Helper()
	member := slack.Member("", id, email)
	member.ID = "U" + strings.ToUpper(strings.NewReplacer("-", "", ".", "").Replace(id))
	if edit != nil {
		edit(&member)
	}
	if err := s.slack().Join(s.Context(), member); err != nil {
		s.Fatal(err)
	}
	return member.ID
}

// cards are the messages about a request that stand in someone's conversation.
func (c colleague) cards(request string) []slack.Message {
	c.Helper()
	list, err := c.control.Messages(c.Context(), c.user)
	if err != nil {
		c.Fatal(err)
	}
	return slices.DeleteFunc(list, func(m slack.Message) bool { return !strings.Contains(string(m.Metadata), request) })
}

// card waits until someone's one message about a request reads so.
func (c colleague) card(request string, phrases ...string) slack.Message {
	c.Helper()
	return eventually(c.T, "the message to "+c.id+" says "+strings.Join(phrases, ", "), func() []slack.Message { return c.cards(request) },
		func(list []slack.Message) bool {
			return len(list) == 1 && !slices.ContainsFunc(phrases, func(p string) bool { return !strings.Contains(list[0].Reading.Text, p) })
		})[0]
}

// buttons names what can be pressed on a message.
func buttons(m slack.Message) string {
	var list []string
	for _, b := range m.Reading.Buttons {
		list = append(list, b.Text)
	}
	return strings.Join(list, ", ")
}

// patiently does something in Slack, again if Slack got no answer: it waits three
// seconds, in which a busy machine may not have one, and tells people so.
func patiently(t *testing.T, what string, do func() (slack.Seen, error)) slack.Seen {
	t.Helper()
	return untilSeen(t, what, do, func(slack.Seen) bool { return true })
}

// opens is patiently for what opens a modal, which Slack allows for as long.
func opens(t *testing.T, what string, do func() (slack.Seen, error)) slack.Seen {
	t.Helper()
	return untilSeen(t, what+", and a modal opens", do, func(seen slack.Seen) bool { return seen.Modal != nil })
}

func untilSeen(t *testing.T, what string, do func() (slack.Seen, error), isSo func(slack.Seen) bool) slack.Seen {
	t.Helper()
	return eventually(t, what, func() slack.Seen {
		seen, err := do()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		return seen
	}, func(seen slack.Seen) bool { return seen.Problem == "" && isSo(seen) })
}

// presses presses a button of the message about a request, which opens a modal.
func (c colleague) presses(request, action string) {
	c.Helper()
	opens(c.T, c.id+" presses "+action, func() (slack.Seen, error) {
		return c.control.Press(c.Context(), c.user, slack.Press{Message: c.card(request).TS, ActionID: action})
	})
}

// submits fills in the modal and submits it.
func (c colleague) submits(values slack.Values) slack.Seen {
	c.Helper()
	return patiently(c.T, c.id+" submits", func() (slack.Seen, error) { return c.control.Submit(c.Context(), c.user, values) })
}

func reason(text string) slack.Values { return slack.Values{"reason": {"input": text}} }

// TestARequestIsDecidedInTheChannelThatEachPrefers: Ana asks for the production
// database, Ben approves in Slack, Dan from his mail, Dina in Slack, and what Dora
// has says who decided.
func TestARequestIsDecidedInTheChannelThatEachPrefers(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	security := s.name("security")
	s.create("groups", security, contract.GroupInput{Name: "Security"})
	ben := s.inSlack(s.hire("ben", ""))
	ana := s.inSlack(s.hire("ana", ben.id))
	s.ana = ana.person
	dan, dina, dora := s.hire("dan", "", security), s.inSlack(s.hire("dina", "", security)), s.inSlack(s.hire("dora", "", security))
	dan.get("/v1/me").said(http.StatusOK)
	s.create("groups", s.users, contract.GroupInput{Name: "Holds staging"})
	s.create("resources", s.staging, contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Staging",
		Connector: contract.Connector{Type: "group", Group: s.users}})
	s.create("flows", s.flow, contract.FlowInput{Name: "Staging", Resources: []contract.Id{s.staging},
		VisibleTo: []contract.Audience{"person:" + ana.id}, Duration: contract.DurationRule{Mode: contract.Choice, Choices: []contract.Duration{"PT1H", "PT8H"}},
		Fields: []contract.Field{{Id: "ticket", Label: "Ticket", Required: true, Pattern: "[A-Z]+-[0-9]+"}},
		Steps: []contract.FlowStep{{Approvers: []contract.ApproverWord{"manager"}, Needed: contract.Needed{Count: 1}},
			{Approvers: []contract.ApproverWord{"group:" + security}, Needed: contract.Needed{Count: 2}}}})

	// She asks in Slack, too.
	opens(t, "/access", func() (slack.Seen, error) { return ana.control.Command(t.Context(), ana.user, "/access", "") })
	patiently(t, "chooses", func() (slack.Seen, error) {
		return ana.control.Press(t.Context(), ana.user, slack.Press{ActionID: "input", BlockID: "resource", Value: s.staging})
	})
	form := slack.Values{"reason": {"input": "Watch <!channel> & *roll back*"}, "duration/" + s.staging: {"input": "PT8H"}, "field/ticket/" + s.staging: {"input": "none"}}
	if seen := ana.submits(form); len(seen.Errors) != 1 {
		t.Fatalf("a ticket that is none: %+v", seen)
	}
	form["field/ticket/"+s.staging] = map[string]any{"input": "OPS-77"}
	ana.submits(form)
	r := eventually(t, "Ana's request", func() []contract.Request { return all[contract.Request](ana.person, "/v1/requests?view=mine") },
		func(list []contract.Request) bool { return len(list) == 1 })[0]
	if r.Duration != "PT8H" || r.Answers["ticket"] != "OPS-77" {
		t.Errorf("she asked for %+v", r)
	}

	card := ben.card(r.Id, "Ana asks for Staging", "Watch <!channel> & *roll back*", "OPS-77", "8 hours", "Ben")
	if got := buttons(card); !strings.HasPrefix(got, "View access request details, Approve, Deny") {
		t.Errorf("Ben may press %s", got)
	}
	if len(card.Reading.Mentions) != 0 {
		t.Errorf("Ana's words mention %v", card.Reading.Mentions)
	}
	ben.presses(r.Id, "deny")
	if seen := ben.submits(reason(" ")); seen.Closed || seen.Errors["reason"] == "" {
		t.Errorf("a denial without a reason: %+v", seen)
	}
	if _, err := ben.control.Close(t.Context(), ben.user, true); err != nil {
		t.Fatal(err)
	}
	ben.presses(r.Id, "approve")
	if seen := ben.submits(reason("With the runbook")); !seen.Closed {
		t.Errorf("an approval: %+v", seen)
	}
	if got := buttons(ben.card(r.Id, "Approved by Ben", "in Slack", "With the runbook")); got != "View access request details" {
		t.Errorf("once he approved, Ben may press %s", got)
	}

	dina.card(r.Id, "Ana asks for Staging")
	dora.card(r.Id, "Ana asks for Staging")
	s.browser().opens(s.link(dan, r.Id, "approve")).signsIn(dan).says(http.StatusOK, "Ana asks for Staging").
		decides("approve", "", "").says(http.StatusSeeOther).follows().says(http.StatusOK, "You approved this")
	dan.gets("You approved: Staging for Ana", r.Id)
	dina.presses(r.Id, "approve")
	dina.submits(reason(""))
	held := ana.sees(r.Id, contract.StatusActive)
	if via := held.Steps[1].Decisions; len(via) != 2 || via[0].Via != contract.ViaEmail || via[1].Via != contract.ViaSlack {
		t.Errorf("the second step was decided by %+v", via)
	}
	for _, c := range []colleague{ben, dina, dora} {
		if got := buttons(c.card(r.Id, "Approved by Dina", "in Slack")); got != "View access request details" {
			t.Errorf("once it is decided, %s may press %s", c.id, got)
		}
	}
	mine := ana.card(r.Id, "Active")
	if !strings.Contains(buttons(mine), "End access") {
		t.Errorf("Ana may press %s", buttons(mine))
	}
	ana.presses(r.Id, "end")
	ana.submits(nil)
	ana.sees(r.Id, contract.StatusEnded)
	ana.card(r.Id, "Ended")
}

// TestWhatSlackLimitsComesLater, and delays neither the mail nor the decision.
func TestWhatSlackLimitsComesLater(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	ben := s.inSlack(s.ben)
	if err := ben.control.Meet(t.Context(), slack.Trouble{Method: "chat.postMessage", Status: http.StatusTooManyRequests, RetryAfter: 2, Times: 2}); err != nil {
		t.Fatal(err)
	}
	r := s.ana.asks(s.staging)
	s.ben.gets("Ana asks for Staging", r.Id)
	ben.card(r.Id, "Ana asks for Staging")
	s.ben.approves(r.Id)
	ben.card(r.Id, "Approved by Ben")
}
