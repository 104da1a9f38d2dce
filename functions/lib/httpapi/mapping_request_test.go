package httpapi_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// elsewhere is a system in which others give the same access, and which may be out
// of reach.
type elsewhere struct {
	seen app.Observation
	err  error
}

func (e *elsewhere) Ensure(_ context.Context, _ app.EntitlementKey, want bool) error {
	e.seen.Present = want
	return e.err
}

func (e *elsewhere) Observe(context.Context, app.EntitlementKey) (app.Observation, error) {
	return e.seen, e.err
}

// followed is a request as it is to be seen, and as it was.
type followed struct {
	*office
	want contract.Request
	seen []contract.Request
}

// does lets someone act on the request, a minute after what was before.
func (f *followed) does(who, act string, body any) {
	f.Helper()
	f.At = f.At.Add(time.Minute)
	f.calls(who, 200, "POST", "/v1/requests/"+f.want.Id+"/"+act, body)
	f.want.Version++
}

// decided is what a decision adds to a step.
func (f *followed) decided(step int, by contract.PersonRef, verdict contract.Verdict, reason string, onBehalfOf contract.PersonRef) {
	f.want.Steps[step].Decisions = append(f.want.Steps[step].Decisions,
		contract.Decision{By: by, OnBehalfOf: onBehalfOf, Decision: verdict, Reason: reason, Via: contract.ViaPortal, At: f.At})
}

// sees holds what someone is shown of it, and may do.
func (f *followed) sees(who string, actions ...contract.Action) {
	f.Helper()
	f.want.AllowedActions = actions
	got := read[contract.Request](f.T, f.calls(who, 200, "GET", "/v1/requests/"+f.want.Id, nil))
	equal(f.T, string(f.want.Status)+" to "+who, f.want, got)
	f.seen = append(f.seen, got)
}

func named(id contract.Id) contract.PersonRef { return contract.PersonRef{Id: id, Name: id} }

