package inbound_test

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	slackgo "github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/chat"
	"latchkey/functions/lib/chat/inbound"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/infra/local/slack"
)

// The company in Slack.
var (
	ana = slack.UserID("ana")
	ben = slack.UserID("ben")
	dan = slack.UserID("dan")
	eli = slack.UserID("eli")
)

// desk is the company with a Slack workspace that speaks as Slack does. Ana, Ben
// and Dan are linked; Eli is not. Ben or Dan decides about Staging.
type desk struct {
	*office
	control slack.Client
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{}
	calls := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.passes(w, r) }))
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	installed := slack.NewApp(calls.URL, portal+"/integrations/slack")
	installed.SigningSecret = signing
	d.office = newOffice(t, address, installed.BotToken, signing)
	config := slack.Config{URL: address, App: installed, Clock: d.Clock, Retries: []time.Duration{0}}
	for _, id := range []string{"ana", "ben", "dan", "eli"} {
		config.People = append(config.People, slack.Member(id, strings.ToUpper(id[:1])+id[1:], id+"@example.com"))
	}
	workspace := slack.New(config)
	server.Config.Handler = workspace.Handler()
	server.Start()
	t.Cleanup(func() { workspace.End(); server.Close(); calls.Close() })
	d.control = slack.Client{Base: address + "/control", HTTP: server.Client()}
	d.setUp(slack.Team, installed.ClientID)
	d.vault.secret = strings.Replace(d.vault.secret, `"client_secret":"c"`, `"client_secret":"`+installed.ClientSecret+`"`, 1)
	d.SlackSignIn = chat.NewSignIn(address, portal, &chat.Secrets{Manager: d.vault, Name: "latchkey/slack", Clock: d.Clock}, d.Clock)
	d.flow(func(f *access.Flow) {
		f.Steps[0].Approvers = []access.Principal{access.Manager, access.OfPerson("dan")}
		f.DecideIn = []access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail}
	})
	for _, id := range []string{"ana", "ben", "dan"} {
		d.links(id)
	}
	d.changes()
	return d
}

// passes hands a call to the function as the API Gateway does.
func (d *desk) passes(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	answer := gatewaytest.Call(d, d.calls, gatewaytest.Event(r.Method, r.URL.Path, func(e *events.APIGatewayV2HTTPRequest) {
		for name := range r.Header {
			e.Headers[strings.ToLower(name)] = r.Header.Get(name)
		}
		e.Body = string(body)
		inBase64(e)
	}))
	maps.Copy(w.Header(), answer.Header)
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body)
}

// links connects someone as the portal does.
func (d *desk) links(id string) {
	d.Helper()
	ctx, caller := d.Context(), d.SignsIn(id)
	page, err := d.BeginSlackLink(ctx, caller)
	d.Must(err)
	back, err := d.control.Consent(ctx, slack.UserID(id), page.URL)
	d.Must(err)
	_, err = d.FinishSlackLink(ctx, caller, back.Code, back.State)
	d.Must(err)
}

// flow changes how Staging is asked for.
func (d *desk) flow(change func(*access.Flow)) {
	d.Helper()
	flow, err := d.Catalog.Flow(d.Context(), "staging-flow")
	d.Must(err)
	change(&flow.Doc)
	_, _, err = d.PutFlow(d.Context(), d.SignsIn("eli"), flow.Doc, app.Condition{Version: flow.Version})
	d.Must(err)
}

// asks lets Ana ask for Staging, and tells those who decide.
func (d *desk) asks() access.Request {
	d.Helper()
	r, err := d.Submit(d.Context(), d.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "A <b>demo</b>"})
	d.Must(err)
	for _, to := range []access.PersonID{"ben", "dan"} {
		d.Must(d.DeliverSlack(d.Context(), app.Message{Request: r.ID, Seq: 1, Kind: access.NoticeToDecide, To: to}))
	}
	d.Must(d.DeliverSlack(d.Context(), app.Message{Request: r.ID, Seq: 1, Kind: access.NoticeSubmitted, To: "ana"}))
	d.changes()
	return r
}

// act lets someone act in the portal.
func (d *desk) act(who string, id access.RequestID, command access.Command) {
	d.Helper()
	_, err := d.Act(d.Context(), d.SignsIn(who), id, command)
	d.Must(err)
}

// card gives the last message that someone has.
func (d *desk) card(user string) slack.Message {
	d.Helper()
	list, err := d.control.Messages(d.Context(), user)
	d.Must(err)
	if len(list) == 0 {
		d.Fatalf("%s has no message", user)
	}
	return list[len(list)-1]
}

// presses presses a button of the last message.
func (d *desk) presses(user, action string) slack.Seen {
	d.Helper()
	seen, err := d.control.Press(d.Context(), user, slack.Press{Message: d.card(user).TS, ActionID: action})
	d.Must(err)
	if !seen.Acknowledged || seen.Problem != "" {
		d.Fatalf("%s presses %s: %+v, log %s", user, action, seen, d.log.String())
	}
	return seen
}

// submits fills in the open modal: block_ids and what is entered there.
func (d *desk) submits(user string, entered ...string) slack.Seen {
	d.Helper()
	values := slack.Values{}
	for i := 0; i < len(entered); i += 2 {
		values[entered[i]] = map[string]any{"input": entered[i+1]}
	}
	seen, err := d.control.Submit(d.Context(), user, values)
	d.Must(err)
	if !seen.Acknowledged {
		d.Fatalf("%s submits: %+v, log %s", user, seen, d.log.String())
	}
	return seen
}

// stands checks the stored request.
func (d *desk) stands(id access.RequestID, want access.Status) access.Request {
	d.Helper()
	stored, err := d.Requests.Load(d.Context(), id)
	d.Must(err)
	if stored.Status != want {
		d.Fatalf("the request is %s, want %s", stored.Status, want)
	}
	return stored.Request
}

// reads checks what someone reads.
func (d *desk) reads(where, got string, want ...string) {
	d.Helper()
	for _, part := range want {
		if !strings.Contains(got, part) {
			d.Errorf("%s reads %q, without %q", where, got, part)
		}
	}
}

// may checks which buttons a message has besides the way to the portal.
func (d *desk) may(m slack.Message, want ...string) {
	d.Helper()
	var has []string
	for _, b := range m.Reading.Buttons {
		if b.ActionID != chat.ActionView {
			has = append(has, b.ActionID)
		}
	}
	if !slices.Equal(has, want) {
		d.Errorf("the message has the buttons %v, want %v", has, want)
	}
}

// hidden gives the last answer that only someone sees.
func hidden(s slack.Screen) string {
	if len(s.Hidden) == 0 {
		return ""
	}
	return s.Hidden[len(s.Hidden)-1].Reading.Text
}

// modal gives what someone reads in the open modal.
func modal(s slack.Screen) string {
	if s.Modal == nil {
		return ""
	}
	return s.Modal.Title + "\n" + s.Modal.Reading.Text
}

// told is a Slack that remembers what only who pressed was told.
type told struct {
	inbound.Slack
	said      string
	opened    int
	published int
}

func (s *told) Respond(_ context.Context, _ string, m chat.Message) error {
	s.said = m.Text
	return nil
}

func (s *told) OpenView(ctx context.Context, _ string, _ slackgo.ModalViewRequest) error {
	s.opened++
	return nil
}

func (s *told) PublishHome(context.Context, string, slackgo.HomeTabViewRequest) error {
	s.published++
	return nil
}
