package inbound_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/infra/local/slack"
)

var firstPage = app.Page{Limit: 100}

func appFilter(requester access.PersonID) app.Filter { return app.Filter{Requester: requester} }

// opensHome opens someone's Home and waits for what is published.
func (d *desk) opensHome(user string) *slack.View {
	d.Helper()
	was, err := d.control.Screen(d.Context(), user)
	d.Must(err)
	_, err = d.control.OpenHome(d.Context(), user)
	d.Must(err)
	for deadline := time.Now().Add(10 * time.Second); ; {
		s, err := d.control.Screen(d.Context(), user)
		d.Must(err)
		if s.Home != nil && (was.Home == nil || s.Home.Hash != was.Home.Hash) {
			return s.Home
		}
		if time.Now().After(deadline) {
			d.Fatalf("nothing was published for %s, log %s", user, d.log.String())
		}
	}
}

func TestHomeShowsWhatWaitsAndDecidesIt(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.reads("Ben's Home", d.opensHome(ben).Reading.Text, "ana asks for Staging")
	d.reads("Ana's Home", d.opensHome(ana).Reading.Text, "Staging · Pending")

	seen, err := d.control.Press(d.Context(), ben, slack.Press{Home: true, ActionID: "approve"})
	d.Must(err)
	d.reads("Ben's modal", modal(seen.Screen), "Grant access")
	seen = d.submits(ben)
	d.stands(r.ID, access.Approved)
	d.reads("Ben's Home", seen.Home.Reading.Text, "Nothing waits for you.")

	// The button that was there a moment ago says why it does nothing more.
	told := &told{Slack: d.handler.Slack}
	d.handler.Slack = told
	d.act("eli", r.ID, access.Revoke{Reason: "No"})
	body := payload(map[string]any{"type": "block_actions", "team": map[string]any{"id": slack.Team}, "user": map[string]any{"id": dan, "team_id": slack.Team},
		"trigger_id": "1.2.3", "view": map[string]any{"id": "V1", "type": "home"},
		"actions": []any{map[string]any{"type": "button", "block_id": "b", "action_id": "deny", "value": `{"a":"deny","r":"` + string(r.ID) + `","v":1}`}}})
	if d.sends("/slack/interactions", body); told.opened != 1 {
		t.Errorf("%d modals say why, log %s", told.opened, d.log.String())
	}
}

func TestAccessIsAskedForFromHome(t *testing.T) {
	d := newDesk(t)
	d.opensHome(ana)
	seen, err := d.control.Press(d.Context(), ana, slack.Press{Home: true, ActionID: "request"})
	d.Must(err)
	d.reads("Ana's form", modal(seen.Screen), "What do you need?")
	d.chooses(ana, "staging")
	d.submits(ana, "resource", "staging", "reason", "A demo")
	if made := d.asked(); len(made) != 1 {
		t.Errorf("asked for %+v", made)
	}
}
