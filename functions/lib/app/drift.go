package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"latchkey/functions/lib/access"
)

// saw notes what was observed while the access was wanted, or not.
func (e *Entitlement) saw(o Observation, want bool, now time.Time) {
	e.Present, e.Foreign, e.ObservedAt, e.GoneAt = o.Present, o.Foreign, now, time.Time{}
	if !want && o.Meets(false) {
		e.GoneAt = now
	}
}

// again tells whether access that was gone is there again: Latchkey's own, or in
// its place someone else's that was not there when it ended.
func (e *Entitlement) again(o Observation) bool {
	return !e.GoneAt.IsZero() && (o.Present || o.Foreign && o.Sole && !e.Foreign)
}

// scheduleCheck says when the entitlement is to be checked. A check that comes
// soon enough stays, since to move one costs writes.
func (a *App) scheduleCheck(e *Entitlement) {
	now, every := a.now(), time.Duration(a.DriftEvery)
	if e.CheckAt.After(now) && !e.CheckAt.After(now.Add(every)) {
		return
	}
	e.CheckAt = access.NextCheck(every, e.GoneAt, e.Readded != "", now)
}

// mostChecks bounds the checks that one sweep asks for in each shard, so that they
// load the outside evenly: 80 a sweep, 4,800 an hour at one a minute.
const mostChecks = 10

// AskForChecks asks for the checks that are due, and tells how many those were.
func (a *App) AskForChecks(ctx context.Context) (int, error) {
	asked := 0
	var failed []error
	for shard := range Shards {
		keys, err := a.Entitlements.ToCheck(ctx, shard, a.now(), mostChecks)
		failed = append(failed, err)
		for _, key := range keys {
			err := a.Checks.Ask(ctx, key)
			failed = append(failed, err)
			if err == nil {
				asked++
			}
		}
	}
	return asked, errors.Join(failed...)
}

// ActionCheck is what the provisioner is asked to do with a CheckInput.
const ActionCheck = "check"

// CheckInput names an entitlement to the provisioner, as a hint.
type CheckInput struct {
	Person    access.PersonID `json:"person,omitempty"`
	Connector string          `json:"connector,omitempty"`
	Target    string          `json:"target,omitempty"`
}

// Key is the entitlement's.
func (in CheckInput) Key() EntitlementKey {
	return EntitlementKey{Person: in.Person, Target: access.Target{Connector: in.Connector, ID: in.Target}}
}

// ErrUnobserved: a connector could not tell what is there. The next check asks
// again.
var ErrUnobserved = errors.New("not observed")

// Check compares an entitlement with the outside and flags on its requests what
// differs. It observes, and never gives or takes. Whatever comes of it, the next
// check is arranged; where someone else works on the entitlement, or nobody ever
// did, there is nothing to check.
func (a *App) Check(ctx context.Context, key EntitlementKey) error {
	now := a.now()
	e, err := a.Entitlements.Acquire(ctx, key, a.NewID(), now, now.Add(LeaseTime))
	if errors.Is(err, ErrLeased) {
		return nil
	}
	if err != nil {
		return err
	}
	if e.Last == "" {
		return a.Entitlements.Record(ctx, e)
	}
	work, done := leaving(ctx, recording)
	defer done()
	failed := a.compare(work, &e)
	a.scheduleCheck(&e)
	if err := a.Entitlements.Record(ctx, e); err != nil {
		return err
	}
	return failed
}

// compare looks at who holds the entitlement before and after it looks outside:
// what changed meanwhile is no drift.
func (a *App) compare(ctx context.Context, e *Entitlement) error {
	holders, err := a.Entitlements.Holders(ctx, e.EntitlementKey)
	if err == nil && len(holders) == 0 && e.GoneAt.IsZero() {
		err = a.confirmedGone(ctx, e)
	}
	if err != nil {
		return err
	}
	connector, ok := a.Connectors[e.Target.Connector]
	if !ok {
		return errors.Join(ErrUnobserved, &Refusal{Code: "unknown_connector"})
	}
	seen, err := connector.Observe(ctx, e.EntitlementKey)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnobserved, err)
	}
	if still, err := a.Entitlements.Holders(ctx, e.EntitlementKey); err != nil || !slices.Equal(holders, still) {
		return err
	}
	e.Present, e.ObservedAt = seen.Present, a.now()
	for _, id := range holders {
		if _, err := a.flag(ctx, id, seen.Meets(true)); err != nil {
			return err
		}
	}
	return a.flagGone(ctx, e, len(holders) == 0 && e.again(seen))
}

// confirmedGone takes admins' word for when access went that was never observed to
// be gone.
func (a *App) confirmedGone(ctx context.Context, e *Entitlement) error {
	last, err := a.Requests.Load(ctx, e.Last)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err == nil && (last.Status == access.Ended || last.Status == access.Failed) {
		e.GoneAt = last.EndedAt
	}
	return err
}

// flagGone flags access that is there again on the request for which it was last
// taken, and clears the flag of another, or where it is gone or held.
func (a *App) flagGone(ctx context.Context, e *Entitlement, again bool) error {
	if e.Readded != "" && (!again || e.Readded != e.Last) {
		stored, err := a.Requests.Load(ctx, e.Readded)
		if err == nil && !stored.Status.Holds() { // if it was tried again, its flag is about that
			_, err = a.flag(ctx, e.Readded, false)
		}
		if err != nil {
			return err
		}
		e.Readded = ""
	}
	if !again {
		return nil
	}
	r, err := a.flag(ctx, e.Last, true)
	if r.Drift == access.DriftReadded {
		e.Readded = e.Last
	}
	return err
}

func (a *App) flag(ctx context.Context, id access.RequestID, present bool) (access.Request, error) {
	return a.change(ctx, id, access.ObservedDrift{Present: present}, a.bySystem(access.ViaSweeper))
}

// alarmReadded tells the operators about access that is there again after its end.
func (a *App) alarmReadded(ctx context.Context, r access.Request) error {
	return a.Alarms.Raise(ctx, "Latchkey: access of "+string(r.ID)+" is there again",
		fmt.Sprintf("Request %s: person %s has the access to %s again, which ended at %s. Nobody asked Latchkey for it.\n"+
			"Latchkey leaves it as it is. Find out who gave it; if it is not to be, take it away at its source. "+
			"The flag on the request goes once it is gone.\n",
			r.ID, r.Requester, r.Target, r.EndedAt.Format(time.RFC3339)))
}
