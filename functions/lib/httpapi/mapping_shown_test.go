package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

func TestNoMappingForgetsMe(t *testing.T) {
	o := newOfficeWithSlack(t)
	o.rewrites("/v1/admin/settings", contract.SettingsInput{RequestsEnabled: true, ShowProgress: true, SupportUrl: "https://help.example.com/",
		SlackTeamId: "T0ACME", SlackClientId: "111.222"})
	o.rewrites("/v1/admin/people/ben", map[string]any{"name": "Ben Boss", "email": "ben@example.com"})
	o.calls("eli", 201, "PUT", "/v1/admin/groups/night-shift", map[string]any{"name": "Night shift"}, "If-None-Match", "*")
	o.rewrites("/v1/admin/people/eli", contract.PersonInput{Name: "Eli Admin", Email: "eli@example.com", Manager: "ben",
		Groups: []contract.Id{"admins", "night-shift"}, TimeZone: "Europe/Prague", Locale: "cs-CZ"})
	o.Must(o.Mailboxes.Report(t.Context(), "eli@example.com", access.EmailProblem{Kind: access.EmailComplained, SubType: "abuse", Since: o.At}))
	me := read[contract.Me](t, o.calls("eli", 200, "GET", "/v1/me", nil))
	equal(t, "eli", contract.Me{Id: "eli", Name: "Eli Admin", Email: "eli@example.com", Manager: contract.PersonRef{Id: "ben", Name: "Ben Boss"},
		Groups: []contract.Id{"admins", "night-shift"}, Roles: []contract.Role{contract.Admin}, TimeZone: "Europe/Prague", Locale: "cs-CZ",
		SupportUrl: "https://help.example.com/", Features: contract.Features{Requests: true, Tasks: true, Integrations: true, Admin: true},
		EmailProblem: contract.EmailProblem{Kind: contract.Complained, SubType: "abuse", Since: o.At}}, me)
	differ(t, []contract.Me{{}, me})
}

func TestNoMappingForgetsAnOffer(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.rewrites("/v1/admin/resources/staging", map[string]any{"kind": "resource", "name": "Staging", "description": "Where demos run",
		"connector": map[string]any{"type": "group", "group": "staging-users"}})
	rule := contract.DurationRule{Mode: contract.Choice, Choices: []contract.Duration{"PT1H", "PT2H"}, Max: "PT8H",
		Extend: contract.ExtendRule{UpTo: "PT30M", Times: 3, Approvers: []contract.ApproverWord{"manager"}}}
	fields := []contract.Field{{Id: "ticket", Label: "Ticket number", Required: true, Choices: []string{"LK-1"}, Pattern: "LK-[0-9]", Message: "As in LK-1."}}
	o.serves(map[string]any{"steps": []any{step(2, "group:security")}, "starts_within": "P7D", "duration": rule, "fields": fields})

	// She has it, and asks for it again.
	asks := func() contract.Request {
		return read[contract.Request](t, o.calls("ana", 201, "POST", "/v1/requests", contract.RequestInput{ResourceId: "staging", Reason: "A demo",
			Duration: "PT1H", Answers: contract.Answers{"ticket": "LK-1"}}))
	}
	held := asks()
	o.calls("eli", 200, "POST", "/v1/requests/"+held.Id+"/override", contract.OverrideInput{Decision: contract.VerdictApprove, Reason: "In a hurry"})
	_, err := o.Grant(t.Context(), app.RunInput{Request: access.RequestID(held.Id), Run: 1, Started: o.At})
	o.Must(err)
	again := asks()
	offers := listed[contract.CatalogItem](o, "ana", "/v1/catalog")
	equal(t, "the catalog", []contract.CatalogItem{{Id: "staging", Kind: contract.ResourceKindResource, Name: "Staging", Description: "Where demos run",
		Flow: contract.CatalogFlow{Id: "tested", Version: 1, StartsWithin: "P7D", Duration: rule, Fields: fields,
			Steps: []contract.CatalogStep{{Approvers: []contract.Approver{{Kind: "group", Id: "security", Name: "security"}}, Needed: access.Needed{Count: 2},
				Words: "Decided by 2 of: security."}}},
		OpenRequest: contract.OpenRequest{Id: again.Id, Status: contract.StatusPending},
		Held:        contract.Held{RequestId: held.Id, EndsAt: o.At.Add(time.Hour)}}}, offers)
	differ(t, append(offers, contract.CatalogItem{}))
}

