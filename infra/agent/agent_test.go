package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"latchkey/functions/lib/httpapi/agents/wire"
)

// laptop is a machine with an agent, whose clock a test moves.
type laptop struct {
	*testing.T
	*Agent
	sudo  *Rehearsal
	at    time.Duration
	holds []wire.Hold // what Latchkey answers
	down  error
	said  []wire.Account // in the last call that arrived
	slow  time.Duration  // that a call takes
	calls int
}

var errCut = errors.New("the network is cut")

func (l *laptop) Sync(_ context.Context, accounts []wire.Account) (wire.Answer, error) {
	l.calls++
	l.at += l.slow
	if l.down != nil {
		return wire.Answer{}, l.down
	}
	l.said = accounts
	return wire.Answer{PollSeconds: 10, Accounts: []string{"ana", "guest"}, Hold: l.holds}, nil
}

func newLaptop(t *testing.T) *laptop {
	l := &laptop{T: t, sudo: &Rehearsal{}, at: time.Hour}
	l.boots(&State{path: filepath.Join(t.TempDir(), stateFile)})
	return l
}

// exactly waits as long as was asked for.
func exactly(d time.Duration) time.Duration { return d }

// boots starts an agent on what an earlier one left.
func (l *laptop) boots(given Given) {
	l.Agent = &Agent{Link: l, Rights: l.sudo, Given: given, Elapsed: func() time.Duration { return l.at }, Spread: exactly, Log: slog.New(slog.DiscardHandler)}
	l.Start()
}

// acts lets the agent act until it waits, and tells for how long.
func (l *laptop) acts() time.Duration {
	for range 10 {
		if wait := l.Once(l.Context()); wait > 0 {
			return wait
		}
	}
	l.Fatal("the agent never waits")
	return 0
}

func (l *laptop) is(account string, want bool) {
	l.Helper()
	if has, _ := l.sudo.Has(account); has != want {
		l.Fatalf("%s has rights: %t", account, has)
	}
}

func (l *laptop) says(account string, present, foreign bool) {
	l.Helper()
	for _, a := range l.said {
		if a.Account == account && a.Present == present && a.Foreign == foreign {
			return
		}
	}
	l.Fatalf("of %s it said %+v", account, l.said)
}

func seconds(n int64) *int64 { return &n }

func TestRightsComeAndGoAsLatchkeySays(t *testing.T) {
	l := newLaptop(t)
	if wait := l.acts(); wait != 10*time.Second {
		t.Errorf("waits %s", wait)
	}
	l.is("ana", false)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(3600)}}
	l.acts()
	l.is("ana", true)
	l.is("guest", false)
	l.says("ana", true, false)
	l.holds = nil
	l.acts()
	l.is("ana", false)
	l.says("ana", false, false)
}

func TestRightsEndInTimeWhereLatchkeyCannotBeReached(t *testing.T) {
	l := newLaptop(t)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(90)}}
	l.slow = 3 * time.Second
	began := l.at
	l.acts()
	l.is("ana", true)
	l.down, l.slow = errCut, 0
	for l.at < began+93*time.Second { // the second call began that late
		l.is("ana", true)
		wait := l.acts()
		if wait > time.Minute {
			t.Fatalf("waits %s", wait)
		}
		l.at += wait
	}
	if l.at > began+93*time.Second+time.Second {
		t.Fatalf("it looks first %s after the end", l.at-began-90*time.Second)
	}
	l.acts()
	l.is("ana", false)
}

// TestAnAnswerThatCameTooLateGivesNothing: its seconds count from when the call
// was begun.
func TestAnAnswerThatCameTooLateGivesNothing(t *testing.T) {
	l := newLaptop(t)
	l.holds, l.slow = []wire.Hold{{Account: "ana", Seconds: seconds(5)}}, 5*time.Second
	l.acts()
	l.is("ana", false)
}

func TestRightsWithoutAnEndStayWhereLatchkeyCannotBeReached(t *testing.T) {
	l := newLaptop(t)
	l.holds = []wire.Hold{{Account: "ana"}}
	l.acts()
	l.down, l.at = errCut, l.at+24*time.Hour
	l.acts()
	l.is("ana", true)
	l.down, l.holds = nil, nil
	l.acts()
	l.is("ana", false)
}

func TestAnExtensionAndAnEarlierEnd(t *testing.T) {
	l := newLaptop(t)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(10)}}
	l.acts()
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(100)}}
	l.acts()
	l.at += 50 * time.Second
	l.is("ana", true)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(20)}}
	l.acts()
	l.down, l.at = errCut, l.at+20*time.Second
	l.acts()
	l.is("ana", false)
}

func TestARefusedKeyTakesEverythingAtOnce(t *testing.T) {
	l := newLaptop(t)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(3600)}, {Account: "guest"}}
	l.acts()
	l.down = ErrRefused
	if wait := l.acts(); wait != refusedWait {
		t.Errorf("waits %s", wait)
	}
	l.is("ana", false)
	l.is("guest", false)
}

