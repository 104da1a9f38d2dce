package storetest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var listStories = map[string]func(*world){
	"one's own requests, newest first, page by page":                                    mine,
	"a filter beside the index thins the pages and loses nothing":                       thinned,
	"the requests of a status, newest first":                                            byStatus,
	"all requests there are, newest first":                                              everything,
	"what waits for a person or a group, once each, until it is decided":                tasks,
	"a cursor is good for the list that gave it only":                                   cursors,
	"what is past its due is listed, whatever its index row says":                       overdue,
	"overdue requests of one connector stand in no other's way":                         overdueApart,
	"what has been due longest comes first, at most as many as asked for":               overdueOldest,
	"access given back early is past its due soon after, not at the end it was to have": givenBack,
	"how much someone has asked for lately":                                             usage,
}

// pages walks a list to its end, a page at a time, and keeps what is this
// story's.
func (w *world) pages(limit int, next func(app.Page) ([]access.Request, string, error)) []access.RequestID {
	w.Helper()
	var ids []access.RequestID
	page := app.Page{Limit: limit}
	for range 10_000 {
		found, cursor, err := next(page)
		w.fine(err)
		if len(found) > limit {
			w.Fatalf("a page of %d, limit %d", len(found), limit)
		}
		for _, r := range found {
			if strings.HasSuffix(string(r.Requester), w.suffix) {
				ids = append(ids, r.ID)
			}
		}
		if cursor == "" {
			return ids
		}
		page.Cursor = cursor
	}
	w.Fatal("the list does not end")
	return nil
}

func (w *world) list(limit int, f app.Filter) func() any {
	return func() any {
		return w.pages(limit, func(p app.Page) ([]access.Request, string, error) { return w.Requests.List(w.ctx, f, p) })
	}
}

func (w *world) waiting(limit int, principals ...access.Principal) any {
	return w.pages(limit, func(p app.Page) ([]access.Request, string, error) { return w.Requests.Tasks(w.ctx, principals, p) })
}

// five are five requests, the newest first.
func (w *world) five() []app.Stored {
	var made []app.Stored
	for _, resource := range []string{"one", "two", "three", "four", "five"} {
		made = append(made, w.submitted(resource))
	}
	slices.Reverse(made)
	return made
}

func idsOf(of []app.Stored) []access.RequestID {
	var ids []access.RequestID
	for _, r := range of {
		ids = append(ids, r.ID)
	}
	return ids
}

func mine(w *world) {
	five := w.five()
	for _, limit := range []int{1, 2, 5, 100} {
		w.eventually(idsOf(five), w.list(limit, app.Filter{Requester: w.person("ana")}))
	}
	found, _, err := w.Requests.List(w.ctx, app.Filter{Requester: w.person("ana")}, app.Page{Limit: 1})
	w.fine(err)
	w.same(found, []access.Request{five[0].Request})
	w.eventually([]access.RequestID(nil), w.list(10, app.Filter{Requester: w.person("dan")}))
}

func thinned(w *world) {
	five := w.five()
	w.commit(w.decision(five[1], access.Deny, "ben"))
	w.commit(w.decision(five[4], access.Deny, "ben"))
	w.eventually([]access.RequestID{five[1].ID, five[4].ID}, w.list(2, app.Filter{Requester: w.person("ana"), Status: access.Denied}))
	w.eventually([]access.RequestID{five[2].ID}, w.list(2, app.Filter{Resource: five[2].Resource}))
	w.eventually(idsOf(five), w.list(2, app.Filter{Flow: w.flow.ID}))
	w.eventually([]access.RequestID(nil), w.list(2, app.Filter{Requester: w.person("ana"), Flow: "another"}))
}

func byStatus(w *world) {
	five := w.five()
	granting := w.commit(w.system(w.commit(w.decision(five[0], access.Approve, "ben")), access.BeginGrant{}))
	approved := w.commit(w.decision(five[1], access.Approve, "ben"))
	active := w.active(five[2])
	for status, want := range map[access.Status][]app.Stored{
		access.Pending: five[3:], access.Granting: {granting}, access.Approved: {approved}, access.Active: {active}, access.Stuck: nil,
	} {
		w.eventually(idsOf(want), w.list(3, app.Filter{Status: status}))
	}
}

func everything(w *world) {
	five := w.five()
	w.active(five[1])
	w.commit(w.decision(five[2], access.Deny, "ben"))
	w.eventually(idsOf(five), w.list(50, app.Filter{}))
	w.eventually(idsOf(five), w.list(2, app.Filter{}))
}