// TestNoMappingForgetsAnEvent: what is hashed is held by
// TestTheHistoryVerifiesByWhatTheContractSays.
func TestNoMappingForgetsAnEvent(t *testing.T) {
	o := newOffice(t)
	o.calls("ben", 200, "PUT", "/v1/me/delegation", contract.DelegationInput{Delegate: "dan",
		From: o.At.Format(time.RFC3339Nano), Until: o.At.Add(time.Hour).Format(time.RFC3339Nano)})
	r := o.anaAsks()
	o.At = o.At.Add(time.Minute)
	o.rewrites("/v1/admin/people/dan", map[string]any{"name": "Dan Deputy", "email": "dan@example.com"})
	o.calls("dan", 200, "POST", "/v1/requests/"+r.Id+"/decisions", contract.DecisionInput{Decision: contract.VerdictApprove, Reason: "So be it."})
	events := listed[contract.Event](o, "eli", "/v1/requests/"+r.Id+"/events")
	got := events[1]
	equal(t, "the decision", contract.Event{Seq: 2, Type: "decided", At: o.At, Status: contract.StatusApproved,
		Actor:   contract.Actor{Kind: "person", Id: "dan", Name: "Dan Deputy", OnBehalfOf: "ben", Via: contract.ViaPortal},
		Details: got.Details, Texts: got.Texts, Prev: events[0].Hash, Hash: got.Hash, Canonical: got.Canonical}, got)
	differ(t, []contract.Event{{}, got})
}

func TestNoMappingForgetsASimulation(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	o.serves(map[string]any{"steps": []any{step("any", "manager"), step(2, "group:security")}, "starts_within": "P7D", "remind_every": "PT2H",
		"fields": []any{map[string]any{"id": "ticket", "label": "Ticket number", "required": true}}})
	in := contract.SimulationInput{ResourceId: "staging", Requester: "ana", Duration: "PT8H", Answers: contract.Answers{"ticket": "LK-1"},
		At: "2026-03-02T12:00:00Z", StartsAt: "2026-03-03T12:00:00Z", Acts: []contract.SimulatedAct{
			{After: "PT3H", By: "ben", Decision: contract.VerdictApprove, Duration: "PT9H"},
			{By: "ben", Decision: contract.VerdictApprove},
		}}
	got := read[contract.Simulation](t, o.calls("eli", 200, "POST", "/v1/admin/flows/tested/simulate", in))
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	tooLong := "An approver may shorten the duration, not lengthen it."
	equal(t, "what would happen", contract.Simulation{
		Steps: []contract.SimulatedStep{
			{Approvers: []contract.Approver{{Kind: "manager", Id: "ben", Name: "ben"}}, Needed: access.Needed{Count: 1},
				People: []contract.PersonRef{named("ben")}, Words: "Decided by the requester's manager (ben)."},
			{Approvers: []contract.Approver{{Kind: "group", Id: "security", Name: "security"}}, Needed: access.Needed{Count: 2},
				People: []contract.PersonRef{named("dan"), named("dina"), named("dora")}, Words: "Decided by 2 of: security."}},
		Outcomes: []contract.SimulatedOutcome{
			{At: noon, Status: contract.StatusPending, Step: 1, Events: []contract.EventType{"submitted"}},
			{At: noon.Add(3 * time.Hour), Status: contract.StatusPending, Step: 1, Events: []contract.EventType{"reminded"},
				Refused: contract.Problem{Type: "about:blank", Title: "Unprocessable Entity", Status: 422, Code: contract.ProblemCodeInvalid, Detail: tooLong,
					Errors: []contract.FieldError{{Pointer: "/duration", Code: "too_long", Detail: tooLong}}}},
			{At: noon.Add(3 * time.Hour), Status: contract.StatusPending, Step: 2, Events: []contract.EventType{"decided"}}},
		Sentences: []string{
			"ana asked for Staging on 2 March 2026, 12:00:00 UTC, for 8 hours, to begin on 3 March 2026, 12:00:00 UTC.",
			"Step 1 of 2, the requester's manager (ben), was approved; approved by ben (“A simulation.”).",
			"Step 2 of 2, 2 of: security, waits for a decision.",
			"If nobody decides, it expires on 1 April 2026, 12:00:00 UTC."},
	}, got)
	differ(t, []contract.SimulationInput{{}, in})
	differ(t, []contract.Simulation{{}, got}, "/outcomes/refused/decided", "/outcomes/refused/request_id", // those of other refusals
		"/outcomes/refused/errors/parameter") // an act has none
}

