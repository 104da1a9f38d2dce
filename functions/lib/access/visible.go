package access

import (
	"slices"
	"time"
)

// MayRead tells whether someone may know that a request exists: its requester,
// who submitted it, the current approvers of steps that have opened, whoever
// decided, and admins.
func (r *Request) MayRead(f Facts) bool {
	id := f.Actor.ID
	if f.Admin || id == r.Requester || id == r.SubmittedBy || id == r.DecidedBy && id != "" {
		return true
	}
	if id == r.LastExtension.By && id != "" {
		return true
	}
	if f.approverOf(r.Extension.Principals) || f.sitsInFor(r, r.Extension.Principals) {
		return true
	}
	return slices.ContainsFunc(r.Steps, func(s StepState) bool {
		return f.approverOf(s.Principals) || f.sitsInFor(r, s.Principals) ||
			slices.ContainsFunc(s.Decisions, func(d Decision) bool { return d.By == id })
	})
}

// SeesProgress tells whether someone who may read the request may also see who
// decided what, and its history: everyone but a requester to whom the flow or
// the settings do not show it.
func (r *Request) SeesProgress(f Facts) bool {
	if f.Admin || f.Flow.ShowProgress && f.Settings.ShowProgress {
		return true
	}
	return f.Actor.ID != r.Requester && f.Actor.ID != r.SubmittedBy
}

// DecidesFor gives the person for whom someone who may decide would do so, as
// their delegate; "" where they decide for themselves.
func (r *Request) DecidesFor(f Facts) PersonID {
	d := &decider{r: r.clone(), f: f}
	d.sitIn(r.Extension.Asked > 0)
	return d.f.Actor.OnBehalfOf
}

// Action is a move that someone may make on a request now.
type Action string

// The actions, named as the calls of the HTTP API.
const (
	ActApprove          Action = "approve"
	ActDeny             Action = "deny"
	ActAsk              Action = "ask"
	ActAnswer           Action = "answer"
	ActCancel           Action = "cancel"
	ActStart            Action = "start"
	ActEnd              Action = "end"
	ActOverride         Action = "override"
	ActRevoke           Action = "revoke"
	ActRetry            Action = "retry"
	ActConfirmAbsent    Action = "confirm_absent"
	ActExtend           Action = "extend"
	ActApproveExtension Action = "approve_extension"
	ActDenyExtension    Action = "deny_extension"
)

// AllowedActions lists what the acting person could do now. It asks Handle
// itself, so that a button never promises what the rules refuse.
func (r *Request) AllowedActions(f Facts, now time.Time) []Action {
	probes := []struct {
		action Action
		try    Command
	}{
		{ActApprove, Decide{Verdict: Approve}},
		{ActDeny, Decide{Verdict: Deny, Reason: "?"}},
		{ActAsk, Decide{Verdict: Ask, Reason: "?"}},
		{ActAnswer, Answer{Text: "?"}},
		{ActCancel, Cancel{}},
		{ActStart, Start{}},
		{ActEnd, End{}},
		{ActOverride, Override{Verdict: Deny, Reason: "?"}},
		{ActRevoke, Revoke{Reason: "?"}},
		{ActRetry, Retry{Reason: "?"}},
		{ActConfirmAbsent, ConfirmAbsent{Reason: "?"}},
		{ActExtend, Extend{Duration: max(f.Minimum, Duration(time.Second)), Reason: "?"}},
		{ActApproveExtension, Decide{Verdict: Approve, Extension: true}},
		{ActDenyExtension, Decide{Verdict: Deny, Reason: "?", Extension: true}},
	}
	actions := []Action{}
	for _, p := range probes {
		if events, err := r.Handle(p.try, f, now); err == nil && len(events) > 0 {
			actions = append(actions, p.action)
		}
	}
	return actions
}
