package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"latchkey/functions/lib/httpapi/agents/wire"
)

// Rights are administrator rights on this machine.
type Rights interface {
	Has(account string) (bool, error)
	Give(account string) error
	Take(account string) error
}

// Link carries a call to Latchkey.
type Link interface {
	// Sync says what is there and learns what is to be there. ErrRefused: the key
	// is not good any more. Every other error passes.
	Sync(ctx context.Context, accounts []wire.Account) (wire.Answer, error)
}

// ErrRefused: Latchkey does not know this device, or not any more.
var ErrRefused = errors.New("the device's key is refused")

// Agent brings the rights on this machine in line with what Latchkey says. It
// fails closed: rights that it gave end when their time is up whether or not
// Latchkey can be reached, at once when its key is refused, and when it starts.
type Agent struct {
	Link    Link
	Rights  Rights
	Given   Given                             // outlives a crash
	Elapsed func() time.Duration              // never jumps, and goes on while the machine sleeps
	Spread  func(time.Duration) time.Duration // makes waits differ, so that agents do not call all at once
	Log     *slog.Logger

	held     map[string]end
	watched  []string      // the accounts that Latchkey asks about
	poll     time.Duration // the pace that Latchkey asks for
	failures int           // one after another
}

// Given remembers to which accounts the agent gave rights. Add returns once it
// is on disk.
type Given interface {
	Has(account string) bool
	All() []string
	Add(account string) error
	Remove(account string) error
}

// end is when an account's rights end, by Elapsed; forever says that they do
// not, until an answer says so.
type end struct {
	at      time.Duration
	forever bool
}

// The waits when Latchkey cannot be reached, doubling up to six times its pace, and
// when it refuses the key.
const (
	firstWait   = 2 * time.Second
	usualPoll   = 10 * time.Second
	refusedWait = 5 * time.Minute
)

// Start takes whatever the agent gave before: how much of its time is left it
// cannot know.
func (a *Agent) Start() {
	a.held, a.poll = map[string]end{}, usualPoll
	for _, account := range a.Given.All() {
		a.take(account, "the agent has started")
	}
}

// Once makes one call and does what it says. It returns how long nothing needs
// to be done.
func (a *Agent) Once(ctx context.Context) time.Duration {
	a.expire()
	began := a.Elapsed()
	answer, err := a.Link.Sync(ctx, a.report())
	a.expire()
	if err != nil {
		return a.atMost(a.Spread(a.failed(err)))
	}
	a.failures, a.watched, a.poll = 0, answer.Accounts, time.Duration(answer.PollSeconds*float64(time.Second))
	if a.follow(answer, began) {
		return 0 // says at once what it did
	}
	return a.atMost(a.Spread(a.poll))
}

// failed gives how long to leave Latchkey alone.
func (a *Agent) failed(err error) time.Duration {
	if errors.Is(err, ErrRefused) {
		a.Log.Error("refused", "why", err)
		for account := range a.held {
			a.take(account, "the device's key is refused")
		}
		for _, account := range a.Given.All() {
			a.take(account, "the device's key is refused")
		}
		return refusedWait
	}
	a.Log.Warn("out of reach", "why", err)
	wait := min(firstWait<<min(a.failures, 10), 6*a.poll)
	a.failures++
	return wait
}

// follow does what an answer says, and tells whether that changed anything.
func (a *Agent) follow(answer wire.Answer, began time.Duration) (changed bool) {
	var wanted []string
	for _, hold := range answer.Hold {
		until := end{forever: true}
		if hold.Seconds != nil {
			until = end{at: began + time.Duration(*hold.Seconds)*time.Second}
		}
		if !until.forever && until.at <= a.Elapsed() {
			continue
		}
		wanted = append(wanted, hold.Account)
		if _, is := a.held[hold.Account]; !is {
			if !a.give(hold.Account) {
				continue
			}
			changed = true
		}
		a.held[hold.Account] = until
	}
	for _, account := range slices.Concat(a.Given.All(), accounts(a.held)) {
		if !slices.Contains(wanted, account) && a.take(account, "Latchkey says so") {
			changed = true
		}
	}
	return changed
}

// give notes that it gives rights before it gives them, so that a crash leaves
// none behind. Rights that are there already are someone else's, and stay so.
func (a *Agent) give(account string) bool {
	has, err := a.Rights.Has(account)
	if err == nil && !has {
		if err = a.Given.Add(account); err == nil {
			err = a.Rights.Give(account)
		}
	}
	if err != nil {
		a.Log.Error("not given", "account", account, "why", err)
		return false
	}
	a.Log.Info("given", "account", account, "there_before", has)
	return true
}

// take ends what an account holds; rights that someone else gave stay. What
// cannot be taken stays known as given, and is tried again.
func (a *Agent) take(account, why string) bool {
	if a.Given.Has(account) {
		err := a.Rights.Take(account)
		if err == nil {
			err = a.Given.Remove(account)
		}
		if err != nil {
			a.Log.Error("not taken", "account", account, "why", err)
			return false
		}
	}
	a.Log.Info("taken", "account", account, "because", why)
	delete(a.held, account)
	return true
}

// expire takes what has no time left, and what is left of what was to be taken.
func (a *Agent) expire() {
	now := a.Elapsed()
	for account, until := range a.held {
		if !until.forever && until.at <= now {
			a.take(account, "its time is up")
		}
	}
	for _, account := range a.Given.All() {
		if _, is := a.held[account]; !is {
			a.take(account, "nothing wants it")
		}
	}
}

// lastLook is how long before an end it asks once more: it may have been put off.
const lastLook = time.Second

// atMost shortens a wait to the next end, and to the last look before it.
func (a *Agent) atMost(wait time.Duration) time.Duration {
	now := a.Elapsed()
	for _, until := range a.held {
		switch {
		case until.forever:
		case until.at <= now: // it could not be taken
			wait = min(wait, firstWait)
		case until.at > now+lastLook:
			wait = min(wait, until.at-now-lastLook)
		default:
			wait = min(wait, until.at-now)
		}
	}
	return wait
}

// report says what is there, and by whose doing.
func (a *Agent) report() []wire.Account {
	var out []wire.Account
	all := slices.Concat(a.Given.All(), a.watched)
	slices.Sort(all)
	for _, account := range slices.Compact(all) {
		has, err := a.Rights.Has(account)
		if err != nil {
			a.Log.Error("not looked", "account", account, "why", err)
			has = true // what cannot be seen may be there
		}
		given := a.Given.Has(account)
		out = append(out, wire.Account{Account: account, Present: has && given, Foreign: has && !given})
	}
	return out
}

func accounts(held map[string]end) []string {
	var out []string
	for account := range held {
		out = append(out, account)
	}
	slices.Sort(out)
	return out
}
