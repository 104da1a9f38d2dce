package inbound_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/infra/local/slack"
)

func (d *desk) gives(r access.Request) {
	d.Helper()
	in := app.RunInput{Request: r.ID, Run: 1, Started: d.At}
	if out, err := d.Grant(d.Context(), in); err != nil || out.Next != access.Hold {
		d.Fatalf("after the grant: %v, %v", out.Next, err)
	}
}

func TestTheRequesterAnswersExtendsAndEndsInSlack(t *testing.T) {
	d := newDesk(t)
	d.flow(func(f *access.Flow) {
		f.Duration.Extend = access.ExtendRule{UpTo: access.Duration(time.Minute), Times: 1, Approvers: []access.Principal{access.Manager}}
	})
	r := d.asks()
	d.presses(ben, "ask")
	d.submits(ben, "reason", "Which ticket?")
	d.stands(r.ID, access.NeedsInfo)

	d.bringsUpToDate(r.ID)
	d.reads("Ana's modal", modal(d.presses(ana, "answer").Screen), "Which ticket?")
	d.submits(ana, "reason", "OPS-1")
	d.stands(r.ID, access.Pending)

	d.bringsUpToDate(r.ID)
	d.presses(ben, "approve")
	d.submits(ben)
	d.gives(r)
	d.bringsUpToDate(r.ID)
	d.presses(ana, "extend")
	d.submits(ana, "duration", "PT1M", "reason", "It takes longer")
	if asked := d.stands(r.ID, access.Active).Extension.Asked; asked != access.Duration(time.Minute) {
		t.Errorf("asked for %s more", asked)
	}
	d.bringsUpToDate(r.ID)
	d.presses(ben, "deny_extension")
	d.submits(ben, "reason", "It is late")
	if now := d.stands(r.ID, access.Active); now.Extension.Asked != 0 || now.Extensions != 0 {
		t.Errorf("the extension: %+v", now.Extension)
	}

	d.bringsUpToDate(r.ID)
	d.reads("Ana's modal", modal(d.presses(ana, "end").Screen), "End access")
	d.stands(r.ID, access.Active)
	d.submits(ana)
	if now := d.stands(r.ID, access.Ending); now.EndReason != access.EndGivenBack {
		t.Errorf("ended as %s", now.EndReason)
	}
	d.reads("Ana's message", d.card(ana).Reading.Text, "Ending")
}

// bringsUpToDate does what the courier does after an event.
func (d *desk) bringsUpToDate(id access.RequestID) {
	d.Helper()
	copies, err := d.Copies.Copies(d.Context(), id)
	d.Must(err)
	for _, c := range copies {
		d.Must(d.DeliverSlack(d.Context(), app.Message{Request: id, To: c.Person}))
	}
}

// What asks nothing more is done by the button itself.
func TestARequestIsCanceledByItsButton(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	if seen := d.presses(ana, "cancel"); seen.Modal != nil || hidden(seen.Screen) != "" {
		t.Errorf("Ana sees %+v", seen)
	}
	d.stands(r.ID, access.Canceled)
	d.reads("Ana's message", d.card(ana).Reading.Text, "Canceled")
	d.may(d.card(ana))
}

// A message whose posting was cut off before it was remembered is remembered once
// someone presses a button of it.
func TestAMessageThatTheStoreDoesNotKnowIsTakenUp(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	known, err := d.Copies.Copy(d.Context(), r.ID, "ben")
	d.Must(err)
	d.Must(d.Copies.DropCopy(d.Context(), known))
	d.act("dan", r.ID, access.Decide{Verdict: access.Deny, Reason: "No"})
	d.presses(ben, "approve")
	d.reads("Ben's message", d.card(ben).Reading.Text, "Denied", "by dan in the portal")
	again, err := d.Copies.Copy(d.Context(), r.ID, "ben")
	if err != nil || again.Channel != known.Channel || again.Stamp != known.Stamp || again.Version != 2 {
		t.Errorf("the store knows %+v, %v, of %+v", again, err, known)
	}
}

// Of two messages about a request the one that is known stays so, and the pressed
// one is right as well.
func TestASecondMessageIsShownRightAndNotTakenUp(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	first := d.card(ben)
	known, err := d.Copies.Copy(d.Context(), r.ID, "ben")
	d.Must(err)
	d.Must(d.Copies.DropCopy(d.Context(), known))
	card, err := d.App.Card(d.Context(), d.SignsIn("ben"), r.ID)
	d.Must(err)
	stamp, _, err := d.Messenger.Post(d.Context(), known.Channel, card)
	d.Must(err)
	second := known
	second.Stamp = stamp
	d.Must(d.Copies.PutCopy(d.Context(), app.Copy{}, second))
	d.act("dan", r.ID, access.Decide{Verdict: access.Deny, Reason: "No"})
	_, err = d.control.Press(d.Context(), ben, slack.Press{Message: first.TS, ActionID: "approve"})
	d.Must(err)
	list, err := d.control.Messages(d.Context(), ben)
	d.Must(err)
	d.reads("the pressed message", list[0].Reading.Text, "Denied")
	if now, err := d.Copies.Copy(d.Context(), r.ID, "ben"); err != nil || now != second {
		t.Errorf("the store knows %+v, %v", now, err)
	}
}
