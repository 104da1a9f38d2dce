package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/connector/conformance"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
	"latchkey/functions/lib/httpapi/agents"
)

// fleet is the subject of the suite: three machines with agents, and Latchkey.
// Whoever waits lets the agents call.
type fleet struct {
	*testing.T
	latchkey app.App
	wishes   wishes
	machines map[access.DeviceID]*machine

	mu    sync.Mutex // of everything that moves
	at    time.Time
	blind bool
	fault *conformance.Fault
	late  []*http.Request
}

type machine struct {
	*Agent
	sudo *Rehearsal
}

// wishes are the stored requests, as far as agents are told of them.
type wishes struct {
	app.Requests
	mu   sync.Mutex
	held map[app.EntitlementKey]bool
}

func (w *wishes) Load(context.Context, access.RequestID) (app.Stored, error) {
	return app.Stored{Request: access.Request{Status: access.Active}}, nil
}

type holders struct {
	app.Entitlements
	*wishes
}

func (h holders) Holders(_ context.Context, key app.EntitlementKey) ([]access.RequestID, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held[key] {
		return []access.RequestID{"req_1"}, nil
	}
	return nil, nil
}

func onDevice(id string) access.Target {
	return access.Target{Connector: access.ConnectorDevice, ID: id}
}

func newFleet(t *testing.T) *fleet {
	f := &fleet{T: t, machines: map[access.DeviceID]*machine{}, at: time.Now().UTC().Truncate(time.Millisecond)}
	f.wishes.held = map[app.EntitlementKey]bool{}
	stores := dynamo.New(memory.New(t).Client(), memory.Tables)
	f.latchkey = app.App{Requests: &f.wishes, Entitlements: holders{wishes: &f.wishes}, Devices: stores.Devices,
		Clock: f.clock, Random: rand.Reader, Pause: app.Pause, Pace: access.NormalPace}
	server := httptest.NewServer(agents.Server{App: &f.latchkey, Logger: slog.New(slog.DiscardHandler)}.Handler())
	t.Cleanup(server.Close)
	both := []access.Account{{Person: "ana", Name: "ana"}, {Person: "ben", Name: "ben"}}
	for id, accounts := range map[access.DeviceID][]access.Account{"one": both, "two": both, "nobodys": nil} {
		f.sets(server.URL, access.Device{ID: id, Name: string(id), Accounts: accounts})
	}
	f.must(f.poll(t.Context(), time.Second))
	return f
}

// sets one machine up, from its first line in the directory to its agent.
func (f *fleet) sets(address string, d access.Device) {
	f.Helper()
	admin := app.Caller{Person: app.Person{ID: "eli"}, Admin: true}
	event := access.Event{Subject: "device:" + string(d.ID), Seq: 1, At: f.at, Type: app.EventCreated}
	sealed, err := access.Seal([]access.Event{event}, "", rand.Reader)
	f.must(err)
	f.must(f.latchkey.Devices.EditDevice(f.Context(), app.Edit[access.Device]{After: d, Event: sealed[0]}))
	invitation, err := f.latchkey.InviteDevice(f.Context(), admin, d.ID)
	f.must(err)
	state := &State{Server: address, Device: string(d.ID), path: filepath.Join(f.TempDir(), stateFile)}
	link := Server{State: state, Client: &http.Client{Transport: f}, Now: f.clock, RotateAfter: time.Hour}
	f.must(link.Enrol(f.Context(), invitation.Token))
	booted, sudo := f.at, &Rehearsal{}
	m := &machine{&Agent{Link: link, Rights: sudo, Given: state, Spread: exactly, Log: slog.New(slog.DiscardHandler),
		Elapsed: func() time.Duration { return f.clock().Sub(booted) }}, sudo}
	m.Start()
	f.machines[d.ID] = m
}

func (f *fleet) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fleet) clock() time.Time { return f.at }