func TestAnAgentThatStartsTakesWhatItGaveBefore(t *testing.T) {
	l := newLaptop(t)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(3600)}}
	l.acts()
	l.down = errCut
	l.boots(l.Given)
	l.is("ana", false)
	l.down = nil
	l.acts()
	l.is("ana", true)
}

func TestRightsThatSomeoneElseGaveStay(t *testing.T) {
	l := newLaptop(t)
	_ = l.sudo.Give("ana")
	l.acts()
	l.acts()
	l.says("ana", false, true)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(60)}}
	l.acts()
	l.acts()
	l.says("ana", false, true)
	l.holds = nil
	l.acts()
	l.is("ana", true)
	l.boots(l.Given)
	l.is("ana", true)
}

// stubborn rights cannot be taken, or not be given.
type stubborn struct {
	*Rehearsal
	give, take error
}

func (s *stubborn) Give(account string) error {
	if s.give != nil {
		return s.give
	}
	return s.Rehearsal.Give(account)
}

func (s *stubborn) Take(account string) error {
	if s.take != nil {
		return s.take
	}
	return s.Rehearsal.Take(account)
}

func TestWhatCannotBeTakenIsSaidAndTriedAgain(t *testing.T) {
	l := newLaptop(t)
	s := &stubborn{Rehearsal: l.sudo}
	l.Rights = s
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(60)}}
	l.acts()
	s.take, l.holds = errors.New("read-only"), nil
	l.acts()
	l.acts()
	l.says("ana", true, false)
	l.at += time.Hour
	if wait := l.acts(); wait > firstWait {
		t.Errorf("past the end it waits %s", wait)
	}
	s.take = nil
	l.acts()
	l.is("ana", false)
	l.acts()
	l.says("ana", false, false)
}

func TestWhatCannotBeGivenIsNotSaidToBeThere(t *testing.T) {
	l := newLaptop(t)
	l.Rights = &stubborn{Rehearsal: l.sudo, give: errors.New("no such user")}
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(60)}}
	l.acts()
	l.acts()
	l.says("ana", false, false)
}

// TestAKillBetweenNotingAndGivingLeavesNothing: either way, the next agent takes
// it.
func TestAKillBetweenNotingAndGivingLeavesNothing(t *testing.T) {
	l := newLaptop(t)
	if err := l.Given.Add("ana"); err != nil {
		t.Fatal(err)
	}
	l.boots(l.Given)
	l.is("ana", false)
	_ = l.Given.Add("ana")
	_ = l.sudo.Give("ana")
	l.boots(l.Given)
	l.is("ana", false)
	if len(l.Given.All()) > 0 {
		t.Errorf("still given: %v", l.Given.All())
	}
}

func TestTheStateOutlivesTheAgentAndIsOneAgentsAlone(t *testing.T) {
	folder := t.TempDir()
	s, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	s.Device = "ana-macbook"
	if err := s.Add("ana"); err != nil {
		t.Fatal(err)
	}
	if _, err := open(folder); err == nil {
		t.Fatal("two agents have one state")
	}
	first, _ := s.next(time.UnixMilli(1000))
	second, _ := s.next(time.UnixMilli(900))
	third, _ := s.next(time.UnixMilli(5000))
	if first != 1000 || second != 1001 || third != 5000 {
		t.Errorf("numbers %d, %d, %d", first, second, third)
	}
	copied := State{path: s.path}
	if err := copied.read(); err != nil || copied.Device != "ana-macbook" || !copied.Has("ana") {
		t.Errorf("read %+v, %v", copied, err)
	}
	if number, _ := copied.next(time.UnixMilli(5001)); number <= third {
		t.Errorf("after a restart the number is %d", number)
	}
}

func TestAnExtensionAfterTheLastPollDropsNothing(t *testing.T) {
	l := newLaptop(t)
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(15)}}
	l.acts()
	l.at += l.acts() // 10 s
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(5)}}
	wait := l.acts()
	l.holds = []wire.Hold{{Account: "ana", Seconds: seconds(3600)}} // extended 4 s before the end
	l.at += wait
	watch := &takesWatched{Rehearsal: l.sudo}
	l.Rights = watch
	l.acts()
	if watch.takes > 0 {
		t.Fatalf("taken %d times though it was extended before its end", watch.takes)
	}
}

// takesWatched counts how often rights are taken.
type takesWatched struct {
	*Rehearsal
	takes int
}

func (w *takesWatched) Take(account string) error { w.takes++; return w.Rehearsal.Take(account) }

func TestARehearsalDoesNotForgetWhatWasGivenInEarnest(t *testing.T) {
	s := State{path: filepath.Join(t.TempDir(), stateFile)}
	if err := errors.Join(s.begins(true), s.Add("ana")); err != nil {
		t.Fatal(err)
	}
	if s.begins(false) == nil {
		t.Error("a rehearsal would forget Ana")
	}
	if err := errors.Join(s.begins(true), s.Remove("ana"), s.begins(false)); err != nil {
		t.Error(err)
	}
}
