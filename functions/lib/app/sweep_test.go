package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// post keeps what is queued, and who was written to.
type post struct {
	queued []app.Message
	sent   []app.Letter
}

func (p *post) Queue(_ context.Context, messages []app.Message) error {
	p.queued = append(p.queued, messages...)
	return nil
}

func (p *post) Send(_ context.Context, l app.Letter) error {
	p.sent = append(p.sent, l)
	return nil
}

func (*post) Marked(context.Context, string) (bool, error)  { return false, nil }
func (*post) Mark(context.Context, string, time.Time) error { return nil }

// letters relays a request's last event and delivers what that leads to.
func (c company) letters(id access.RequestID) []app.Letter {
	c.Helper()
	p := &post{}
	c.Outbox, c.Mailer, c.Marks = p, p, p
	stored, err := c.Requests.Load(c.Context(), id)
	c.Must(err)
	c.Must(c.Relay(c.Context(), id, stored.Version))
	for _, m := range p.queued {
		c.Must(c.Deliver(c.Context(), m))
	}
	return p.sent
}

func TestTheSweeperTellsWhoseAccessEndsSoon(t *testing.T) {
	c := newCompany(t)
	r, _ := c.anaHolds()
	runs := len(c.Runs.Started)
	sweeps := func(after time.Duration, want access.EventType) {
		t.Helper()
		c.At = c.At.Add(after)
		found, err := c.Sweep(t.Context())
		c.Must(err)
		events, err := c.Requests.Events(t.Context(), r.ID, 0, 100)
		c.Must(err)
		last, err := events[len(events)-1].Open()
		c.Must(err)
		if found != 0 || last.Type != want || len(c.Runs.Started) != runs {
			t.Errorf("%d overdue, last %s, runs %v", found, last.Type, c.Runs.Started)
		}
	}
	sweeps(100*time.Second-time.Millisecond, access.EventActivated)
	sweeps(time.Millisecond, access.EventEndingSoon)
	letters := c.letters(r.ID)
	if len(letters) != 1 || letters[0].Kind != access.NoticeEndingSoon || letters[0].To.ID != "ana" || letters[0].Extend {
		t.Errorf("letters %+v", letters)
	}
	sweeps(20*time.Second, access.EventEndingSoon) // it is for the run to end it now
	c.At = c.At.Add(access.FastPace.Grace)
	found, err := c.Sweep(t.Context())
	c.Must(err)
	if found != 1 || !slices.Contains(c.Runs.Started, "approval "+app.RunName(r.ID, 2)) {
		t.Errorf("found %d, started %v", found, c.Runs.Started)
	}
}
