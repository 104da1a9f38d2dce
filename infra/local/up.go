package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// say tells the person at the terminal what happens. Not on stdout, which
// belongs to the result: a token, the output of exec's command.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// running is a stack with the processes that make it up.
type running struct {
	Stack
	places   places
	unlock   func()
	records  []record
	children []*child
	endpoint *webhookServer
	slack    *slackServer
}

// bringUp starts a stack and waits until it is ready to be used. On an error
// everything that was started has ended again.
func bringUp(ctx context.Context, p places) (r *running, err error) {
	found, err := setup(ctx, p, false)
	if err != nil {
		return nil, err
	}
	unlock, err := tryLock(p.lockFile())
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("a stack is running already in %s; make down ends it", p.state)
	}
	if err != nil {
		return nil, err
	}
	r = &running{places: p, unlock: unlock}
	defer func() {
		if err != nil {
			r.close()
		}
	}()
	return r, r.start(ctx, found)
}

func (r *running) start(ctx context.Context, found programs) error {
	p := r.places
	if _, err := endRecorded(p); err != nil {
		return err
	}
	for _, dir := range []string{p.scratch(), filepath.Dir(p.log(""))} {
		if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o700)); err != nil {
			return err
		}
	}
	listen, err := choosePorts(p.portFile())
	if err != nil {
		return err
	}
	r.Stack = newStack(listen)
	company, err := readDemo(demoFile, r.Webhooks.URL)
	if err != nil {
		return err
	}
	if err := r.note(record{Name: "run", PID: os.Getpid(), Command: commandLine(os.Getpid())}); err != nil {
		return err
	}
	if r.endpoint, err = serveWebhooks(p, listen); err != nil {
		return err
	}
	if r.slack, err = serveSlack(r.Stack, listen.Slack, company); err != nil {
		return err
	}
	r.Slack.SigningSecret = r.slack.app.SigningSecret
	inbox, err := r.adopt(startInbox(p, found, listen))
	if err != nil {
		return err
	}
	emulator, err := r.adopt(startEmulator(p, listen))
	if err != nil {
		return err
	}

	work, ready := errgroup.WithContext(ctx)
	work.Go(func() error { return waitReady(ready, inbox, r.Inbox+"/api/email") })
	work.Go(func() error { return waitReady(ready, emulator, r.Endpoint+"/_ministack/health") })
	work.Go(func() error {
		return timed("Building the functions", func() error { return buildFunctions(ready, p, r.Stack) })
	})
	if err := work.Wait(); err != nil {
		return err
	}
	if err := timed("Deploying", func() error { return deploy(ctx, p, &r.Stack) }); err != nil {
		return err
	}
	err = timed("Loading the demo company", func() error {
		if err := keepSecret(ctx, r.Stack, r.endpoint.secret); err != nil {
			return err
		}
		if err := createUsers(ctx, r.Stack, company); err != nil {
			return err
		}
		admin, err := loadDemo(ctx, r.Stack, company)
		if err != nil {
			return err
		}
		if err := r.startAgents(ctx, admin, company); err != nil {
			return err
		}
		return r.connectSlack(ctx, admin, company)
	})
	if err != nil {
		return err
	}
	r.People = company.logins()
	return r.write(p.stackFile())
}

// timed says what happens and how long it took.
func timed(what string, do func() error) error {
	began := time.Now()
	say("%s …", what)
	if err := do(); err != nil {
		return err
	}
	say("%s: done in %.1f s", what, time.Since(began).Seconds())
	return nil
}

// adopt takes a child that was just started into the stack.
func (r *running) adopt(c *child, err error) (*child, error) {
	if err != nil {
		return nil, err
	}
	r.children = append(r.children, c)
	return c, r.note(record{
		Name:    c.name,
		PID:     c.cmd.Process.Pid,
		Group:   true,
		Command: strings.Join(c.task.argv[1:], " "),
	})
}

// note records a process for the case that this one is killed.
func (r *running) note(n record) error {
	r.records = append(r.records, n)
	return writeRecords(r.places.pidFile(), r.records)
}

// wait returns nil when ctx ends, or an error when a part of the stack has ended
// by itself.
func (r *running) wait(ctx context.Context) error {
	died := make(chan error, len(r.children))
	for _, c := range r.children {
		go func() {
			<-c.ended
			died <- c.died()
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-died:
		return err
	}
}

// close ends what was started, the last first. stack.json goes before, so that
// nobody takes the stack for ready.
func (r *running) close() {
	os.Remove(r.places.stackFile())
	for i := len(r.children) - 1; i >= 0; i-- {
		r.children[i].stop()
	}
	if r.endpoint != nil {
		r.endpoint.close()
	}
	if r.slack != nil {
		r.slack.close()
	}
	os.Remove(r.places.pidFile())
	r.unlock()
}
