package storetest

import (
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var peopleStories = map[string]func(*world){
	"a person is read as they were written, and their chain goes on":          person,
	"an edit of a person who was edited meanwhile is a conflict":              stalePerson,
	"an email is one person's, in whatever case, and free once given up":      email,
	"a sign-in is bound to one person":                                        binding,
	"a deleted person leaves everything behind but the chain, and may return": deletedPerson,
	"people are listed by id, page by page":                                   people,
	"a group is read as it was written, listed, and deleted":                  group,
	"an event of something else is refused": func(w *world) {
		e := edit(w, "person:someone-else", app.Versioned[app.Person]{}, w.ana())
		if err := w.Directory.EditPerson(w.ctx, e, false); err == nil {
			w.Error("the event went into another person's history")
		}
	},
}

func (w *world) ana() app.Person {
	return app.Person{ID: w.person("ana"), Email: "Ana" + w.suffix + "@example.com", Name: "Ana Álvarez", Manager: w.person("ben"),
		Groups: []access.GroupID{access.GroupID(w.name("engineering")), access.GroupID(w.name("oncall"))},
		Status: app.PersonActive, TimeZone: "Europe/Madrid", Locale: "es", LinksSince: w.now}
}

func (w *world) subject(id access.PersonID) string { return "person:" + string(id) }

func (w *world) readPerson(id access.PersonID) app.Versioned[app.Person] {
	w.Helper()
	return must[app.Versioned[app.Person]](w)(w.Directory.Person(w.ctx, id))
}

// savePerson writes a person over what there is.
func (w *world) savePerson(p app.Person) app.Versioned[app.Person] {
	w.Helper()
	w.fine(w.Directory.EditPerson(w.ctx, edit(w, w.subject(p.ID), w.readPerson(p.ID), p), false))
	return w.readPerson(p.ID)
}

func (w *world) deletePerson(id access.PersonID) {
	w.Helper()
	w.fine(w.Directory.EditPerson(w.ctx, deletion(w, w.subject(id), w.readPerson(id)), false))
}

func person(w *world) {
	none := w.readPerson(w.person("ana"))
	w.same(none, app.Versioned[app.Person]{})
	ana := w.ana()
	v := w.savePerson(ana)
	w.same(v.Doc, ana)
	w.same(v.Version, 1)
	ana.Name, ana.Manager, ana.Status = "Ana", "", app.PersonSuspended
	v = w.savePerson(ana)
	w.same(v.Doc, ana)
	events, err := w.Directory.Events(w.ctx, w.subject(ana.ID), 0, 100)
	w.fine(err)
	w.fine(access.Verify(events))
	w.same(len(events), 2)
	w.same(events[1].Hash, v.Hash)
}

func stalePerson(w *world) {
	old := w.savePerson(w.ana())
	ana := w.ana()
	ana.Name = "first"
	newer := w.savePerson(ana)
	ana.Name = "second"
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(ana.ID), old, ana), false), app.ErrConflict)
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(ana.ID), app.Versioned[app.Person]{}, ana), false), app.ErrConflict)
	w.same(w.readPerson(ana.ID), newer)
}

func email(w *world) {
	ana := w.savePerson(w.ana()).Doc
	w.same(must[access.PersonID](w)(w.Directory.PersonByEmail(w.ctx, strings.ToUpper(ana.Email))), ana.ID)

	ben := app.Person{ID: w.person("ben"), Email: strings.ToLower(ana.Email), Status: app.PersonActive}
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(ben.ID), app.Versioned[app.Person]{}, ben), false), app.ErrTaken)
	w.same(w.readPerson(ben.ID).Version, 0)

	old := ana.Email
	ana.Email = strings.ToUpper(old) // only the case: nothing moves
	w.savePerson(ana)
	ana.Email = "anna" + w.suffix + "@example.com"
	w.savePerson(ana)
	_, err := w.Directory.PersonByEmail(w.ctx, old)
	w.wants(err, app.ErrNotFound)
	w.savePerson(ben)
	w.same(must[access.PersonID](w)(w.Directory.PersonByEmail(w.ctx, old)), ben.ID)
}

