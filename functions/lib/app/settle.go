package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"latchkey/functions/lib/access"
)

// errUnsettled: the connector took the order, and it cannot be observed yet.
var errUnsettled = errors.New("not observed yet")

// settle makes a request's entitlement what its holders want, and gives what was
// observed once that is so. It is level-triggered: it reads who holds the entitlement
// now, whatever brought it here, so that overlapping requests never cut each
// other off, and nothing but the stored wish can give access. One settles at a
// time (ErrLeased).
func (a *App) settle(ctx context.Context, r access.Request) (Entitlement, error) {
	key := EntitlementKey{Person: r.Requester, Target: r.Target}
	connector, ok := a.Connectors[r.Target.Connector]
	if !ok {
		return Entitlement{}, &Refusal{Code: "unknown_connector"}
	}
	now := a.now()
	e, err := a.Entitlements.Acquire(ctx, key, a.NewID(), now, now.Add(LeaseTime))
	if err != nil {
		return e, err
	}
	if !r.Status.Holds() {
		// While others hold it, what leaves takes nothing with it, and depends on
		// nothing outside: whoever holds it last takes it away.
		if others, err := a.wanted(ctx, key); err != nil || others {
			return e, errors.Join(err, a.Entitlements.Record(ctx, e))
		}
	}
	work, done := leaving(ctx, recording)
	defer done()
	failed := a.makeSo(work, connector, &e)
	e.Last = r.ID
	a.scheduleCheck(&e)
	if err := a.Entitlements.Record(ctx, e); err != nil {
		return e, errors.Join(failed, err)
	}
	return e, failed
}

// recording is the time that is kept for giving the lease back.
const recording = 5 * time.Second

// leaving gives a context that ends so long before the other does, if that ends.
func leaving(ctx context.Context, left time.Duration) (context.Context, context.CancelFunc) {
	deadline, ends := ctx.Deadline()
	if !ends {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-left))
}

// makeSo brings the outside in line with the wish, and reads the wish again
// afterwards: it may have changed meanwhile.
func (a *App) makeSo(ctx context.Context, connector Connector, e *Entitlement) error {
	for range 3 {
		want, err := a.wanted(ctx, e.EntitlementKey)
		if err != nil {
			return err
		}
		if err := a.ensure(ctx, connector, e, want); err != nil {
			return err
		}
		if still, err := a.wanted(ctx, e.EntitlementKey); err != nil || still == want {
			return err
		}
	}
	return errUnsettled
}

// wanted tells whether anyone holds the entitlement.
func (a *App) wanted(ctx context.Context, key EntitlementKey) (bool, error) {
	holders, err := a.Entitlements.Holders(ctx, key)
	return len(holders) > 0, err
}

// ensure calls the connector where what is observed is not what is wanted.
// Access that someone else gave is noted, and never touched.
func (a *App) ensure(ctx context.Context, connector Connector, e *Entitlement, want bool) error {
	seen, err := connector.Observe(ctx, e.EntitlementKey)
	if err != nil {
		return fmt.Errorf("observe: %w", err)
	}
	if !seen.Meets(want) {
		if err := connector.Ensure(ctx, e.EntitlementKey, want); err != nil {
			return fmt.Errorf("ensure: %w", err)
		}
		if seen, err = connector.Observe(ctx, e.EntitlementKey); err != nil {
			return fmt.Errorf("observe: %w", err)
		}
	}
	e.saw(seen, want, a.now())
	if !seen.Meets(want) {
		return errUnsettled
	}
	return nil
}
