package access

import (
	"slices"
	"time"
)

// Contact is what is known of a device by what its agent said last, and by what
// it was answered.
type Contact struct {
	Device   DeviceID
	Key      string // that the agent signed with
	Seq      int64  // of the agent's call; each is higher than the one before with the same key
	SeenAt   time.Time
	Accounts []Presence
}

// Presence is one person's rights on a device.
type Presence struct {
	Account
	Present  bool // the agent gave them, as it says
	Foreign  bool // they are there without it, as it says
	Promised bool // the agent's last call was answered that they are wanted
}

// Report is what an agent says in a call: what is there on its device.
type Report struct {
	Key      string
	Seq      int64
	Accounts []Reported
}

// Reported is what an agent says of one account.
type Reported struct {
	Account string
	Present bool
	Foreign bool
}

// Want is that a person wants their rights on a device: until then or, where
// Until is zero, without an end.
type Want struct{ Until time.Time }

// Order is what an agent is told to hold: rights for an account, for so long or,
// where For is zero, without an end. What it is not told to hold, it takes away.
type Order struct {
	Account string
	For     time.Duration // whole seconds, counted from when the agent began its call
}

// Next is the contact after a call, and what the agent is answered. The answer
// counts as given before it is sent: whether it arrives nobody knows until the
// next call. An account that the device has no more is remembered until its
// rights are gone.
func (c Contact) Next(d Device, said Report, wants map[PersonID]Want, now time.Time) (Contact, []Order) {
	next := Contact{Device: d.ID, Key: said.Key, Seq: said.Seq, SeenAt: now}
	var orders []Order
	known := map[Account]bool{}
	for _, account := range d.Accounts {
		known[account] = true
		p := said.about(account)
		if want, ok := wants[account.Person]; ok {
			if order, ok := want.order(account.Name, now); ok {
				p.Promised = true
				orders = append(orders, order)
			}
		}
		next.Accounts = append(next.Accounts, p)
	}
	for _, was := range c.Accounts {
		if p := said.about(was.Account); !known[was.Account] && p.Present {
			next.Accounts = append(next.Accounts, p)
		}
	}
	return next, orders
}

// about gives what is said of an account; of one that is not spoken of, that
// nothing is there.
func (r Report) about(account Account) Presence {
	for _, said := range r.Accounts {
		if said.Account == account.Name {
			return Presence{Account: account, Present: said.Present, Foreign: said.Foreign}
		}
	}
	return Presence{Account: account}
}

func (w Want) order(account string, now time.Time) (Order, bool) {
	if w.Until.IsZero() {
		return Order{Account: account}, true
	}
	left := w.Until.Sub(now).Truncate(time.Second)
	return Order{Account: account, For: left}, left > 0
}

// Promises gives those of the orders that were promised.
func (c Contact) Promises(orders []Order) []Order {
	var out []Order
	for _, order := range orders {
		for _, p := range c.Accounts {
			if p.Promised && p.Name == order.Account {
				out = append(out, order)
			}
		}
	}
	return out
}

// WantOf gives what requests that share an entitlement want: the latest of their
// ends.
func WantOf(requests []Request, pace Pace, now time.Time) (want Want, wanted bool) {
	for i := range requests {
		until, ok := requests[i].WantedUntil(pace, now)
		switch {
		case !ok:
		case !wanted, until.IsZero(), !want.Until.IsZero() && until.After(want.Until):
			want, wanted = Want{until}, true
		}
	}
	return want, wanted
}

// Of tells what is known of a person's rights. Ordered: the agent was told to
// give them, and has not said since that it did.
func (c Contact) Of(person PersonID) (present, foreign, ordered bool) {
	for _, p := range c.Accounts {
		if p.Person == person {
			present = present || p.Present
			foreign = foreign || p.Foreign
			ordered = ordered || p.Promised && !p.Present
		}
	}
	return present, foreign, ordered
}

// Held tells whether someone has rights on the device, or may have.
func (c Contact) Held() bool {
	return slices.ContainsFunc(c.Accounts, func(p Presence) bool { return p.Present || p.Promised })
}

// Offline tells whether nothing was heard of the device for so long that it
// cannot be waited for.
func (c Contact) Offline(pace Pace, now time.Time) bool {
	return now.Sub(c.SeenAt) > pace.silence()
}

// silence is for how long a device may not be heard of.
func (p Pace) silence() time.Duration { return 6 * p.Poll }
