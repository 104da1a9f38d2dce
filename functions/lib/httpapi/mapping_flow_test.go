package httpapi_test

import (
	"strings"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
)

// TestNoMappingForgetsAFlow: neither what was written, nor what the contract puts
// in where something was left out.
func TestNoMappingForgetsAFlow(t *testing.T) {
	o := newOffice(t)
	o.staffs()
	for _, id := range []string{"wiki", "docs"} {
		o.calls("eli", 201, "PUT", "/v1/admin/resources/"+id, map[string]any{"kind": "resource", "name": id, "owner": "ben",
			"connector": map[string]any{"type": "group", "group": "staging-users"}}, "If-None-Match", "*")
	}
	flow := told[contract.FlowInput, contract.Flow]{office: o, path: "/v1/admin/flows/reading", list: "/v1/admin/flows",
		later: func(f *contract.Flow) { f.Warnings = nil }}
	flow.writes(contract.FlowInput{Name: "Reading", Resources: []contract.Id{"wiki"}, VisibleTo: []contract.Audience{"everyone"},
		Steps:    []contract.FlowStep{{Approvers: []contract.ApproverWord{"person:ben", "person:dan"}, Needed: access.Needed{Count: 1}}},
		Duration: contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{"PT1H"}},
	}, func(f *contract.Flow) {
		f.Id, f.Version, f.Order, f.PendingFor, f.ClaimWithin = "reading", 1, 100, "P30D", "P1D"
		f.DenyWhen, f.SamePerson = contract.Any, contract.Distinct
		f.DecideIn = []contract.DecideIn{contract.DecideInPortal, contract.DecideInSlack, contract.DecideInEmail}
		f.Delegation, f.EmailSignIn, f.ShowProgress, f.Enabled = true, true, true, true
	})
	first := flow.got[0]
	flow.writes(contract.FlowInput{Id: "reading", Name: "Reading and writing", Resources: []contract.Id{"docs", "wiki"},
		VisibleTo: []contract.Audience{"group:security", "person:ana"}, Submitters: []contract.Audience{"person:dina"},
		Steps: []contract.FlowStep{
			{Approvers: []contract.ApproverWord{"group:security", "person:ben"}, Needed: access.Needed{Count: 2},
				Fallback: []contract.ApproverWord{"person:eva", "admins"}, EscalateAfter: "PT4H", SkipAfter: "PT12H"},
			{Approvers: []contract.ApproverWord{"manager", "owner"}, Needed: access.Needed{All: true}},
		},
		Duration: contract.DurationRule{Mode: contract.Choice, Choices: []contract.Duration{"PT2H", "PT3H"}, Max: "PT8H",
			Extend: contract.ExtendRule{UpTo: "PT30M", Times: 3, Approvers: []contract.ApproverWord{"owner", "group:security"}}},
		Fields:     []contract.Field{{Id: "ticket", Label: "Ticket number", Required: true, Choices: []string{"LK-1", "LK-2"}, Pattern: "LK-[0-9]", Message: "As in LK-1."}},
		Policies:   []contract.Policy{{Id: "short", Source: `permit(principal, action, resource) when { context.duration <= 3600 };`}},
		PendingFor: "P7D", RemindEvery: "PT6H", ClaimWithin: "PT20M", StartsWithin: "P14D", Order: new(7), DenyWhen: contract.Unreachable,
		SamePerson: contract.Carry, DecideIn: []contract.DecideIn{contract.DecideInEmail},
		Delegation: new(false), EmailSignIn: new(false), ShowProgress: new(false), Enabled: new(false),
	}, func(f *contract.Flow) {
		f.Version = 2
		f.Warnings = []contract.FieldError{{Pointer: "/email_sign_in", Code: "no_sign_in",
			Detail: "Whoever has an approver's mail, forwarded or not, can decide in their name."}}
	})
	was := o.calls("eli", 200, "GET", flow.path+"/versions/1", nil)
	equal(t, "as it was", first, read[contract.Flow](t, was))
	if tag := was.Header.Get("ETag"); !strings.HasPrefix(tag, `"1.`) {
		t.Errorf("version 1 has the tag %s", tag)
	}
	copied := o.calls("eli", 201, "POST", flow.path+"/copy", contract.CopyInput{Id: "trial", Name: "Trial"})
	want := flow.got[1]
	want.Id, want.Version, want.Name = "trial", 1, "Trial"
	equal(t, "its copy", want, read[contract.Flow](t, copied))
	if tag := copied.Header.Get("ETag"); !strings.HasPrefix(tag, `"1.`) {
		t.Errorf("the copy has the tag %s", tag)
	}
	differ(t, flow.sent)
	differ(t, flow.got, "/id", // it is one flow's story
		"/warnings/parameter") // a warning is about the body
}

// TestNoTimeOfAFlowIsTakenForNone: what is less than a second passes the contract's
// pattern. It is refused where it stands, and not as if it were left out.
func TestNoTimeOfAFlowIsTakenForNone(t *testing.T) {
	o := newOffice(t)
	const flow = `{"name": "Reading", "resources": ["staging"], "visible_to": ["everyone"],
		"pending_for": "P1D", "remind_every": "P2D", "claim_within": "P3D", "starts_within": "P4D",
		"duration": {"mode": "choice", "choices": ["P5D"], "max": "P6D", "extend": {"up_to": "P7D", "times": 1}},
		"steps": [{"approvers": ["manager"], "needed": "any", "fallback": ["admins"], "escalate_after": "P8D", "skip_after": "P9D"}]}`
	for text, pointer := range map[string]string{"P1D": "/pending_for", "P2D": "/remind_every", "P3D": "/claim_within", "P4D": "/starts_within",
		"P5D": "/duration/choices/0", "P6D": "/duration/max", "P7D": "/duration/extend/up_to", "P8D": "/steps/0/escalate_after", "P9D": "/steps/0/skip_after"} {
		body := strings.Replace(flow, text, "PT0S", 1)
		problem := read[contract.Problem](t, o.calls("eli", 422, "PUT", "/v1/admin/flows/reading", body, "If-None-Match", "*"))
		equal(t, text, []contract.FieldError{{Pointer: pointer, Code: "format", Detail: "This is not a duration like PT4H or P7D."}}, problem.Errors)
	}
}
