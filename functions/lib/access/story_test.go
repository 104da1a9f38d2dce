package access_test

import (
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"latchkey/functions/lib/access"
)

// teller tells a story about one request. Each verb is a command; a refusal
// must be named by refused before the story goes on. When the story is over,
// its history is sealed, verified and replayed.
type teller struct {
	*world
	t      *testing.T
	events []access.Event // of the last command
	err    error          // of the last command, not named yet
	said   *access.Error  // the last refusal that was named
}

func story(t *testing.T) *teller {
	s := &teller{world: newWorld(), t: t}
	t.Cleanup(func() {
		s.expected()
		sealed, err := access.Seal(s.history, "", pebbles("story"))
		if err == nil {
			err = access.Verify(sealed)
		}
		if err != nil {
			t.Fatalf("the history does not hold: %v", err)
		}
		replayed, err := access.Replay(sealed)
		if diff := cmp.Diff(s.request, replayed); err != nil || diff != "" {
			t.Fatalf("the history does not lead to the request: %v\n%s", err, diff)
		}
	})
	return s
}

// pebbles are bytes that look random and are always the same.
func pebbles(seed string) io.Reader { return &stones{sha256.Sum256([]byte(seed))} }

type stones struct{ state [32]byte }

func (s *stones) Read(p []byte) (int, error) {
	s.state = sha256.Sum256(s.state[:])
	return copy(p, s.state[:]), nil
}

func (s *teller) expected() {
	s.t.Helper()
	if s.err != nil {
		s.t.Fatalf("%s: refused, which the story did not expect: %v", s.request.Status, s.err)
	}
}

func (s *teller) does(actor access.Actor, c access.Command) *teller {
	s.t.Helper()
	return s.doesAbout(s.facts(actor), c)
}

func (s *teller) doesAbout(f access.Facts, c access.Command) *teller {
	s.t.Helper()
	s.expected()
	s.events, s.err = s.request.Handle(c, f, s.now)
	if s.err != nil && s.events != nil {
		s.t.Fatalf("%T was refused and has events", c)
	}
	if err := s.commit(s.events); err != nil {
		s.t.Fatalf("%T: an event of Handle does not apply: %v", c, err)
	}
	return s
}

// Verbs of people.

func (s *teller) submits(who access.PersonID, resource access.ResourceID, more ...func(*access.Submit)) *teller {
	s.t.Helper()
	return s.submitsFor(who, who, resource, more...)
}

func (s *teller) submitsFor(who, requester access.PersonID, resource access.ResourceID, more ...func(*access.Submit)) *teller {
	s.t.Helper()
	c := access.Submit{ID: "req_01", Reason: "For my work."}
	for _, m := range more {
		m(&c)
	}
	return s.doesAbout(s.factsAbout(s.person(who), requester, resource), c)
}

func lasting(d access.Duration) func(*access.Submit) {
	return func(c *access.Submit) { c.Duration = d }
}

func because(reason string) func(*access.Submit) {
	return func(c *access.Submit) { c.Reason = reason }
}

func answering(field, text string) func(*access.Submit) {
	return func(c *access.Submit) {
		if c.Answers == nil {
			c.Answers = map[string]string{}
		}
		c.Answers[field] = text
	}
}

func (s *teller) approves(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Decide{Verdict: access.Approve})
}

func (s *teller) shortens(who access.PersonID, d access.Duration) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Decide{Verdict: access.Approve, Duration: d})
}

func (s *teller) denies(who access.PersonID, reason string) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Decide{Verdict: access.Deny, Reason: reason})
}

func (s *teller) asks(who access.PersonID, question string) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Decide{Verdict: access.Ask, Reason: question})
}

func (s *teller) answers(who access.PersonID, text string) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Answer{Text: text})
}

func (s *teller) cancels(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Cancel{})
}

func (s *teller) starts(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Start{})
}

func (s *teller) givesBack(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.End{})
}

func (s *teller) overrides(who access.PersonID, v access.Verdict, d access.Duration) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Override{Verdict: v, Reason: "An emergency.", InternalNote: "INC-7", Duration: d})
}

