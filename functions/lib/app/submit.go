package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"latchkey/functions/lib/access"
)

// Submission is what someone asks for.
type Submission struct {
	Resource access.ResourceID
	Reason   string
	Duration access.Duration
	Answers  map[string]string
	StartsAt time.Time        // zero: at once
	Follows  access.RequestID // the denied request that it is submitted again for, or ""
	For      access.PersonID  // who is to have the access; "" is the caller
	Bundle   string
	Key      string // Idempotency-Key, or ""
}

// keyLifetime is how long an idempotency key is remembered.
const keyLifetime = 24 * time.Hour

// Submit asks for access for the caller. The same key with the same submission
// gives the request that the first one made.
func (a *App) Submit(ctx context.Context, c Caller, s Submission) (access.Request, error) {
	return a.submit(ctx, c, s, false)
}

// Preview resolves who would have to approve a submission, and stores nothing.
func (a *App) Preview(ctx context.Context, c Caller, s Submission) (access.Request, error) {
	return a.submit(ctx, c, s, true)
}

func (a *App) submit(ctx context.Context, c Caller, s Submission, dry bool) (access.Request, error) {
	if dry {
		s.Key = "" // what was asked for is no answer to who would decide
	}
	key := s.idempotency(c.Person.ID)
	if known, ok, err := a.replayed(ctx, key); err != nil || ok {
		return known, err
	}
	r, err := a.submitNew(ctx, c, s, key, dry)
	if access.CodeOf(err) != "" {
		// What refuses it may be what the same key has made since.
		if known, ok, again := a.replayed(ctx, key); again != nil || ok {
			return known, again
		}
	}
	return r, err
}

func (a *App) submitNew(ctx context.Context, c Caller, s Submission, key *Idempotency, dry bool) (access.Request, error) {
	f, err := a.submissionFacts(ctx, c, s.Resource, s.For)
	if err != nil {
		return access.Request{}, err
	}
	id := access.RequestID("req_" + a.NewID())
	var none access.Request
	now := a.now()
	if f.Resubmits, err = a.denied(ctx, f.Requester.ID, s.Follows); err != nil {
		return access.Request{}, err
	}
	submit := access.Submit{ID: id, Reason: s.Reason, Duration: s.Duration, Answers: s.Answers, StartsAt: s.StartsAt, Bundle: s.Bundle}
	events, err := none.Handle(submit, f, now)
	if err != nil {
		return access.Request{}, err
	}
	// Policies see nothing but what may be submitted.
	if f.Policy = a.policyVerdict(ctx, s, f, now); f.Policy.Verdict != "" {
		if events, err = none.Handle(submit, f, now); err != nil {
			return access.Request{}, err
		}
	}
	if dry {
		for _, e := range events {
			if err := none.Apply(e); err != nil {
				return access.Request{}, err
			}
		}
		return none, nil
	}
	if key != nil {
		key.Request, key.Expires = id, now.Add(keyLifetime)
	}
	r, err := a.store(ctx, id, events, key)
	if err != nil {
		return r, err
	}
	return r, a.announce(ctx, f.Actor, r, events)
}

// store commits a new request. A time-out is followed by a look at whether it
// is there.
func (a *App) store(ctx context.Context, id access.RequestID, events []access.Event, key *Idempotency) (access.Request, error) {
	for attempt := range attempts {
		r, err := a.commit(ctx, Stored{}, events, key, nil)
		var used *Replayed
		switch {
		case err == nil:
			return r, nil
		case errors.As(err, &used):
			known, _, err := a.replayed(ctx, key)
			return known, err
		case !errors.Is(err, ErrUnknown) && !errors.Is(err, ErrConflict):
			return r, err
		}
		if stored, err := a.Requests.Load(ctx, id); err == nil {
			return stored.Request, nil
		}
		if err := a.backOff(ctx, attempt); err != nil {
			return access.Request{}, err
		}
	}
	return access.Request{}, access.Refuse(access.CodeBusy, "Please try again.")
}

