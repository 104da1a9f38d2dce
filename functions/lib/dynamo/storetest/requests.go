package storetest

import (
	"errors"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var requestStories = map[string]func(*world){
	"a whole life is read as it was written, and its chain verifies": wholeLife,
	"every part of a request comes back":                             everyPart,
	"an extension comes back, and who decided it":                    extensions,
	"events can be read from any place on":                           partsOfAHistory,
	"what does not exist is not found": func(w *world) {
		_, err := w.Requests.Load(w.ctx, "req_none")
		w.wants(err, app.ErrNotFound)
		_, err = w.Requests.Event(w.ctx, "req_none", 1)
		w.wants(err, app.ErrNotFound)
	},
	"a second open request for the same resource is refused, with the first one's id":      duplicate,
	"once the access is there, one may ask for it again":                                   askAgain,
	"a failed grant is not retried while another request for the resource is open":         retryMeetsGuard,
	"a decision on a request that has changed since is a conflict, and changes nothing":    staleVersion,
	"a forged change that makes an illegal transition is refused by the database":          forgedStatus,
	"a change whose events hop illegally is refused":                                       forgedHop,
	"a change that does not follow the chain is refused":                                   forgedChain,
	"the same change committed again is the same change":                                   committedTwice,
	"an idempotency key used again gives what it was used for":                             idempotency,
	"an expired idempotency key can be used again, even if it was not deleted yet":         expiredIdempotency,
	"a change of more than a hundred parts is refused before it is sent":                   tooLarge,
	"the requests that keep a person from asking again are counted, and leave when closed": openRequests,
}

func wholeLife(w *world) {
	r := w.submitted("staging")
	r = w.active(r)
	end := w.later(3 * time.Minute)
	r = end.commit(end.system(r, access.EndDue{}))
	r = end.commit(end.system(r, access.ObservedAbsent{}))
	if r.Status != access.Ended || r.EndReason != access.EndExpired || r.Version != 6 {
		w.Errorf("the request is %s (%s) at version %d", r.Status, r.EndReason, r.Version)
	}
	w.history(r)
}

func everyPart(w *world) {
	w.flow.Fields = []access.Field{{ID: "ticket", Label: "Ticket", Pattern: "[A-Z]+-[0-9]+"}}
	w.flow.Submitters = []access.Principal{access.Everyone}
	f := w.facts(w.by("eli")) // Eli asks for Ana
	c := w.change(app.Stored{}, access.Submit{ID: access.RequestID("req_" + w.ulid()), Reason: "Überstunden\n\"quoted\"",
		Answers: map[string]string{"ticket": "OPS-1"}}, f)
	r := w.commit(c)
	w.same(r.Request, c.After)
	r = w.commit(w.decision(r, access.Ask, "ben"))
	r = w.commit(w.change(r, access.Answer{Text: "Here it is"}, w.facts(w.by("ana"))))
	short := w.facts(w.by("ben"), access.OfPerson(w.person("ben")))
	short.Actor.OnBehalfOf = w.person("fred")
	c = w.change(r, access.Decide{Verdict: access.Approve, Duration: access.Duration(time.Minute)}, short)
	r = w.commit(c)
	w.same(r.Request, c.After)
	r = w.commit(w.system(r, access.BeginGrant{}))
	r = w.commit(w.system(r, access.GrantFailed{Code: "refused"}))
	for range access.NormalPace.Attempts {
		r = w.commit(w.system(r, access.RevocationFailed{Code: "timed_out"}))
	}
	if r.Status != access.Stuck {
		w.Errorf("after %d attempts the request is %s", r.Attempts, r.Status)
	}
	w.history(r)
}

func extensions(w *world) {
	w.flow.Duration.Extend = access.ExtendRule{UpTo: access.Duration(time.Minute), Times: 2, Approvers: []access.Principal{access.OfPerson(w.person("ben"))}}
	r := w.active(w.submitted("staging"))
	for _, verdict := range []access.Verdict{access.Deny, access.Approve} {
		c := w.change(r, access.Extend{Duration: access.Duration(time.Minute), Reason: "Not done"}, w.facts(w.by("ana")))
		r = w.commit(c)
		w.same(r.Request, c.After)
		c = w.change(r, access.Decide{Verdict: verdict, Reason: "because", Extension: true}, w.facts(w.by("ben"), access.OfPerson(w.person("ben"))))
		r = w.commit(c)
		w.same(r.Request, c.After)
		w.same(r.LastExtension, access.ExtensionDecision{AskedAt: w.now, By: w.person("ben"), Verdict: verdict})
	}
	w.history(r)
}

func partsOfAHistory(w *world) {
	r := w.active(w.submitted("staging"))
	all := w.history(r)
	some, err := w.Requests.Events(w.ctx, r.ID, 1, 2)
	w.fine(err)
	w.same(some, all[1:3])
	one, err := w.Requests.Event(w.ctx, r.ID, 3)
	w.fine(err)
	w.same(one, all[2])
	none, err := w.Requests.Events(w.ctx, r.ID, r.Version, 10)
	w.fine(err)
	w.same(len(none), 0)
}

func duplicate(w *world) {
	first := w.submitted("staging")
	second := w.submission("staging")
	err := w.Requests.Commit(w.ctx, second)
	var open *app.DuplicateOpen
	if !errors.As(err, &open) || open.Request != first.ID {
		w.Errorf("got %v, want the open request %s", err, first.ID)
	}
	_, err = w.Requests.Load(w.ctx, second.After.ID)
	w.wants(err, app.ErrNotFound)
	w.submitted("production") // another resource is another matter
}

func askAgain(w *world) {
	w.active(w.submitted("staging"))
	w.submitted("staging")
}

func retryMeetsGuard(w *world) {
	r := w.commit(w.decision(w.submitted("staging"), access.Approve, "ben"))
	r = w.commit(w.system(r, access.BeginGrant{}))
	r = w.commit(w.system(r, access.GrantFailed{Code: "refused"}))
	failed := w.commit(w.system(r, access.ObservedAbsent{}))
	other := w.submitted("staging")
	admin := w.facts(w.by("eli"), access.Admins)
	admin.Admin = true
	err := w.Requests.Commit(w.ctx, w.change(failed, access.Retry{Reason: "repaired"}, admin))
	var open *app.DuplicateOpen
	if !errors.As(err, &open) || open.Request != other.ID {
		w.Errorf("got %v, want the open request %s", err, other.ID)
	}
	w.same(w.load(failed.ID), failed)
}

func staleVersion(w *world) {
	seen := w.submitted("staging")
	decided := w.commit(w.decision(seen, access.Deny, "ben"))
	w.wants(w.Requests.Commit(w.ctx, w.decision(seen, access.Approve, "ben")), app.ErrConflict)
	w.same(w.load(seen.ID), decided)
	w.history(decided)
}

// forgedStatus believes in a pending request where a denied one is stored.
func forgedStatus(w *world) {
	denied := w.commit(w.decision(w.submitted("staging"), access.Deny, "ben"))
	forged := denied
	forged.Status = access.Pending
	e := access.Event{Subject: "request:" + string(denied.ID), Seq: denied.Version + 1, At: w.now, Type: access.EventDecided,
		Actor: w.by("ben"), Status: access.Approved, Details: access.Details{Verdict: access.Approve, Step: 1}}
	w.wants(w.Requests.Commit(w.ctx, w.sealed(forged, []access.Event{e})), app.ErrConflict)
	w.same(w.load(denied.ID), denied)
	_, err := w.Requests.Event(w.ctx, denied.ID, e.Seq)
	w.wants(err, app.ErrNotFound)
}

// forgedHop goes from pending to active, past everything that lies between.
func forgedHop(w *world) {
	r := w.submitted("staging")
	forged := r
	forged.Status = access.Granting
	e := access.Event{Subject: "request:" + string(r.ID), Seq: r.Version + 1, At: w.now, Type: access.EventActivated,
		Actor: access.System(access.ViaWorkflow), Status: access.Active}
	c := w.sealed(forged, []access.Event{e})
	c.Before.Status = access.Pending
	w.wants(w.Requests.Commit(w.ctx, c), app.ErrConflict)
	c.Before.Status = access.Granting // and now the store itself is all that refuses it
	w.wants(w.Requests.Commit(w.ctx, c), app.ErrConflict)
	w.same(w.load(r.ID), r)
}

func forgedChain(w *world) {
	r := w.submitted("staging")
	other := r
	other.Hash = w.submission("other").Events[0].Hash
	w.wants(w.Requests.Commit(w.ctx, w.decision(other, access.Approve, "ben")), app.ErrConflict)

	gap := w.decision(r, access.Approve, "ben")
	gap.Events[0].Seq++
	if err := w.Requests.Commit(w.ctx, gap); err == nil {
		w.Error("an event was skipped")
	}
	unlike := w.decision(r, access.Approve, "ben")
	unlike.After.Status = access.Denied
	if err := w.Requests.Commit(w.ctx, unlike); err == nil {
		w.Error("a snapshot was written that its events do not lead to")
	}
	w.same(w.load(r.ID), r)
}

func committedTwice(w *world) {
	c := w.submission("staging")
	r := w.commit(c)
	w.fine(w.Requests.Commit(w.ctx, c))
	d := w.decision(r, access.Approve, "ben")
	r = w.commit(d)
	w.fine(w.Requests.Commit(w.ctx, d))
	w.same(w.load(r.ID), r)
	w.same(len(w.history(r)), 2)
}

func (w *world) key(c app.Change, expires time.Duration) *app.Idempotency {
	return &app.Idempotency{Person: w.person("ana"), Key: "key one", Body: "body", Request: c.After.ID,
		Expires: w.now.Add(expires).Truncate(time.Second)}
}

func idempotency(w *world) {
	first := w.submission("staging")
	first.Idempotency = w.key(first, 24*time.Hour)
	_, err := w.Requests.Idempotency(w.ctx, w.person("ana"), "key one")
	w.wants(err, app.ErrNotFound)
	w.commit(first)
	record, err := w.Requests.Idempotency(w.ctx, w.person("ana"), "key one")
	w.fine(err)
	w.same(record, *first.Idempotency)

	second := w.submission("production")
	second.Idempotency = w.key(second, 24*time.Hour)
	second.Idempotency.Body = "another body"
	var replayed *app.Replayed
	if err := w.Requests.Commit(w.ctx, second); !errors.As(err, &replayed) {
		w.Fatalf("got %v, want the first use", err)
	}
	w.same(replayed.Record, *first.Idempotency)
	_, err = w.Requests.Load(w.ctx, second.After.ID)
	w.wants(err, app.ErrNotFound)
}

func expiredIdempotency(w *world) {
	first := w.submission("staging")
	first.Idempotency = w.key(first, time.Hour)
	w.commit(first)
	later := w.later(2 * time.Hour)
	second := later.submission("production")
	second.Idempotency = later.key(second, time.Hour)
	later.commit(second)
}

func tooLarge(w *world) {
	r := w.submitted("staging")
	e := access.Event{Subject: "request:" + string(r.ID), Seq: r.Version + 1, At: w.now, Type: access.EventRerouted,
		Actor: access.System(access.ViaDirectory), Status: access.Pending, Details: access.Details{Step: 1, Opens: 1}}
	for range 101 {
		e.Details.Principals = append(e.Details.Principals, access.OfPerson(access.PersonID(w.ulid())))
	}
	w.wants(w.Requests.Commit(w.ctx, w.sealed(r, []access.Event{e})), app.ErrTooLarge)
	w.same(w.load(r.ID), r)
}

func openRequests(w *world) {
	staging, production := w.submitted("staging"), w.submitted("production")
	want := map[access.ResourceID]access.RequestID{staging.Resource: staging.ID, production.Resource: production.ID}
	got, err := w.Requests.OpenRequests(w.ctx, w.person("ana"))
	w.fine(err)
	w.same(got, want)
	w.commit(w.decision(staging, access.Deny, "ben"))
	delete(want, staging.Resource)
	got, err = w.Requests.OpenRequests(w.ctx, w.person("ana"))
	w.fine(err)
	w.same(got, want)
}
