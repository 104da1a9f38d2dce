package access_test

import (
	"time"

	"pgregory.net/rapid"

	"latchkey/functions/lib/access"
)

// What a random life is made of.
var (
	anyone   = []access.PersonID{"ana", "gus", "ben", "chloe", "dan", "dina", "eli", "eva", "fay"}
	anything = []access.ResourceID{"staging", "figma", "github", "lab", "laptop", "orphan", "vault",
		"release", "board", "audit", "night"}
	verdicts = []access.Verdict{access.Approve, access.Approve, access.Deny, access.Ask, "", "maybe"}
	spans    = []access.Duration{0, 0, 0, minute / 2, minute, 2 * minute, hour, 8 * hour}
	steps    = []time.Duration{0, 0, 0, time.Millisecond, time.Second, time.Second, time.Minute, 2 * time.Minute,
		10 * time.Minute, time.Hour, 24 * time.Hour, 31 * 24 * time.Hour, 301 * 24 * time.Hour}
	words = []string{"", " ", "Because.", "It is needed."}
	ways  = []access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail}
)

func one[T any](t *rapid.T, label string, of []T) T { return rapid.SampledFrom(of).Draw(t, label) }

// anyActor is a person, someone's delegate, or Latchkey itself.
func (w *world) anyActor(t *rapid.T) access.Actor {
	switch rapid.IntRange(0, 9).Draw(t, "kind of actor") {
	case 0:
		return access.System(access.ViaWorkflow)
	case 1, 2:
		return access.Actor{Kind: access.ByPerson, ID: one(t, "delegate", anyone),
			OnBehalfOf: one(t, "on behalf of", anyone), Via: one(t, "via", ways)}
	}
	return access.Actor{Kind: access.ByPerson, ID: one(t, "person", anyone), Via: one(t, "via", ways)}
}

func anyCommand(t *rapid.T) access.Command {
	text := func() string { return one(t, "text", words) }
	span := func() access.Duration { return one(t, "span", spans) }
	return one(t, "command", []func() access.Command{
		func() access.Command { return access.Submit{ID: "req_02", Reason: text(), Duration: span()} },
		func() access.Command {
			return access.Decide{Verdict: one(t, "verdict", verdicts), Reason: text(), Duration: span(),
				Version: rapid.IntRange(0, 3).Draw(t, "seen")}
		},
		func() access.Command {
			return access.Override{Verdict: one(t, "verdict", verdicts), Reason: text(), Duration: span()}
		},
		func() access.Command { return access.Answer{Text: text()} },
		func() access.Command { return access.Cancel{} },
		func() access.Command { return access.Start{} },
		func() access.Command { return access.End{} },
		func() access.Command { return access.Revoke{Reason: text(), InternalNote: text()} },
		func() access.Command { return access.Retry{Reason: text(), InternalNote: text()} },
		func() access.Command { return access.ConfirmAbsent{Reason: text(), InternalNote: text()} },
		func() access.Command { return access.BeginGrant{} },
		func() access.Command { return access.ObservedPresent{} },
		func() access.Command { return access.GrantFailed{Code: "refused"} },
		func() access.Command { return access.EndDue{} },
		func() access.Command { return access.ObservedAbsent{} },
		func() access.Command { return access.ObservedDrift{Present: rapid.Bool().Draw(t, "there")} },
		func() access.Command {
			return access.RevocationFailed{Code: "throttled", HandOver: rapid.Bool().Draw(t, "hand over")}
		},
		func() access.Command { return access.Tick{} },
		func() access.Command { return access.Reroute{} },
		func() access.Command { return access.Extend{Duration: span(), Reason: text()} },
		func() access.Command {
			return access.Decide{Verdict: one(t, "verdict", verdicts), Reason: text(), Duration: span(), Extension: true}
		},
		func() access.Command { return access.Withdraw{Code: "flow_disabled"} },
		func() access.Command { return access.Recall{Code: "device_revoked"} },
		func() access.Command { return access.Suspend{} },
		func() access.Command { return access.NextRun{} },
		func() access.Command { return access.LookAfter{} },
	})()
}

// likely is what often comes next, so that lives get somewhere.
func (w *world) likely(t *rapid.T) (access.Actor, access.Command) {
	requester := w.person(w.request.Requester)
	workflow := access.System(access.ViaWorkflow)
	switch w.request.Status {
	case access.Pending, access.NeedsInfo:
		if w.request.Status == access.NeedsInfo && rapid.Bool().Draw(t, "answer") {
			return requester, access.Answer{Text: "It is needed."}
		}
		step := w.facts(requester).Steps[w.request.Step()]
		return w.person(one(t, "candidate", append(step.Candidates, requester.ID, one(t, "anyone", anyone)))), access.Decide{Verdict: access.Approve}
	case access.MissingData:
		return w.person(one(t, "overrider", []access.PersonID{"eva", "eli"})), access.Override{Verdict: access.Approve, Reason: "An emergency."}
	case access.Ready:
		return requester, access.Start{}
	case access.Approved:
		return workflow, access.BeginGrant{}
	case access.Granting:
		return workflow, one(t, "grant", []access.Command{access.ObservedPresent{}, access.ObservedPresent{}, access.GrantFailed{Code: "refused"}})
	case access.Active:
		if w.request.Timed() && w.request.Due.Before(w.request.EndsAt) && rapid.Bool().Draw(t, "tell") {
			w.now = w.request.Due
			return access.System(access.ViaSweeper), access.LookAfter{}
		}
		w.now = w.now.Add(time.Duration(w.request.Given))
		return workflow, access.EndDue{}
	case access.Ending, access.Stuck:
		if w.request.Status == access.Stuck && rapid.Bool().Draw(t, "confirm") {
			return w.person(one(t, "admin", []access.PersonID{"eva", "eli"})), access.ConfirmAbsent{Reason: "The system is gone."}
		}
		return workflow, one(t, "end", []access.Command{access.ObservedAbsent{}, access.RevocationFailed{Code: "throttled"},
			access.RevocationFailed{Code: "throttled"}})
	}
	return w.person("eva"), access.Retry{Reason: "The outage is over."}
}

// live tells a random life and calls watch before and after each command.
func live(t *rapid.T, watch func(w *world, c access.Command, f access.Facts)) *world {
	w := newWorld()
	requester, submitter := one(t, "requester", anyone), one(t, "submitter", anyone)
	if !rapid.Bool().Draw(t, "for someone else") {
		submitter = requester
	}
	f := w.factsAbout(w.person(submitter), requester, one(t, "resource", anything))
	submit := access.Submit{ID: "req_01", Reason: "For my work."}
	if f.Flow.Duration.Mode == access.DurationChoice {
		submit.Duration = f.Flow.Duration.Choices[0]
	}
	watch(w, submit, f)
	for range rapid.IntRange(10, 60).Draw(t, "length") {
		w.now = w.now.Add(one(t, "later", steps))
		if rapid.IntRange(0, 19).Draw(t, "suspend") == 0 {
			p := w.people[one(t, "whom", anyone)]
			p.suspended = !p.suspended
		}
		var actor access.Actor
		var c access.Command
		if rapid.Bool().Draw(t, "likely") {
			actor, c = w.likely(t)
		} else {
			actor, c = w.anyActor(t), anyCommand(t)
		}
		watch(w, c, w.facts(actor))
	}
	return w
}
