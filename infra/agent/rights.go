package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// Group gives rights by membership of a local group, with the tools that every
// Linux has: getent(1) and gpasswd(1).
type Group struct{ Name string }

// Has tells whether an account is listed in the group. An account whose primary
// group it is, is not.
func (g Group) Has(account string) (bool, error) {
	line, err := run("getent", "group", g.Name)
	if err != nil {
		return false, err
	}
	fields := strings.Split(strings.TrimSpace(line), ":")
	return slices.Contains(strings.Split(fields[len(fields)-1], ","), account), nil
}

// Give adds the account to the group.
func (g Group) Give(account string) error {
	_, err := run("gpasswd", "--add", account, g.Name)
	return err
}

// Take removes it.
func (g Group) Take(account string) error {
	if has, err := g.Has(account); err != nil || !has {
		return err
	}
	_, err := run("gpasswd", "--delete", account, g.Name)
	return err
}

// run never passes an account as an option: names begin with a letter or an
// underscore.
func run(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	var out, failure bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failure
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w", name, errors.Join(err, errors.New(strings.TrimSpace(failure.String()))))
	}
	return out.String(), nil
}

// Rehearsal changes nothing and remembers what it would have done.
type Rehearsal struct {
	mu      sync.Mutex
	members map[string]bool
}

// Has tells what would be there.
func (r *Rehearsal) Has(account string) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.members[account], nil
}

// Give remembers the account.
func (r *Rehearsal) Give(account string) error { return r.set(account, true) }

// Take forgets it.
func (r *Rehearsal) Take(account string) error { return r.set(account, false) }

func (r *Rehearsal) set(account string, there bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.members == nil {
		r.members = map[string]bool{}
	}
	r.members[account] = there
	return nil
}
