package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/dynamolocal"
	"latchkey/functions/lib/dynamo/meter"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/gateway"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
	"latchkey/functions/lib/mail"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/workflow"
	"latchkey/statemachines"
)

// function is one of Latchkey's in this process: its use cases on a client of
// its own, whose calls are metered.
type function struct {
	app.App
	meter       meter.Meter
	invocations int
	used        meter.Units
}

// invoke counts an invocation and what it uses.
func (f *function) invoke(do func() error) error {
	err := do()
	used := f.meter.Take()
	f.invocations++
	f.used.Write += used.Write
	f.used.Read += used.Read
	return err
}

// company is a small one on Amazon's DynamoDB Local. What its functions call
// besides stands here too: the execution, the queue and the post.
type company struct {
	ctx                                                  context.Context
	at                                                   time.Time // by everyone's clock
	api, approvals, provisioner, relay, courier, sweeper *function
	http                                                 http.Handler // of the api
	execution                                            *execution
	queue                                                *fifo
	post                                                 *post
	stored                                               dynamo.Stores // not metered
}

// tester is what package dynamolocal asks of its callers, here without a test.
type tester struct{ testing.TB }

func (tester) Helper() {}

func (tester) Fatalf(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}

type uncounted struct{}

func (uncounted) Count(string, int) {}

func newCompany(ctx context.Context) (*company, error) {
	x, err := newExecution(statemachines.Approval)
	if err != nil {
		return nil, err
	}
	c := &company{ctx: ctx, at: time.Now().UTC(), execution: x, queue: &fifo{seen: map[string]bool{}}, post: &post{}}
	x.now = func() time.Time { return c.at }
	x.wait = func(until time.Time) { c.at = until }
	x.invoke = c.step

	local := dynamolocal.Start(tester{})
	tables := local.Tables(tester{})
	c.stored = dynamo.New(local.Client(), tables)
	steps := workflow.New(x, workflow.Machines{Approval: "arn:aws:states:us-east-1:111122223333:stateMachine:latchkey-approval"})
	for _, f := range []**function{&c.api, &c.approvals, &c.provisioner, &c.relay, &c.courier, &c.sweeper} {
		*f = &function{}
		stores := dynamo.New(local.Client((*f).meter.Option, asBilled), tables)
		(*f).App = app.App{Requests: stores.Requests, Entitlements: stores.Entitlements, Directory: stores.Directory, SlackLinks: stores.Directory,
			Catalog: stores.Catalog, Marks: stores.Marks, Workflow: steps, Outbox: queue.NewOutbox(c.queue, "https://queue", "email"),
			Connectors: map[string]app.Connector{"group": connector.Group{Memberships: stores.Directory}},
			Counter:    uncounted{}, Clock: x.now, Random: rand.Reader, Pause: app.Pause, Pace: access.NormalPace, DriftEvery: access.Duration(time.Hour),
			NewID: func() string { return ulid.MustNew(ulid.Timestamp(c.at), rand.Reader).String() }}
	}
	c.api.Identity = app.Identity{FirstAdminEmail: "eli@example.com"}
	c.http = httpapi.API{App: &c.api.App, Logger: slog.New(slog.DiscardHandler)}.Handler()
	c.courier.Mailer, err = mail.New(c.post.SendEmail, mail.Config{Sender: "latchkey@example.com", PortalURL: "https://latchkey.example.com"})
	return c, err
}

// step does what the state machine asks of a function.
func (c *company) step(function string, in app.RunInput) (out app.Output, err error) {
	f := c.approvals
	if function == "ProvisionerFunction" {
		f = c.provisioner
	}
	err = f.invoke(func() (err error) {
		switch in.Action {
		case "await":
			err = f.Await(c.ctx, in)
		case "grant":
			out, err = f.Grant(c.ctx, in)
		case "end":
			out, err = f.End(c.ctx, in)
		default:
			err = fmt.Errorf("%s is asked to %q in a life without trouble", function, in.Action)
		}
		return err
	})
	return out, err
}

// calls lets someone call the API as API Gateway does, and reads the answer.
func (c *company) calls(who, method, path, body string, answer any, headers ...gatewaytest.Option) error {
	options := append(headers, gatewaytest.SignedIn(who+"@example.com"))
	if body != "" {
		options = append(options, gatewaytest.WithJSON(body))
	}
	return c.api.invoke(func() error {
		response, err := gateway.Handler(c.http)(c.ctx, gatewaytest.Event(method, path, options...))
		if err != nil {
			return err
		}
		if response.StatusCode >= 300 {
			return fmt.Errorf("%s: %s %s: %d %s", who, method, path, response.StatusCode, response.Body)
		}
		return json.Unmarshal([]byte(response.Body), answer)
	})
}

// settleIn lets Eli set the company up, and everyone sign in for the first time.
// None of that is a part of a life.
func (c *company) settleIn() error {
	var ignored any
	if err := c.calls("eli", "GET", "/v1/me", "", &ignored); err != nil {
		return err
	}
	for _, document := range [][2]string{
		{"groups/engineering", `{"name": "Engineering"}`},
		{"groups/staging-users", `{"name": "Holds staging"}`},
		{"people/ben", `{"email": "ben@example.com", "name": "Ben", "groups": ["engineering"]}`},
		{"people/ana", `{"email": "ana@example.com", "name": "Ana", "groups": ["engineering"], "manager": "ben"}`},
		{"resources/staging", `{"kind": "resource", "name": "Staging", "description": "The staging servers",
			"url": "https://staging.example.com", "connector": {"type": "group", "group": "staging-users"}}`},
		{"flows/staging-flow", `{"name": "Staging", "resources": ["staging"], "visible_to": ["group:engineering"],
			"steps": [{"approvers": ["manager"], "needed": "any"}], "duration": {"mode": "fixed", "choices": ["PT8H"]},
			"show_progress": true, "enabled": true}`},
	} {
		isNew := gatewaytest.WithHeader("If-None-Match", "*")
		if err := c.calls("eli", "PUT", "/v1/admin/"+document[0], document[1], &ignored, isNew); err != nil {
			return err
		}
	}
	for _, who := range []string{"ana", "ben"} {
		if err := c.calls(who, "GET", "/v1/me", "", &ignored); err != nil {
			return err
		}
	}
	c.api.invocations, c.api.used = 0, meter.Units{}
	return nil
}
