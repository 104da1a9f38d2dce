package storetest

import (
	"slices"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var copyStories = map[string]func(*world){
	"copies are remembered, listed by request, and forgotten": func(w *world) {
		request, other := access.RequestID(w.name("req_1")), access.RequestID(w.name("req_2"))
		_, err := w.Copies.Copy(w.ctx, request, w.person("ana"))
		w.wants(err, app.ErrNotFound)
		ana := app.Copy{Request: request, Person: w.person("ana"), User: "U1", Channel: "D1", Stamp: "1.2", Version: 3, Shown: "d1", Seq: 1, Standby: true}
		ben := app.Copy{Request: request, Person: w.person("ben"), Channel: "D2", Seq: 2}
		w.fine(w.Copies.PutCopy(w.ctx, app.Copy{}, ana))
		w.fine(w.Copies.PutCopy(w.ctx, app.Copy{}, ben))
		w.fine(w.Copies.PutCopy(w.ctx, app.Copy{}, app.Copy{Request: other, Person: w.person("ana"), Channel: "D1"}))
		w.same(must[app.Copy](w)(w.Copies.Copy(w.ctx, request, ana.Person)), ana)
		all := must[[]app.Copy](w)(w.Copies.Copies(w.ctx, request))
		slices.SortFunc(all, func(x, y app.Copy) int { return strings.Compare(x.Channel, y.Channel) })
		w.same(all, []app.Copy{ana, ben})
		w.fine(w.Copies.DropCopy(w.ctx, ana))
		w.same(must[[]app.Copy](w)(w.Copies.Copies(w.ctx, request)), []app.Copy{ben})
	},
	"a copy is not written over one that was not read": func(w *world) {
		read := app.Copy{Request: access.RequestID(w.name("req_1")), Person: w.person("ana"), Channel: "D1", Seq: 1}
		w.fine(w.Copies.PutCopy(w.ctx, app.Copy{}, read))
		w.wants(w.Copies.PutCopy(w.ctx, app.Copy{}, read), app.ErrConflict)
		posted, older := read, read
		posted.Stamp, posted.Version = "1.2", 5
		older.Stamp, older.Version = "1.2", 4
		w.fine(w.Copies.PutCopy(w.ctx, read, posted))
		w.wants(w.Copies.PutCopy(w.ctx, read, older), app.ErrConflict)
		w.wants(w.Copies.DropCopy(w.ctx, read), app.ErrConflict)
		other := posted
		other.Shown = "d2"
		w.wants(w.Copies.PutCopy(w.ctx, other, older), app.ErrConflict)
		w.same(must[app.Copy](w)(w.Copies.Copy(w.ctx, read.Request, read.Person)), posted)
		w.fine(w.Copies.DropCopy(w.ctx, posted))
		w.wants(w.Copies.PutCopy(w.ctx, posted, older), app.ErrConflict)
		w.wants(w.Copies.DropCopy(w.ctx, posted), app.ErrConflict)
	},
	"a debt is noted once, and owed until it is paid": func(w *world) {
		told := app.SlackDebt{Request: access.RequestID(w.name("req_1")), Seq: 3}
		quiet := told
		quiet.Quiet = true
		for range 2 {
			w.fine(w.Copies.Owe(w.ctx, told))
			w.fine(w.Copies.Owe(w.ctx, quiet))
		}
		w.same(w.owed(told.Request), []app.SlackDebt{told, quiet})
		for range 2 {
			w.fine(w.Copies.Pay(w.ctx, told))
		}
		w.same(w.owed(told.Request), []app.SlackDebt{quiet})
		w.fine(w.Copies.Pay(w.ctx, quiet))
		if _, err := w.Copies.Debts(w.ctx, app.Shards, 1); err == nil {
			w.Error("debts of a shard that is not there")
		}
	},
}

// owed lists the debts of a request.
func (w *world) owed(request access.RequestID) []app.SlackDebt {
	var out []app.SlackDebt
	for shard := range app.Shards {
		for _, d := range must[[]app.SlackDebt](w)(w.Copies.Debts(w.ctx, shard, 1000)) {
			if d.Request == request {
				out = append(out, d)
			}
		}
	}
	return out
}
