package faults_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
	"latchkey/functions/lib/policy"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/workflow"
	"latchkey/infra/template"
	"latchkey/statemachines"
)

// sweepEvery is the template's default.
const sweepEvery = time.Minute

var pace = access.NormalPace

// world is one run of a scenario.
type world struct {
	*report
	plan   plan
	now    time.Time
	random *rand.Rand
	salts  io.Reader

	db         *memory.Memory
	plain      dynamo.Stores // without boundaries
	machines   map[string]machine
	timeouts   map[string]time.Duration // of the functions
	executions map[string]*execution    // by ARN
	order      []*execution
	tokens     int
	truth      *truth
	streams    map[string]*stream
	mailed     map[app.Message]int // how often
	dedup      map[string]time.Time
	alarms     int

	scenario *scenario
	done     map[string]bool // what people have done
	changed  bool            // a request, since people looked
	sweepAt  time.Time       // the next time, or zero
	gaveUp   bool            // someone whom the API did not answer

	agenda     agenda
	seq        int
	boundaries []boundary
	hits       []hit
	entered    []string // states, with their runs
	stopped    []string
}

// report collects what is wrong with a run.
type report struct{ wrong []string }

func (r *report) Errorf(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}

func (r *report) Error(err error) { r.Errorf("%v", err) }

// company is set up once; every world begins with a copy of it.
type company struct {
	db       *memory.Memory
	machines map[string]machine
	timeouts map[string]time.Duration
}

var began = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var settled sync.Once
var theCompany *company

func settle(t *testing.T) *company {
	settled.Do(func() {
		loaded, err := template.Load()
		if err != nil {
			t.Fatal(err)
		}
		c := &company{db: memory.New(t), timeouts: map[string]time.Duration{}, machines: map[string]machine{
			arns.Approval: parsed(t, statemachines.Approval), arns.Revocation: parsed(t, statemachines.Revocation)}}
		for name, function := range map[string]string{"api": "ApiFunction", "approvals": "ApprovalsFunction", "provisioner": "ProvisionerFunction",
			"relay": "RelayFunction", "courier": "CourierFunction", "reconciler": "ReconcilerFunction", "sweeper": "SweeperFunction"} {
			seconds, ok := loaded.Resources[function].Properties["Timeout"].(uint64)
			if !ok {
				t.Fatalf("%s has no time-out", function)
			}
			c.timeouts[name] = time.Duration(seconds) * time.Second
		}
		w := c.world(nil, plan{})
		w.settleIn()
		for _, wrong := range w.wrong {
			t.Fatal(wrong)
		}
		c.db = w.db.Copy()
		theCompany = c
	})
	if theCompany == nil {
		t.Fatal("the company was not set up")
	}
	return theCompany
}

// world begins a run.
func (c *company) world(s *scenario, p plan) *world {
	seeded := rand.NewChaCha8([32]byte{1})
	w := &world{report: &report{}, plan: p, now: began, random: rand.New(seeded), salts: seeded, scenario: s,
		db: c.db.Copy(), machines: c.machines, timeouts: c.timeouts, executions: map[string]*execution{},
		mailed: map[app.Message]int{}, dedup: map[string]time.Time{}, done: map[string]bool{}}
	w.plain = dynamo.New(w.db.Client(), memory.Tables)
	w.truth = &truth{w: w, present: map[app.EntitlementKey]bool{}, spans: map[app.EntitlementKey][]span{}}
	w.streams = map[string]*stream{memory.Tables.Requests: {w: w, consumer: "relay", handler: relay, wanted: isNewEvent},
		memory.Tables.Directory: {w: w, consumer: "reconciler", handler: reconcile, wanted: isDocument},
		memory.Tables.Catalog:   {w: w, consumer: "reconciler", handler: reconcile, wanted: isDocument}}
	w.db.Watch = w.wrote
	return w
}

// app is the App of a process. Functions that are given less use less.
func (w *world) app(p *process) *app.App {
	a := dynamo.New(w.db.Client(p.option), memory.Tables).App()
	a.Workflow, a.Policies = workflow.New(steps{p}, arns), policy.New()
	a.Connectors = map[string]app.Connector{access.ConnectorGroup: connector{p, w.truth}}
	a.Outbox = queue.NewOutbox(mailQueue{p}, "https://sqs.example.com/mail.fifo", "email")
	a.Alarms = queue.NewAlarms(alarmTopic{p}, "arn:aws:sns:eu-west-1:123456789012:alarms")
	a.Mailer, a.Counter = mailer{p}, noCounts{}
	a.Clock, a.NewID, a.Random = func() time.Time { return w.now }, w.newID, w.salts
	a.Pause = func(context.Context, time.Duration) error { return nil }
	a.Pace, a.Minimum = pace, access.Duration(time.Second)
	a.Identity = app.Identity{FirstAdminEmail: "eli@example.com"}
	return &a
}

func (w *world) newID() string { return ulid.MustNew(ulid.Timestamp(w.now), w.salts).String() }

type noCounts struct{}

func (noCounts) Count(string, int) {}

func (w *world) stands() string {
	var out []string
	for _, r := range w.requests() {
		out = append(out, fmt.Sprintf("%s is %s, due %s, run %v", r.Resource, r.Status, r.Due.Format(time.TimeOnly), r.Run))
	}
	for _, e := range w.order {
		out = append(out, fmt.Sprintf("%s is %s in %q", e.name, e.status, e.at))
	}
	return strings.Join(out, "; ")
}

// requests lists what Ana asked for, oldest first.
func (w *world) requests() []access.Request {
	found, _, err := w.plain.Requests.List(context.Background(), app.Filter{Requester: "ana"}, app.Page{Limit: 100})
	if err != nil {
		w.Error(err)
	}
	slices.Reverse(found)
	return found
}

func object(w *world, v any) any {
	var out any
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		w.Error(err)
	}
	return out
}
