package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/httpapi/agents"
)

// company is one in which Ana may ask for rights on her laptop, whose agent
// calls Latchkey's real handler. Its clock is everyone's.
type company struct {
	*apptest.Company
	server *httptest.Server
	cut    bool // the network between them
	agent  *Agent
	link   *Server
	sudo   *Rehearsal
}

func newCompany(t *testing.T) *company {
	c := &company{Company: apptest.New(t)}
	handler := agents.Server{App: &c.App, Logger: slog.New(slog.DiscardHandler)}.Handler()
	c.server = httptest.NewServer(handler)
	t.Cleanup(c.server.Close)
	c.Connectors[access.ConnectorDevice] = connector.Device{Devices: c.Devices, Clock: c.Clock, Pace: c.Pace, Pause: c.passes}
	eli := c.SignsIn("eli")
	isNew := app.Condition{New: true}
	_, err := c.PutDevice(t.Context(), eli, access.Device{ID: "ana-macbook", Name: "Ana's MacBook",
		Accounts: []access.Account{{Person: "ana", Name: "ana"}}}, isNew)
	c.Must(err)
	_, err = c.PutResource(t.Context(), eli, access.Resource{ID: "laptop", Kind: access.KindDevice, Name: "Ana's MacBook",
		Target: access.Target{Connector: access.ConnectorDevice, ID: "ana-macbook"}}, isNew)
	c.Must(err)
	_, _, err = c.PutFlow(t.Context(), eli, access.Flow{ID: "laptop-flow", Name: "Laptop", Resources: []access.ResourceID{"laptop"},
		VisibleTo:  []access.Principal{access.Everyone},
		Steps:      []access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}},
		Duration:   access.DurationRule{Mode: access.DurationFixed, Choices: []access.Duration{access.Duration(time.Hour)}},
		PendingFor: access.Duration(time.Hour), ClaimWithin: access.Duration(time.Hour), DenyWhen: access.DenyAny,
		SamePerson: access.SameDistinct, DecideIn: []access.Via{access.ViaPortal}, ShowProgress: true, Enabled: true}, isNew)
	c.Must(err)
	return c
}

// passes is time that passes at the provisioner: the agent calls meanwhile.
func (c *company) passes(ctx context.Context, d time.Duration) error {
	c.At = c.At.Add(d)
	if c.agent != nil {
		c.agent.Once(c.Context())
	}
	return ctx.Err()
}

// RoundTrip is the network between the agent and Latchkey.
func (c *company) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.cut {
		return nil, errors.New("the network is cut")
	}
	return http.DefaultTransport.RoundTrip(r)
}

// invited gives the token that Eli got for the laptop.
func (c *company) invited() string {
	c.Helper()
	invitation, err := c.InviteDevice(c.Context(), c.SignsIn("eli"), "ana-macbook")
	c.Must(err)
	return invitation.Token
}

func (c *company) newLink() *Server {
	state := &State{Server: c.server.URL, Device: "ana-macbook", path: filepath.Join(c.TempDir(), stateFile)}
	return &Server{State: state, Client: &http.Client{Transport: c}, Now: c.Clock, RotateAfter: 30 * 24 * time.Hour}
}

// enrols sets an agent up on the laptop, which starts to call.
func (c *company) enrols() {
	c.Helper()
	c.link, c.sudo = c.newLink(), &Rehearsal{}
	c.Must(c.link.Enrol(c.Context(), c.invited()))
	c.agent = &Agent{Link: c.link, Rights: c.sudo, Given: c.link.State, Spread: exactly, Log: slog.New(slog.DiscardHandler)}
	booted := c.At
	c.agent.Elapsed = func() time.Duration { return c.At.Sub(booted) }
	c.agent.Start()
	c.agent.Once(c.Context())
}

// ready lets Ana ask and Ben approve.
func (c *company) ready() app.RunInput {
	c.Helper()
	r, err := c.Submit(c.Context(), c.SignsIn("ana"), app.Submission{Resource: "laptop", Reason: "A driver", Key: c.NewID()})
	c.Must(err)
	r = c.does("ben", r.ID, access.Decide{Verdict: access.Approve})
	if r.Status != access.Ready {
		c.Fatalf("approved, and it is %s", r.Status)
	}
	return app.RunInput{Request: r.ID, Run: 1, Started: c.At}
}

func (c *company) does(who string, id access.RequestID, command access.Command) access.Request {
	c.Helper()
	r, err := c.Act(c.Context(), c.SignsIn(who), id, command)
	c.Must(err)
	return r
}

// started lets Ana start her session.
func (c *company) started() app.RunInput {
	c.Helper()
	in := c.ready()
	c.does("ana", in.Request, access.Start{})
	_, err := c.Grant(c.Context(), in)
	c.Must(err)
	c.is(in, access.Active, true)
	return in
}

// is checks the request, and whether Ana has rights on the laptop.
func (c *company) is(in app.RunInput, want access.Status, rights bool) access.Request {
	c.Helper()
	stored, err := c.Requests.Load(c.Context(), in.Request)
	c.Must(err)
	if has, _ := c.sudo.Has("ana"); stored.Status != want || has != rights {
		c.Fatalf("the request is %s (%s) and Ana has rights: %t; want %s, %t", stored.Status, stored.Failure, has, want, rights)
	}
	return stored.Request
}

// revoked makes one attempt of the present revocation run.
func (c *company) revoked(in app.RunInput) {
	c.Helper()
	stored, err := c.Requests.Load(c.Context(), in.Request)
	c.Must(err)
	_, err = c.Revoke(c.Context(), app.RunInput{Request: in.Request, Run: stored.Run.Number, Started: c.At})
	c.Must(err)
}

// posts sends what is no agent's call, or an agent's again.
func (c *company) posts(path, contentType, body string) int {
	c.Helper()
	r, err := http.NewRequestWithContext(c.Context(), http.MethodPost, c.server.URL+path, strings.NewReader(body))
	c.Must(err)
	r.Header.Set("Content-Type", contentType)
	answer, err := http.DefaultClient.Do(r)
	c.Must(err)
	defer answer.Body.Close()
	if answer.StatusCode >= 400 && !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json") {
		c.Errorf("%d is no problem", answer.StatusCode)
	}
	return answer.StatusCode
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s, want %s", what, fmt.Sprint(got), fmt.Sprint(want))
	}
}
