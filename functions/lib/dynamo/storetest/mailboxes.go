package storetest

import (
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var mailboxStories = map[string]func(*world){
	"a problem of an address is known, in whatever case, and of no other": func(w *world) {
		bounced := w.bounced(0)
		w.same(w.mailbox(w.ana().Email), app.Mailbox{})
		w.fine(w.Mailboxes.Report(w.ctx, strings.ToUpper(w.ana().Email), bounced))
		w.same(w.mailbox(w.ana().Email), app.Mailbox{Problem: bounced})
		other := "ben" + w.suffix + "@example.com"
		w.same(w.mailbox(other), app.Mailbox{})
		found, err := w.Mailboxes.Mailboxes(w.ctx, []string{other, w.ana().Email, w.ana().Email, ""})
		w.fine(err)
		w.same(found, map[string]app.Mailbox{w.ana().Email: {Problem: bounced}})
	},
	"of several problems the earliest stays, in whatever order they come": func(w *world) {
		complained := access.EmailProblem{Kind: access.EmailComplained, Since: w.now.Add(-time.Hour)}
		for i, order := range [][]access.EmailProblem{
			{w.bounced(0), complained, w.bounced(time.Minute), w.bounced(0)},
			{complained, w.bounced(0), complained},
		} {
			email := strings.Repeat("x", i+1) + w.suffix + "@example.com"
			for _, p := range order {
				w.fine(w.Mailboxes.Report(w.ctx, email, p))
			}
			w.same(w.mailbox(email).Problem, complained)
		}
	},
	"a cleared address is known by nothing but when, and only a later report marks it again": func(w *world) {
		ana := w.savePerson(w.ana())
		report := func(after time.Duration) {
			w.Helper()
			w.fine(w.Mailboxes.Report(w.ctx, ana.Doc.Email, w.bounced(after)))
		}
		report(0)
		cleared := w.now.Add(time.Minute)
		w.clear(ana, cleared)
		report(0)
		report(time.Minute)
		w.same(w.mailbox(ana.Doc.Email), app.Mailbox{ClearedAt: cleared})
		report(3 * time.Minute)
		report(2 * time.Minute)
		report(30 * time.Second)
		w.same(w.mailbox(ana.Doc.Email), app.Mailbox{Problem: w.bounced(2 * time.Minute), ClearedAt: cleared})
	},
	"clearing stands in the person's history and changes nothing else of them": func(w *world) {
		ana := w.savePerson(w.ana())
		w.fine(w.Mailboxes.Report(w.ctx, ana.Doc.Email, w.bounced(0)))
		w.clear(ana, w.now)
		w.same(w.readPerson(ana.Doc.ID).Doc, ana.Doc)
		events, err := w.Directory.Events(w.ctx, w.subject(ana.Doc.ID), 0, 10)
		w.fine(err)
		w.fine(access.Verify(events))
		w.same(len(events), 2)
		stale := edit(w, w.subject(ana.Doc.ID), ana, ana.Doc)
		w.wants(w.Mailboxes.Clear(w.ctx, stale, w.now), app.ErrConflict)
	},
	"a problem goes with the address, and with the person": func(w *world) {
		ana := w.ana()
		w.savePerson(ana)
		w.fine(w.Mailboxes.Report(w.ctx, ana.Email, w.bounced(0)))
		ana.Name = "Ana"
		ana.Email = strings.ToUpper(ana.Email) // the same address
		w.savePerson(ana)
		w.same(w.mailbox(ana.Email).Problem, w.bounced(0))
		old := ana.Email
		ana.Email = "anna" + w.suffix + "@example.com"
		w.savePerson(ana)
		w.same(w.mailbox(old), app.Mailbox{})
		w.fine(w.Mailboxes.Report(w.ctx, ana.Email, w.bounced(0)))
		w.deletePerson(ana.ID)
		w.same(w.mailbox(ana.Email), app.Mailbox{})
	},
}

func (w *world) bounced(after time.Duration) access.EmailProblem {
	return access.EmailProblem{Kind: access.EmailBounced, SubType: "General", Since: w.now.Add(after)}
}

func (w *world) mailbox(email string) app.Mailbox {
	w.Helper()
	return must[app.Mailbox](w)(w.Mailboxes.Mailbox(w.ctx, email))
}

func (w *world) clear(p app.Versioned[app.Person], at time.Time) {
	w.Helper()
	w.fine(w.Mailboxes.Clear(w.ctx, edit(w, w.subject(p.Doc.ID), p, p.Doc), at))
}