func TestNoMappingForgetsAProblem(t *testing.T) {
	o := newOffice(t)
	r := o.anaAsks()
	ask := map[string]any{"resource_id": "staging", "reason": "Once more"}
	twice := read[contract.Problem](t, o.calls("ana", 409, "POST", "/v1/requests", ask))
	equal(t, "asked twice", contract.Problem{Type: "about:blank", Title: "Conflict", Status: 409, Code: contract.ProblemCodeDuplicateOpenRequest,
		Detail: twice.Detail, RequestId: r.Id}, twice)

	o.calls("ben", 200, "POST", "/v1/requests/"+r.Id+"/decisions", contract.DecisionInput{Decision: contract.VerdictApprove})
	late := read[contract.Problem](t, o.calls("eli", 409, "POST", "/v1/requests/"+r.Id+"/override", contract.OverrideInput{Decision: contract.VerdictDeny, Reason: "Late"}))
	equal(t, "too late", contract.Problem{Type: "about:blank", Title: "Conflict", Status: 409, Code: contract.ProblemCodeAlreadyDecided,
		Detail: late.Detail, Decided: contract.Decided{Outcome: contract.StatusApproved, By: "ben", At: o.At}}, late)

	// The same rule finds a parameter where there is no body.
	wrong := read[contract.Problem](t, o.calls("ana", 400, "GET", "/v1/requests?cursor=zzz", nil))
	equal(t, "a cursor of another list", contract.Problem{Type: "about:blank", Title: "Bad Request", Status: 400, Code: contract.ProblemCodeInvalidParameter,
		Detail: wrong.Detail, Errors: []contract.FieldError{{Parameter: "cursor", Code: "cursor", Detail: "This is not a cursor of this list."}}}, wrong)
	both := resourceBy(map[string]any{"type": "device", "device": "ana-macbook", "group": "staging-users"})
	mixed := read[contract.Problem](t, o.calls("eli", 422, "PUT", "/v1/admin/resources/laptop", both, "If-None-Match", "*"))
	equal(t, "two connectors in one", []contract.FieldError{{Pointer: "/connector/group", Code: "unknown",
		Detail: "This connector takes no such member, or not beside the others."}}, mixed.Errors)
	differ(t, []contract.Problem{twice, late, wrong, mixed}, "/type") // one for all
}

func TestNoMappingForgetsAFilter(t *testing.T) {
	o := newOffice(t)
	r := o.anaAsks()
	for filter, other := range map[string]string{"requester_id=ana": "dan", "resource_id=staging": "wiki", "flow_id=staging-flow": "wiki-flow", "status=pending": "denied"} {
		name, _, _ := strings.Cut(filter, "=")
		for query, want := range map[string]int{filter: 1, name + "=" + other: 0} {
			if got := read[contract.RequestPage](t, o.calls("eli", 200, "GET", "/v1/requests?view=all&"+query, nil)).Data; len(got) != want {
				t.Errorf("%s: %d requests, want %d", query, len(got), want)
			}
		}
	}
	explained := read[contract.Explanation](t, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id+"/explanation", nil))
	if explained.Status != contract.StatusPending || len(explained.Sentences) != 3 {
		t.Errorf("explained: %+v", explained)
	}
	differ(t, []contract.Explanation{{}, explained})
}
