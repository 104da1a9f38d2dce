package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"time"
)

// patience is how long a program may take until it is ready.
const patience = 20 * time.Second

// runtimeAPI is what a function's start meets of the Lambda Runtime API: it
// notes when a program asks for its first event, and never has one.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
type runtimeAPI struct {
	server http.Server
	at     string // host:port
	asked  chan time.Time
}

func newRuntimeAPI() (*runtimeAPI, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &runtimeAPI{at: listener.Addr().String(), asked: make(chan time.Time, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", r.next)
	r.server.Handler = mux
	go r.server.Serve(listener)
	return r, nil
}

func (r *runtimeAPI) close() error { return r.server.Close() }

func (r *runtimeAPI) next(_ http.ResponseWriter, call *http.Request) {
	select {
	case r.asked <- time.Now():
	default:
	}
	<-call.Context().Done()
}

// ready starts a program, ends it once it has asked for its first event, and
// gives the time from exec until then. Nothing of the program is left.
func (r *runtimeAPI) ready(ctx context.Context, path string, env []string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var said bytes.Buffer
	program := exec.CommandContext(ctx, path)
	program.Env = append(env[:len(env):len(env)], "AWS_LAMBDA_RUNTIME_API="+r.at)
	program.Stdout, program.Stderr = &said, &said
	begun := time.Now()
	if err := program.Start(); err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	select {
	case asked := <-r.asked:
		cancel()
		<-ended
		return asked.Sub(begun), nil
	case err := <-ended:
		return 0, fmt.Errorf("%s ended before it was ready: %w\n%s", path, err, said.String())
	}
}
