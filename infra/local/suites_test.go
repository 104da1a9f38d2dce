package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestTestsAreCountedByTheLastLinesOfTheirRunners(t *testing.T) {
	for line, want := range map[string]int{
		"  86 passed (5.4m)":                  86,
		"  1 failed":                          0,
		"======= 31 passed in 24.10s =======": 31,
		"31 passed in 24.10s":                 31,
		" Test Files  40 passed (40)":         0,
		"\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m312 passed\x1b[39m\x1b[22m (312)": 312,
		"DONE 1204 tests, 58 skipped in 61.000s":                                      1146,
		"DONE 10 tests, 1 failure in 0.2s":                                            9,
		"DONE 1 tests in 0.2s":                                                        1,
		"    stack_test.go:12: 5 passed by":                                           0,
	} {
		var counted tally
		text := line + "\nand so on"
		for _, part := range []string{text[:5], text[5:]} {
			if _, err := counted.Write([]byte(part)); err != nil {
				t.Fatal(err)
			}
		}
		if counted.tests != want {
			t.Errorf("%q: %d tests", line, counted.tests)
		}
	}
}

func TestTheSummarySaysWhatFailedAndWhatWasNotRun(t *testing.T) {
	got := summary([]outcome{
		{suite: suite{target: "check"}, took: 41 * time.Second},
		{suite: suite{target: "unit"}, took: 90 * time.Second, passed: 7, err: errors.New("exit status 1")},
		{suite: suite{target: "emulator"}, skipped: true},
	})
	for _, line := range []string{"check        passed       41 s\n", "unit         FAILED    1.5 min     7 tests\n",
		"emulator     not run \n", "unit FAILED: 7 tests passed in 2.2 min\n"} {
		if !strings.Contains(got, line) {
			t.Errorf("it does not say %q:\n%s", line, got)
		}
	}
}
