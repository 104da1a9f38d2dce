package storetest

import (
	"errors"
	"sync/atomic"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var membershipStories = map[string]func(*world){
	"an edit of a person moves their directory memberships only":         moves,
	"a grant's membership comes and goes, however often it is said":      granted,
	"members are listed once each, whatever the source, page by page":    members,
	"a person in too many new groups at once is refused before the send": manyGroups,
}

var adminStories = map[string]func(*world){
	"the first admin comes while there is none, and once":                 firstAdmin,
	"the last admin stays: neither edited, suspended nor deleted":         lastAdmin,
	"of two admins who leave at the same moment one stays":                twoLeave,
	"of many who would be the first admin at the same moment one becomes": manyFirst,
}

func (w *world) groupsOf(id access.PersonID) (directory, granted []access.GroupID) {
	w.Helper()
	directory, granted, err := w.Directory.GroupsOf(w.ctx, id)
	w.fine(err)
	return directory, granted
}

func moves(w *world) {
	eng, oncall, db := access.GroupID(w.name("eng")), access.GroupID(w.name("oncall")), access.GroupID(w.name("db"))
	ana := app.Person{ID: w.person("ana"), Status: app.PersonActive, Groups: []access.GroupID{eng, eng}}
	w.savePerson(ana)
	w.fine(w.Memberships.AddGranted(w.ctx, db, ana.ID))
	ana.Groups = []access.GroupID{oncall}
	w.savePerson(ana)
	directory, granted := w.groupsOf(ana.ID)
	w.same(directory, []access.GroupID{oncall})
	w.same(granted, []access.GroupID{db})
	w.deletePerson(ana.ID)
	directory, granted = w.groupsOf(ana.ID)
	w.same(directory, []access.GroupID(nil))
	w.same(granted, []access.GroupID{db})
}

func granted(w *world) {
	db, ana := access.GroupID(w.name("db")), w.person("ana")
	for range 2 {
		w.fine(w.Memberships.AddGranted(w.ctx, db, ana))
	}
	_, got, err := w.Memberships.GroupsOf(w.ctx, ana)
	w.fine(err)
	w.same(got, []access.GroupID{db})
	for range 2 {
		w.fine(w.Memberships.RemoveGranted(w.ctx, db, ana))
	}
	_, got, err = w.Memberships.GroupsOf(w.ctx, ana)
	w.fine(err)
	w.same(got, []access.GroupID(nil))
}

func members(w *world) {
	db := access.GroupID(w.name("db"))
	var want []string
	for _, name := range []string{"ana", "ben", "chloe", "dan", "eli"} {
		p := app.Person{ID: w.person(name), Status: app.PersonActive}
		if name != "dan" {
			p.Groups = []access.GroupID{db}
		}
		w.savePerson(p)
		if name != "ben" {
			w.fine(w.Memberships.AddGranted(w.ctx, db, p.ID))
		}
		want = append(want, string(p.ID))
	}
	for _, limit := range []int{1, 2, 3, 100} {
		w.eventually(want, func() any {
			return all(w, limit, func(p app.Page) ([]access.PersonID, string, error) { return w.Directory.Members(w.ctx, db, p) },
				func(id access.PersonID) string { return string(id) })
		})
	}
}

func manyGroups(w *world) {
	ana := app.Person{ID: w.person("ana"), Status: app.PersonActive}
	for range 99 {
		ana.Groups = append(ana.Groups, access.GroupID(w.ulid()))
	}
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(ana.ID), app.Versioned[app.Person]{}, ana), false), app.ErrTooLarge)
	w.same(w.readPerson(ana.ID).Version, 0)
}

func (w *world) admin(name string) app.Person {
	return app.Person{ID: w.person(name), Status: app.PersonActive, Groups: []access.GroupID{access.AdminGroup}}
}

func (w *world) admins() int {
	w.Helper()
	return must[int](w)(w.Directory.Admins(w.ctx))
}

func firstAdmin(w *world) {
	w.same(w.admins(), 0)
	eli, dan := w.admin("eli"), w.admin("dan")
	w.fine(w.Directory.EditPerson(w.ctx, edit(w, w.subject(eli.ID), app.Versioned[app.Person]{}, eli), true))
	w.same(w.admins(), 1)
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(dan.ID), app.Versioned[app.Person]{}, dan), true), app.ErrConflict)
	w.wants(w.Directory.EditPerson(w.ctx, edit(w, w.subject(eli.ID), w.readPerson(eli.ID), eli), true), app.ErrConflict)
	w.same(w.admins(), 1)
}

func lastAdmin(w *world) {
	eli := w.savePerson(w.admin("eli"))
	refused := func(what string, e app.Edit[app.Person]) {
		w.Helper()
		if err := w.Directory.EditPerson(w.ctx, e, false); !errors.Is(err, app.ErrLastAdmin) {
			w.Errorf("%s: %v", what, err)
		}
	}
	suspended, plain := eli.Doc, eli.Doc
	suspended.Status = app.PersonSuspended
	plain.Groups = nil
	refused("suspended", edit(w, w.subject(eli.Doc.ID), eli, suspended))
	refused("out of the group", edit(w, w.subject(eli.Doc.ID), eli, plain))
	refused("deleted", deletion(w, w.subject(eli.Doc.ID), eli))
	w.same(w.readPerson(eli.Doc.ID), eli)
	w.same(w.admins(), 1)

	w.savePerson(w.admin("dan"))
	w.same(w.admins(), 2)
	w.savePerson(suspended)
	w.same(w.admins(), 1)
	w.savePerson(w.admin("eli"))
	w.deletePerson(w.person("dan"))
	w.same(w.admins(), 1)
}

func twoLeave(w *world) {
	leaving := []app.Edit[app.Person]{}
	for _, name := range []string{"eli", "dan"} {
		v := w.savePerson(w.admin(name))
		leaving = append(leaving, deletion(w, w.subject(v.Doc.ID), v))
	}
	var left atomic.Int32
	atOnce(2, func(i int) {
		err := w.Directory.EditPerson(w.ctx, leaving[i], false)
		for errors.Is(err, app.ErrConflict) { // the two collided
			err = w.Directory.EditPerson(w.ctx, leaving[i], false)
		}
		if err == nil {
			left.Add(1)
		} else if !errors.Is(err, app.ErrLastAdmin) {
			w.Error(err)
		}
	})
	w.same(int(left.Load()), 1)
	w.same(w.admins(), 1)
}

func manyFirst(w *world) {
	var became atomic.Int32
	edits := []app.Edit[app.Person]{}
	for i := range 10 {
		p := w.admin(string(rune('a' + i)))
		edits = append(edits, edit(w, w.subject(p.ID), app.Versioned[app.Person]{}, p))
	}
	atOnce(len(edits), func(i int) {
		if err := w.Directory.EditPerson(w.ctx, edits[i], true); err == nil {
			became.Add(1)
		} else if !errors.Is(err, app.ErrConflict) {
			w.Error(err)
		}
	})
	w.same(int(became.Load()), 1)
	w.same(w.admins(), 1)
}
