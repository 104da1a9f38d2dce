package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// record is a process that a run has started, kept in pids.json for the case
// that the run is killed before it can end it.
type record struct {
	Name  string `json:"name"`
	PID   int    `json:"pid"`
	Group bool   `json:"group"` // it leads a process group, which ends with it
	// Command is how its command line ends, enough to know it by. An interpreter
	// may have replaced the beginning.
	Command string `json:"command"`
}

// alive tells whether the process is still the one that was recorded: the
// kernel may have given its number to another since.
func (r record) alive() bool {
	return r.Command != "" && strings.HasSuffix(commandLine(r.PID), r.Command)
}

// end ends the process, if it is still that process.
func (r record) end() error {
	if !r.alive() {
		return nil
	}
	target := r.PID
	if r.Group {
		target = -r.PID
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if err := syscall.Kill(target, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("cannot end the %s (process %d): %w", r.Name, r.PID, err)
		}
		if r.gone(2 * grace) {
			return nil
		}
	}
	return fmt.Errorf("the %s (process %d) does not end", r.Name, r.PID)
}

func (r record) gone(within time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return poll(ctx, func() error {
		if r.alive() {
			return errors.New("alive")
		}
		return nil
	}) == nil
}

// commandLine is the command of a process with its arguments, "" if there is no
// such process.
func commandLine(pid int) string {
	if text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline"); err == nil {
		return strings.TrimRight(strings.ReplaceAll(string(text), "\x00", " "), " ")
	}
	if _, err := os.Stat("/proc/self/cmdline"); err == nil {
		return ""
	}
	// macOS has no /proc.
	text, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

func writeRecords(file string, records []record) error {
	text, err := json.MarshalIndent(records, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(file, text)
}

// readRecords gives what a run recorded, nothing if none did.
func readRecords(file string) ([]record, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var records []record
	if err := json.Unmarshal(text, &records); err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", file, err)
	}
	return records, nil
}

// endRecorded ends every recorded process that still is, in the order in which
// they were started: the run first, which then ends the others itself.
func endRecorded(p places) (ended []string, err error) {
	records, err := readRecords(p.pidFile())
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, r := range records {
		if !r.alive() {
			continue
		}
		if err := r.end(); err != nil {
			problems = append(problems, err)
			continue
		}
		ended = append(ended, r.Name)
	}
	if problems != nil {
		return ended, errors.Join(problems...)
	}
	for _, file := range []string{p.stackFile(), p.pidFile()} {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return ended, err
		}
	}
	return ended, nil
}

// down ends what a run left, or a run that is still there.
func down(p places) error {
	ended, err := endRecorded(p)
	for _, name := range ended {
		say("Ended the %s", name)
	}
	return err
}
