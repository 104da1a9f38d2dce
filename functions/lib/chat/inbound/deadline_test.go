package inbound_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/infra/local/slack"
)

// stalled are requests that are not there in time, from a moment on: to be read
// or, if only writing stalls, to be written, which happens nonetheless.
type stalled struct {
	app.Requests
	writing bool
}

func (s stalled) Load(ctx context.Context, id access.RequestID) (app.Stored, error) {
	if s.writing {
		return s.Requests.Load(ctx, id)
	}
	<-ctx.Done()
	return app.Stored{}, ctx.Err()
}

func (s stalled) Commit(ctx context.Context, c app.Change) error {
	if err := s.Requests.Commit(ctx, c); err != nil {
		return err
	}
	<-ctx.Done()
	return app.ErrUnknown
}

// within measures that an answer comes while Slack waits.
func within(t *testing.T, do func()) {
	t.Helper()
	begun := time.Now()
	if do(); time.Since(begun) > 3*time.Second {
		t.Errorf("answered after %s", time.Since(begun))
	}
}

func TestWhatTakesTooLongIsAnsweredInTimeAndSaysSo(t *testing.T) {
	const honest = "This takes longer than Slack waits. Please look at the request to see how it stands."
	t.Run("a button", func(t *testing.T) {
		t.Parallel()
		d := newDesk(t)
		r := d.asks()
		d.Requests = stalled{Requests: d.Requests}
		within(t, func() { d.reads("Ben", hidden(d.presses(ben, "approve").Screen), honest) })
		d.Requests = d.Requests.(stalled).Requests
		d.stands(r.ID, access.Pending)
	})
	t.Run("a decision that was stored meanwhile", func(t *testing.T) {
		t.Parallel()
		d := newDesk(t)
		r := d.asks()
		d.presses(ben, "approve")
		d.Requests = stalled{d.Requests, true}
		within(t, func() { d.reads("Ben's modal", modal(d.submits(ben).Screen), honest) })
		d.Requests = d.Requests.(stalled).Requests
		d.stands(r.ID, access.Approved) // all of it, as the request shows
	})
}

// A function that had to be started first has less time left; if none, it does
// nothing.
func TestTheTimeCountsFromWhenTheCallArrived(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	seen := d.presses(ben, "approve")
	d.handler.Arrived = func(context.Context) time.Time { return time.Now().Add(-2500 * time.Millisecond) }
	answer := text(d.sends("/slack/interactions", submission(ben, "approve", seen.Modal.PrivateMetadata, "Fine")))
	d.reads("Ben's modal", answer, "This takes longer than Slack waits.")
	d.reads("Ben", text(d.sends("/slack/commands", command(slack.Team, ben, "status"))), "This takes longer than Slack waits.")
	d.stands(r.ID, access.Pending)
	d.handler.Arrived = func(context.Context) time.Time { return time.Unix(0, 0) } // who knows when that was
	d.submits(ben)
	d.stands(r.ID, access.Approved)
}

func TestWhereSlackFailsTheOneWhoActedIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		trouble slack.Trouble
		want    string
	}{
		"a trigger that has expired": {slack.Trouble{Method: "views.open", Error: "expired_trigger_id"}, "Slack had closed the way by the time that the form was ready."},
		"a failing Slack":            {slack.Trouble{Method: "views.open", Status: http.StatusInternalServerError}, "Slack did not show the form."},
		"a limit":                    {slack.Trouble{Method: "views.open", Status: http.StatusTooManyRequests, RetryAfter: 30}, "Slack did not show the form."},
		"a Slack that hangs":         {slack.Trouble{Method: "views.open", Hang: true}, "Slack did not show the form."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			r := d.asks()
			d.Must(d.control.Meet(d.Context(), c.trouble))
			within(t, func() { d.reads("Ben", hidden(d.presses(ben, "deny").Screen), c.want) })
			d.reads("Ana", hidden(d.commands(ana, "").Screen), c.want) // a command says it itself
			d.stands(r.ID, access.Pending)
			if wrote := d.changes(); len(wrote) > 0 {
				t.Errorf("wrote %v", wrote)
			}
		})
	}
}

// A decision stands even where the message cannot be changed at once: the courier
// does that later.
func TestADecisionDoesNotWaitForItsMessage(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.presses(ben, "approve")
	d.Must(d.control.Meet(d.Context(), slack.Trouble{Method: "chat.update", Hang: true}))
	within(t, func() {
		if seen := d.submits(ben); !seen.Closed {
			t.Errorf("Ben sees %+v", seen)
		}
	})
	d.stands(r.ID, access.Approved)
	d.may(d.card(ben), "approve", "deny", "ask")
	d.Must(d.control.Meet(d.Context()))
	d.bringsUpToDate(r.ID)
	d.may(d.card(ben))
}

// Nothing that could be used, or that someone wrote, stands in the log.
func TestTheLogHoldsIDsAndCodes(t *testing.T) {
	d := newDesk(t)
	r := d.asks()
	d.presses(ben, "deny")
	d.submits(ben, "reason", "A private matter")
	d.Must(d.control.Meet(d.Context(), slack.Trouble{Method: "response_url", Status: http.StatusInternalServerError}))
	d.sends("/slack/interactions", press(slack.Team, slack.Team, eli, "approve", `{"a":"approve","r":"`+string(r.ID)+`","v":1}`))
	d.commands(ana, "a private matter")
	log := d.log.String()
	for _, part := range []string{"private", "demo", "xoxb", "v0=", signing, "respond/", "hooks.slack.com", "secret-trigger", "example.com", ben, eli} {
		if strings.Contains(log, part) {
			t.Errorf("the log holds %q: %s", part, log)
		}
	}
	for _, part := range []string{`"person":"ben"`, `"submitted":"deny"`, `"id":"` + string(r.ID) + `"`, `"code":"not_linked"`} {
		if !strings.Contains(log, part) {
			t.Errorf("the log lacks %s: %s", part, log)
		}
	}
}
