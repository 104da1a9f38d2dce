package inbound_test

import (
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/infra/local/slack"
)

func TestAnApproverDecidesInSlack(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.may(d.card(ben), "approve", "deny", "ask")

	d.presses(ben, "view") // a link, of which Slack tells
	seen := d.presses(ben, "deny")
	d.reads("Ben's modal", modal(seen.Screen), "Deny access", "A <b>demo</b>", "2 minutes")
	empty := text(d.sends("/slack/interactions", submission(ben, "deny", seen.Modal.PrivateMetadata, " \n")))
	d.reads("Ben's answer", empty, `{"response_action":"errors","errors":{"reason":"Please give a reason."}}`)
	d.stands(r.ID, access.Pending)
	if wrote := d.changes(); len(wrote) > 0 {
		t.Errorf("wrote %v", wrote)
	}

	d.presses(ben, "approve")
	if seen = d.submits(ben, "reason", "Until the <!channel> release"); !seen.Closed || seen.Modal != nil {
		t.Fatalf("Ben sees %+v", seen)
	}
	now := d.stands(r.ID, access.Approved)
	if by := now.Steps[0].Decisions[0]; by.By != "ben" || by.Via != access.ViaSlack || by.Reason != "Until the <!channel> release" {
		t.Errorf("decided %+v", by)
	}
	// The pressed message is right at once; the others follow from the stream.
	card := d.card(ben)
	d.may(card)
	d.reads("Ben's message", card.Reading.Text, "Approved", "by ben in Slack", "Until the <!channel> release")
	if len(card.Reading.Mentions) > 0 {
		t.Errorf("Ben's message mentions %v", card.Reading.Mentions)
	}
	d.may(d.card(dan), "approve", "deny", "ask")
}

// Whose decision comes second is told who was first, in the modal, and their
// message shows it.
func TestWhoComesSecondIsToldWhoWasFirst(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.presses(ben, "approve")
	d.presses(dan, "deny")
	d.submits(dan, "reason", "Use the replica")
	seen := d.submits(ben)
	d.reads("Ben's modal", modal(seen.Screen), "This request was decided already: Denied by dan")
	d.reads("Ben's message", d.card(ben).Reading.Text, "Denied", "by dan in Slack")
	d.may(d.card(ben))
	if now := d.stands(r.ID, access.Denied); len(now.Steps[0].Decisions) != 1 {
		t.Errorf("decisions %+v", now.Steps[0].Decisions)
	}
}

// A button that was there a moment ago opens no modal: its message is shown as
// things are now.
func TestAPressThatComesTooLateOpensNothing(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.act("dan", r.ID, access.Decide{Verdict: access.Approve})
	seen := d.presses(ben, "deny")
	if seen.Modal != nil {
		t.Errorf("a modal opened: %+v", seen.Modal)
	}
	d.reads("Ben", hidden(seen.Screen), "This request was decided already: Approved by dan")
	d.may(d.card(ben))
	d.reads("Ben's message", d.card(ben).Reading.Text, "by dan in the portal")
}

func TestTheSameDecisionTwiceIsOne(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	modal := d.presses(ben, "approve").Modal
	d.submits(ben)
	res := d.sends("/slack/interactions", submission(ben, "approve", modal.PrivateMetadata, ""))
	if said := text(res); res.StatusCode != 200 || said != "" {
		t.Errorf("the second time: %d %s", res.StatusCode, said)
	}
	told := &told{Slack: d.handler.Slack}
	d.handler.Slack = told
	if d.sends("/slack/interactions", press(slack.Team, slack.Team, ben, "approve", modal.PrivateMetadata)); told.opened > 0 || told.said != "" {
		t.Errorf("pressed again: %+v", told)
	}
	if now := d.stands(r.ID, access.Approved); now.Version != 2 || len(now.Steps[0].Decisions) != 1 {
		t.Errorf("version %d, decisions %+v", now.Version, now.Steps[0].Decisions)
	}
}

