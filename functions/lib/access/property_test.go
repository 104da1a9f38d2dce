package access_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"latchkey/functions/lib/access"
)

func TestAnySequenceOfCommandsLeavesALegalState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		holders := map[access.RequestID]bool{}
		w := live(t, func(w *world, c access.Command, f access.Facts) {
			before := copied(w.request)
			events, err := w.request.Handle(c, f, w.now)
			if diff := cmp.Diff(before, w.request); diff != "" {
				t.Fatalf("%T changed the request by itself:\n%s", c, diff)
			}
			var refusal *access.Error
			if err != nil && (events != nil || !errors.As(err, &refusal) || refusal.Code == "" || refusal.Message == "") {
				t.Fatalf("%T: events %v, error %v", c, events, err)
			}
			woke := func(e access.Event) bool {
				return e.Status != before.Status || e.Type != access.EventDrifted && e.Type != access.EventDriftCleared
			}
			if before.Status.Final() && slices.ContainsFunc(events, woke) {
				t.Fatalf("%T woke a request that was %s", c, before.Status)
			}
			for _, e := range events {
				from := w.request.Status
				if err := w.commit([]access.Event{e}); err != nil {
					t.Fatalf("%T: %v", c, err)
				}
				if !access.Legal(from, w.request.Status) || w.request.Status != e.Status {
					t.Fatalf("%T led from %s to %s, as its event says to %s", c, from, w.request.Status, e.Status)
				}
				switch e.Type {
				case access.EventGranting:
					holders[w.request.ID] = true
				case access.EventEnding, access.EventGrantFailed:
					delete(holders, w.request.ID)
				}
				if holders[w.request.ID] != w.request.Status.Holds() {
					t.Fatalf("%s, held: %v", w.request.Status, holders[w.request.ID])
				}
				othersDecide(t, w, from, e)
			}
			endIsArmed(t, w)
			twoConfirm(t, w)
			oneRunActs(t, w)
		})
		if w.request.Version != len(w.history) {
			t.Fatalf("version %d after %d events", w.request.Version, len(w.history))
		}
	})
}

func copied(r access.Request) access.Request {
	r.Steps = slices.Clone(r.Steps)
	for i := range r.Steps {
		r.Steps[i].Principals = slices.Clone(r.Steps[i].Principals)
		r.Steps[i].Decisions = slices.Clone(r.Steps[i].Decisions)
	}
	r.Extension.Principals = slices.Clone(r.Extension.Principals)
	r.Confirmations = slices.Clone(r.Confirmations)
	return r
}

// othersDecide: a request is decided by a verdict, and never by whom it is for,
// who asked, or their delegates.
func othersDecide(t *rapid.T, w *world, from access.Status, e access.Event) {
	verdict := e.Type == access.EventDecided || e.Type == access.EventOverridden
	decided := from.Undecided() && slices.Contains([]access.Status{access.Approved, access.Ready, access.Denied}, e.Status)
	voted := slices.Contains([]access.EventType{access.EventSkipped, access.EventRerouted, access.EventEscalated}, e.Type) && slices.ContainsFunc(w.request.Steps, func(s access.StepState) bool {
		return slices.ContainsFunc(s.Decisions, func(d access.Decision) bool { return d.Verdict != access.Ask })
	})
	if decided && !verdict && !voted {
		t.Fatalf("a request was %s by %s", e.Status, e.Type)
	}
	for _, own := range []access.PersonID{w.request.Requester, w.request.SubmittedBy} {
		if (verdict || e.Type != access.EventPolicyDecided && e.Details.Verdict != "") && (e.Actor.ID == own || e.Actor.OnBehalfOf == own) {
			t.Fatalf("%s by %+v is on their own request", e.Type, e.Actor)
		}
	}
}

// endIsArmed: whatever is not over has a time at which the sweeper looks, and
// access never has it later than its end.
func endIsArmed(t *rapid.T, w *world) {
	r := w.request
	never := r.Status.Final() || r.Status == access.Failed || r.Status == access.Active && !r.Timed()
	if never != r.Due.IsZero() {
		t.Fatalf("%s, timed %v, is due %v", r.Status, r.Timed(), r.Due)
	}
	last := w.history[len(w.history)-1].At
	switch {
	case r.Status == access.Granting:
		if r.GrantBy.IsZero() || r.Due.After(last.Add(access.GrantLimit)) {
			t.Fatalf("granting since %v is due %v only", last, r.Due)
		}
	case r.Status == access.Active && r.Timed():
		end := r.EndsAt.Add(w.pace.Grace)
		overdue := !last.Before(end) && !r.Due.After(last.Add(access.EndLimit))
		if !r.EndsAt.Equal(r.StartedAt.Add(time.Duration(r.Given))) || r.Due.After(end) && !overdue {
			t.Fatalf("access from %v that ends at %v is due %v", r.StartedAt, r.EndsAt, r.Due)
		}
	}
}

// twoConfirm: access that was not observed to be gone is taken for gone on the
// word of two different admins, neither of whom asked for it.
func twoConfirm(t *rapid.T, w *world) {
	r, last := w.request, w.history[len(w.history)-1]
	for i, c := range r.Confirmations {
		own := c.By == r.Requester || c.By == r.SubmittedBy
		if i > 1 || i == 1 && c.By == r.Confirmations[0].By || own || !slices.Contains(w.people[c.By].groups, access.AdminGroup) {
			t.Fatalf("confirmed by %+v", r.Confirmations)
		}
	}
	if last.Type == access.EventAbsenceConfirmed && (r.Status == access.Stuck) != (len(r.Confirmations) == 1) {
		t.Fatalf("%s after %d confirmations", r.Status, len(r.Confirmations))
	}
}

