package main

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// show opens an address in the browser of whoever sits at this machine. Nobody
// does where out is no terminal, nor in a CI job, nor without a desktop; and
// BROWSER=none keeps it closed.
func show(address string, out *os.File) {
	opener := opener(runtime.GOOS, os.Getenv, isTerminal(out))
	if opener == "" {
		return
	}
	cmd := exec.Command(opener, address)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // a Ctrl-C here does not end a browser
	if cmd.Start() == nil {
		go func() { _ = cmd.Wait() }() // for whom it did not open, the address is printed
	}
}

func isTerminal(out *os.File) bool {
	info, err := out.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// opener is the program that opens addresses on a system, or "" if nobody would
// see it.
func opener(system string, env func(string) string, terminal bool) string {
	switch {
	case !terminal || env("CI") != "" || env("BROWSER") == "none":
		return ""
	case system == "darwin":
		return "open"
	case env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != "":
		return "xdg-open"
	}
	return ""
}
