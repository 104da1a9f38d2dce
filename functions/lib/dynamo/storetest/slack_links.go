package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var slackLinkStories = map[string]func(*world){
	"a link is read as it was written, found by the Slack user, and its chain goes on": slackLink,
	"a Slack user is one person's, and free once given up":                             slackUser,
	"of two who link the same Slack user at once one does":                             slackRace,
	"an edit of a link that was edited meanwhile is a conflict": func(w *world) {
		ana := w.joins("ana")
		before := w.readLink(ana)
		w.saveLink(w.slackLink("ana", "U1"))
		w.wants(w.SlackLinks.EditSlackLink(w.ctx, edit(w, linkOf(ana), before, w.slackLink("ana", "U2"))), app.ErrConflict)
		w.same(w.readLink(ana).Doc.User.ID, "U1")
	},
	"the links of several are read at once, without those who have none": func(w *world) {
		ana, ben := w.joins("ana"), w.joins("ben")
		link := w.saveLink(w.slackLink("ana", "U1")).Doc
		w.same(must[[]app.SlackLink](w)(w.SlackLinks.LinksOf(w.ctx, []access.PersonID{ben, ana, ana})), []app.SlackLink{link})
		w.same(must[[]app.SlackLink](w)(w.SlackLinks.LinksOf(w.ctx, nil)), []app.SlackLink(nil))
	},
	"who is not active is not linked": func(w *world) {
		ana := w.ana()
		ana.Status = app.PersonSuspended
		w.savePerson(ana)
		e := edit(w, linkOf(ana.ID), app.Versioned[app.SlackLink]{}, w.slackLink("ana", "U1"))
		w.wants(w.SlackLinks.EditSlackLink(w.ctx, e), app.ErrConflict)
		e = edit(w, linkOf(w.person("nobody")), app.Versioned[app.SlackLink]{}, w.slackLink("nobody", "U1"))
		w.wants(w.SlackLinks.EditSlackLink(w.ctx, e), app.ErrConflict)
	},
	"who is suspended loses their link, for good":      dismissed,
	"who is deleted loses their link":                  deletedWithLink,
	"a link that came meanwhile stops a suspension":    linkBeforeSuspension,
	"a link that was read before a suspension is late": linkAfterSuspension,
}

func linkOf(id access.PersonID) string { return "slack_link:" + string(id) }

// joins lets someone be in the directory.
func (w *world) joins(who string) access.PersonID {
	w.Helper()
	return w.savePerson(app.Person{ID: w.person(who), Status: app.PersonActive}).Doc.ID
}

func (w *world) slackLink(who, user string) app.SlackLink {
	return app.SlackLink{Person: w.person(who), User: app.SlackUser{Team: w.name("T1"), ID: user}, Name: who,
		Workspace: "Acme", At: w.now}
}

func (w *world) readLink(id access.PersonID) app.Versioned[app.SlackLink] {
	w.Helper()
	return must[app.Versioned[app.SlackLink]](w)(w.SlackLinks.SlackLink(w.ctx, id))
}

func (w *world) saveLink(l app.SlackLink) app.Versioned[app.SlackLink] {
	w.Helper()
	w.fine(w.SlackLinks.EditSlackLink(w.ctx, edit(w, linkOf(l.Person), w.readLink(l.Person), l)))
	return w.readLink(l.Person)
}

func (w *world) isOf(user app.SlackUser, want access.PersonID) {
	w.Helper()
	w.same(must[access.PersonID](w)(w.SlackLinks.PersonBySlack(w.ctx, user)), want)
}

func (w *world) isNobodys(user app.SlackUser) {
	w.Helper()
	_, err := w.SlackLinks.PersonBySlack(w.ctx, user)
	w.wants(err, app.ErrNotFound)
}

func slackLink(w *world) {
	ana := w.joins("ana")
	w.same(w.readLink(ana), app.Versioned[app.SlackLink]{})
	first, second := w.slackLink("ana", "U1"), w.slackLink("ana", "U2")
	w.isNobodys(first.User)
	v := w.saveLink(first)
	w.same(v.Doc, first)
	w.isOf(first.User, ana)
	elsewhere := first.User
	elsewhere.Team = w.name("T2")
	w.isNobodys(elsewhere)

	w.same(w.saveLink(second).Doc, second)
	w.isOf(second.User, ana)
	w.isNobodys(first.User)

	w.fine(w.SlackLinks.EditSlackLink(w.ctx, deletion(w, linkOf(ana), w.readLink(ana))))
	w.same(w.readLink(ana).Exists(), false)
	w.isNobodys(second.User)
	w.same(w.saveLink(first).Version, 4)
	events, err := w.Directory.Events(w.ctx, linkOf(ana), 0, 100)
	w.fine(err)
	w.fine(access.Verify(events))
	w.same(len(events), 4)
}

func slackUser(w *world) {
	ana, ben := w.joins("ana"), w.joins("ben")
	w.saveLink(w.slackLink("ana", "U1"))
	bens := w.slackLink("ben", "U1")
	w.wants(w.SlackLinks.EditSlackLink(w.ctx, edit(w, linkOf(ben), w.readLink(ben), bens)), app.ErrTaken)
	w.isOf(bens.User, ana)
	w.same(w.readLink(ben).Version, 0)
	w.fine(w.SlackLinks.EditSlackLink(w.ctx, deletion(w, linkOf(ana), w.readLink(ana))))
	w.saveLink(bens)
	w.isOf(bens.User, ben)
}

