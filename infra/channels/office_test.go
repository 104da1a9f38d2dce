package channels_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	slackgo "github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/chat"
	"latchkey/functions/lib/chat/inbound"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/links"
	"latchkey/functions/lib/httpapi/links/linkstest"
	"latchkey/functions/lib/mail"
	"latchkey/infra/local/slack"
)

const (
	portal  = "https://portal.example.com"
	signing = "8f742231b10e8888abcd99yyyzzz85a5"
)

// office is the small company with all its doors. Eli, who is an admin, or Ben
// decides about Staging, wherever he is.
type office struct {
	*apptest.Company
	api   http.Handler
	calls http.Handler // what Slack calls
	shown shown

	pages   http.Handler // behind the links of mails
	issuer  *linkstest.Issuer
	session string
	letter  letter
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Company: apptest.On(t, dynamo.New(memory.New(t).Client(), memory.Tables))}
	quiet := slog.New(slog.NewJSONHandler(io.Discard, nil))
	o.api = httpapi.API{App: &o.App, Logger: quiet}.Handler()
	render, err := chat.NewRenderer(portal, mail.Words)
	o.Must(err)
	slacks := &inbound.Handler{App: &o.App, Slack: &o.shown, Render: render,
		Secrets: &chat.Secrets{Manager: vault{}, Name: "latchkey/slack", Clock: o.Clock}}
	mux := http.NewServeMux()
	slacks.Register(mux)
	o.calls = httpapi.Around(mux, quiet, o.Clock)
	o.issuer = linkstest.NewIssuer(t, o.Clock)
	o.pages = links.Server{App: &o.App, Issuer: o.issuer.Client(portal), Portal: portal, Logger: quiet}.Handler()
	o.setUp()
	return o
}

// setUp connects everyone to Slack, and lets Staging be decided anywhere.
func (o *office) setUp() {
	o.Helper()
	ctx, eli := o.Context(), o.SignsIn("eli")
	settings, err := o.Catalog.Settings(ctx)
	o.Must(err)
	settings.Doc.SlackTeamID, settings.Doc.SlackClientID = slack.Team, "1.2"
	_, err = o.PutSettings(ctx, eli, settings.Doc, app.Condition{Version: settings.Version, Zero: settings.Version == 0})
	o.Must(err)
	o.flow(func(f *access.Flow) {
		f.Steps[0].Approvers = []access.Principal{access.OfPerson("eli"), access.OfPerson("ben")}
		f.DecideIn = []access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail}
	})
	for _, id := range []string{"ana", "ben", "dan", "eli"} {
		v := &vouched{id: id}
		o.SlackSignIn = v
		_, err := o.BeginSlackLink(ctx, o.SignsIn(id))
		o.Must(err)
		_, err = o.FinishSlackLink(ctx, o.SignsIn(id), "code", v.state)
		o.Must(err)
	}
}

// flow changes how Staging is asked for.
func (o *office) flow(change func(*access.Flow)) {
	o.Helper()
	flow, err := o.Catalog.Flow(o.Context(), "staging-flow")
	o.Must(err)
	change(&flow.Doc)
	_, _, err = o.PutFlow(o.Context(), o.SignsIn("eli"), flow.Doc, app.Condition{Version: flow.Version})
	o.Must(err)
}

// asks lets someone ask for Staging.
func (o *office) asks(who string) access.Request {
	o.Helper()
	r, err := o.Submit(o.Context(), o.SignsIn(who), app.Submission{Resource: "staging", Reason: "A demo"})
	o.Must(err)
	return r
}

// acts lets someone act in the portal.
func (o *office) acts(who string, id access.RequestID, command access.Command) {
	o.Helper()
	_, err := o.Act(o.Context(), o.SignsIn(who), id, command)
	o.Must(err)
}

func (o *office) passes(d time.Duration) { o.At = o.At.Add(d) }

// vouched is Sign in with Slack, where one person signs in.
type vouched struct{ id, state string }

func (v *vouched) user() app.SlackUser {
	return app.SlackUser{Team: slack.Team, ID: slack.UserID(v.id)}
}

func (v *vouched) Page(_ context.Context, _ access.Settings, state, _ string) (string, error) {
	v.state = state
	return "https://slack.com/openid/connect/authorize", nil
}

func (v *vouched) Claims(context.Context, access.Settings, string, string) (app.SlackClaims, error) {
	return app.SlackClaims{User: v.user(), Email: v.id + "@example.com", EmailVerified: true}, nil
}

func (v *vouched) Member(context.Context, app.SlackUser) (app.SlackMember, error) {
	return app.SlackMember{User: v.user(), Name: v.id}, nil
}

type vault struct{}

func (vault) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	secret := `{"bot_token":"xoxb-1","signing_secret":"` + signing + `"}`
	return &secretsmanager.GetSecretValueOutput{SecretString: &secret}, nil
}

// shown is a Slack that remembers what it was to show.
type shown struct {
	inbound.Slack
	said   string // to who pressed, alone
	opened int    // modals
}

func (s *shown) Respond(_ context.Context, _ string, m chat.Message) error {
	s.said = m.Text
	return nil
}

func (s *shown) OpenView(context.Context, string, slackgo.ModalViewRequest) error {
	s.opened++
	return nil
}
