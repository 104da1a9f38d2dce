package inbound_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/infra/local/slack"
)

func (d *desk) commands(user, said string) slack.Seen {
	d.Helper()
	seen, err := d.control.Command(d.Context(), user, "/access", said)
	d.Must(err)
	if !seen.Acknowledged || seen.Problem != "" {
		d.Fatalf("%s says /access %s: %+v, log %s", user, said, seen, d.log.String())
	}
	return seen
}

func (d *desk) chooses(user, resource string) slack.Seen {
	d.Helper()
	seen, err := d.control.Press(d.Context(), user, slack.Press{ActionID: "input", BlockID: "resource", Value: resource})
	d.Must(err)
	if !seen.Acknowledged || seen.Modal == nil {
		d.Fatalf("%s chooses %s: %+v, log %s", user, resource, seen, d.log.String())
	}
	return seen
}

// asksFor are requests that Ana has made, newest first.
func (d *desk) asked() []access.Request {
	d.Helper()
	list, _, err := d.Requests.List(d.Context(), appFilter("ana"), firstPage)
	d.Must(err)
	return list
}

func TestAccessIsAskedForByTheCommand(t *testing.T) {
	d := newDesk(t)
	d.flow(func(f *access.Flow) {
		f.Duration = access.DurationRule{Mode: access.DurationChoice, Choices: []access.Duration{access.Duration(time.Minute), access.Duration(time.Hour)}}
		f.Fields = []access.Field{{ID: "ticket", Label: "Ticket", Required: true, Pattern: "^[A-Z]+-[0-9]+$", Message: "A ticket is like OPS-1."},
			{ID: "env", Label: "Environment", Choices: []string{"blue", "green"}}}
	})
	seen := d.commands(ana, "")
	d.reads("Ana's form", modal(seen.Screen), "Request access")
	seen = d.chooses(ana, "staging")
	d.reads("Ana's form", modal(seen.Screen), "Why do you need access to this resource?", "Ticket", "any one of")

	fill := func(ticket string) slack.Seen {
		return d.submits(ana, "resource", "staging", "reason", "A demo", "duration/staging", "PT1H", "field/ticket/staging", ticket, "field/env/staging/staging-flow/3", "1")
	}
	seen, err := d.control.Submit(d.Context(), ana, slack.Values{"resource": {"input": "staging"}, "reason": {"input": "A demo"},
		"duration/staging": {"input": "PT1H"}, "field/ticket/staging": {"input": "ops 1"}, "field/env/staging/staging-flow/3": {"input": "1"}})
	d.Must(err)
	if seen.Errors["field/ticket/staging"] != "A ticket is like OPS-1." || len(d.asked()) > 0 {
		t.Fatalf("with a bad ticket Ana sees %+v", seen)
	}
	view := seen.Modal
	seen = fill("OPS-1")
	d.reads("Ana", modal(seen.Screen), "Request submitted", "Pending")
	made := d.asked()
	if len(made) != 1 || made[0].Reason != "A demo" || made[0].Asked != access.Duration(time.Hour) || made[0].Answers["ticket"] != "OPS-1" || made[0].Answers["env"] != "green" {
		t.Fatalf("asked for %+v", made)
	}

	// The same form once more, as by a second press: one request.
	deliveries, err := d.control.Deliveries(d.Context())
	d.Must(err)
	last := deliveries[len(deliveries)-1].Body
	if res := d.sends("/slack/interactions", last); res.StatusCode != 401 { // the very same call
		t.Errorf("replayed: %d", res.StatusCode)
	}
	d.At = d.At.Add(time.Second)
	d.reads("the same form again", text(d.sends("/slack/interactions", last)), "Request submitted")
	other := strings.ReplaceAll(last, "A+demo", "Another")
	d.At = d.At.Add(time.Second)
	d.reads("the same form with other words", text(d.sends("/slack/interactions", other)), "This form was sent already.")
	if made := d.asked(); len(made) != 1 {
		t.Errorf("%d requests of view %s", len(made), view.ID)
	}

	// A second form for what is asked for already.
	d.commands(ana, "")
	d.reads("Ana's form", modal(d.chooses(ana, "staging").Screen), "You have asked for this already.")
}

