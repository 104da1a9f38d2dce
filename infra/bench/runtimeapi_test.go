package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestMain lets the test's own binary be the program that is started.
func TestMain(m *testing.M) {
	switch os.Getenv("BENCH_PROGRAM") {
	case "asks":
		_, err := http.Get("http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/next")
		fmt.Println("got an answer:", err)
		os.Exit(1)
	case "gives up":
		fmt.Println("REQUESTS_TABLE is missing")
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func started(t *testing.T, as string) (*runtimeAPI, string, []string) {
	t.Helper()
	lambda, err := newRuntimeAPI()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lambda.close() })
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return lambda, self, []string{"BENCH_PROGRAM=" + as}
}

func TestAProgramIsReadyOnceItAsksForAnEvent(t *testing.T) {
	lambda, program, env := started(t, "asks")
	for range 2 {
		took, err := lambda.ready(t.Context(), program, env)
		if err != nil || took <= 0 {
			t.Errorf("ready after %s: %v", took, err)
		}
	}
}

func TestAProgramThatEndsIsNotReady(t *testing.T) {
	lambda, program, env := started(t, "gives up")
	_, err := lambda.ready(t.Context(), program, env)
	if err == nil || !strings.Contains(err.Error(), "REQUESTS_TABLE is missing") {
		t.Errorf("error %v", err)
	}
}