// The version shown is the version decided.
func TestARequestThatChangedMeanwhileIsShownAnew(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.presses(ben, "approve")
	d.act("dan", r.ID, access.Decide{Verdict: access.Ask, Reason: "Which ticket?"})
	d.act("ana", r.ID, access.Answer{Text: "OPS-1"})
	seen := d.submits(ben, "reason", "Fine")
	d.reads("Ben's modal", modal(seen.Screen), "The request has changed since; please look at it again.", "Grant access")
	d.stands(r.ID, access.Pending)
	if seen = d.submits(ben, "reason", "Fine"); !seen.Closed {
		t.Errorf("Ben sees %+v", seen)
	}
	d.stands(r.ID, access.Approved)
}

// The rule is that of the portal, and so are its words.
func TestWhoMayNotIsToldWhyInTheWordsOfThePortal(t *testing.T) {
	for name, c := range map[string]struct {
		user, action string
		before       func(*desk, access.Request)
		want         string
	}{
		"their own request":      {ana, "approve", nil, "Nobody decides their own request."},
		"not an approver":        {eli, "approve", func(d *desk, _ access.Request) { d.links("eli") }, "This request does not wait for a decision of yours."},
		"another's access":       {ben, "end", nil, "Only the requester can do this."},
		"another's to cancel":    {ben, "cancel", nil, "Only the requester can do this."},
		"no extension to decide": {ben, "approve_extension", nil, "No extension waits for a decision."},
		"nothing to answer":      {ana, "answer", nil, "This is not possible while the request is Pending."},
		"the step is not open": {ben, "ask", func(d *desk, r access.Request) {
			d.act("dan", r.ID, access.Decide{Verdict: access.Ask, Reason: "Why?"})
		},
			"The request takes no such decision at the moment."},
		"decided in the portal only": {ben, "approve", func(d *desk, _ access.Request) {
			d.flow(func(f *access.Flow) { f.DecideIn = []access.Via{access.ViaPortal} })
		}, "This request is decided in the portal only."},
		"suspended":  {ben, "approve", func(d *desk, _ access.Request) { d.suspends("ben") }, "not connected to Latchkey"},
		"not linked": {eli, "approve", nil, "not connected to Latchkey"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if name == "decided in the portal only" {
				c.before(d, access.Request{})
				c.before = nil
			}
			r := d.asks()
			if c.before != nil {
				c.before(d, r)
			}
			was := d.load(r.ID)
			d.changes()
			ref := `{"a":"` + c.action + `","r":"` + string(r.ID) + `","v":1}`
			told := &told{Slack: d.handler.Slack}
			d.handler.Slack = told
			if res := d.sends("/slack/interactions", press(slack.Team, slack.Team, c.user, c.action, ref)); res.StatusCode != 200 || told.opened > 0 {
				t.Errorf("the button: %d, opened %d modals", res.StatusCode, told.opened)
			}
			d.reads("who pressed", told.said, c.want)
			// And the modal, as if it had been open all the while.
			answer := text(d.sends("/slack/interactions", submission(c.user, c.action, ref, "A reason")))
			d.reads("the modal", answer, `"response_action":"update"`, c.want)
			if d.load(r.ID) != was {
				t.Errorf("the request changed")
			}
			for _, row := range d.changes() {
				if row[:4] != "COPY" && row[:4] != "REQU" {
					t.Errorf("wrote %s", row)
				}
			}
		})
	}
}

func (d *desk) load(id access.RequestID) int {
	d.Helper()
	stored, err := d.Requests.Load(d.Context(), id)
	d.Must(err)
	return stored.Version
}

func (d *desk) suspends(id access.PersonID) {
	d.Helper()
	person, err := d.Directory.Person(d.Context(), id)
	d.Must(err)
	person.Doc.Status = app.PersonSuspended
	_, err = d.PutPerson(d.Context(), d.SignsIn("eli"), person.Doc, app.Condition{Version: person.Version})
	d.Must(err)
}
