package storetest

import (
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var delegationStories = map[string]func(*world){
	"who sits in for whom is found by both, and moves with an edit": sitIn,
	"an edit of a delegation that was edited meanwhile is a conflict": func(w *world) {
		d := w.delegation("gus")
		before := w.readDelegation(d.Person)
		w.saveDelegation(d)
		w.wants(w.Directory.EditDelegation(w.ctx, edit(w, "delegation:"+string(d.Person), before, d)), app.ErrConflict)
	},
}

func (w *world) delegation(to string) app.Delegation {
	return app.Delegation{Person: w.person("ben"), To: w.person(to), From: w.now, Until: w.now.Add(time.Hour)}
}

func (w *world) readDelegation(id access.PersonID) app.Versioned[app.Delegation] {
	w.Helper()
	return must[app.Versioned[app.Delegation]](w)(w.Directory.Delegation(w.ctx, id))
}

func (w *world) saveDelegation(d app.Delegation) {
	w.Helper()
	w.fine(w.Directory.EditDelegation(w.ctx, edit(w, "delegation:"+string(d.Person), w.readDelegation(d.Person), d)))
}

func (w *world) delegations(of ...string) []app.Delegation {
	w.Helper()
	var ids []access.PersonID
	for _, who := range of {
		ids = append(ids, w.person(who))
	}
	return must[[]app.Delegation](w)(w.Directory.Delegations(w.ctx, ids))
}

func sitIn(w *world) {
	first, second := w.delegation("gus"), w.delegation("dan")
	w.same(w.readDelegation(first.Person).Exists(), false)
	delegators := func(of access.PersonID) func() any {
		return func() any { return must[[]access.PersonID](w)(w.Directory.DelegatorsOf(w.ctx, of)) }
	}
	w.saveDelegation(first)
	w.same(w.readDelegation(first.Person).Doc, first)
	w.eventually([]access.PersonID{first.Person}, delegators(first.To))
	w.saveDelegation(second)
	w.eventually([]access.PersonID(nil), delegators(first.To))
	w.eventually([]access.PersonID{first.Person}, delegators(second.To))
	w.same(w.delegations("ben", "gus", "ben"), []app.Delegation{second})

	before := w.readDelegation(first.Person)
	e := edit(w, "delegation:"+string(first.Person), before, app.Delegation{Person: first.Person})
	e.Delete = true
	w.fine(w.Directory.EditDelegation(w.ctx, e))
	w.same(w.readDelegation(first.Person).Exists(), false)
	w.same(w.delegations("ben"), []app.Delegation(nil))
	w.eventually([]access.PersonID(nil), delegators(second.To))
}
