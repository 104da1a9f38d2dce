package connector_test

import (
	"context"
	"errors"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
)

var errKilled = errors.New("killed")

// killer ends a function at one of its moments: before a call takes effect, or
// after it. From then on the function does nothing more, until it is revived as
// another.
type killer struct {
	armed bool
	left  int
	dead  bool
}

func (k *killer) killAt(moment int) { k.armed, k.left = true, moment }

// revive tells whether nobody was to be killed, or nobody was.
func (k *killer) revive() bool {
	survived := k.armed && !k.dead
	k.armed, k.dead = false, false
	return survived
}

func (k *killer) moment() bool {
	if k.armed && !k.dead && k.left == 0 {
		k.dead = true
	}
	k.left--
	return k.dead
}

func (k *killer) call(takesEffect func() error) error {
	if k.moment() {
		return errKilled
	}
	err := takesEffect()
	if k.moment() {
		return errKilled
	}
	return err
}

type mortalEntitlements struct {
	app.Entitlements
	*killer
}

func (m mortalEntitlements) Acquire(ctx context.Context, key app.EntitlementKey, lease string, now, until time.Time) (e app.Entitlement, err error) {
	err = m.call(func() (err error) { e, err = m.Entitlements.Acquire(ctx, key, lease, now, until); return err })
	return e, err
}

func (m mortalEntitlements) Record(ctx context.Context, e app.Entitlement) error {
	return m.call(func() error { return m.Entitlements.Record(ctx, e) })
}

type mortalGifts struct {
	app.Gifts
	*killer
}

func (m mortalGifts) PutGift(ctx context.Context, key app.EntitlementKey, g app.Gift) error {
	return m.call(func() error { return m.Gifts.PutGift(ctx, key, g) })
}

type mortalSystem struct {
	connector.System
	*killer
}

func (m mortalSystem) Look(ctx context.Context, account string, t access.Target) (held connector.Held, err error) {
	err = m.call(func() (err error) { held, err = m.System.Look(ctx, account, t); return err })
	return held, err
}

func (m mortalSystem) Set(ctx context.Context, account string, t access.Target, want bool) error {
	return m.call(func() error { return m.System.Set(ctx, account, t, want) })
}
