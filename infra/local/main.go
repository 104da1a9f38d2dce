// Command local runs the whole of Latchkey on one machine: the same template,
// state machines and binaries that AWS gets, deployed by SAM to an emulator of
// AWS, with the demo company loaded through the public admin API.
//
//	go run ./infra/local run              bring it up and stay in the foreground
//	go run ./infra/local dev              run, and replace what is edited meanwhile
//	go run ./infra/local down             end what a killed run left
//	go run ./infra/local token EMAIL      print a bearer token of a demo person
//	go run ./infra/local status           print what a running stack is busy with
//	go run ./infra/local exec -- COMMAND  bring up a stack of its own for COMMAND
//	go run ./infra/local mails            write samples of every mail to look at
//	go run ./infra/local shrink FILE...   make pictures of them small (make pictures)
//	go run ./infra/local pages            write samples of the pages behind email links
//	go run ./infra/local setup            install the tools only
//	go run ./infra/local test             run every suite of tests and sum up (make test)
//
// Everything it makes is under .local/ and listens on 127.0.0.1 only. See
// README.md beside this file.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"latchkey/functions/lib/httpapi/links"
	"latchkey/functions/lib/mail"
)

const usage = `usage: local COMMAND
  run              bring the stack up and stay in the foreground
  dev              run, and replace what is edited meanwhile
  down             end what a killed run left
  token EMAIL      print a bearer token of one of the demo people
  status           print what a running stack is busy with, and what its
                   functions complained of last
  exec -- COMMAND  bring up a stack of its own, run COMMAND with LATCHKEY_STACK
                   naming its stack.json, tear the stack down
  mails            write samples of every mail to .local/mails/index.html
  shrink FILE...   make PNG pictures of them small, for make pictures
  pages            write samples of the pages behind email links to
                   .local/pages/index.html
  setup            check and install what make test needs
  test             run every suite of tests and sum up (make test)
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := dispatch(ctx, os.Args[1:])
	stop()
	os.Exit(exitCode(err))
}

// exitCode tells what went wrong on stderr. A command that exec ran has said so
// itself; its code is passed on.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	case errors.Is(err, context.Canceled):
		return 130
	}
	fmt.Fprintln(os.Stderr, "local:", err)
	return 1
}

func dispatch(ctx context.Context, args []string) error {
	root, err := repository()
	if err != nil {
		return err
	}
	main, test := mainPlaces(root), testPlaces(root)
	switch {
	case len(args) == 1 && args[0] == "run":
		return run(ctx, main, nil)
	case len(args) == 1 && args[0] == "dev":
		return run(ctx, main, edited)
	case len(args) == 1 && args[0] == "down":
		return errors.Join(down(main), down(test))
	case len(args) == 2 && args[0] == "token":
		return printToken(ctx, main, args[1])
	case len(args) == 1 && args[0] == "status":
		return printStatus(ctx, cmp.Or(os.Getenv("LATCHKEY_STACK"), main.stackFile()))
	case len(args) > 2 && args[0] == "exec" && args[1] == "--":
		return execute(ctx, test, args[2:])
	case len(args) == 1 && args[0] == "mails":
		say("%s", filepath.Join(main.mails(), "index.html"))
		return mail.WritePreview(main.mails())
	case len(args) > 1 && args[0] == "shrink":
		return shrink(args[1:])
	case len(args) == 1 && args[0] == "pages":
		say("%s", filepath.Join(main.pages(), "index.html"))
		return links.WritePreview(main.pages())
	case len(args) == 1 && args[0] == "test":
		return testAll(ctx, main)
	case len(args) == 1 && args[0] == "setup":
		_, err := setup(ctx, main, true)
		return err
	}
	fmt.Fprint(os.Stderr, usage)
	return errors.New("no such command")
}
