// Package wiring makes what every function starts with: an App with its stores
// and its clock, and for most of them the workflow. A function's main adds what
// it alone has.
package wiring

import (
	"crypto/rand"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/oklog/ulid/v2"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/metrics"
	"latchkey/functions/lib/workflow"
)

// environment is what the template gives to functions.
type environment struct {
	Tables  dynamo.Tables
	Minimum access.Duration `env:"MINIMUM_DURATION,optional"`
	Pace    string          `env:"PACE,optional"` // normal (the default), fast
	Drift   access.Duration `env:"DRIFT_EVERY,optional"`
}

// New reads the environment and makes the clients, once.
func New() (*app.App, dynamo.Stores, aws.Config, error) {
	var env environment
	if err := awsenv.Read(&env); err != nil {
		return nil, dynamo.Stores{}, aws.Config{}, err
	}
	cfg, err := awsenv.Config()
	if err != nil {
		return nil, dynamo.Stores{}, aws.Config{}, err
	}
	pace, err := paceOf(env.Pace)
	if err != nil {
		return nil, dynamo.Stores{}, aws.Config{}, err
	}
	stores := dynamo.New(dynamo.Client(cfg), env.Tables)
	return &app.App{
		Requests: stores.Requests, Entitlements: stores.Entitlements, Directory: stores.Directory,
		Catalog: stores.Catalog, Devices: stores.Devices, Marks: stores.Marks,
		SlackLinks: stores.Directory, Tickets: stores.Tickets,
		Counter: metrics.Log{Out: os.Stdout, Now: time.Now},
		Clock:   time.Now,
		NewID:   func() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() },
		Random:  rand.Reader, Pause: app.Pause,
		Minimum: env.Minimum, Pace: pace, DriftEvery: env.Drift,
	}, stores, cfg, nil
}

// NewWithWorkflow is New for the functions that speak to the state machines.
func NewWithWorkflow() (*app.App, dynamo.Stores, aws.Config, error) {
	var env struct {
		Approval   string `env:"APPROVAL_MACHINE"`
		Revocation string `env:"REVOCATION_MACHINE"`
	}
	if err := awsenv.Read(&env); err != nil {
		return nil, dynamo.Stores{}, aws.Config{}, err
	}
	a, stores, cfg, err := New()
	if err != nil {
		return nil, dynamo.Stores{}, aws.Config{}, err
	}
	machines := workflow.Machines{Approval: env.Approval, Revocation: env.Revocation}
	a.Workflow = workflow.New(sfn.NewFromConfig(cfg), machines)
	return a, stores, cfg, nil
}

func paceOf(name string) (access.Pace, error) {
	switch name {
	case "", "normal":
		return access.NormalPace, nil
	case "fast":
		return access.FastPace, nil
	}
	return access.Pace{}, fmt.Errorf("PACE is normal or fast, not %q", name)
}

// Must ends a function that cannot start. Lambda reports it and tries again.
func Must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
