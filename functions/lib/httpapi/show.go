package httpapi

import (
	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// texts turns words of one type into those of another.
func texts[T, F ~string](from []F) []T {
	out := make([]T, 0, len(from))
	for _, word := range from {
		out = append(out, T(word))
	}
	return out
}

// showRequest shows a request as its viewer may see it.
func showRequest(v app.View) contract.Request {
	out := contract.Request{
		Id: string(v.ID), Version: v.Version, Status: contract.Status(v.Status), StatusText: v.Words(), EndReason: contract.EndReason(v.EndReason),
		Requester: showPerson(v, v.Requester), SubmittedBy: showPerson(v, v.SubmittedBy),
		ResourceId: string(v.Resource.ID), Resource: showResourceRef(v.Resource),
		Flow:   contract.FlowRef{Id: string(v.Request.Flow), Version: v.FlowVersion},
		Reason: v.Reason, Answers: contract.Answers{}, Question: v.Question, StartsAt: v.StartsAt, Resubmits: string(v.Resubmits), BundleId: v.Bundle, Remark: v.Remark,
		Duration:    v.Asked.String(),
		SubmittedAt: v.SubmittedAt, DecidedAt: v.DecidedAt, StartedAt: v.StartedAt, EndsAt: v.EndsAt, EndedAt: v.EndedAt,
		Failure: contract.Failure{Code: v.Failure}, Foreign: v.Foreign, Drift: contract.RequestDrift(v.Drift),
		Steps: showSteps(v), AllowedActions: texts[contract.Action](v.Actions),
	}
	for id, answer := range v.Answers {
		out.Answers[id] = answer
	}
	for _, field := range v.Flow.Fields {
		if v.Answers[field.ID] != "" {
			out.Fields = append(out.Fields, contract.FieldLabel{Id: field.ID, Label: field.Label})
		}
	}
	if v.Status.Undecided() || v.Status == access.Ready {
		out.ExpiresAt = v.ExpiresAt
	}
	if v.Status.Granted() || v.Status.Undecided() && v.Progress && v.Given < v.Asked {
		out.GrantedDuration = v.Given.String()
	}
	if asked := v.Extension; asked.Asked > 0 {
		out.Extension = contract.Extension{Duration: asked.Asked.String(), Reason: asked.Reason, AskedAt: asked.AskedAt,
			Approvers: showApprovers(v.Extenders)}
	}
	out.Extensions, out.Extend = v.Extensions, showExtensionOffer(v.More)
	if v.DecidesFor != "" {
		out.DecidesFor = showPerson(v, v.DecidesFor)
	}
	if v.Admin {
		out.Due, out.Runs = v.Due, v.Run.Number
		for _, c := range v.Confirmations {
			out.Confirmations = append(out.Confirmations, contract.Confirmation{By: showPerson(v, c.By), Reason: c.Reason, At: c.At})
		}
	}
	return out
}

func showExtensionOffer(o access.ExtensionOffer) contract.ExtendOffer {
	return contract.ExtendOffer{UpTo: o.UpTo.String(), Left: o.Left, NeedsApproval: o.NeedsApproval}
}

func showSteps(v app.View) []contract.Step {
	out := []contract.Step{}
	if !v.Progress {
		return out
	}
	for _, step := range v.Steps {
		shown := contract.Step{Status: contract.StepStatus(step.Status), Needed: step.Needed,
			Approvers: showApprovers(step.Approvers), Decisions: []contract.Decision{}}
		for _, d := range step.Decisions {
			decision := contract.Decision{By: showPerson(v, d.By), Decision: contract.Verdict(d.Verdict), Reason: d.Reason,
				Via: contract.Via(d.Via), At: d.At}
			if d.OnBehalfOf != "" {
				decision.OnBehalfOf = showPerson(v, d.OnBehalfOf)
			}
			shown.Decisions = append(shown.Decisions, decision)
		}
		out = append(out, shown)
	}
	return out
}

func showPerson(v app.View, id access.PersonID) contract.PersonRef {
	return contract.PersonRef{Id: string(id), Name: v.Names[id]}
}

func showResourceRef(r access.Resource) contract.ResourceRef {
	return contract.ResourceRef{Id: string(r.ID), Kind: contract.ResourceKind(r.Kind), Name: r.Name, Description: r.Description}
}

// showApprovers shows people and groups by their ids, and the flow's other
// words as what they are.
func showApprovers(approvers []app.Approver) []contract.Approver {
	out := []contract.Approver{}
	for _, a := range approvers {
		shown := contract.Approver{Kind: string(a.Word), Name: a.Name}
		if person, ok := a.Who.Person(); ok {
			shown.Id = string(person)
		} else if group, ok := a.Who.Group(); ok {
			shown.Id = string(group)
		}
		if _, ok := a.Word.Person(); ok {
			shown.Kind = "person"
		} else if _, ok := a.Word.Group(); ok && a.Word != access.Admins {
			shown.Kind = "group"
		}
		out = append(out, shown)
	}
	return out
}

func showDurationRule(rule access.DurationRule) contract.DurationRule {
	out := contract.DurationRule{Mode: contract.DurationMode(rule.Mode), Max: rule.Max.String()}
	for _, choice := range rule.Choices {
		out.Choices = append(out.Choices, choice.String())
	}
	if e := rule.Extend; e.Times > 0 {
		out.Extend = contract.ExtendRule{UpTo: e.UpTo.String(), Times: e.Times, Approvers: texts[contract.ApproverWord](e.Approvers)}
	}
	return out
}

func showFields(fields []access.Field) []contract.Field {
	out := []contract.Field{}
	for _, f := range fields {
		out = append(out, contract.Field{Id: f.ID, Label: f.Label, Required: f.Required, Choices: f.Choices,
			Pattern: f.Pattern, Message: f.Message})
	}
	return out
}
