package storetest

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var tokenStories = map[string]func(*world){
	"a run's token is read as it was registered": func(w *world) {
		_, err := w.Requests.Token(w.ctx, w.request())
		w.wants(err, app.ErrNotFound)
		want := w.token(1, strings.Repeat("t", 900))
		w.fine(w.Requests.PutToken(w.ctx, want))
		got, err := w.Requests.Token(w.ctx, want.Request)
		w.fine(err)
		w.same(got, want)
	},
	"a later wait of the same run, or of a later run, takes over": func(w *world) {
		w.fine(w.Requests.PutToken(w.ctx, w.token(1, "first")))
		w.fine(w.Requests.PutToken(w.ctx, w.token(1, "second")))
		w.fine(w.Requests.PutToken(w.ctx, w.token(2, "third")))
		got, err := w.Requests.Token(w.ctx, w.request())
		w.fine(err)
		w.same(got.Value, "third")
	},
	"another execution that claims to be the run registers nothing": func(w *world) {
		w.fine(w.Requests.PutToken(w.ctx, w.token(1, "the run's")))
		forged := w.token(1, "forged")
		forged.Started = forged.Started.Add(time.Second)
		w.wants(w.Requests.PutToken(w.ctx, forged), app.ErrConflict)
		got, err := w.Requests.Token(w.ctx, w.request())
		w.fine(err)
		w.same(got.Value, "the run's")
	},
	"a run that was overtaken registers nothing": func(w *world) {
		w.fine(w.Requests.PutToken(w.ctx, w.token(2, "the later run's")))
		w.wants(w.Requests.PutToken(w.ctx, w.token(1, "the earlier run's")), app.ErrConflict)
		got, err := w.Requests.Token(w.ctx, w.request())
		w.fine(err)
		w.same(got.Value, "the later run's")
	},
}

func (w *world) request() access.RequestID { return access.RequestID("req_TOKEN" + w.suffix) }

func (w *world) token(run int, value string) app.Token {
	return app.Token{Request: w.request(), Run: run, Started: w.now, Value: value,
		Next: access.Next{Move: access.AwaitDecision, Until: w.now.Add(time.Hour)}}
}

var markStories = map[string]func(*world){
	"what was marked is known, and nothing else": func(w *world) {
		key := w.name("email#req#1#submitted#ana")
		marked, err := w.Marks.Marked(w.ctx, key)
		w.fine(err)
		w.same(marked, false)
		w.fine(w.Marks.Mark(w.ctx, key, w.now.Add(time.Hour)))
		w.fine(w.Marks.Mark(w.ctx, key, w.now.Add(time.Hour)))
		marked, err = w.Marks.Marked(w.ctx, key)
		w.fine(err)
		w.same(marked, true)
		marked, err = w.Marks.Marked(w.ctx, key+"x")
		w.fine(err)
		w.same(marked, false)
	},
	"of many who note a key at once, one is the first, and nobody after": func(w *world) {
		key := w.name("slack#f00d")
		var firsts atomic.Int32
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				first, err := w.Replays.Once(w.ctx, key, w.now.Add(time.Hour))
				if err != nil {
					w.Error(err)
				}
				if first {
					firsts.Add(1)
				}
			})
		}
		group.Wait()
		w.same(firsts.Load(), int32(1))
		first, err := w.Replays.Once(w.ctx, key, w.now.Add(time.Hour))
		w.fine(err)
		w.same(first, false)
		first, err = w.Replays.Once(w.ctx, key+"x", w.now.Add(time.Hour))
		w.fine(err)
		w.same(first, true)
		marked, err := w.Marks.Marked(w.ctx, key)
		w.fine(err)
		w.same(marked, false) // what came is not what was sent
	},
}