func binding(w *world) {
	ana, ben := w.ana(), app.Person{ID: w.person("ben"), Status: app.PersonActive}
	ana.Subject = app.SubjectKey("https://issuer.example.com", w.suffix)
	w.savePerson(ana)
	w.same(must[access.PersonID](w)(w.Directory.PersonBySubject(w.ctx, ana.Subject)), ana.ID)
	ben.Subject = ana.Subject
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(ben.ID), app.Versioned[app.Person]{}, ben), false), app.ErrTaken)
	ana.Subject = ""
	w.savePerson(ana)
	_, err := w.Directory.PersonBySubject(w.ctx, ben.Subject)
	w.wants(err, app.ErrNotFound)
	w.savePerson(ben)
}

func deletedPerson(w *world) {
	ana := w.ana()
	ana.Subject = w.name("subject")
	w.savePerson(ana)
	w.deletePerson(ana.ID)
	gone := w.readPerson(ana.ID)
	if gone.Exists() || !gone.Deleted || gone.Version != 2 {
		w.Errorf("a deleted person is %+v", gone)
	}
	w.same(gone.Doc, app.Person{})
	_, err := w.Directory.PersonByEmail(w.ctx, ana.Email)
	w.wants(err, app.ErrNotFound)
	_, err = w.Directory.PersonBySubject(w.ctx, ana.Subject)
	w.wants(err, app.ErrNotFound)
	groups, _, err := w.Directory.GroupsOf(w.ctx, ana.ID)
	w.fine(err)
	w.same(len(groups), 0)

	back := w.savePerson(w.ana())
	w.same(back.Version, 3)
	events, err := w.Directory.Events(w.ctx, w.subject(ana.ID), 0, 100)
	w.fine(err)
	w.fine(access.Verify(events))
}

func people(w *world) {
	var want []string
	for _, name := range []string{"ana", "ben", "chloe", "dan"} {
		w.savePerson(app.Person{ID: w.person(name), Status: app.PersonActive})
		want = append(want, w.name(name))
	}
	list := func(limit int) func() any {
		return func() any {
			return all(w, limit, func(p app.Page) ([]app.Versioned[app.Person], string, error) { return w.Directory.People(w.ctx, p) },
				func(v app.Versioned[app.Person]) string { return string(v.Doc.ID) })
		}
	}
	w.eventually(want, list(100))
	w.eventually(want, list(3))
	w.deletePerson(w.person("ben"))
	w.eventually([]string{want[0], want[2], want[3]}, list(2))
}

func group(w *world) {
	id := access.GroupID(w.name("sec"))
	read := func() app.Versioned[app.Group] {
		return must[app.Versioned[app.Group]](w)(w.Directory.Group(w.ctx, id))
	}
	list := func() any {
		return all(w, 50, func(p app.Page) ([]app.Versioned[app.Group], string, error) { return w.Directory.Groups(w.ctx, p) },
			func(v app.Versioned[app.Group]) string { return string(v.Doc.ID) })
	}
	w.same(read().Version, 0)
	w.fine(w.Directory.EditGroup(w.ctx, edit(w, "group:"+string(id), read(), app.Group{ID: id, Name: "Security"})))
	w.same(read().Doc, app.Group{ID: id, Name: "Security"})
	w.eventually([]string{string(id)}, list)
	stale := read()
	w.fine(w.Directory.EditGroup(w.ctx, deletion(w, "group:"+string(id), read())))
	w.wants(w.Directory.EditGroup(w.ctx, edit(w, "group:"+string(id), stale, app.Group{ID: id})), app.ErrConflict)
	w.same(read().Exists(), false)
	w.eventually([]string(nil), list)
}
