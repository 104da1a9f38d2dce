package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// person writes someone new, or who is there, as change makes them.
func (c company) person(id access.PersonID, change func(*app.Person)) {
	c.Helper()
	before, err := c.Directory.Person(c.Context(), id)
	c.Must(err)
	p, when := before.Doc, app.Condition{Version: before.Version}
	if !before.Exists() {
		p = app.Person{ID: id, Name: string(id), Email: string(id) + "@example.com", Status: app.PersonActive}
		when = app.Condition{New: true}
	}
	change(&p)
	_, err = c.PutPerson(c.Context(), c.SignsIn("eli"), p, when)
	c.Must(err)
}

func in(groups ...access.GroupID) func(*app.Person) { return func(p *app.Person) { p.Groups = groups } }

func under(manager access.PersonID) func(*app.Person) {
	return func(p *app.Person) { p.Manager = manager }
}

func suspended(p *app.Person) { p.Status = app.PersonSuspended }
func active(p *app.Person)    { p.Status = app.PersonActive }

// flow writes the flow of Staging as change makes it.
func (c company) flow(change func(*access.Flow)) {
	c.Helper()
	before, err := c.Catalog.Flow(c.Context(), "staging-flow")
	c.Must(err)
	f := before.Doc
	change(&f)
	_, _, err = c.PutFlow(c.Context(), c.SignsIn("eli"), f, app.Condition{Version: before.Version})
	c.Must(err)
}

// decidedBy makes Staging a matter of others than the manager.
func (c company) decidedBy(needed access.Needed, approvers ...access.Principal) {
	c.Helper()
	c.flow(func(f *access.Flow) { f.Steps = []access.Step{{Approvers: approvers, Needed: needed}} })
}

// security sets up the group, with these people, that decides about Staging.
func (c company) security(needed access.Needed, people ...access.PersonID) {
	c.Helper()
	_, err := c.PutGroup(c.Context(), c.SignsIn("eli"), app.Group{ID: "security", Name: "Security"}, app.Condition{New: true})
	c.Must(err)
	for _, id := range people {
		c.person(id, in("security"))
	}
	c.decidedBy(needed, access.OfGroup("security"))
}

var one = access.Needed{Count: 1}

// waitsFor tells whether the request is among what someone has to decide.
func (c company) waitsFor(id access.RequestID, name string, want bool) {
	c.Helper()
	views, _, err := c.List(c.Context(), c.SignsIn(name), app.ListToDecide, app.Filter{}, app.Page{Limit: 100})
	c.Must(err)
	if slices.ContainsFunc(views, func(v app.View) bool { return v.ID == id }) != want {
		c.Fatalf("waits for %s: %v, want %v", name, !want, want)
	}
}

// happened lists the types of a request's events.
func (c company) happened(id access.RequestID) string {
	c.Helper()
	sealed, err := c.Requests.Events(c.Context(), id, 0, 100)
	c.Must(err)
	c.Must(access.Verify(sealed))
	var types []string
	for _, s := range sealed {
		e, err := s.Open()
		c.Must(err)
		types = append(types, string(e.Type))
	}
	return strings.Join(types, " ")
}

func TestWhoIsSuspendedLosesWhatTheyAskedForAndWhatTheyHold(t *testing.T) {
	for name, leaves := range map[string]func(company){
		"suspended": func(c company) { c.person("ana", suspended) },
		"deleted": func(c company) {
			ana, err := c.Directory.Person(c.Context(), "ana")
			c.Must(err)
			c.Must(c.DeletePerson(c.Context(), c.SignsIn("eli"), "ana", app.Condition{Version: ana.Version}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t)
			held, _ := c.anaHolds()
			asked, err := c.Submit(t.Context(), c.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "Once more"})
			c.Must(err)
			c.Must(c.PersonChanged(t.Context(), "ana"))
			c.stands(held.ID, access.Active)
			c.stands(asked.ID, access.Pending)
			leaves(c)
			for range 2 { // a stream may bring a change again
				c.Must(c.PersonChanged(t.Context(), "ana"))
				c.stands(asked.ID, access.Canceled)
				c.stands(held.ID, access.Ending)
			}
			if got := c.happened(asked.ID); got != "submitted canceled" {
				t.Errorf("what she asked for: %s", got)
			}
			if got := c.happened(held.ID); got != "submitted decided granting activated ending" {
				t.Errorf("what she held: %s", got)
			}
			if !slices.Contains(c.Runs.Started, "revocation "+app.RunName(held.ID, 2)) || !slices.Contains(c.Runs.Stopped, app.RunName(held.ID, 1)) {
				t.Errorf("started %v, stopped %v", c.Runs.Started, c.Runs.Stopped)
			}
			_, err = c.Revoke(t.Context(), app.RunInput{Request: held.ID, Run: 2, Started: c.At})
			c.Must(err)
			c.inStaging(false)
			c.Must(c.MembersChanged(t.Context(), "staging-users", []access.PersonID{"ana"}))
			c.stands(held.ID, access.Ended)
		})
	}
}

