package main

import (
	"math"
	"testing"
)

func TestABillPricesEachPositionInItsOwnUnit(t *testing.T) {
	million := usage{transitions: 1e6, invocations: 1e6, memory: 0.25, write: 1e6, read: 1e6, calls: 1e6, queueRequests: 1e6, mails: 1e6}
	want := map[string]float64{
		"state transitions": 25, "write units": 0.625, "read units": 0.125, "invocations": 0.20,
		"GB-seconds": 0.333335, // a million times 100 ms of a quarter of a GB
		"API calls":  1, "KB of logs": 0.35, "queue requests": 0.50, "mails": 100,
	}
	sum := 0.0
	for _, l := range million.bill() {
		if math.Abs(l.price-want[l.what]) > 1e-9 {
			t.Errorf("%s: $%g, want $%g", l.what, l.price, want[l.what])
		}
		sum += want[l.what]
		delete(want, l.what)
	}
	if len(want) > 0 {
		t.Errorf("not on the bill: %v", want)
	}
	if got := total(million.bill()); math.Abs(got-sum) > 1e-9 {
		t.Errorf("total $%g, want $%g", got, sum)
	}
}

func TestAUsageOfNothingIsFree(t *testing.T) {
	if got := total(usage{memory: 0.25}.bill()); got != 0 {
		t.Errorf("$%g", got)
	}
}

func TestAGoalIsKeptUpToItself(t *testing.T) {
	for got, want := range map[float64]string{59: "ok", 60: "ok", 60.5: "over"} {
		if v := verdict(got, mostWriteUnits); v != want {
			t.Errorf("%g of %d: %s, want %s", got, mostWriteUnits, v, want)
		}
	}
}