func TestWhoeverIsQuickerThanSlackGetsTheFormOfWhatTheyChose(t *testing.T) {
	d := newDesk(t)
	d.commands(ana, "")
	seen, err := d.control.Submit(d.Context(), ana, slack.Values{"resource": {"input": "staging"}})
	d.Must(err)
	d.reads("Ana's form", modal(seen.Screen), "Why do you need access to this resource?")
	seen = d.submits(ana, "resource", "staging", "reason", "A demo")
	d.reads("Ana", modal(seen.Screen), "Request submitted")
	if made := d.asked(); len(made) != 1 || made[0].Asked != access.Duration(2*time.Minute) {
		t.Errorf("asked for %+v", made)
	}
}

// A catalog that is too large for a menu is searched as one types, with answers
// that Slack takes, and its form stays small.
func TestALargeCatalogIsSearched(t *testing.T) {
	d := newDesk(t)
	eli := d.SignsIn("eli")
	var ids []access.ResourceID
	for i := range 120 {
		r := access.Resource{ID: access.ResourceID(fmt.Sprintf("tool-%03d", i)), Kind: access.KindResource, Name: fmt.Sprintf("Tool No. %d", i),
			Target: access.Target{Connector: "group", ID: "staging-users"}}
		_, err := d.PutResource(d.Context(), eli, r, app.Condition{New: true})
		d.Must(err)
		ids = append(ids, r.ID)
	}
	flow, err := d.Catalog.Flow(d.Context(), "staging-flow")
	d.Must(err)
	for part := range slices.Chunk(ids, 40) { // a flow serves no more
		f := flow.Doc
		f.ID, f.Resources = "flow-of-"+access.FlowID(part[0]), part
		_, _, err := d.PutFlow(d.Context(), eli, f, app.Condition{New: true})
		d.Must(err)
	}
	form := d.commands(ana, "").Modal
	if size := len(form.Blocks); size > 1000 {
		t.Errorf("the form has %d bytes", size)
	}
	types := func(user, query string) []slack.Option {
		list, err := d.control.Suggest(d.Context(), user, "resource", "input", query)
		d.Must(err)
		return list
	}
	if all := types(ana, ""); len(all) != 100 || all[0].Text != "Staging" {
		t.Errorf("%d options at first: %v", len(all), all[:min(len(all), 1)])
	}
	if found := types(ana, "STAG"); len(found) != 1 || found[0].Value != "staging" {
		t.Errorf("found %v", found)
	}
	if found := types(ana, "no such thing"); len(found) != 0 {
		t.Errorf("found %v", found)
	}
	if found := types(ana, "117 tool"); len(found) != 1 || found[0].Value != "tool-117" {
		t.Fatalf("found %v", found)
	}
	d.chooses(ana, "tool-117")
	d.reads("Ana", modal(d.submits(ana, "reason", "A demo").Screen), "Request submitted")
	if made := d.asked(); len(made) != 1 || made[0].Resource != "tool-117" {
		t.Errorf("asked for %+v", made)
	}

	// Who may ask for nothing finds nothing.
	typed := payload(map[string]any{"type": "block_suggestion", "team": map[string]any{"id": slack.Team}, "user": map[string]any{"id": slack.UserID("eli"), "team_id": slack.Team},
		"block_id": "resource", "action_id": "input", "value": "tool", "view": map[string]any{"id": "V1", "type": "modal", "callback_id": "request"}})
	if res := d.sends("/slack/interactions", typed); res.StatusCode != 200 || text(res) != `{"options":[]}`+"\n" {
		t.Errorf("Eli, who is not linked: %d", res.StatusCode)
	}
}