// TestNoMappingForgetsARequest tells of a request to which everything happens that
// can happen to one. At no time, and to nobody, does it show all that at once.
func TestNoMappingForgetsARequest(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	for _, p := range []contract.PersonInput{{Id: "ana", Name: "Ana Adams", Email: "ana@example.com", Manager: "ben"}, {Id: "ben", Name: "Ben Boss", Email: "ben@example.com"}} {
		o.rewrites("/v1/admin/people/"+p.Id, p)
	}
	o.rewrites("/v1/admin/resources/staging", contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Staging",
		Description: "Where demos run", Url: "https://staging.example.com/", Connector: contract.Connector{Type: "group", Group: "staging-users"}})
	o.serves(map[string]any{"steps": []any{step("any", "manager"), step(2, "group:security", "person:eva", "admins")},
		"fields": []any{map[string]any{"id": "ticket", "label": "Ticket number"}}, "starts_within": "P7D", "submitters": []string{"person:dina"},
		"duration": map[string]any{"mode": "choice", "max": "PT8H",
			"extend": map[string]any{"up_to": "PT1H", "times": 3, "approvers": []string{"manager", "group:security"}}}})
	there := &elsewhere{seen: app.Observation{Foreign: true}}
	o.Connectors = map[string]app.Connector{"group": there}
	o.calls("ben", 200, "PUT", "/v1/me/delegation", contract.DelegationInput{Delegate: "dan",
		From: o.At.Format(time.RFC3339Nano), Until: o.At.Add(time.Hour).Format(time.RFC3339Nano)})

	// Ana asked before, and was denied. Now Dina asks for her.
	before := read[contract.Request](t, o.calls("ana", 201, "POST", "/v1/requests", contract.RequestInput{ResourceId: "staging", Reason: "A demo", Duration: "PT8H"}))
	o.calls("ben", 200, "POST", "/v1/requests/"+before.Id+"/decisions", contract.DecisionInput{Decision: contract.VerdictDeny, Reason: "Which ticket?"})
	begins := o.At.Add(time.Hour)
	in := contract.RequestInput{ResourceId: "staging", Reason: "The demo again", Duration: "PT8H", StartsAt: begins.Format(time.RFC3339Nano),
		Answers: contract.Answers{"ticket": "LK-1"}, For: "ana", BundleId: "first-day", Resubmits: before.Id}
	got := read[contract.Request](t, o.calls("dina", 201, "POST", "/v1/requests", in, "Idempotency-Key", "k1"))
	equal(t, "sent twice", got, read[contract.Request](t, o.calls("dina", 201, "POST", "/v1/requests", in, "Idempotency-Key", "k1")))
	ana, ben := contract.PersonRef{Id: "ana", Name: "Ana Adams"}, contract.PersonRef{Id: "ben", Name: "Ben Boss"}
	r := followed{office: o, seen: []contract.Request{{}, got}}
	want := &r.want
	*want = contract.Request{Id: got.Id, Version: 1, Status: contract.StatusPending, StatusText: "Pending", Requester: ana, SubmittedBy: named("dina"),
		ResourceId: "staging", Resource: contract.ResourceRef{Id: "staging", Kind: contract.ResourceKindResource, Name: "Staging", Description: "Where demos run"},
		Flow: contract.FlowRef{Id: "tested", Version: 1}, Reason: "The demo again", Duration: "PT8H", StartsAt: begins, BundleId: "first-day", Resubmits: before.Id,
		Answers: contract.Answers{"ticket": "LK-1"}, Fields: []contract.FieldLabel{{Id: "ticket", Label: "Ticket number"}},
		SubmittedAt: o.At, ExpiresAt: o.At.Add(30 * 24 * time.Hour), AllowedActions: []contract.Action{contract.ActionCancel},
		Steps: []contract.Step{
			{Status: contract.StepStatusOpen, Needed: access.Needed{Count: 1}, Approvers: []contract.Approver{{Kind: "manager", Id: "ben", Name: "Ben Boss"}}},
			{Status: contract.StepStatusWaiting, Needed: access.Needed{Count: 2}, Approvers: []contract.Approver{
				{Kind: "group", Id: "security", Name: "security"}, {Kind: "person", Id: "eva", Name: "eva"}, {Kind: "admins"}}},
		}}
	equal(t, "asked", *want, got)

	// Dan sits in for Ben.
	r.does("dan", "decisions", contract.DecisionInput{Decision: contract.VerdictAsk, Reason: "For how long?"})
	r.decided(0, named("dan"), contract.VerdictAsk, "For how long?", ben)
	want.Status, want.StatusText, want.Question, want.DecidesFor = contract.StatusNeedsInfo, "Needs information", "For how long?", ben
	r.sees("dan", contract.ActionApprove, contract.ActionDeny)

	r.does("ana", "answer", contract.AnswerInput{Text: "For two hours."})
	r.does("dan", "decisions", contract.DecisionInput{Decision: contract.VerdictApprove, Duration: "PT2H"})
	r.decided(0, named("dan"), contract.VerdictApprove, "", ben)
	want.Steps[0].Status, want.Steps[1].Status = contract.StepStatusApproved, contract.StepStatusOpen
	want.Status, want.StatusText, want.Question, want.DecidesFor, want.GrantedDuration = contract.StatusPending, "Pending", "", contract.PersonRef{}, "PT2H"
	r.sees("dora", contract.ActionApprove, contract.ActionDeny, contract.ActionAsk)

	// The others approve, and the access begins.
	for _, who := range []contract.Id{"dora", "eva"} {
		r.does(who, "decisions", contract.DecisionInput{Decision: contract.VerdictApprove})
		r.decided(1, named(who), contract.VerdictApprove, "", contract.PersonRef{})
	}
	want.DecidedAt, want.Steps[1].Status = o.At, contract.StepStatusApproved
	o.At = begins
	_, err := o.Grant(t.Context(), app.RunInput{Request: access.RequestID(got.Id), Run: 1, Started: o.At})
	o.Must(err)
	want.Version, want.Status, want.StatusText, want.ExpiresAt = want.Version+2, contract.StatusActive, "Active", time.Time{}
	want.StartedAt, want.EndsAt, want.Foreign = begins, begins.Add(2*time.Hour), true
	want.Extend = contract.ExtendOffer{UpTo: "PT1H", Left: 3, NeedsApproval: true}
	r.sees("ana", contract.ActionEnd, contract.ActionExtend)
	held := listed[contract.Access](o, "ana", "/v1/access")
	equal(t, "held", []contract.Access{{RequestId: want.Id, ResourceId: want.ResourceId, Resource: want.Resource, Status: want.Status,
		Url: "https://staging.example.com/", StartedAt: want.StartedAt, EndsAt: want.EndsAt, AllowedActions: want.AllowedActions, Extend: want.Extend}}, held)
	differ(t, append(held, contract.Access{}))

	// Ana asks for more time, and Ben gives her some.
	r.does("ana", "extend", contract.ExtendInput{Duration: "PT30M", Reason: "It drags on"})
	want.Extend = contract.ExtendOffer{}
	want.Extension = contract.Extension{Duration: "PT30M", Reason: "It drags on", AskedAt: o.At,
		Approvers: []contract.Approver{{Kind: "person", Id: "ben", Name: "Ben Boss"}, {Kind: "group", Id: "security", Name: "security"}}}
	r.sees("ben", contract.ActionApproveExtension, contract.ActionDenyExtension)
	r.does("ben", "decisions", contract.DecisionInput{Decision: contract.VerdictApprove, Extension: true, Duration: "PT20M"})
	want.Extension, want.Extensions = contract.Extension{}, 1
	want.EndsAt, want.GrantedDuration = want.EndsAt.Add(20*time.Minute), "PT2H20M"

	// Someone takes the access away behind Latchkey's back.
	there.seen = app.Observation{Foreign: true}
	o.Must(o.Check(t.Context(), app.EntitlementKey{Person: "ana", Target: access.Target{Connector: "group", ID: "staging-users"}}))
	want.Version, want.Drift, want.Runs, want.Due = want.Version+1, contract.Removed, 1, want.EndsAt.Add(-23*time.Minute) // a sixth of what was left
	r.sees("eli", contract.ActionRevoke)

	// An admin revokes it, which fails, until two of them say that it is gone.
	r.does("eli", "revoke", contract.RevokeInput{Reason: "The project is over"})
	want.Due = o.At.Add(access.FastPace.StuckWait)
	there.err = errors.New("no route to host")
	for range access.FastPace.Attempts {
		_, err = o.Revoke(t.Context(), app.RunInput{Request: access.RequestID(got.Id), Run: 2, Started: o.At})
		o.Must(err)
	}
	r.does("eva", "confirm-absent", contract.ConfirmAbsentInput{Reason: "It was switched off"})
	want.Version, want.Status, want.StatusText = want.Version+access.FastPace.Attempts, contract.StatusStuck, "Ending (delayed)"
	want.EndReason, want.Remark, want.Failure, want.Runs = contract.EndReasonRevoked, "The project is over", contract.Failure{Code: "connector_unavailable"}, 2
	want.Confirmations = []contract.Confirmation{{By: named("eva"), Reason: "It was switched off", At: o.At}}
	r.sees("eli", contract.ActionConfirmAbsent)
	r.does("eli", "confirm-absent", contract.ConfirmAbsentInput{Reason: "I saw that"})
	want.Confirmations = append(want.Confirmations, contract.Confirmation{By: named("eli"), Reason: "I saw that", At: o.At})
	want.Status, want.StatusText, want.EndedAt, want.Drift, want.Due = contract.StatusEnded, "Ended (revoked)", o.At, "", time.Time{}
	r.sees("eli")

	differ(t, []contract.RequestInput{{}, in})
	differ(t, r.seen)
}

// TestNoMappingForgetsAPreview: it shows who would decide even where a requester is
// shown nothing of that later.
func TestNoMappingForgetsAPreview(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"steps": []any{step(2, "group:security")}, "show_progress": false})
	preview := read[contract.RequestPreview](t, o.calls("ana", 200, "POST", "/v1/requests?dry_run=true",
		contract.RequestInput{ResourceId: "staging", Reason: "A demo", Duration: "PT8H"}))
	equal(t, "the preview", contract.RequestPreview{ResourceId: "staging", Duration: "PT8H", Flow: contract.FlowRef{Id: "tested", Version: 1},
		Status: contract.StatusPending, Steps: []contract.Step{{Status: contract.StepStatusOpen, Needed: access.Needed{Count: 2},
			Approvers: []contract.Approver{{Kind: "group", Id: "security", Name: "security"}}}}}, preview)
	differ(t, []contract.RequestPreview{{}, preview}, "/steps/decisions") // there can be none yet
}
