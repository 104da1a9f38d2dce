package faults_test

import (
	"context"
	"reflect"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// check holds a run that came to rest against the promise.
func (w *world) check() {
	var held []holding
	there := map[access.ResourceID]bool{}
	for _, r := range w.requests() {
		there[r.Resource] = true
		events := w.history(r)
		held = append(held, w.holdings(r, events)...)
		w.told(r, events)
		want := w.scenario.want[r.Resource]
		if !w.plan.patient || want == "" {
			want = w.followsFrom(events)
		}
		if got := strings.TrimSpace(string(r.Status) + " " + string(r.EndReason)); got != want {
			w.Errorf("the request for %s is %s, want %s", r.Resource, got, want)
		}
	}
	for resource := range w.scenario.want {
		if !there[resource] && !w.gaveUp {
			w.Errorf("the request for %s is lost", resource)
		}
	}
	for _, e := range w.order {
		if e.status != "SUCCEEDED" && e.status != "ABORTED" {
			w.Errorf("the run %s is left %s in %q", e.name, e.status, e.at)
		}
	}
	w.agrees()
	w.kept(held)
	w.gone(held)
}

// history reads a request's chain, which verifies and leads to the snapshot.
func (w *world) history(r access.Request) []access.Event {
	sealed, err := w.plain.Requests.Events(context.Background(), r.ID, 0, 1000)
	if err == nil {
		err = access.Verify(sealed)
	}
	if err != nil {
		w.Error(err)
		return nil
	}
	replayed, err := access.Replay(sealed)
	if err != nil || !reflect.DeepEqual(replayed, r) {
		w.Errorf("the history of %s does not lead to it: %v", r.ID, err)
	}
	var events []access.Event
	for _, s := range sealed {
		e, err := s.Open()
		if err != nil {
			w.Error(err)
		}
		events = append(events, e)
	}
	return events
}

// followsFrom is how a request ends after what people did to it, where some of
// that may never have reached the store.
func (w *world) followsFrom(events []access.Event) string {
	out := "expired"
	for _, e := range events {
		switch {
		case e.Type == access.EventEnding:
			out = "ended " + string(e.Details.EndReason)
		case e.Type == access.EventActivated && e.Details.EndsAt.IsZero():
			out = "active"
		case e.Type == access.EventFailed: // unless it was retried
			out = "failed"
		case e.Status == access.Approved:
			out = "ended expired"
		}
	}
	return out
}

// mayFail tells whether this run can make a grant fail. One that dies while it
// is given, so that nobody knows how it went, is taken back by design: it is
// Failed once that was observed, which is told (see told), and may be retried
// (Eli does, and the retry leads to what was wanted).
func (w *world) mayFail() bool {
	for _, h := range w.hits {
		if h.function == "provisioner grant" {
			return true
		}
	}
	for _, state := range w.stopped {
		if strings.HasPrefix(state, "Grant access") {
			return true
		}
	}
	return w.scenario.unwilling
}

// told checks that everyone was told what they still have to know, by one mail
// for each event: only a courier that dies may send another.
func (w *world) told(r access.Request, events []access.Event) {
	courier := false
	for _, h := range w.hits {
		courier = courier || strings.HasPrefix(h.function, "courier")
	}
	for _, e := range events {
		for _, n := range r.Notices(e) {
			id, ok := n.To.Person()
			if !ok {
				continue
			}
			person, err := w.plain.Directory.Person(context.Background(), id)
			if err != nil {
				w.Error(err)
			}
			m := app.Message{Request: r.ID, Seq: e.Seq, Kind: n.Kind, To: id}
			if mailed := w.mailed[m]; person.Doc.Active() && r.Still(n.Kind, id) && mailed == 0 || mailed > 1 && !courier {
				w.Errorf("%s was told %q %d times", id, n.Kind, mailed)
			}
		}
		if e.Details.GaveUp && w.alarms == 0 {
			w.Errorf("access to %s was stuck, and no alarm was raised", r.Resource)
		}
	}
}

// agrees checks that what is there at the end has a holder, and the other way
// round.
func (w *world) agrees() {
	for key, present := range w.truth.present {
		holders, err := w.plain.Entitlements.Holders(context.Background(), key)
		if err != nil {
			w.Error(err)
		}
		if present != (len(holders) > 0) {
			w.Errorf("at the end access is there: %t, its holders: %v", present, holders)
		}
	}
}
