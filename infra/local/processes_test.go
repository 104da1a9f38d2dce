package main

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// waitAlive waits for a process that was just started to show its command.
func waitAlive(t *testing.T, r record) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return poll(ctx, func() error {
		if !r.alive() {
			return errors.New("not alive")
		}
		return nil
	})
}

func TestStoppingAChildEndsItsWholeGroup(t *testing.T) {
	// The leader starts a second process and then ignores being asked to end.
	log := filepath.Join(t.TempDir(), "family.log")
	family, err := start("family", task{
		argv: []string{"sh", "-c", "sleep 601 & echo $!; trap '' TERM; wait; wait"},
		log:  log,
	})
	if err != nil {
		t.Fatal(err)
	}
	second := record{Command: "sleep 601"}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err = poll(ctx, func() error {
		pid, _ := strconv.Atoi(strings.TrimSpace(tail(log, 1)))
		if second.PID = pid; !second.alive() {
			return errors.New("not started")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	family.stop()
	if !second.gone(10 * time.Second) {
		t.Error("the second process lives on")
	}
}

func TestAFailureShowsTheEndOfTheLog(t *testing.T) {
	log := filepath.Join(t.TempDir(), "build.log")
	err := runLogged(context.Background(), task{argv: []string{"sh", "-c", "echo cannot find it; exit 3"}, log: log})
	if err == nil || !strings.Contains(err.Error(), "cannot find it") || !strings.Contains(err.Error(), log) {
		t.Errorf("the error says %v", err)
	}
}

func TestAChildThatEndsByItselfIsNoticed(t *testing.T) {
	c, err := start("emulator", task{argv: []string{"sh", "-c", "echo port taken; exit 1"}, log: filepath.Join(t.TempDir(), "e.log")})
	if err != nil {
		t.Fatal(err)
	}
	r := running{children: []*child{c}}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := r.wait(ctx); err == nil || !strings.Contains(err.Error(), "port taken") {
		t.Errorf("the error says %v", err)
	}
	if err := waitReady(ctx, c, "http://127.0.0.1:1/"); err == nil || !strings.Contains(err.Error(), "port taken") {
		t.Errorf("waiting for it says %v", err)
	}
}

func TestALockIsOneProcessOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lock")
	unlock, err := tryLock(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tryLock(file); !errors.Is(err, errLocked) {
		t.Errorf("a second lock answers %v", err)
	}
	unlock()
	if _, err := tryLock(file); err != nil {
		t.Errorf("after the first is given back: %v", err)
	}
}