func tasks(w *world) {
	ben := access.OfPerson(w.person("ben"))
	sec := access.OfGroup("sec")
	five := w.five()
	w.same(w.waiting(2, ben), idsOf(five))
	w.same(w.waiting(2, ben, sec), idsOf(five))
	w.same(w.waiting(100, sec, ben, sec), idsOf(five))
	w.same(w.waiting(10, access.OfPerson(w.person("dan"))), []access.RequestID(nil))

	w.commit(w.decision(five[0], access.Approve, "ben"))
	asked := w.commit(w.decision(five[1], access.Ask, "ben"))
	e := access.Event{Subject: "request:" + string(five[2].ID), Seq: 2, At: w.now, Type: access.EventRerouted,
		Actor: access.System(access.ViaDirectory), Status: access.Pending,
		Details: access.Details{Step: 1, Opens: 1, Principals: []access.Principal{access.OfPerson(w.person("fred"))}}}
	w.commit(w.sealed(five[2], []access.Event{e}))
	w.same(w.waiting(2, ben, sec), []access.RequestID{asked.ID, five[3].ID, five[4].ID})
	w.same(w.waiting(2, access.OfPerson(w.person("fred"))), []access.RequestID{five[2].ID})
}

func cursors(w *world) {
	w.five()
	ana := app.Filter{Requester: w.person("ana")}
	var cursor string
	w.eventually(true, func() any {
		_, next, err := w.Requests.List(w.ctx, ana, app.Page{Limit: 2})
		w.fine(err)
		cursor = next
		return next != ""
	})
	for name, other := range map[string]app.Filter{
		"another person's":  {Requester: w.person("dan")},
		"a resource's":      {Resource: access.ResourceID(w.person("ana"))},
		"thinned otherwise": {Requester: w.person("ana"), Status: access.Pending},
	} {
		_, _, err := w.Requests.List(w.ctx, other, app.Page{Limit: 2, Cursor: cursor})
		if err == nil {
			w.Errorf("the cursor was good for %s list", name)
			continue
		}
		w.wants(err, app.ErrBadCursor)
	}
	_, _, err := w.Requests.Tasks(w.ctx, []access.Principal{access.OfPerson(w.person("ana"))}, app.Page{Limit: 2, Cursor: cursor})
	w.wants(err, app.ErrBadCursor)
	_, _, err = w.Directory.People(w.ctx, app.Page{Limit: 2, Cursor: cursor})
	w.wants(err, app.ErrBadCursor)
	_, _, err = w.Directory.Members(w.ctx, "sec", app.Page{Limit: 2, Cursor: cursor})
	w.wants(err, app.ErrBadCursor)
	for _, forged := range []string{"x", "eyJ9", "e30", cursor + "A", cursor[1:], strings.Repeat("A", 5000), "\x00"} {
		_, _, err := w.Requests.List(w.ctx, ana, app.Page{Limit: 2, Cursor: forged})
		w.wants(err, app.ErrBadCursor)
	}
}

// pastDue lists this story's overdue requests, of all shards.
func (w *world) pastDue(at time.Time, mine ...app.Stored) func() any {
	return func() any { return w.overdueOf(access.ConnectorGroup, at, mine) }
}

// overdueOf gives those of a story's requests that one connector's parts of the
// index show.
func (w *world) overdueOf(connector string, at time.Time, mine []app.Stored) []access.RequestID {
	var found []access.RequestID
	for shard := range app.Shards {
		late, err := w.Requests.Overdue(w.ctx, connector, shard, at, 1000)
		w.fine(err)
		for _, r := range late {
			if slices.ContainsFunc(mine, func(m app.Stored) bool { return m.ID == r.ID }) {
				found = append(found, r.ID)
			}
		}
	}
	slices.Sort(found)
	return found
}

func overdue(w *world) {
	grace := access.NormalPace.Grace
	far := w.later(100 * 365 * 24 * time.Hour) // past the sight of a running stack's sweeper
	pending := w.submitted("pending")
	w.eventually([]access.RequestID(nil), w.pastDue(pending.Due.Add(-time.Millisecond), pending))
	w.eventually([]access.RequestID{pending.ID}, w.pastDue(pending.Due, pending))

	r := far.commit(far.lateDecision(pending))
	w.eventually([]access.RequestID(nil), w.pastDue(far.now.Add(grace-time.Millisecond), r))
	w.eventually([]access.RequestID{r.ID}, w.pastDue(far.now.Add(grace), r))

	r = far.commit(far.system(r, access.BeginGrant{}))
	w.eventually([]access.RequestID(nil), w.pastDue(far.now.Add(access.GrantLimit-time.Millisecond), r))
	w.eventually([]access.RequestID{r.ID}, w.pastDue(far.now.Add(access.GrantLimit), r))

	r = far.commit(far.system(r, access.ObservedPresent{}))
	w.eventually([]access.RequestID(nil), w.pastDue(r.EndsAt.Add(grace-time.Millisecond), r))
	w.eventually([]access.RequestID{r.ID}, w.pastDue(r.EndsAt.Add(grace), r))

	end := far.later(3 * time.Minute)
	r = end.commit(end.system(r, access.EndDue{}))
	w.eventually([]access.RequestID(nil), w.pastDue(r.Due.Add(-time.Millisecond), r))
	w.eventually([]access.RequestID{r.ID}, w.pastDue(r.Due, r))

	r = end.commit(end.system(r, access.ObservedAbsent{}))
	w.eventually([]access.RequestID(nil), w.pastDue(r.Due.Add(1000*24*time.Hour), r))

	if _, err := w.Requests.Overdue(w.ctx, access.ConnectorGroup, app.Shards, w.now, 1); err == nil {
		w.Error("there is one shard too many")
	}
	if _, err := w.Requests.Overdue(w.ctx, "carrier-pigeon", 0, w.now, 1); err == nil {
		w.Error("a connector that there is not has a part of the index")
	}
}

