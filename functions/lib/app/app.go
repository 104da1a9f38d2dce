package app

import (
	"context"
	"io"
	"math/rand/v2"
	"time"

	"latchkey/functions/lib/access"
)

// App is what the use cases work with. A function that needs few of them
// leaves the others nil.
type App struct {
	Requests     Requests
	Entitlements Entitlements
	Directory    Directory
	Catalog      Catalog
	Devices      Devices
	Workflow     Workflow
	Connectors   map[string]Connector // by Target.Connector
	Policies     Policies
	Outbox       Outbox // of mails
	SlackOutbox  Outbox
	Messenger    Messenger
	Copies       Copies
	Alarms       Alarms
	Marks        Marks
	Mailboxes    Mailboxes
	Replays      Replays
	MailLinks    MailLinks
	Mailer       Mailer
	Counter      Counter
	Checks       Checks
	SlackLinks   SlackLinks
	Tickets      Tickets
	SlackSignIn  SlackSignIn

	Clock  func() time.Time
	NewID  func() string // a ULID
	Random io.Reader     // for salts and the tokens of links
	Pause  func(context.Context, time.Duration) error

	Identity       Identity
	IdentityCenter string          // the ARN of its instance; empty: that connector is not set up
	Minimum        access.Duration // the shortest access
	Pace           access.Pace
	DriftEvery     access.Duration // how often what is held is compared with the outside: what gives and takes needs it
}

// Counter counts what operators watch.
type Counter interface {
	Count(metric string, n int)
}

// The metrics.
const (
	MetricMailSent      = "MailSent"
	MetricMailRefused   = "MailRefused"   // finally, by the mail service
	MetricMailHeldBack  = "MailHeldBack"  // not sent: mails to the address come back
	MetricAddressMarked = "AddressMarked" // mails to it come back, since now
	MetricSlackSent     = "SlackSent"
	MetricSlackRefused  = "SlackRefused"  // finally, by Slack
	MetricSlackUnqueued = "SlackUnqueued" // events that could not be passed on to Slack, and are owed
	MetricSlackWait     = "SlackWait"     // for how long, in seconds, a message that is postponed has waited
	MetricSlackNotSetUp = "SlackNotSetUp" // messages that wait for Slack's secret, or one that Slack takes
	MetricAccessOverdue = "AccessOverdue" // past its due when the sweeper came
	MetricAccessStuck   = "AccessStuck"   // taking it away failed for a while
)

// Pause waits, or ends with the context.
func Pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *App) now() time.Time { return a.Clock().UTC().Truncate(time.Millisecond) }

// backOff waits before the next try of something that collided: up to 20 ms
// after the first, doubling to at most a second.
func (a *App) backOff(ctx context.Context, attempt int) error {
	most := min(20*time.Millisecond<<attempt, time.Second)
	return a.Pause(ctx, rand.N(most)+time.Millisecond)
}
