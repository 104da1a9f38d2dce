package storetest

import (
	"slices"
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var catalogStories = map[string]func(*world){
	"a resource is read as it was written, listed, and deleted":             resource,
	"a resource's connector owns its group, and only while it leads there":  managed,
	"a flow keeps every version it had":                                     flowVersions,
	"a flow is found by the resources it serves, and no longer than that":   flowsOf,
	"an edit of a flow that was edited meanwhile is a conflict":             staleFlow,
	"a flow with too many new resources at once is refused before the send": wideFlow,
	"the settings have defaults until someone writes them":                  settings,
}

func (w *world) staging() access.Resource {
	return access.Resource{ID: access.ResourceID(w.name("staging")), Kind: access.KindResource, Name: "Staging",
		Description: "Read-write", Owner: w.person("chloe"), URL: "https://staging.example.com",
		Target: access.Target{Connector: "group", ID: w.name("staging-users")}}
}

func (w *world) readResource(id access.ResourceID) app.Versioned[access.Resource] {
	w.Helper()
	return must[app.Versioned[access.Resource]](w)(w.Catalog.Resource(w.ctx, id))
}

func (w *world) saveResource(r access.Resource) app.Versioned[access.Resource] {
	w.Helper()
	w.fine(w.Catalog.EditResource(w.ctx, edit(w, "resource:"+string(r.ID), w.readResource(r.ID), r)))
	return w.readResource(r.ID)
}

func (w *world) readFlow(id access.FlowID) app.Versioned[access.Flow] {
	w.Helper()
	return must[app.Versioned[access.Flow]](w)(w.Catalog.Flow(w.ctx, id))
}

func (w *world) saveFlow(f access.Flow) app.Versioned[access.Flow] {
	w.Helper()
	w.fine(w.Catalog.EditFlow(w.ctx, edit(w, "flow:"+string(f.ID), w.readFlow(f.ID), f)))
	return w.readFlow(f.ID)
}

func (w *world) fullFlow() access.Flow {
	return access.Flow{ID: access.FlowID(w.name("flow")), Name: "Staging", Resources: []access.ResourceID{w.staging().ID},
		VisibleTo: []access.Principal{access.OfGroup("engineering"), access.OfPerson("eli")},
		Steps: []access.Step{{Approvers: []access.Principal{access.Manager, access.Owner}, Needed: access.Needed{Count: 1}},
			{Approvers: []access.Principal{access.OfGroup("security")}, Needed: access.Needed{All: true}}},
		Duration:   access.DurationRule{Mode: access.DurationChoice, Choices: []access.Duration{access.Duration(time.Hour), access.Duration(8 * time.Hour)}},
		Fields:     []access.Field{{ID: "ticket", Label: "Ticket", Required: true, Pattern: "^[A-Z]+-[0-9]+$"}, {ID: "note", Label: "Note"}},
		PendingFor: access.Duration(30 * 24 * time.Hour), RemindEvery: access.Duration(24 * time.Hour),
		ClaimWithin: access.Duration(24 * time.Hour), Order: 10, DenyWhen: access.DenyAny, SamePerson: access.SameDistinct,
		DecideIn: []access.Via{access.ViaPortal, access.ViaEmail}, ShowProgress: true, Enabled: true}
}

func resource(w *world) {
	staging := w.staging()
	w.same(w.readResource(staging.ID).Version, 0)
	v := w.saveResource(staging)
	w.same(v.Doc, staging)
	list := func() any {
		return all(w, 50, func(p app.Page) ([]app.Versioned[access.Resource], string, error) {
			return w.Catalog.Resources(w.ctx, p)
		},
			func(v app.Versioned[access.Resource]) string { return string(v.Doc.ID) })
	}
	w.eventually([]string{string(staging.ID)}, list)
	w.fine(w.Catalog.EditResource(w.ctx, deletion(w, "resource:"+string(staging.ID), v)))
	w.wants(w.Catalog.EditResource(w.ctx, edit(w, "resource:"+string(staging.ID), v, staging)), app.ErrConflict)
	w.same(w.readResource(staging.ID).Exists(), false)
	w.eventually([]string(nil), list)
	w.same(w.saveResource(staging).Version, 3)
	events, err := w.Catalog.Events(w.ctx, "resource:"+string(staging.ID), 0, 100)
	w.fine(err)
	w.fine(access.Verify(events))
	w.same(len(events), 3)
}

func managed(w *world) {
	owners := func(group string) []access.ResourceID {
		return must[[]access.ResourceID](w)(w.Directory.ManagedBy(w.ctx, access.GroupID(w.name(group))))
	}
	staging := w.staging()
	twin := staging
	twin.ID += "-twin"
	w.saveResource(staging)
	w.saveResource(twin)
	w.same(owners("staging-users"), []access.ResourceID{staging.ID, twin.ID})
	staging.Target.ID = w.name("others")
	w.saveResource(staging)
	w.same(owners("staging-users"), []access.ResourceID{twin.ID})
	w.same(owners("others"), []access.ResourceID{staging.ID})
	staging.Target.Connector = "webhook"
	w.saveResource(staging)
	w.same(owners("others"), []access.ResourceID(nil))
	w.fine(w.Catalog.EditResource(w.ctx, deletion(w, "resource:"+string(twin.ID), w.readResource(twin.ID))))
	w.same(owners("staging-users"), []access.ResourceID(nil))
}

func flowVersions(w *world) {
	first := w.fullFlow()
	w.saveFlow(first)
	second := first
	second.Name, second.Enabled, second.Steps = "Second", false, first.Steps[:1]
	now := w.saveFlow(second)
	first.Version, second.Version = 1, 2
	w.same(now.Doc, second)
	w.fine(w.Catalog.EditFlow(w.ctx, deletion(w, "flow:"+string(first.ID), now)))
	for _, want := range []access.Flow{first, second} {
		w.same(must[access.Flow](w)(w.Catalog.FlowVersion(w.ctx, want.ID, want.Version)), want)
	}
	_, err := w.Catalog.FlowVersion(w.ctx, first.ID, 3)
	w.wants(err, app.ErrNotFound)
	w.same(w.readFlow(first.ID).Exists(), false)
	w.same(w.saveFlow(w.fullFlow()).Doc.Version, 4)
	events, err := w.Catalog.Events(w.ctx, "flow:"+string(first.ID), 0, 100)
	w.fine(err)
	w.fine(access.Verify(events))
	w.eventually([]string{string(first.ID)}, func() any {
		return all(w, 50, func(p app.Page) ([]app.Versioned[access.Flow], string, error) { return w.Catalog.Flows(w.ctx, p) },
			func(v app.Versioned[access.Flow]) string { return string(v.Doc.ID) })
	})
}

func flowsOf(w *world) {
	staging, production := w.staging().ID, access.ResourceID(w.name("production"))
	serving := func(id access.ResourceID) []access.Flow {
		flows := must[[]access.Flow](w)(w.Catalog.FlowsOf(w.ctx, id))
		slices.SortFunc(flows, func(a, b access.Flow) int { return strings.Compare(string(a.ID), string(b.ID)) })
		return flows
	}
	one, two := w.fullFlow(), w.fullFlow()
	one.ID, two.ID = access.FlowID(w.name("one")), access.FlowID(w.name("two"))
	w.saveFlow(one)
	two.Resources = []access.ResourceID{staging, production, staging}
	w.saveFlow(two)
	one.Version, two.Version = 1, 1
	w.same(serving(staging), []access.Flow{one, two})
	w.same(serving(production), []access.Flow{two})
	two.Resources = []access.ResourceID{production}
	w.saveFlow(two)
	two.Version = 2
	w.same(serving(staging), []access.Flow{one})
	w.same(serving(production), []access.Flow{two})
	w.fine(w.Catalog.EditFlow(w.ctx, deletion(w, "flow:"+string(one.ID), w.readFlow(one.ID))))
	w.same(serving(staging), []access.Flow(nil))
}

func staleFlow(w *world) {
	old := w.saveFlow(w.fullFlow())
	f := w.fullFlow()
	f.Name = "newer"
	newer := w.saveFlow(f)
	f.Name = "stale"
	w.wants(w.Catalog.EditFlow(w.ctx, edit(w, "flow:"+string(f.ID), old, f)), app.ErrConflict)
	w.same(w.readFlow(f.ID), newer)
	w.same(must[access.Flow](w)(w.Catalog.FlowVersion(w.ctx, f.ID, 2)).Name, "newer")
}

func wideFlow(w *world) {
	f := w.fullFlow()
	for range 98 {
		f.Resources = append(f.Resources, access.ResourceID(w.ulid()))
	}
	w.wants(w.Catalog.EditFlow(w.ctx, edit(w, "flow:"+string(f.ID), app.Versioned[access.Flow]{}, f)), app.ErrTooLarge)
	w.same(w.readFlow(f.ID).Version, 0)
	f.Resources = f.Resources[:97]
	w.same(w.saveFlow(f).Version, 1)
}

func settings(w *world) {
	read := func() app.Versioned[access.Settings] {
		return must[app.Versioned[access.Settings]](w)(w.Catalog.Settings(w.ctx))
	}
	unwritten := read()
	w.same(unwritten, app.Versioned[access.Settings]{Doc: access.Settings{RequestsEnabled: true, ShowProgress: true,
		MaxOpenRequests: 20, MaxSubmissionsPerHour: 20, MaxAsks: 3}})
	written := access.Settings{MaxOpenRequests: 5, SupportURL: "https://help.example.com",
		SlackTeamID: "T0123ABCD", SlackClientID: "1.2"}
	w.fine(w.Catalog.EditSettings(w.ctx, edit(w, "settings", unwritten, written)))
	w.same(read().Doc, written)
	w.same(read().Version, 1)
	w.wants(w.Catalog.EditSettings(w.ctx, edit(w, "settings", unwritten, written)), app.ErrConflict)
	events, err := w.Catalog.Events(w.ctx, "settings", 0, 10)
	w.fine(err)
	w.fine(access.Verify(events))
	w.same(len(events), 1)
}