// submissionFacts finds the flow that serves the resource for the caller. One
// that is not open to them is as one that is not there.
func (a *App) submissionFacts(ctx context.Context, c Caller, id access.ResourceID, who access.PersonID) (access.Facts, error) {
	f := access.Facts{Actor: c.Actor(), Principals: c.Principals, Admin: c.Admin, Pace: a.Pace, Minimum: a.Minimum}
	var err error
	f.Requester = access.Subject{ID: c.Person.ID, Active: c.Person.Active(), Manager: c.Person.Manager, Principals: c.Principals}
	other := who != "" && who != c.Person.ID
	if other {
		if f.Requester, err = a.subject(ctx, who); err != nil {
			return f, err
		}
	}
	resource, err := a.Catalog.Resource(ctx, id)
	if err != nil {
		return f, err
	}
	flows, err := a.Catalog.FlowsOf(ctx, id)
	if err != nil {
		return f, err
	}
	flow, ok := access.Serving(flows, id, f.Requester.Principals)
	if other && !flow.LetsAskFor(f.Requester, c.Person.ID, c.Principals) {
		return f, access.NotForThem() // before anything tells what is open to them
	}
	if !resource.Exists() || !ok {
		return f, notFound("resource")
	}
	f.Resource, f.Flow = resource.Doc, flow
	f.Steps = make([]access.Resolved, len(flow.Steps))
	none := access.Request{}
	if f.Steps[0], err = a.resolve(ctx, flow.Steps[0], f.Requester.Manager, resource.Doc.Owner, nil, none.Enough(flow, 0)); err != nil {
		return f, err
	}
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return f, err
	}
	f.Settings = settings.Doc
	f.Usage, err = a.usage(ctx, f.Requester.ID, id, f.Settings)
	return f, err
}

// denied reads the request that a submission names. Whether it may be followed
// is not decided here; what the caller may not see is as one that is not there.
func (a *App) denied(ctx context.Context, requester access.PersonID, id access.RequestID) (*access.Request, error) {
	if id == "" {
		return nil, nil
	}
	stored, err := a.Requests.Load(ctx, id)
	if errors.Is(err, ErrNotFound) || err == nil && stored.Requester != requester {
		return &access.Request{}, nil
	}
	return &stored.Request, err
}

func (a *App) usage(ctx context.Context, person access.PersonID, resource access.ResourceID, s access.Settings) (access.Usage, error) {
	open, err := a.Requests.OpenRequests(ctx, person)
	if err != nil {
		return access.Usage{}, err
	}
	u := access.Usage{OpenRequests: len(open), OpenRequest: open[resource]}
	if s.MaxSubmissionsPerHour > 0 {
		times, err := a.Requests.SubmittedSince(ctx, person, a.now().Add(-time.Hour), s.MaxSubmissionsPerHour)
		if err != nil {
			return u, err
		}
		if u.LastHour = len(times); u.LastHour > 0 {
			u.OldestLastHour = times[0]
		}
	}
	return u, nil
}

// idempotency is the submission's key with a hash of what was sent.
func (s Submission) idempotency(person access.PersonID) *Idempotency {
	if s.Key == "" {
		return nil
	}
	// A struct of plain values always marshals, and maps in sorted order.
	body, _ := json.Marshal([]any{s.Resource, s.Reason, s.Duration.String(), s.Answers, s.StartsAt.UTC(), s.Follows, s.For, s.Bundle})
	sum := sha256.Sum256(body)
	return &Idempotency{Person: person, Key: s.Key, Body: hex.EncodeToString(sum[:])}
}

// replayed gives the request that a key has made before.
func (a *App) replayed(ctx context.Context, key *Idempotency) (access.Request, bool, error) {
	if key == nil {
		return access.Request{}, false, nil
	}
	record, err := a.Requests.Idempotency(ctx, key.Person, key.Key)
	if errors.Is(err, ErrNotFound) || err == nil && !record.Expires.After(a.now()) {
		return access.Request{}, false, nil
	}
	if err != nil {
		return access.Request{}, false, err
	}
	if record.Body != key.Body {
		return access.Request{}, false, access.Refuse(access.CodeIdempotencyReused,
			"This Idempotency-Key was used for another request.")
	}
	stored, err := a.load(ctx, record.Request)
	return stored.Request, true, err
}
