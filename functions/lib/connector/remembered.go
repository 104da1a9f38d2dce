package connector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// System is an outside system that has access or has it not, and cannot tell by
// whose doing. Its errors are a connector's.
type System interface {
	// Account finds the person's account as things are now. *app.Refusal
	// "unknown_user" where there is none.
	Account(ctx context.Context, person access.PersonID) (string, error)
	// Look tells what an account has. One that is gone has nothing.
	Look(ctx context.Context, account string, t access.Target) (Held, error)
	// Set makes it so. It may be repeated.
	Set(ctx context.Context, account string, t access.Target, want bool) error
}

// Held is what an account has of a target.
type Held struct {
	Direct  bool // in the way in which Set gives it: there once or not at all
	Through bool // in another way, beside that
}

// Remembered is a connector to such a system. It remembers what Latchkey gave, and
// to whom there, before it gives it. So a crash at any moment never makes
// Latchkey's own access look like someone else's; what was there before is
// someone else's, and stays; and what was given can be taken away although the
// person has left the directory, or has another email by then.
type Remembered struct {
	System System
	Gifts  app.Gifts
	Clock  func() time.Time
}

// settling is how long after it was taken access that turns up is still taken
// for Latchkey's: an order may have been on its way for so long.
const settling = 5 * time.Minute

// ours tells whether access that is there now is a gift of Latchkey's.
func (r Remembered) ours(g app.Gift) bool {
	return g.Account != "" && (g.TakenAt.IsZero() || r.Clock().Before(g.TakenAt.Add(settling)))
}

// Ensure gives the access to the account that the person has now, unless someone
// else gave it; or takes back what Latchkey gave.
func (r Remembered) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	gift, err := r.gift(ctx, key)
	if err != nil {
		return err
	}
	if !want {
		return r.take(ctx, key, gift)
	}
	account, err := r.System.Account(ctx, key.Person)
	if err != nil {
		return err
	}
	if r.ours(gift) && gift.Account != account {
		if err := r.take(ctx, key, gift); err != nil {
			return err
		}
		gift = app.Gift{}
	}
	if !r.ours(gift) {
		if held, err := r.System.Look(ctx, account, key.Target); err != nil || held.Direct {
			return err
		}
	}
	if err := r.remember(ctx, key, gift, app.Gift{Account: account}); err != nil {
		return err
	}
	return r.System.Set(ctx, account, key.Target, true)
}

func (r Remembered) take(ctx context.Context, key app.EntitlementKey, gift app.Gift) error {
	if !r.ours(gift) {
		return nil
	}
	if err := r.System.Set(ctx, gift.Account, key.Target, false); err != nil {
		return err
	}
	return r.remember(ctx, key, gift, app.Gift{Account: gift.Account, TakenAt: r.Clock()})
}

// Observe looks at the account that was given to, else at the one that the person
// has now; without any there is nothing. What the system refuses to show, of
// access that Latchkey never gave, is not there by its doing.
func (r Remembered) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	gift, err := r.gift(ctx, key)
	if err != nil {
		return app.Observation{}, err
	}
	ours, account := r.ours(gift), gift.Account
	if !ours {
		account, err = r.System.Account(ctx, key.Person)
	}
	var held Held
	if err == nil {
		held, err = r.System.Look(ctx, account, key.Target)
	}
	var refusal *app.Refusal
	if !ours && errors.As(err, &refusal) {
		return app.Observation{}, nil
	}
	if err != nil {
		return app.Observation{}, err
	}
	return app.Observation{
		Present: held.Direct && ours,
		Foreign: held.Direct && !ours || held.Through,
		Sole:    held.Direct && !ours,
		Ordered: ours && gift.TakenAt.IsZero() && !held.Direct,
	}, nil
}

func (r Remembered) gift(ctx context.Context, key app.EntitlementKey) (app.Gift, error) {
	gift, err := r.Gifts.Gift(ctx, key)
	if err != nil {
		return gift, fmt.Errorf("gift: %w", err)
	}
	return gift, nil
}

// remember writes only what is new.
func (r Remembered) remember(ctx context.Context, key app.EntitlementKey, before, after app.Gift) error {
	if before == after {
		return nil
	}
	if err := r.Gifts.PutGift(ctx, key, after); err != nil {
		return fmt.Errorf("gift: %w", err)
	}
	return nil
}
