// Command agent gives people administrator rights on a Linux machine for as long
// as Latchkey says, by membership of the sudo group. README.md, beside this file,
// says how to set it up and what it cannot do.
//
//	agent enrol -server https://access.example.com -device ana-macbook < token
//	agent run [-apply] [-group sudo]
//	agent status
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: agent enrol | run | status")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	folder := flags.String("state", "/var/lib/latchkey-agent", "where the key and the state are kept")
	server := flags.String("server", "", "enrol: Latchkey's address")
	device := flags.String("device", "", "enrol: this device's id in Latchkey")
	group := flags.String("group", "sudo", "run: the group whose members are administrators")
	apply := flags.Bool("apply", false, "run: change the group; without it, only say what would change")
	rotate := flags.Duration("rotate", 30*24*time.Hour, "run: replace the key at this age")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "enrol":
		return enrol(*folder, *server, *device)
	case "run":
		var rights Rights = &Rehearsal{}
		if *apply {
			rights = Group{*group}
		}
		return serve(*folder, rights, *rotate, *apply)
	case "status":
		text, err := os.ReadFile(filepath.Join(*folder, statusFile))
		fmt.Print(string(text))
		return err
	}
	return fmt.Errorf("there is no command %q", args[0])
}

// enrol reads the token from standard input, where no list of processes shows it.
func enrol(folder, server, device string) error {
	if err := checkServer(server); err != nil {
		return err
	}
	state, err := open(folder)
	if err != nil {
		return err
	}
	token, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if token = strings.TrimSpace(token); token == "" {
		return errors.Join(errors.New("no token on standard input"), err)
	}
	state.Server, state.Device = server, device
	return Server{State: state, Client: newClient(), Now: time.Now}.Enrol(context.Background(), token)
}

// spread makes a wait shorter by up to a fifth.
func spread(d time.Duration) time.Duration { return d - rand.N(d/5+1) }

// serve runs until it is told to end, and then takes what it gave.
func serve(folder string, rights Rights, rotate time.Duration, apply bool) error {
	state, err := open(folder)
	if err != nil {
		return err
	}
	if _, err := key(state.Seed); err != nil {
		return err
	}
	if err := state.begins(apply); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	agent := &Agent{Link: Server{State: state, Client: newClient(), Now: time.Now, RotateAfter: rotate}, Rights: rights,
		Given: state, Elapsed: sinceBoot, Spread: spread, Log: slog.New(slog.NewJSONHandler(os.Stdout, nil)).With("dry_run", !apply)}
	for agent.Start(); ; {
		wait := agent.Once(ctx)
		if err := agent.tell(filepath.Join(folder, statusFile)); err != nil {
			agent.Log.Error("no status", "why", err)
		}
		select {
		case <-ctx.Done():
			agent.Start()
			return agent.tell(filepath.Join(folder, statusFile))
		case <-time.After(wait):
		}
	}
}
