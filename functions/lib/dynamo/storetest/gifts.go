package storetest

import (
	"time"

	"latchkey/functions/lib/app"
)

func gifts(w *world) {
	key, other := w.entitlement(), w.entitlement()
	other.Target.ID += "#more"
	remembers := func(key app.EntitlementKey, want app.Gift) {
		w.Helper()
		got, err := w.Gifts.Gift(w.ctx, key)
		w.fine(err)
		if got.Account != want.Account || !got.TakenAt.Equal(want.TakenAt) {
			w.Errorf("remembered is %+v, want %+v", got, want)
		}
	}
	remembers(key, app.Gift{})
	w.acquire("one", w.now)
	for _, g := range []app.Gift{{Account: "a-1"}, {Account: "a-1", TakenAt: w.now}, {Account: "a-2"}, {Account: "a-2", TakenAt: w.now.Add(time.Second)}} {
		w.fine(w.Gifts.PutGift(w.ctx, key, g))
		remembers(key, g)
	}
	remembers(other, app.Gift{})
	w.holds()
	if e := w.acquire("one", w.now); e.Present || e.Lease != "one" {
		w.Errorf("with a gift the entitlement is %+v", e)
	}
}