// overdueApart: each connector's overdue stand apart, and say their targets.
func overdueApart(w *world) {
	var all []app.Stored
	for i, connector := range access.Connectors() {
		f := w.facts(w.by("ana"))
		f.Resource.ID, f.Resource.Target = access.ResourceID(w.name(connector)), access.Target{Connector: connector, ID: w.name("target")}
		at := w.later(-time.Duration(i) * time.Minute)
		all = append(all, w.commit(at.change(app.Stored{}, access.Submit{ID: access.RequestID("req_" + w.ulid()), Reason: "All of it"}, f)))
	}
	for i, connector := range access.Connectors() {
		w.eventually([]access.RequestID{all[i].ID}, func() any { return w.overdueOf(connector, all[0].Due, all) })
		if all[i].Target.Connector != connector {
			w.Errorf("%s leads to %v", connector, all[i].Target)
		}
	}
}

// overdueOldest: of more than asked for, those that have been due longest.
func overdueOldest(w *world) {
	var all []app.Stored
	for i := range 20 {
		earlier := w.later(-time.Duration(i) * time.Hour)
		all = append(all, earlier.submitted("thing"+strconv.Itoa(i)))
	}
	ids := func() any { return len(w.overdueOf(access.ConnectorGroup, all[0].Due, all)) }
	w.eventually(len(all), ids)
	for shard := range app.Shards {
		late, err := w.Requests.Overdue(w.ctx, access.ConnectorGroup, shard, all[0].Due, 1000)
		w.fine(err)
		first, err := w.Requests.Overdue(w.ctx, access.ConnectorGroup, shard, all[0].Due, 1)
		w.fine(err)
		if !slices.IsSortedFunc(late, func(a, b access.Request) int { return a.Due.Compare(b.Due) }) {
			w.Errorf("shard %d is out of order", shard)
		}
		if len(first) > 1 || len(late) > 0 && (len(first) == 0 || first[0].Due.After(late[0].Due)) {
			w.Errorf("the one longest due of %d is %v", len(late), first)
		}
	}
}

// givenBack ends long before its time: what stood at that time comes forward.
func givenBack(w *world) {
	w.flow.Duration.Choices[0] = access.Duration(24 * time.Hour)
	r := w.active(w.submitted("staging"))
	r = w.commit(w.change(r, access.End{}, w.facts(w.by("ana"))))
	if !r.Due.Before(r.EndsAt) {
		w.Fatalf("due %s, while the access was to end %s", r.Due, r.EndsAt)
	}
	w.eventually([]access.RequestID(nil), w.pastDue(r.Due.Add(-time.Millisecond), r))
	w.eventually([]access.RequestID{r.ID}, w.pastDue(r.Due, r))
	w.commit(w.system(r, access.ObservedAbsent{}))
}

// lateDecision is an approval of a request that has waited very long.
func (w *world) lateDecision(r app.Stored) app.Change {
	r.ExpiresAt = w.now.Add(time.Hour)
	return w.decision(r, access.Approve, "ben")
}

func usage(w *world) {
	var times []time.Time
	for i, resource := range []string{"one", "two", "three"} {
		then := w.later(time.Duration(i) * time.Minute)
		then.submitted(resource)
		times = append(times, then.now)
	}
	since := func(moment time.Time, limit int) func() any {
		return func() any {
			got, err := w.Requests.SubmittedSince(w.ctx, w.person("ana"), moment, limit)
			w.fine(err)
			return got
		}
	}
	w.eventually(times, since(w.now, 10))
	w.eventually(times[:2], since(w.now, 2))
	w.eventually(times[1:], since(w.now.Add(time.Millisecond), 10))
	w.eventually([]time.Time(nil), since(w.now.Add(time.Hour), 10))
}