// What one chooses stands in the form as a number: it means what one saw.
func TestAFormOfAFlowThatChangedIsShownAnew(t *testing.T) {
	d := newDesk(t)
	environments := func(names ...string) {
		d.flow(func(f *access.Flow) { f.Fields = []access.Field{{ID: "env", Label: "Environment", Choices: names}} })
	}
	environments("test", "production")
	d.commands(ana, "")
	d.chooses(ana, "staging")
	environments("production", "test")
	seen := d.submits(ana, "reason", "A demo", "field/env/staging/staging-flow/3", "0")
	d.reads("Ana's form", modal(seen.Screen), "look at the form again", "Environment")
	if made := d.asked(); len(made) > 0 {
		t.Fatalf("asked for %+v", made)
	}
	d.submits(ana, "reason", "A demo", "field/env/staging/staging-flow/4", "1")
	if made := d.asked(); len(made) != 1 || made[0].Answers["env"] != "test" {
		t.Errorf("asked for %+v", made)
	}
}

// forgetful is a store that does not say whether it took the first request.
type forgetful struct {
	app.Requests
	forgets int
}

func (s *forgetful) Commit(ctx context.Context, c app.Change) error {
	err := s.Requests.Commit(ctx, c)
	if s.forgets--; s.forgets >= 0 {
		return errors.New("the connection was lost")
	}
	return err
}

func TestAFormIsSentAgainWhenNobodyKnowsWhatBecameOfIt(t *testing.T) {
	d := newDesk(t)
	d.Requests = &forgetful{d.Requests, 1}
	d.commands(ana, "")
	d.chooses(ana, "staging")
	seen := d.submits(ana, "resource", "staging", "reason", "A demo")
	d.reads("Ana's form", seen.Errors["resource"], "Please send the form again")
	seen = d.submits(ana, "resource", "staging", "reason", "A demo")
	d.reads("Ana", modal(seen.Screen), "Request submitted", "Pending")
	if made := d.asked(); len(made) != 1 {
		t.Errorf("%d requests", len(made))
	}
}

// What is not open to someone cannot be asked for by a form that says so.
func TestAFormForWhatIsNotOffered(t *testing.T) {
	d := newDesk(t)
	d.commands(ana, "")
	d.chooses(ana, "staging")
	d.flow(func(f *access.Flow) { f.VisibleTo = []access.Principal{access.OfPerson("dan")} })
	seen, err := d.control.Submit(d.Context(), ana, slack.Values{"resource": {"input": "staging"}, "reason": {"input": "A demo"}})
	d.Must(err)
	d.reads("Ana", modal(seen.Screen), "There is nothing that you may ask for at the moment.")
	if made := d.asked(); len(made) > 0 {
		t.Errorf("asked for %+v", made)
	}
}

func TestStatusAndHelp(t *testing.T) {
	d := newDesk(t)
	d.asks()
	d.reads("Ben", hidden(d.commands(ben, "status").Screen), "Waits for your decision", "ana asks for Staging")
	d.reads("Ana", hidden(d.commands(ana, " STATUS ").Screen), "Staging · Pending")
	for _, said := range []string{"help", "make me an admin", "<!channel>"} {
		d.reads("Ana", hidden(d.commands(ana, said).Screen), "/access status shows")
	}
	if wrote := d.changes(); len(wrote) > 0 {
		t.Errorf("wrote %v", wrote)
	}
}

// Who is not linked is told how to link, whatever they try, and nothing else.
func TestWhoIsNotLinkedIsToldHowToLink(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	const how = "Your Slack account is not connected to Latchkey"
	for _, said := range []string{"", "status", "help"} {
		seen := d.commands(eli, said)
		d.reads("Eli", hidden(seen.Screen), how, portal+"/integrations")
		if seen.Modal != nil || strings.Contains(hidden(seen.Screen), "Staging") {
			t.Errorf("Eli sees %+v", seen)
		}
	}
	home := d.opensHome(eli)
	d.reads("Eli's Home", home.Reading.Text, how)
	if home.Reading.Buttons[0].URL != portal+"/integrations" {
		t.Errorf("Eli's Home has the buttons %+v", home.Reading.Buttons)
	}
	form := `{"a":"end","r":"` + string(r.ID) + `"}`
	d.reads("a modal of Eli's", text(d.sends("/slack/interactions", submission(eli, "end", form, ""))), how)
	d.reads("a form of Eli's", text(d.sends("/slack/interactions", submission(eli, "request", "{}", ""))), how)
	if wrote := d.changes(); len(wrote) > 0 {
		t.Errorf("wrote %v", wrote)
	}
}
