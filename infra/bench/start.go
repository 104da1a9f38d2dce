package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"latchkey/infra/template"
)

// rounds is how often each function is started, each time right after the bare
// main. It is odd, so that there is one in the middle.
const rounds = 51

// start is how a function starts, beside the bare main.
type start struct {
	binary
	ready, bare time.Duration // medians
}

// printStarts builds and starts every function.
func printStarts(ctx context.Context, out io.Writer) error {
	root, err := template.Root()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "latchkey-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	bare, all, err := buildAll(ctx, root, work)
	if err != nil {
		return err
	}
	starts, err := measure(ctx, bare, all)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "The functions' binaries and their starts on %s/%s: medians of %d, each start right after one of the bare main\n\n",
		runtime.GOOS, runtime.GOARCH, rounds)
	fmt.Fprintf(out, "%-12s %6s %9s   %8s %8s %10s %8s\n", "", "MB", fmt.Sprintf("goal %g", mostMegabytes), "ready ms", "bare ms",
		"times bare", fmt.Sprintf("goal %g", mostTimesBare))
	for _, s := range starts {
		megabytes, times := float64(s.bytes)/1e6, s.ready.Seconds()/s.bare.Seconds()
		fmt.Fprintf(out, "%-12s %6.2f %9s   %8.2f %8.2f %10.2f %8s\n", s.name, megabytes, verdict(megabytes, mostMegabytes),
			milliseconds(s.ready), milliseconds(s.bare), times, verdict(times, mostTimesBare))
	}
	fmt.Fprintf(out, "%-12s %6.2f\n", bare.name, float64(bare.bytes)/1e6)
	return nil
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

func buildAll(ctx context.Context, root, into string) (bare binary, all []binary, err error) {
	t, err := template.Load()
	if err != nil {
		return bare, nil, err
	}
	if err := build(ctx, root, into); err != nil {
		return bare, nil, err
	}
	for _, name := range functions(t) {
		b, err := built(into, name)
		if err != nil {
			return bare, nil, err
		}
		b.env = environment(t, name)
		all = append(all, b)
	}
	bare, err = built(into, filepath.Base(bareFolder))
	return bare, all, err
}

// measure starts the functions by turns, round by round, so that a busy moment of
// the machine meets all of them. The first round only brings the files into
// memory.
func measure(ctx context.Context, bare binary, all []binary) ([]start, error) {
	lambda, err := newRuntimeAPI()
	if err != nil {
		return nil, err
	}
	defer lambda.close()
	ready, beside := make([][]time.Duration, len(all)), make([][]time.Duration, len(all))
	for round := range rounds + 1 {
		for i, b := range all {
			reference, err := lambda.ready(ctx, bare.path, bare.env)
			if err != nil {
				return nil, err
			}
			took, err := lambda.ready(ctx, b.path, b.env)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				ready[i], beside[i] = append(ready[i], took), append(beside[i], reference)
			}
		}
	}
	var starts []start
	for i, b := range all {
		starts = append(starts, start{b, median(ready[i]), median(beside[i])})
	}
	return starts, nil
}

// median of an odd number of durations.
func median(of []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
