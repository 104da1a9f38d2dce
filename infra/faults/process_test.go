package faults_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/smithy-go/middleware"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/workflow"
)

// fault is what happens to one call.
type fault int

// The faults. That a process dies right after a call is that it dies before the
// next one: the last call of each invocation is its answer.
const (
	none  fault = iota
	dies        // the process is gone before the call, and that is known at once
	hangs       // the process is gone before the call, and that is known at its time-out
	lost        // the call does not get through, and its caller is told that it may have
	deaf        // the call gets through, and its caller is told that it may not have
	late        // the process hangs in the call, which gets through just before its time-out
)

func (f fault) String() string {
	return [...]string{"no fault", "dies", "hangs", "lost", "unanswered", "late"}[f]
}

// plan is what goes wrong in one run of a scenario.
type plan struct {
	faults  map[int]fault // by the boundary that they happen at, from 1
	stops   map[int]bool  // states, by the order in which they are entered, in which the run is stopped by hand
	twice   bool          // the streams deliver everything a second time, much later
	patient bool          // whom the API does not answer tries again
}

// boundary is one call of one invocation, or its answer.
type boundary struct {
	function, call string // "provisioner grant", "PutItem"
	effect         bool   // the call changes something
}

// hit is a fault that happened.
type hit struct {
	boundary
	fault
}

func (h hit) String() string { return h.function + ", " + h.call + ": " + h.fault.String() }

// process is one invocation of a function.
type process struct {
	world *world
	name  string

	mu   sync.Mutex
	dead bool
	hung bool
}

func (p *process) function() string {
	name, _, _ := strings.Cut(p.name, " ")
	return name
}

// errGone is what a caller sees of a call whose outcome is unknown.
var errGone = errors.New("connection reset by peer")

// call is a boundary: do is what the outside does.
func (p *process) call(name string, effect bool, do func() error) error {
	switch p.meets(name, effect) {
	case late:
		p.world.in(p.world.timeouts[p.function()]-time.Second, func() { _ = do() })
		runtime.Goexit()
	case dies, hangs:
		runtime.Goexit()
	case lost:
		return errGone
	case deaf:
		_ = do()
		return errGone
	}
	return do()
}

// meets counts a boundary and tells which fault happens there.
func (p *process) meets(name string, effect bool) fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dead {
		return dies
	}
	w := p.world
	b := boundary{p.name, name, effect}
	w.boundaries = append(w.boundaries, b)
	f := w.plan.faults[len(w.boundaries)]
	if f != none {
		w.hits = append(w.hits, hit{b, f})
	}
	p.hung = f == hangs || f == late
	p.dead = p.hung || f == dies
	return f
}

// lambdaError is how Lambda itself names what became of an invocation.
type lambdaError string

func (e lambdaError) Error() string { return string(e) }

// invoke runs a function's invocation to its answer, or its death.
func (w *world) invoke(function, action string, do func(context.Context, *app.App) error) (took time.Duration, err error) {
	p := &process{world: w, name: function + " " + action}
	a := w.app(p)
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = do(context.Background(), a)
		p.meets("answer", false)
	}()
	<-done
	switch {
	case p.hung:
		return w.timeouts[p.function()], lambdaError("Sandbox.Timedout")
	case p.dead:
		return step, lambdaError("Runtime.ExitError")
	}
	return step, err
}

// meet is where a process calls DynamoDB.
func (p *process) meet(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (out middleware.InitializeOutput, md middleware.Metadata, err error) {
	name, effect := awsmiddleware.GetOperationName(ctx), true
	switch in.Parameters.(type) {
	case *dynamodb.GetItemInput, *dynamodb.BatchGetItemInput, *dynamodb.QueryInput:
		effect = false
	}
	err = p.call(name, effect, func() error {
		out, md, err = next.HandleInitialize(ctx, in)
		return err
	})
	return out, md, err
}

func (p *process) option(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Boundary", p.meet), middleware.Before)
	})
}

// lambda invokes the function of a task.
func (w *world) lambda(function string, payload map[string]any) (any, time.Duration, error) {
	in, err := runInput(payload)
	if err != nil {
		return nil, 0, err
	}
	var out app.Output
	name := map[string]string{"${ApprovalsFunction}": "approvals", "${ProvisionerFunction}": "provisioner"}[function]
	took, err := w.invoke(name, in.Action, func(ctx context.Context, a *app.App) (err error) {
		out, err = w.act(ctx, a, name, in)
		return err
	})
	return object(w, out), took, err
}

// act runs the handler of a function with an action.
func (w *world) act(ctx context.Context, a *app.App, function string, in app.RunInput) (app.Output, error) {
	if function == "approvals" {
		return workflow.Approvals(a)(ctx, in)
	}
	return workflow.Provisioner(a)(ctx, workflow.Task{RunInput: in})
}
