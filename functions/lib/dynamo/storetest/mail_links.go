package storetest

import (
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var mailLinkStories = map[string]func(*world){
	"a link is read as it was stored": func(w *world) {
		_, err := w.MailLinks.Link(w.ctx, w.name("hash"))
		w.wants(err, app.ErrNotFound)
		for _, want := range []access.MailLink{w.mailLink("step", "req_1", 2), w.mailLink("extension", "req_1", 0)} {
			w.fine(w.MailLinks.PutLink(w.ctx, want))
			got, err := w.MailLinks.Link(w.ctx, want.ID)
			w.fine(err)
			w.same(got, want)
		}
	},
	"a link that is there is not written again": func(w *world) {
		l := w.mailLink("hash", "req_1", 1)
		w.fine(w.MailLinks.PutLink(w.ctx, l))
		other := l
		other.Person = w.person("ana")
		w.wants(w.MailLinks.PutLink(w.ctx, other), app.ErrConflict)
		got, err := w.MailLinks.Link(w.ctx, l.ID)
		w.fine(err)
		w.same(got, l)
	},
	"a decision spends its link in its own transaction": func(w *world) {
		r := w.submitted("staging")
		c, l := w.byLink(r, "hash")
		w.fine(w.MailLinks.PutLink(w.ctx, l))
		decided := w.commit(c)
		w.same(decided.Status, access.Approved)
		got, err := w.MailLinks.Link(w.ctx, l.ID)
		w.fine(err)
		w.same(got, *c.Link)
		w.fine(w.Requests.Commit(w.ctx, c)) // an answer that was lost: the same change
	},
	"with a link that is spent, or that is not there, nothing is decided": func(w *world) {
		r := w.submitted("staging")
		c, l := w.byLink(r, "hash")
		w.wants(w.Requests.Commit(w.ctx, c), app.ErrConflict)
		spent := l
		spent.SpentAt, spent.SpentBy, spent.Verdict = w.now, l.Person, access.Deny
		w.fine(w.MailLinks.PutLink(w.ctx, spent))
		w.wants(w.Requests.Commit(w.ctx, c), app.ErrConflict)
		w.same(w.load(r.ID), r)
		got, err := w.MailLinks.Link(w.ctx, l.ID)
		w.fine(err)
		w.same(got, spent)
	},
	"a decision that comes too late spends nothing": func(w *world) {
		r := w.submitted("staging")
		c, l := w.byLink(r, "hash")
		w.fine(w.MailLinks.PutLink(w.ctx, l))
		w.commit(w.decision(r, access.Deny, "ben"))
		w.wants(w.Requests.Commit(w.ctx, c), app.ErrConflict)
		got, err := w.MailLinks.Link(w.ctx, l.ID)
		w.fine(err)
		w.same(got, l)
	},
}

func (w *world) mailLink(hash string, request access.RequestID, step int) access.MailLink {
	l := access.MailLink{ID: w.name(hash), Expires: w.now.Add(time.Hour).Truncate(time.Second),
		Request: request, Person: w.person("ben"), Step: step, Version: 3, SentAt: w.now}
	if step == 0 {
		l.Extension = w.now.Add(-time.Minute)
	}
	return l
}

// byLink is Ben's approval with a link, and the link as it is before.
func (w *world) byLink(r app.Stored, hash string) (app.Change, access.MailLink) {
	w.Helper()
	l := w.mailLink(hash, r.ID, 1)
	c := w.decision(r, access.Approve, "ben")
	spent := l
	spent.SpentAt, spent.SpentBy, spent.Verdict = w.now, l.Person, access.Approve
	c.Link = &spent
	return c, l
}