func TestARequestWithoutAManagerGoesOnOnceThereIsOne(t *testing.T) {
	c := newCompany(t)
	c.person("fay", under(""))
	r, err := c.Submit(t.Context(), c.SignsIn("fay"), app.Submission{Resource: "staging", Reason: "A demo"})
	c.Must(err)
	c.stands(r.ID, access.MissingData)
	c.Must(c.PersonChanged(t.Context(), "fay"))
	c.stands(r.ID, access.MissingData)

	c.person("fay", under("ben"))
	c.Must(c.PersonChanged(t.Context(), "fay"))
	c.stands(r.ID, access.Pending)
	c.waitsFor(r.ID, "ben", true)
}

func TestAnotherManagerMeansAnotherApprover(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	c.waitsFor(r.ID, "ben", true)
	c.person("ana", under("dan"))
	for range 2 {
		c.Must(c.PersonChanged(t.Context(), "ana"))
	}
	c.waitsFor(r.ID, "ben", false)
	c.waitsFor(r.ID, "dan", true)
	if got := c.happened(r.ID); got != "submitted rerouted" {
		t.Errorf("happened: %s", got)
	}
	if _, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve}); access.CodeOf(err) != access.CodeNotApprover {
		t.Errorf("the manager of before decides: %v", err)
	}
}

func TestWhatWaitsForSomeoneSuspendedIsMissingThemUntilTheyAreBack(t *testing.T) {
	c := newCompany(t)
	r := c.anaAsks()
	c.person("ben", suspended)
	c.Must(c.PersonChanged(t.Context(), "ben"))
	c.stands(r.ID, access.MissingData)
	c.person("ben", active)
	c.Must(c.PersonChanged(t.Context(), "ben"))
	c.stands(r.ID, access.Pending)
	c.waitsFor(r.ID, "ben", true)
}

func TestAGroupIsAsGoodAsItsActiveMembers(t *testing.T) {
	c := newCompany(t)
	c.security(one, "dan", "ben")
	r := c.anaAsks()
	changed := func(id access.PersonID, change func(*app.Person), want access.Status) {
		t.Helper()
		c.person(id, change)
		c.Must(c.PersonChanged(t.Context(), id))
		c.Must(c.MembersChanged(t.Context(), "security", []access.PersonID{id}))
		c.stands(r.ID, want)
	}
	changed("dan", in(), access.Pending) // Ben is left
	changed("ben", suspended, access.MissingData)
	changed("dina", in("security"), access.Pending)
	changed("dina", in(), access.MissingData)
	changed("ben", active, access.Pending)
	c.waitsFor(r.ID, "ben", true)
}

func TestTheLastWhoHasNotApprovedLeaves(t *testing.T) {
	c := newCompany(t)
	c.security(access.Needed{All: true}, "dan", "ben")
	r := c.anaAsks()
	_, err := c.Act(t.Context(), c.SignsIn("ben"), r.ID, access.Decide{Verdict: access.Approve})
	c.Must(err)
	c.stands(r.ID, access.Pending)
	c.person("dan", in())
	c.Must(c.MembersChanged(t.Context(), "security", []access.PersonID{"dan"}))
	c.stands(r.ID, access.Approved)
}

func TestTheAdminsAreAGroupLikeAnother(t *testing.T) {
	c := newCompany(t)
	c.decidedBy(one, access.Admins)
	r, err := c.Submit(t.Context(), c.SignsIn("eli"), app.Submission{Resource: "staging", Reason: "A demo"})
	c.Must(err)
	c.stands(r.ID, access.MissingData) // Eli is the only one
	c.person("dan", in(access.AdminGroup))
	c.Must(c.MembersChanged(t.Context(), access.AdminGroup, []access.PersonID{"dan"}))
	c.stands(r.ID, access.Pending)
	c.person("dan", suspended)
	c.Must(c.PersonChanged(t.Context(), "dan"))
	c.stands(r.ID, access.MissingData)
}

// behind is a directory whose index of members stands still.
type behind struct {
	app.Directory
	members []access.PersonID
}

func (d behind) Members(context.Context, access.GroupID, app.Page) ([]access.PersonID, string, error) {
	return slices.Clone(d.members), "", nil
}

func TestAnIndexThatIsBehindHidesNobodyWhoCameOrLeft(t *testing.T) {
	c := newCompany(t)
	c.security(one, "dan")
	r := c.anaAsks()
	late := c.App
	late.Directory = behind{c.Directory, []access.PersonID{"dan"}}
	c.person("dan", in())
	c.Must(late.MembersChanged(t.Context(), "security", []access.PersonID{"dan"}))
	c.stands(r.ID, access.MissingData)

	late.Directory = behind{c.Directory, nil}
	c.person("dina", in("security"))
	c.Must(late.MembersChanged(t.Context(), "security", []access.PersonID{"dan", "dina"}))
	c.stands(r.ID, access.Pending)
}
