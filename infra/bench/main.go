// Command bench measures what Latchkey's functions weigh, how soon they are
// ready, and what one whole life of a request takes and costs on AWS:
//
//	go run ./infra/bench          start and life
//	go run ./infra/bench start    each function's size, and its time from exec to ready
//	go run ./infra/bench life     transitions, invocations, units and the price of a life
//	go run ./infra/bench lists    what a page of an admin's lists reads, among few and many requests
//
// It prints each number beside its goal and judges nothing by its exit code. It
// needs no AWS account; life needs Java 17 and Maven, for Amazon's DynamoDB Local.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The goals.
const (
	mostTransitions = 6
	mostWriteUnits  = 60
	mostPrice       = 0.20 // US dollars for 1,000 lives without email
	mostTimesBare   = 2.0  // from exec to ready
	mostMegabytes   = 12.0 // of 1,000,000 bytes
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, arguments []string) error {
	switch {
	case len(arguments) == 0:
		if err := printStarts(ctx, out); err != nil {
			return err
		}
		fmt.Fprintln(out)
		return printLife(ctx, out)
	case len(arguments) == 1 && arguments[0] == "start":
		return printStarts(ctx, out)
	case len(arguments) == 1 && arguments[0] == "life":
		return printLife(ctx, out)
	case len(arguments) == 1 && arguments[0] == "lists":
		return printLists(ctx, out)
	}
	return errors.New("usage: go run ./infra/bench [start | life | lists]")
}

// verdict says whether a number keeps to its goal.
func verdict(got, most float64) string {
	if got <= most {
		return "ok"
	}
	return "over"
}