// poll lets time pass, and every agent call.
func (f *fleet) poll(ctx context.Context, d time.Duration) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = f.at.Add(d)
	for _, m := range f.machines {
		m.Once(f.Context())
	}
	return ctx.Err()
}

// RoundTrip is the network, with what happens on it.
func (f *fleet) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.fault == nil {
		return http.DefaultTransport.RoundTrip(r)
	}
	switch *f.fault {
	case conformance.Lost:
		f.arrives(r)
	case conformance.Late:
		again := r.Clone(context.Background())
		body, _ := io.ReadAll(r.Body)
		again.Body = io.NopCloser(bytes.NewReader(body))
		f.late = append(f.late, again)
	case conformance.Twice:
		body, _ := io.ReadAll(r.Body)
		again := r.Clone(r.Context())
		r.Body, again.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
		answer, err := http.DefaultTransport.RoundTrip(r)
		f.arrives(again)
		return answer, err
	}
	return nil, errors.New("no answer")
}

// arrives delivers a call whose answer nobody hears.
func (f *fleet) arrives(r *http.Request) {
	if answer, err := http.DefaultTransport.RoundTrip(r); err == nil {
		answer.Body.Close()
	}
}

// meet lets every call of the agents meet the fault while the next Ensure waits.
func (f *fleet) meet(fault conformance.Fault) func() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.late = nil
	if fault == conformance.Blind {
		f.blind = true
		return func() {}
	}
	f.fault = &fault
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.fault = nil
		for _, r := range f.late {
			f.arrives(r)
		}
	}
}

func (f *fleet) wish(key app.EntitlementKey, want bool) {
	f.wishes.mu.Lock()
	defer f.wishes.mu.Unlock()
	f.wishes.held[key] = want
}

// told is the connector as a use case calls it: what is wanted is stored before.
type told struct {
	*fleet
	connector.Device
}

func (c told) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	c.wish(key, want)
	err := c.Device.Ensure(ctx, key, want)
	c.fleet.mu.Lock()
	defer c.fleet.mu.Unlock()
	c.fault = nil
	return err
}

func (c told) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	_ = c.poll(ctx, time.Second)
	return c.Device.Observe(ctx, key)
}

// watched are the devices as the connector reads them, which may get no answer.
type watched struct {
	stored
	*fleet
}

type stored interface{ app.Devices }

func (w watched) Contact(ctx context.Context, id access.DeviceID) (access.Contact, error) {
	w.fleet.mu.Lock()
	defer w.fleet.mu.Unlock()
	if w.blind {
		w.blind = false
		return access.Contact{}, errors.New("no answer")
	}
	return w.stored.Contact(ctx, id)
}

func TestTheDeviceConnectorConforms(t *testing.T) {
	conformance.Run(t, func(t *testing.T) conformance.Subject {
		f := newFleet(t)
		on := func(key app.EntitlementKey) *machine { return f.machines[access.DeviceID(key.Target.ID)] }
		return conformance.Subject{
			Connector: told{f, connector.Device{Devices: watched{f.latchkey.Devices, f}, Clock: f.now, Pause: f.poll, Pace: access.NormalPace}},
			People:    [2]access.PersonID{"ana", "ben"},
			Targets:   [2]access.Target{onDevice("one"), onDevice("two")},
			Refused:   onDevice("nobodys"),
			Sole:      true,
			Wish:      f.wish,
			Truth: func(key app.EntitlementKey) app.Observation {
				f.mu.Lock()
				defer f.mu.Unlock()
				has, _ := on(key).sudo.Has(string(key.Person))
				given := on(key).Given.Has(string(key.Person))
				return app.Observation{Present: has && given, Foreign: has && !given}
			},
			GiveForeign: func(key app.EntitlementKey) { _ = on(key).sudo.Give(string(key.Person)) },
			Meet:        f.meet,
		}
	})
}

// now is the clock for those who do not hold the lock.
func (f *fleet) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}
