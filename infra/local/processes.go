package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// task is a program to run, its output going to a log.
type task struct {
	argv []string
	dir  string
	env  []string
	log  string
}

// grace is how long a process may take to end by itself.
const grace = 5 * time.Second

// command prepares the task as the leader of a process group of its own: the
// terminal's Ctrl-C goes to this program alone, which ends the group.
func (t task) command(ctx context.Context) (*exec.Cmd, error) {
	if err := os.MkdirAll(filepath.Dir(t.log), 0o755); err != nil {
		return nil, err
	}
	output, err := os.OpenFile(t.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, t.argv[0], t.argv[1:]...)
	cmd.Dir, cmd.Env = t.dir, t.env
	cmd.Stdout, cmd.Stderr = output, output
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = grace
	return cmd, nil
}

func closeOutput(cmd *exec.Cmd) { cmd.Stdout.(*os.File).Close() }

// runLogged runs the task to its end. An error carries the end of the log.
func runLogged(ctx context.Context, t task) error {
	cmd, err := t.command(ctx)
	if err != nil {
		return err
	}
	defer closeOutput(cmd)
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return failed(t, err)
	}
	return nil
}

func failed(t task, err error) error {
	// Not %w: an exit status of a tool is not one of exec's command.
	return fmt.Errorf("%s: %v; the end of %s:\n%s", filepath.Base(t.argv[0]), err, t.log, tail(t.log, 40))
}

// tail is the last lines of a file, indented.
func tail(path string, lines int) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	all := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	return "  " + strings.Join(all[max(0, len(all)-lines):], "\n  ")
}

// child is a process that runs as long as the stack.
type child struct {
	name  string
	task  task
	cmd   *exec.Cmd
	ended chan struct{} // closed once err is set
	err   error
}

// start starts a child. It outlives every context: stop ends it.
func start(name string, t task) (*child, error) {
	if err := os.Remove(t.log); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	cmd, err := t.command(context.Background())
	if err != nil {
		return nil, err
	}
	defer closeOutput(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("cannot start the %s: %w", name, err)
	}
	c := &child{name: name, task: t, cmd: cmd, ended: make(chan struct{})}
	go func() {
		c.err = cmd.Wait()
		close(c.ended)
	}()
	return c, nil
}

// stop ends the child and everything in its process group.
func (c *child) stop() {
	endGroup(c.cmd.Process.Pid, c.ended)
}

// died describes a child that ended by itself.
func (c *child) died() error {
	return failed(c.task, fmt.Errorf("the %s ended by itself (%v)", c.name, c.err))
}

// endGroup asks a process group to end, and makes it when the leader has not
// ended in time. What the leader leaves behind is killed.
func endGroup(pid int, ended <-chan struct{}) {
	_ = syscall.Kill(-pid, syscall.SIGTERM) // an error means that it is gone
	select {
	case <-ended:
	case <-time.After(grace):
	}
	_ = syscall.Kill(-pid, syscall.SIGKILL)
	<-ended
}
