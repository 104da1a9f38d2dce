package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// ListFlows lists the flows.
func (s server) ListFlows(w http.ResponseWriter, r *http.Request, params contract.ListFlowsParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Flow], error) {
		flows, next, err := s.app.Flows(ctx, c, part(params.Limit, params.Cursor))
		return pageOf(flows, next, showFlow), err
	})
}

// GetFlow shows a flow as it is now.
func (s server) GetFlow(w http.ResponseWriter, r *http.Request, id contract.Id, _ contract.GetFlowParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		flow, err := s.app.Flow(ctx, c, access.FlowID(id))
		return document{flow.Version, showFlow(flow)}, err
	})
}

// GetFlowVersion shows a flow as it was.
func (s server) GetFlowVersion(w http.ResponseWriter, r *http.Request, id contract.Id, version int, _ contract.GetFlowVersionParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		flow, err := s.app.FlowVersion(ctx, c, access.FlowID(id), version)
		return document{version, showFlow(app.Versioned[access.Flow]{Doc: flow, Version: version})}, err
	})
}

// PutFlow writes the next version of a flow.
func (s server) PutFlow(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.PutFlowParams) {
	s.writes(w, r, params.IfMatch, params.IfNoneMatch, func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.FlowInput](r)
		if err == nil {
			err = sameID(body.Id, id)
		}
		if err != nil {
			return document{}, err
		}
		flow, err := readFlow(access.FlowID(id), body)
		if err != nil {
			return document{}, err
		}
		written, warnings, err := s.app.PutFlow(ctx, c, flow, when)
		shown := showFlow(written)
		shown.Warnings = showFindings(warnings)
		return document{written.Version, shown}, err
	})
}

// CopyFlow writes a flow under another id.
func (s server) CopyFlow(w http.ResponseWriter, r *http.Request, id contract.Id) {
	s.shows(w, r, http.StatusCreated, func(ctx context.Context, c app.Caller) (document, error) {
		body, err := Decode[contract.CopyInput](r)
		if err != nil {
			return document{}, err
		}
		copied, warnings, err := s.app.CopyFlow(ctx, c, access.FlowID(id), access.FlowID(body.Id), body.Name)
		shown := showFlow(copied)
		shown.Warnings = showFindings(warnings)
		return document{copied.Version, shown}, err
	})
}

// DeleteFlow removes a flow.
func (s server) DeleteFlow(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.DeleteFlowParams) {
	s.removes(w, r, params.IfMatch, func(ctx context.Context, c app.Caller, when app.Condition) error {
		return s.app.DeleteFlow(ctx, c, access.FlowID(id), when)
	})
}

// ListFlowEvents shows a flow's history.
func (s server) ListFlowEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListFlowEventsParams) {
	s.changes(w, r, "flow:"+id, params.Limit, params.Cursor)
}

// readFlow reads a flow with what the contract puts in where something is left
// out.
func readFlow(id access.FlowID, in contract.FlowInput) (access.Flow, error) {
	var d durations
	flow := access.Flow{
		ID: id, Name: in.Name, Resources: texts[access.ResourceID](in.Resources), VisibleTo: texts[access.Principal](in.VisibleTo), Submitters: texts[access.Principal](in.Submitters),
		Duration:     access.DurationRule{Mode: access.DurationMode(in.Duration.Mode), Max: d.read("/duration/max", in.Duration.Max, 0)},
		StartsWithin: d.read("/starts_within", in.StartsWithin, 0), Delegation: or(in.Delegation, true), EmailSignIn: or(in.EmailSignIn, true),
		PendingFor:  d.read("/pending_for", in.PendingFor, 30*day),
		RemindEvery: d.read("/remind_every", in.RemindEvery, 0),
		ClaimWithin: d.read("/claim_within", in.ClaimWithin, day),
		Order:       or(in.Order, 100), DenyWhen: access.DenyWhen(in.DenyWhen), SamePerson: access.SamePerson(in.SamePerson),
		DecideIn: texts[access.Via](in.DecideIn), ShowProgress: or(in.ShowProgress, true), Enabled: or(in.Enabled, true),
	}
	if flow.DenyWhen == "" {
		flow.DenyWhen = access.DenyAny
	}
	if flow.SamePerson == "" {
		flow.SamePerson = access.SameDistinct
	}
	if len(flow.DecideIn) == 0 {
		flow.DecideIn = []access.Via{access.ViaPortal, access.ViaSlack, access.ViaEmail}
	}
	for i, choice := range in.Duration.Choices {
		flow.Duration.Choices = append(flow.Duration.Choices, d.read(fmt.Sprintf("/duration/choices/%d", i), choice, 0))
	}
	if e := in.Duration.Extend; e.Times > 0 {
		flow.Duration.Extend = access.ExtendRule{UpTo: d.read("/duration/extend/up_to", e.UpTo, 0), Times: e.Times,
			Approvers: texts[access.Principal](e.Approvers)}
	}
	for i, step := range in.Steps {
		pointer := fmt.Sprintf("/steps/%d", i)
		flow.Steps = append(flow.Steps, access.Step{Approvers: texts[access.Principal](step.Approvers), Needed: step.Needed,
			Fallback:      texts[access.Principal](step.Fallback),
			EscalateAfter: d.read(pointer+"/escalate_after", step.EscalateAfter, 0),
			SkipAfter:     d.read(pointer+"/skip_after", step.SkipAfter, 0)})
	}
	for _, f := range in.Fields {
		flow.Fields = append(flow.Fields, access.Field{ID: f.Id, Label: f.Label, Required: f.Required, Choices: f.Choices,
			Pattern: f.Pattern, Message: f.Message})
	}
	for _, p := range in.Policies {
		flow.Policies = append(flow.Policies, access.Policy{ID: p.Id, Source: p.Source})
	}
	return flow, d.err
}

const day = access.Duration(24 * time.Hour)

// or gives what was sent or, where nothing was, what the contract says.
func or[T any](sent *T, missing T) T {
	if sent == nil {
		return missing
	}
	return *sent
}

func showFlow(v app.Versioned[access.Flow]) contract.Flow {
	f := v.Doc
	out := contract.Flow{
		Id: string(f.ID), Version: v.Version, Name: f.Name, Resources: texts[contract.Id](f.Resources),
		VisibleTo: texts[contract.Audience](f.VisibleTo), Submitters: texts[contract.Audience](f.Submitters), Steps: []contract.FlowStep{}, Duration: showDurationRule(f.Duration),
		Fields: showFields(f.Fields), PendingFor: f.PendingFor.String(), RemindEvery: f.RemindEvery.String(),
		ClaimWithin: f.ClaimWithin.String(), Order: f.Order, DenyWhen: contract.DenyWhen(f.DenyWhen),
		SamePerson: contract.SamePerson(f.SamePerson), DecideIn: texts[contract.DecideIn](f.DecideIn),
		StartsWithin: f.StartsWithin.String(), Delegation: f.Delegation, EmailSignIn: f.EmailSignIn, Policies: []contract.Policy{},
		ShowProgress: f.ShowProgress, Enabled: f.Enabled,
	}
	for _, step := range f.Steps {
		out.Steps = append(out.Steps, contract.FlowStep{Approvers: texts[contract.ApproverWord](step.Approvers), Needed: step.Needed,
			Fallback: texts[contract.ApproverWord](step.Fallback), EscalateAfter: step.EscalateAfter.String(), SkipAfter: step.SkipAfter.String()})
	}
	for _, p := range f.Policies {
		out.Policies = append(out.Policies, contract.Policy{Id: p.ID, Source: p.Source})
	}
	return out
}
