package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// execute runs a command with a stack of its own, and answers as the command did.
func execute(ctx context.Context, p places, argv []string) error {
	r, err := bringUp(ctx, p)
	if err != nil {
		return err
	}
	defer r.close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		if err := r.wait(ctx); err != nil {
			cancel(err)
		}
	}()
	err = foreground(ctx, argv, append(os.Environ(), "LATCHKEY_STACK="+p.stackFile()))
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause // a part of the stack ended: that is why the command failed
	}
	return err
}

// foreground runs a command at this terminal. It stays in this process group: a
// Ctrl-C at the terminal reaches it directly, any other end of ctx by SIGTERM.
func foreground(ctx context.Context, argv, env []string) error {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, env
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 2 * grace
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return fmt.Errorf("cannot run %s: %w", argv[0], err)
	}
	return err
}
