package connector_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/connector/conformance"
)

// plain is a system that has access or has it not. It knows who asked, which it
// tells nobody but the test. Everybody's account is "u-" and their id, unless it
// is named.
type plain struct {
	mu      sync.Mutex
	made    map[app.EntitlementKey]maker // by account
	named   map[access.PersonID]string
	refused access.Target
	fault   *conformance.Fault
	held    func()
}

type maker int

const (
	nobodyMade maker = iota
	latchkeyMade
	otherMade
)

func newPlain() *plain {
	return &plain{made: map[app.EntitlementKey]maker{}, named: map[access.PersonID]string{},
		refused: access.Target{Connector: "plain", ID: "none"}}
}

func (p *plain) accountOf(id access.PersonID) string {
	if name, ok := p.named[id]; ok {
		return name
	}
	return "u-" + string(id)
}

func of(account string, t access.Target) app.EntitlementKey {
	return app.EntitlementKey{Person: access.PersonID(account), Target: t}
}

func (p *plain) Account(ctx context.Context, id access.PersonID) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	account := p.accountOf(id)
	if account == "" {
		return "", &app.Refusal{Code: "unknown_user"}
	}
	return account, ctx.Err()
}

func (p *plain) Look(ctx context.Context, account string, t access.Target) (connector.Held, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault != nil && *p.fault == conformance.Blind {
		p.fault = nil
		return connector.Held{}, errNoAnswer
	}
	return connector.Held{Direct: p.made[of(account, t)] != nobodyMade}, ctx.Err()
}

func (p *plain) make(key app.EntitlementKey, by maker) {
	if by == nobodyMade || p.made[key] == nobodyMade {
		p.made[key] = by
	}
}

func (p *plain) Set(ctx context.Context, account string, t access.Target, want bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if t == p.refused {
		return &app.Refusal{Code: "not_here"}
	}
	by := nobodyMade
	if want {
		by = latchkeyMade
	}
	if p.fault == nil || *p.fault == conformance.Blind {
		p.make(of(account, t), by)
		return nil
	}
	fault := *p.fault
	p.fault = nil
	switch fault {
	case conformance.Lost:
		p.make(of(account, t), by)
	case conformance.Late:
		p.held = func() { p.make(of(account, t), by) }
	case conformance.Twice:
		p.make(of(account, t), by)
		p.make(of(account, t), by)
		return nil
	}
	return errNoAnswer
}

// truth tells what an account has, and by whose doing.
func (p *plain) truth(key app.EntitlementKey) app.Observation {
	p.mu.Lock()
	defer p.mu.Unlock()
	made := p.made[of(p.accountOf(key.Person), key.Target)]
	return app.Observation{Present: made == latchkeyMade, Foreign: made == otherMade}
}

func (p *plain) gives(key app.EntitlementKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.make(of(p.accountOf(key.Person), key.Target), otherMade)
}

// notebook are gifts in memory.
type notebook struct {
	mu     sync.Mutex
	gifts  map[app.EntitlementKey]app.Gift
	writes int
}

func (n *notebook) Gift(ctx context.Context, key app.EntitlementKey) (app.Gift, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.gifts[key], ctx.Err()
}

func (n *notebook) PutGift(ctx context.Context, key app.EntitlementKey, g app.Gift) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.gifts == nil {
		n.gifts = map[app.EntitlementKey]app.Gift{}
	}
	n.gifts[key] = g
	n.writes++
	return ctx.Err()
}

func TestRememberedConforms(t *testing.T) {
	conformance.Run(t, func(*testing.T) conformance.Subject {
		p := newPlain()
		return conformance.Subject{
			Connector: connector.Remembered{System: p, Gifts: &notebook{}, Clock: time.Now},
			People:    [2]access.PersonID{"ana", "ben"},
			Targets:   [2]access.Target{{Connector: "plain", ID: "one"}, {Connector: "plain", ID: "two"}},
			Refused:   p.refused, Truth: p.truth, Sole: true, GiveForeign: p.gives,
			Meet: func(f conformance.Fault) func() {
				p.fault, p.held = &f, func() {}
				return func() { p.held(); p.fault = nil }
			},
		}
	})
}

