package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/dynamo/faults"
)

// RunFaults tries out what happens when DynamoDB misbehaves beneath the stores.
// open makes stores whose client has these options.
func RunFaults(t *testing.T, open func(*testing.T, ...func(*dynamodb.Options)) Stores) {
	const transaction = "TransactWriteItems"
	run := func(name, operation string, script []faults.Fault, story func(*world, *faults.Script)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := faults.New(operation, script...)
			story(newWorld(t, open(t, s.Option)), s)
		})
	}
	four := func(f faults.Fault) []faults.Fault { return []faults.Fault{f, f, f, f} }

	run("a collision is a conflict, and nothing is written", transaction, []faults.Fault{faults.Collision},
		func(w *world, s *faults.Script) {
			c := w.submission("staging")
			w.wants(w.Requests.Commit(w.ctx, c), app.ErrConflict)
			_, err := w.Requests.Load(w.ctx, c.After.ID)
			w.wants(err, app.ErrNotFound)
			w.commit(c)
		})
	for name, fault := range map[string]faults.Fault{"throttling": faults.Throttled, "an overloaded item": faults.Overloaded} {
		run(name+" is waited out", transaction, []faults.Fault{fault, fault}, func(w *world, s *faults.Script) {
			w.history(w.commit(w.submission("staging")))
			w.same(s.Attempts(), 3)
		})
		run(name+" that goes on is said, not taken for a conflict", transaction, four(fault), func(w *world, s *faults.Script) {
			err := w.Requests.Commit(w.ctx, w.submission("staging"))
			w.wants(err, app.ErrUnknown)
			if errors.Is(err, app.ErrConflict) {
				w.Error("taken for a conflict")
			}
		})
	}
	run("a commit whose answer was lost is stored once, and counts as stored", transaction, []faults.Fault{faults.AnswerLost},
		func(w *world, s *faults.Script) {
			r := w.commit(w.submission("staging"))
			w.same(s.Attempts(), 2)
			w.same(len(w.history(r)), 1)
		})
	run("a commit that got lost is stored by the next attempt", transaction, []faults.Fault{faults.RequestLost},
		func(w *world, s *faults.Script) { w.history(w.commit(w.submission("staging"))) })
	run("a commit whose every answer was lost has an unknown outcome, and is recognised", transaction, four(faults.AnswerLost),
		func(w *world, s *faults.Script) {
			c := w.submission("staging")
			w.wants(w.Requests.Commit(w.ctx, c), app.ErrUnknown)
			w.same(w.load(c.After.ID).Request, c.After)
			w.fine(w.Requests.Commit(w.ctx, c))
		})
	run("a commit that never got through has an unknown outcome, and can be repeated", transaction, four(faults.RequestLost),
		func(w *world, s *faults.Script) {
			c := w.submission("staging")
			w.wants(w.Requests.Commit(w.ctx, c), app.ErrUnknown)
			_, err := w.Requests.Load(w.ctx, c.After.ID)
			w.wants(err, app.ErrNotFound)
			w.history(w.commit(c))
		})
	run("a decision repeated after others came is recognised by its event", transaction, nil, func(w *world, s *faults.Script) {
		c := w.decision(w.submitted("staging"), access.Approve, "ben")
		r := w.commit(c)
		w.commit(w.system(r, access.BeginGrant{}))
		// The repetition differs, as if DynamoDB had forgotten the first.
		again := c
		again.After.Reason = "differs"
		w.fine(w.Requests.Commit(w.ctx, again))
	})
	run("an edit whose answer was lost is stored once", transaction, []faults.Fault{faults.AnswerLost},
		func(w *world, s *faults.Script) {
			w.same(w.savePerson(w.ana()).Version, 1)
			w.same(s.Attempts(), 2)
		})
	run("an observation whose answer was lost is recorded", "PutItem", []faults.Fault{faults.AnswerLost},
		func(w *world, s *faults.Script) {
			e := w.acquire("one", w.now)
			e.Present = true
			w.fine(w.Entitlements.Record(w.ctx, e))
			w.same(s.Attempts(), 2)
			w.same(w.acquire("two", w.now).Present, true)
		})
	run("a key that was noted while the answer was lost was noted by this call, and once", "PutItem", []faults.Fault{faults.AnswerLost},
		func(w *world, s *faults.Script) {
			for _, want := range []bool{true, false} {
				first, err := w.Replays.Once(w.ctx, w.name("slack#f00d"), w.now.Add(time.Hour))
				w.fine(err)
				w.same(first, want)
			}
			w.same(s.Attempts(), 3)
		})
	run("a lease whose answer was lost is ours", "UpdateItem", []faults.Fault{faults.AnswerLost},
		func(w *world, s *faults.Script) {
			e := w.acquire("one", w.now)
			w.fine(w.Entitlements.Record(w.ctx, e))
		})
	run("a token whose answer was lost is registered", "PutItem", four(faults.AnswerLost),
		func(w *world, s *faults.Script) {
			w.wants(w.Requests.PutToken(w.ctx, w.token(1, "value")), app.ErrUnknown)
			got, err := w.Requests.Token(w.ctx, w.request())
			w.fine(err)
			w.same(got.Value, "value")
		})
}
