package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// joins has the connector make someone a member of a group that it manages.
func (o *office) joins(id access.PersonID, group string) {
	o.Helper()
	key := app.EntitlementKey{Person: id, Target: access.Target{Connector: access.ConnectorGroup, ID: group}}
	o.Must(o.Connectors[access.ConnectorGroup].Ensure(o.Context(), key, true))
}

func TestNoMappingForgetsAPerson(t *testing.T) {
	o := newOffice(t)
	o.calls("eli", 201, "PUT", "/v1/admin/groups/night-shift", map[string]any{"name": "Night shift"}, "If-None-Match", "*")
	nia := told[contract.PersonInput, contract.Person]{office: o, path: "/v1/admin/people/nia", list: "/v1/admin/people",
		inList: func(p *contract.Person) { p.GrantedGroups = nil }}
	nia.writes(contract.PersonInput{Name: "Nia", Email: "nia@example.com"}, func(p *contract.Person) {
		p.Id, p.Version, p.Status = "nia", 1, contract.PersonStatusActive
	})
	o.calls("nia", 200, "GET", "/v1/me", nil) // the first sign-in is a version of its own
	o.joins("nia", "staging-users")
	o.Must(o.Mailboxes.Report(t.Context(), "nova@example.com", access.EmailProblem{Kind: access.EmailBounced, SubType: "General", Since: o.At}))
	nia.writes(contract.PersonInput{Id: "nia", Name: "Nia Nová", Email: "nova@example.com", Manager: "ben", Groups: []contract.Id{"night-shift"},
		Status: contract.PersonStatusSuspended, TimeZone: "Europe/Prague", Locale: "cs-CZ"}, func(p *contract.Person) {
		p.Version, p.Bound, p.GrantedGroups = 3, true, []contract.Id{"staging-users"}
		p.EmailProblem = contract.EmailProblem{Kind: contract.Bounced, SubType: "General", Since: o.At}
	})
	differ(t, nia.sent)
	differ(t, nia.got, "/id") // it is one person's story
}

func TestNoMappingForgetsAGroup(t *testing.T) {
	o := newOffice(t)
	group := told[contract.GroupInput, contract.Group]{office: o, path: "/v1/admin/groups/night-shift", list: "/v1/admin/groups",
		inList: func(g *contract.Group) { g.Managed, g.Members, g.HasMore = false, nil, false }}
	group.writes(contract.GroupInput{Name: "Night shift"}, func(g *contract.Group) { g.Id, g.Version = "night-shift", 1 })
	o.calls("eli", 201, "PUT", "/v1/admin/resources/alarms", resourceBy(map[string]any{"type": "group", "group": "night-shift"}), "If-None-Match", "*")
	var members []contract.Id
	for i := range 101 {
		members = append(members, fmt.Sprintf("guard-%03d", i))
		o.joins(access.PersonID(members[i]), "night-shift")
	}
	group.writes(contract.GroupInput{Id: "night-shift", Name: "Guards"}, func(g *contract.Group) {
		g.Version, g.Managed, g.Members, g.HasMore = 2, true, members[:100], true
	})
	differ(t, group.sent)
	differ(t, group.got, "/id") // it is one group's story
}

func TestNoMappingForgetsADelegation(t *testing.T) {
	o := newOffice(t)
	const path = "/v1/me/delegation"
	o.rewrites("/v1/admin/people/dan", map[string]any{"name": "Dan Deputy", "email": "dan@example.com"})
	none := o.calls("ben", 200, "GET", path, nil)
	sent := contract.DelegationInput{Delegate: "dan", From: o.At.Add(-time.Hour).Format(time.RFC3339Nano), Until: o.At.Add(time.Hour).Format(time.RFC3339Nano)}
	want := contract.Delegation{Version: 1, Delegate: contract.PersonRef{Id: "dan", Name: "Dan Deputy"},
		From: o.At.Add(-time.Hour), Until: o.At.Add(time.Hour), Active: true}
	is := func(res *http.Response, want contract.Delegation) contract.Delegation {
		t.Helper()
		got := read[contract.Delegation](t, res)
		equal(t, fmt.Sprint("version ", want.Version), want, got)
		if tag := res.Header.Get("ETag"); !strings.HasPrefix(tag, fmt.Sprintf(`"%d.`, want.Version)) {
			t.Errorf("the tag %s of version %d", tag, want.Version)
		}
		return got
	}
	before := is(none, contract.Delegation{})
	got := is(o.calls("ben", 200, "PUT", path, sent, "If-Match", none.Header.Get("ETag")), want)
	is(o.calls("ben", 200, "GET", path, nil), want)
	o.calls("ben", 204, "DELETE", path, nil)
	is(o.calls("ben", 200, "GET", path, nil), contract.Delegation{Version: 2})
	differ(t, []contract.DelegationInput{{}, sent})
	differ(t, []contract.Delegation{before, got})
}

// overtaken is a directory in which someone else writes right after the next one.
type overtaken struct {
	app.Directory
	next func()
}

func (d *overtaken) after(err error) error {
	if next := d.next; next != nil {
		d.next = nil
		next()
	}
	return err
}

func (d *overtaken) EditPerson(ctx context.Context, e app.Edit[app.Person], first bool) error {
	return d.after(d.Directory.EditPerson(ctx, e, first))
}

func (d *overtaken) EditGroup(ctx context.Context, e app.Edit[app.Group]) error {
	return d.after(d.Directory.EditGroup(ctx, e))
}

// TestWhoWritesGetsWhatTheyWrote and its version, even if another has come since:
// what they write next must not undo what they have not seen.
func TestWhoWritesGetsWhatTheyWrote(t *testing.T) {
	o := newOffice(t)
	directory := &overtaken{Directory: o.Directory}
	o.Directory = directory
	for _, path := range []string{"/v1/admin/people/dan", "/v1/admin/groups/staging-users"} {
		called := func(name string) map[string]any {
			if strings.Contains(path, "people") {
				return map[string]any{"name": name, "email": "dan@example.com"}
			}
			return map[string]any{"name": name}
		}
		directory.next = func() { o.rewrites(path, called("The second")) }
		written := o.rewrites(path, called("The first"))
		if got := read[contract.Group](t, written); got.Name != "The first" || got.Version != 2 {
			t.Errorf("%s is %+v", path, got)
		}
		o.calls("eli", 412, "PUT", path, called("The third"), "If-Match", written.Header.Get("ETag"))
	}
}