// told is a remembered system at a moment that the test moves.
type told struct {
	*testing.T
	*plain
	notes *notebook
	at    time.Time
}

var anaOne = app.EntitlementKey{Person: "ana", Target: access.Target{Connector: "plain", ID: "one"}}

func tell(t *testing.T) *told {
	return &told{t, newPlain(), &notebook{}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

func (s *told) connector() connector.Remembered {
	return connector.Remembered{System: s.plain, Gifts: s.notes, Clock: func() time.Time { return s.at }}
}

func (s *told) wants(want bool) {
	s.Helper()
	if err := s.connector().Ensure(s.Context(), anaOne, want); err != nil {
		s.Fatal(err)
	}
}

func (s *told) sees(want app.Observation) {
	s.Helper()
	if got, err := s.connector().Observe(s.Context(), anaOne); err != nil || got != want {
		s.Errorf("observed %+v, %v; want %+v", got, err, want)
	}
}

func (s *told) has(account string, want maker) {
	s.Helper()
	if got := s.made[of(account, anaOne.Target)]; got != want {
		s.Errorf("%s has it by %d, want %d", account, got, want)
	}
}

// TestWhatWasGivenIsTakenFromWhoeverHasIt: whatever their email leads to by then.
func TestWhatWasGivenIsTakenFromWhoeverHasIt(t *testing.T) {
	for name, now := range map[string]string{"she left": "", "her email leads to another": "u-other"} {
		t.Run(name, func(t *testing.T) {
			s := tell(t)
			s.wants(true)
			s.named["ana"] = now
			s.sees(app.Observation{Present: true})
			s.wants(false)
			s.has("u-ana", nobodyMade)
			s.sees(app.Observation{})
		})
	}
}

// TestWhatIsGivenAnewLeavesNothingBehind: where it went to another account before.
func TestWhatIsGivenAnewLeavesNothingBehind(t *testing.T) {
	s := tell(t)
	s.wants(true)
	s.named["ana"] = "u-new"
	s.wants(true)
	s.has("u-ana", nobodyMade)
	s.has("u-new", latchkeyMade)
}

func TestWhoHasNoAccountHasNothing(t *testing.T) {
	s := tell(t)
	s.named["ana"] = ""
	s.sees(app.Observation{})
	if err := s.connector().Ensure(t.Context(), anaOne, true); err == nil {
		t.Error("given to nobody")
	}
	s.wants(false)
	if s.notes.writes > 0 {
		t.Error("what was never given is remembered")
	}
}

// TestAnOrderWithoutEffectIsTakenBack: it is not gone before that.
func TestAnOrderWithoutEffectIsTakenBack(t *testing.T) {
	s := tell(t)
	down := conformance.Down
	s.fault = &down
	if err := s.connector().Ensure(t.Context(), anaOne, true); err == nil {
		t.Fatal("the order arrived")
	}
	s.sees(app.Observation{Ordered: true})
	s.wants(false)
	s.sees(app.Observation{})
}

// TestWhatTurnsUpLongAfterwardsIsSomeoneElses: at first it may be an order that was
// on its way.
func TestWhatTurnsUpLongAfterwardsIsSomeoneElses(t *testing.T) {
	s := tell(t)
	s.wants(true)
	s.wants(false)
	s.at = s.at.Add(4 * time.Minute)
	s.gives(anaOne)
	s.sees(app.Observation{Present: true})
	s.at = s.at.Add(time.Minute)
	s.sees(app.Observation{Foreign: true, Sole: true})
	s.wants(true)
	s.wants(false)
	s.has("u-ana", otherMade)
}

// TestNothingIsWrittenWithoutNeed: an order is remembered once, and what others
// gave not at all.
func TestNothingIsWrittenWithoutNeed(t *testing.T) {
	s := tell(t)
	for range 2 {
		s.wants(true)
	}
	if s.notes.writes != 1 {
		t.Errorf("%d writes of one gift", s.notes.writes)
	}
	other := tell(t)
	other.gives(anaOne)
	other.wants(true)
	other.wants(false)
	if other.notes.writes != 0 {
		t.Errorf("%d writes of what others gave", other.notes.writes)
	}
}