// oneRunActs: of all runs, past and forged ones included, only the present one
// is told to act; and it is, wherever there is something for a run to do.
func oneRunActs(t *rapid.T, w *world) {
	r, acting := w.request, 0
	for number := range r.Run.Number + 3 {
		for machine, next := range map[access.Machine]access.Next{
			access.ApprovalMachine:   r.Next(number, w.now, w.now),
			access.RevocationMachine: r.NextRevocation(number, w.pace, w.now),
		} {
			if next.Move == access.Close {
				continue
			}
			acting++
			if r.Run != (access.Run{Number: number, Machine: machine}) {
				t.Fatalf("%s run %d is told to %s, while %v has the request", machine, number, next.Move, r.Run)
			}
			if waits := !next.Until.IsZero(); waits && next.Seconds(w.now) < 1 {
				t.Fatalf("%s waits %d seconds", next.Move, next.Seconds(w.now))
			}
		}
	}
	if acting == 0 && !r.Due.IsZero() && r.Status != access.Stuck {
		t.Fatalf("%s: no run has anything to do", r.Status)
	}
}

func TestAllowedActionsAreWhatHandleAllows(t *testing.T) {
	commands := map[access.Action]access.Command{
		access.ActApprove: access.Decide{Verdict: access.Approve},
		access.ActDeny:    access.Decide{Verdict: access.Deny, Reason: "No."},
		access.ActAsk:     access.Decide{Verdict: access.Ask, Reason: "Why?"},
		access.ActAnswer:  access.Answer{Text: "A demo."}, access.ActCancel: access.Cancel{},
		access.ActStart: access.Start{}, access.ActEnd: access.End{},
		access.ActOverride: access.Override{Verdict: access.Approve, Reason: "An emergency."},
		access.ActRevoke:   access.Revoke{Reason: "Enough."}, access.ActRetry: access.Retry{Reason: "Again."},
		access.ActConfirmAbsent:    access.ConfirmAbsent{Reason: "The system is gone."},
		access.ActExtend:           access.Extend{Duration: minute, Reason: "More."},
		access.ActApproveExtension: access.Decide{Verdict: access.Approve, Extension: true},
		access.ActDenyExtension:    access.Decide{Verdict: access.Deny, Reason: "No.", Extension: true},
	}
	rapid.Check(t, func(t *rapid.T) {
		live(t, func(w *world, c access.Command, f access.Facts) {
			events, _ := w.request.Handle(c, f, w.now)
			if err := w.commit(events); err != nil {
				t.Fatal(err)
			}
			facts := w.facts(w.anyActor(t))
			allowed := w.request.AllowedActions(facts, w.now)
			for action, command := range commands {
				events, err := w.request.Handle(command, facts, w.now)
				if works := err == nil && len(events) > 0; works != slices.Contains(allowed, action) {
					t.Fatalf("%s, %+v: %s works: %v, allowed: %v", w.request.Status, facts.Actor, action, works, allowed)
				}
			}
		})
	})
}

func TestReplayingTheHistoryGivesTheRequest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := live(t, advance(t))
		sealed, err := access.Seal(w.history, "", pebbles("replay"))
		if err != nil {
			t.Fatal(err)
		}
		if err := access.Verify(sealed); err != nil {
			t.Fatal(err)
		}
		replayed, err := access.Replay(sealed)
		if diff := cmp.Diff(w.request, replayed); err != nil || diff != "" {
			t.Fatalf("replayed otherwise: %v\n%s", err, diff)
		}
		for i := range sealed {
			for name, text := range sealed[i].Texts {
				if rapid.Bool().Draw(t, "erase") {
					sealed[i].Texts[name] = access.SealedText{Digest: text.Digest}
				}
			}
		}
		if err := access.Verify(sealed); err != nil {
			t.Fatalf("erasing texts broke the chain: %v", err)
		}
	})
}

func TestAChangedByteBreaksTheChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := live(t, advance(t))
		sealed, err := access.Seal(w.history, "", pebbles("tamper"))
		if err != nil {
			t.Fatal(err)
		}
		e := &sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "event")]
		parts := []*string{&e.Subject, &e.Canonical, &e.Prev, &e.Hash}
		name := access.TextReason
		text, hasReason := e.Texts[name]
		if hasReason {
			parts = append(parts, &text.Text, &text.Salt, &text.Digest)
		}
		part := one(t, "part", parts)
		if *part == "" {
			*part = "x"
		} else {
			bytes := []byte(*part)
			bytes[rapid.IntRange(0, len(bytes)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "change"))
			*part = string(bytes)
		}
		if hasReason {
			e.Texts[name] = text
		}
		if access.Verify(sealed) == nil {
			t.Fatalf("event %d was changed and nobody noticed: %+v", e.Seq, *e)
		}
	})
}

func advance(t *rapid.T) func(*world, access.Command, access.Facts) {
	return func(w *world, c access.Command, f access.Facts) {
		events, _ := w.request.Handle(c, f, w.now)
		if err := w.commit(events); err != nil {
			t.Fatal(err)
		}
	}
}
