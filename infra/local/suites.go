package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// suite is a part of `make test`: a target of the Makefile.
type suite struct {
	target string
	about  string
	usual  time.Duration // on two cores, everything installed
}

// suites are in an order: what is quick and most often wrong comes first.
var suites = []suite{
	{"check", "gofmt, go vet, staticcheck", 40 * time.Second},
	{"web", "types, lint and unit tests of the web app", time.Minute},
	{"unit", "unit tests, the store's on Amazon's DynamoDB Local", 2 * time.Minute},
	{"template", "sam validate, cfn-lint", 20 * time.Second},
	{"emulator", "where the emulator does as AWS does", 30 * time.Second},
	{"end-to-end", "a running stack, in browsers and from outside", 10 * time.Minute},
}

// outcome is what became of a suite.
type outcome struct {
	suite
	passed  int // tests, as far as their runner counts them
	took    time.Duration
	skipped bool // after one that failed
	err     error
}

// testAll runs every suite up to the first that fails, and says before what it will
// do and after what passed.
func testAll(ctx context.Context, p places) error {
	var whole time.Duration
	for _, s := range suites {
		whole += s.usual
	}
	fmt.Printf("make test takes about %s on two cores, and longer the first time:\n", minutes(whole))
	for _, s := range suites {
		fmt.Printf("  %-12s %s (%s)\n", s.target, s.about, minutes(s.usual))
	}
	var done []outcome
	var failed error
	for _, s := range suites {
		o := outcome{suite: s, skipped: failed != nil}
		if !o.skipped {
			began := time.Now()
			o.passed, o.err = s.run(ctx, p)
			o.took, failed = time.Since(began), o.err
		}
		done = append(done, o)
	}
	fmt.Print(summary(done))
	return failed
}

func minutes(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f min", d.Minutes())
}

// run runs one suite at this terminal and counts the tests that passed.
func (s suite) run(ctx context.Context, p places) (int, error) {
	var counted tally
	cmd := exec.CommandContext(ctx, "make", "--no-print-directory", s.target)
	cmd.Dir = p.root
	cmd.Stdout, cmd.Stderr = io.MultiWriter(os.Stdout, &counted), os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 2 * grace
	err := cmd.Run()
	return counted.tests, err
}

// summary says what passed and how long it took.
func summary(done []outcome) string {
	var out strings.Builder
	tests, whole, verdict := 0, time.Duration(0), "all passed"
	out.WriteString("\nmake test:\n")
	for _, o := range done {
		word := "passed"
		switch {
		case o.skipped:
			word = "not run"
		case o.err != nil:
			word, verdict = "FAILED", o.target+" FAILED"
		}
		line := fmt.Sprintf("  %-12s %-8s", o.target, word)
		if !o.skipped {
			line += fmt.Sprintf("%9s", minutes(o.took))
		}
		if o.passed > 0 {
			line += fmt.Sprintf("%6d tests", o.passed)
		}
		out.WriteString(line + "\n")
		tests, whole = tests+o.passed, whole+o.took
	}
	fmt.Fprintf(&out, "%s: %d tests passed in %s\n", verdict, tests, minutes(whole))
	return out.String()
}

// tally counts the tests of which the runners in a suite's output say at their
// end that they passed.
type tally struct {
	tests int
	line  bytes.Buffer
}

var (
	colour = regexp.MustCompile("\x1b\\[[0-9;]*m")
	// The last lines of pytest and Playwright, of vitest, and of gotestsum, which
	// counts what was skipped or failed with the rest.
	passed    = regexp.MustCompile(`^(?:=* *|\s*Tests\s+)(\d+) passed\b`)
	gotestsum = regexp.MustCompile(`^DONE (\d+) tests?(?:, (\d+) skipped)?(?:, (\d+) failures?)?\b`)
)

// Write takes a part of the output.
func (t *tally) Write(part []byte) (int, error) {
	for _, b := range part {
		if b != '\n' {
			t.line.WriteByte(b)
			continue
		}
		text := colour.ReplaceAllString(t.line.String(), "")
		t.line.Reset()
		if found := passed.FindStringSubmatch(text); found != nil {
			t.tests += number(found[1])
		} else if found := gotestsum.FindStringSubmatch(text); found != nil {
			t.tests += number(found[1]) - number(found[2]) - number(found[3])
		}
	}
	return len(part), nil
}

// number is 0 for what a line does not say.
func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}