func (s *teller) revokes(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Revoke{Reason: "No longer needed."})
}

func (s *teller) retries(who access.PersonID) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Retry{Reason: "The outage is over."})
}

// Verbs of the workflow and of time.

func (s *teller) workflow(c access.Command) *teller {
	s.t.Helper()
	return s.does(access.System(access.ViaWorkflow), c)
}

func (s *teller) grantBegins() *teller {
	s.t.Helper()
	return s.workflow(access.BeginGrant{})
}

func (s *teller) isSeen() *teller {
	s.t.Helper()
	return s.workflow(access.ObservedPresent{})
}

func (s *teller) isGone() *teller {
	s.t.Helper()
	return s.workflow(access.ObservedAbsent{})
}

func (s *teller) timeUp() *teller {
	s.t.Helper()
	return s.workflow(access.EndDue{})
}

func (s *teller) revocationFails() *teller {
	s.t.Helper()
	return s.workflow(access.RevocationFailed{Code: "throttled"})
}

func (s *teller) sweeps() *teller {
	s.t.Helper()
	return s.does(access.System(access.ViaSweeper), access.NextRun{})
}

func (s *teller) ticks() *teller {
	s.t.Helper()
	return s.does(access.System(access.ViaTimer), access.Tick{})
}

func (s *teller) after(d time.Duration) *teller { s.now = s.now.Add(d); return s }

// holds brings an approved request to active access.
func (s *teller) holds() *teller {
	s.t.Helper()
	return s.grantBegins().is(access.Granting).isSeen().is(access.Active)
}

// What must be true.

func (s *teller) is(want access.Status) *teller {
	s.t.Helper()
	s.expected()
	if s.request.Status != want {
		s.t.Fatalf("the request is %q, not %q", s.request.Status, want)
	}
	return s
}

func (s *teller) refused(code access.Code) *teller {
	s.t.Helper()
	if access.CodeOf(s.err) != code {
		s.t.Fatalf("refused with %v, not with %q", s.err, code)
	}
	errors.As(s.err, &s.said)
	if s.said.Message == "" {
		s.t.Fatalf("%s tells nobody why", code)
	}
	s.err = nil
	return s
}

// about checks which part of the input was at fault.
func (s *teller) about(pointer, code string) *teller {
	s.t.Helper()
	if len(s.said.Fields) != 1 || s.said.Fields[0].Pointer != pointer || s.said.Fields[0].Code != code {
		s.t.Fatalf("the refusal is about %+v, not about %s %s", s.said.Fields, pointer, code)
	}
	return s
}

func (s *teller) happened(want ...access.EventType) *teller {
	s.t.Helper()
	s.expected()
	var got []access.EventType
	for _, e := range s.events {
		got = append(got, e.Type)
	}
	if !slices.Equal(got, want) {
		s.t.Fatalf("what happened is %v, not %v", got, want)
	}
	return s
}

func (s *teller) nothingHappened() *teller { s.t.Helper(); return s.happened() }

func (s *teller) at(what string, got, want time.Time) *teller {
	s.t.Helper()
	if !got.Equal(want) {
		s.t.Fatalf("%s is %v, not %v", what, got, want)
	}
	return s
}

func (s *teller) run(number int, machine access.Machine) *teller {
	s.t.Helper()
	if got := s.request.Run; got != (access.Run{Number: number, Machine: machine}) {
		s.t.Fatalf("the request is with run %v, not with %d of %s", got, number, machine)
	}
	return s
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func (s *teller) reroutes() *teller {
	s.t.Helper()
	return s.does(access.System(access.ViaDirectory), access.Reroute{})
}

func (s *teller) extends(who access.PersonID, d access.Duration) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Extend{Duration: d, Reason: "Not done yet."})
}

func (s *teller) decidesExtension(who access.PersonID, v access.Verdict) *teller {
	s.t.Helper()
	return s.does(s.person(who), access.Decide{Verdict: v, Reason: "So.", Extension: true})
}