func slackRace(w *world) {
	var linked atomic.Int32
	var wait sync.WaitGroup
	for _, who := range []string{"ana", "ben"} {
		id := w.joins(who)
		e := edit(w, linkOf(id), w.readLink(id), w.slackLink(who, "U1"))
		wait.Go(func() {
			err := w.SlackLinks.EditSlackLink(w.ctx, e)
			if err == nil {
				linked.Add(1)
			} else if !errors.Is(err, app.ErrTaken) && !errors.Is(err, app.ErrConflict) {
				w.Error(err)
			}
		})
	}
	wait.Wait()
	if n := linked.Load(); n > 1 {
		w.Errorf("%d people are the same Slack user", n)
	}
}

func dismissed(w *world) {
	ana := w.joins("ana")
	v := w.saveLink(w.slackLink("ana", "U1"))
	suspended, before := w.suspended("ana"), w.readPerson(ana)
	w.fine(w.SlackLinks.DismissPerson(w.ctx, edit(w, w.subject(ana), before, suspended), deletion(w, linkOf(ana), v)))
	w.same(w.readPerson(ana).Doc, suspended)
	w.isNobodys(v.Doc.User)
	suspended.Status = app.PersonActive
	w.savePerson(suspended)
	w.same(w.readLink(ana).Exists(), false)

	// Who had a link once and has none now is dismissed as well.
	suspended.Status = app.PersonSuspended
	w.fine(w.SlackLinks.DismissPerson(w.ctx, edit(w, w.subject(ana), w.readPerson(ana), suspended),
		app.Edit[app.SlackLink]{Before: w.readLink(ana)}))
	events, err := w.Directory.Events(w.ctx, linkOf(ana), 0, 100)
	w.fine(err)
	w.fine(access.Verify(events))
	w.same(len(events), 2)
}

func deletedWithLink(w *world) {
	ana := w.joins("ana")
	v := w.saveLink(w.slackLink("ana", "U1"))
	w.fine(w.SlackLinks.DismissPerson(w.ctx, deletion(w, w.subject(ana), w.readPerson(ana)), deletion(w, linkOf(ana), v)))
	w.same(w.readPerson(ana).Exists(), false)
	w.same(w.readLink(ana).Exists(), false)
	w.isNobodys(v.Doc.User)
}

func linkBeforeSuspension(w *world) {
	ana := w.joins("ana")
	dismissal := edit(w, w.subject(ana), w.readPerson(ana), w.suspended("ana"))
	none := app.Edit[app.SlackLink]{Before: w.readLink(ana)}
	v := w.saveLink(w.slackLink("ana", "U1"))
	w.wants(w.SlackLinks.DismissPerson(w.ctx, dismissal, none), app.ErrConflict)
	w.same(w.readPerson(ana).Doc.Active(), true)

	w.saveLink(w.slackLink("ana", "U2"))
	w.wants(w.SlackLinks.DismissPerson(w.ctx, dismissal, deletion(w, linkOf(ana), v)), app.ErrConflict)
	w.same(w.readPerson(ana).Doc.Active(), true)
}

func linkAfterSuspension(w *world) {
	ana := w.joins("ana")
	none := w.readLink(ana)
	e := edit(w, linkOf(ana), none, w.slackLink("ana", "U1"))
	w.fine(w.SlackLinks.DismissPerson(w.ctx, edit(w, w.subject(ana), w.readPerson(ana), w.suspended("ana")),
		app.Edit[app.SlackLink]{Before: none}))
	w.wants(w.SlackLinks.EditSlackLink(w.ctx, e), app.ErrConflict)
	w.isNobodys(e.After.User)
}

func (w *world) suspended(who string) app.Person {
	return app.Person{ID: w.person(who), Status: app.PersonSuspended}
}

var ticketStories = map[string]func(*world){
	"a ticket is taken once, as it was kept": func(w *world) {
		t := w.ticket("ana", "state")
		_, err := w.Tickets.TakeTicket(w.ctx, t.Key, t.Person)
		w.wants(err, app.ErrNotFound)
		w.fine(w.Tickets.PutTicket(w.ctx, t))
		got, err := w.Tickets.TakeTicket(w.ctx, t.Key, t.Person)
		w.fine(err)
		w.same(got, t)
		_, err = w.Tickets.TakeTicket(w.ctx, t.Key, t.Person)
		w.wants(err, app.ErrNotFound)
	},
	"nobody takes another person's ticket, and it stays theirs": func(w *world) {
		t := w.ticket("ana", "state")
		w.fine(w.Tickets.PutTicket(w.ctx, t))
		_, err := w.Tickets.TakeTicket(w.ctx, t.Key, w.person("ben"))
		w.wants(err, app.ErrNotFound)
		_, err = w.Tickets.TakeTicket(w.ctx, w.ticket("ana", "other").Key, t.Person)
		w.wants(err, app.ErrNotFound)
		_, err = w.Tickets.TakeTicket(w.ctx, t.Key, t.Person)
		w.fine(err)
	},
	"of many who take a ticket at once one gets it": func(w *world) {
		t := w.ticket("ana", "state")
		w.fine(w.Tickets.PutTicket(w.ctx, t))
		var got atomic.Int32
		var wait sync.WaitGroup
		for range 10 {
			wait.Go(func() {
				if _, err := w.Tickets.TakeTicket(w.ctx, t.Key, t.Person); err == nil {
					got.Add(1)
				}
			})
		}
		wait.Wait()
		w.same(got.Load(), int32(1))
	},
}

func (w *world) ticket(who, state string) app.Ticket {
	sum := sha256.Sum256([]byte(w.name(state)))
	return app.Ticket{Key: hex.EncodeToString(sum[:]), Person: w.person(who), Nonce: "nonce",
		Expires: w.now.Add(10 * time.Minute).Truncate(time.Second)}
}
