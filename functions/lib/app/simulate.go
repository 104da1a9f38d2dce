package app

import (
	"context"
	"errors"
	"time"

	"latchkey/functions/lib/access"
)

// Simulated is a request that is played and never stored.
type Simulated struct {
	Requester access.PersonID
	Submission
	At   time.Time // of the submission; zero: now
	Acts []SimulatedAct
}

// SimulatedAct is a decision by someone or, without By, only time that passes.
type SimulatedAct struct {
	After    time.Duration // what the flow's timers do meanwhile happens first
	By       access.PersonID
	Verdict  access.Verdict
	Duration access.Duration
}

// Outcome is what the submission led to, or an act.
type Outcome struct {
	At      time.Time
	Request access.Request
	Events  []access.Event
	Refused *access.Error
}

// SimulatedStep is who could decide a step, as the directory is now.
type SimulatedStep struct {
	access.Step
	Approvers []Approver
	Fallback  []Approver
	People    []access.PersonID // active, the requester left out; at most 100
}

// Simulation is what would happen.
type Simulation struct {
	Steps     []SimulatedStep
	Outcomes  []Outcome
	Sentences []string
	Names     map[access.PersonID]string
}

// mostTicks bounds what timers do between two acts.
const mostTicks = 200

// mostShown bounds the people whom a simulation names for a step.
const mostShown = 100

// Simulate plays a request by a flow as it is now, for admins, with the code
// that decides real ones.
func (a *App) Simulate(ctx context.Context, c Caller, id access.FlowID, in Simulated) (Simulation, error) {
	flow, err := a.Flow(ctx, c, id)
	if err != nil {
		return Simulation{}, err
	}
	a = a.remembering()
	facts, err := a.simulatedFacts(ctx, flow.Doc, in)
	if err != nil {
		return Simulation{}, err
	}
	out := Simulation{}
	for i := range flow.Doc.Steps {
		step, err := a.simulatedStep(ctx, facts, i)
		if err != nil {
			return out, err
		}
		out.Steps = append(out.Steps, step)
	}
	p := &play{app: a, flow: flow.Doc, resource: facts.Resource, now: in.At}
	if p.now.IsZero() {
		p.now = a.now()
	}
	submit := access.Submit{ID: "req_" + access.RequestID(a.NewID()), Reason: "A simulation.", Duration: in.Duration,
		Answers: in.Answers, StartsAt: in.StartsAt}
	facts.Policy = a.policyVerdict(ctx, in.Submission, facts, p.now)
	out.Outcomes = append(out.Outcomes, p.handle(submit, facts))
	for _, act := range in.Acts {
		outcome, err := p.act(ctx, act)
		if err != nil {
			return out, err
		}
		out.Outcomes = append(out.Outcomes, outcome)
	}
	return out, a.sayWhatHappened(ctx, &out, p)
}

// simulatedFacts are those of a submission by the requester.
func (a *App) simulatedFacts(ctx context.Context, flow access.Flow, in Simulated) (access.Facts, error) {
	resource, err := a.Catalog.Resource(ctx, in.Resource)
	if err != nil {
		return access.Facts{}, err
	}
	subject, err := a.subject(ctx, in.Requester)
	if err != nil {
		return access.Facts{}, err
	}
	flow.Enabled = true // a copy is looked at before it is enabled
	_, served := access.Serving([]access.Flow{flow}, in.Resource, subject.Principals)
	switch {
	case !resource.Exists() || !containsResource(flow, in.Resource):
		return access.Facts{}, access.InvalidField("/resource_id", "unknown", "The flow does not serve this resource.")
	case !subject.Active:
		return access.Facts{}, access.InvalidField("/requester", "unknown", "There is no such person, or they are not active.")
	case !served:
		return access.Facts{}, access.InvalidField("/requester", "not_open", "The flow is not open to this person.")
	}
	f := access.Facts{Actor: access.Actor{Kind: access.ByPerson, ID: in.Requester, Via: access.ViaPortal}, Requester: subject,
		Principals: subject.Principals, Resource: resource.Doc, Flow: flow, Pace: a.Pace, Minimum: a.Minimum}
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return f, err
	}
	f.Settings = settings.Doc
	f.Steps = make([]access.Resolved, len(flow.Steps))
	for i, step := range flow.Steps {
		if f.Steps[i], err = a.resolve(ctx, step, subject.Manager, resource.Doc.Owner, nil, 0); err != nil {
			return f, err
		}
	}
	return f, nil
}

func containsResource(flow access.Flow, id access.ResourceID) bool {
	for _, r := range flow.Resources {
		if r == id {
			return true
		}
	}
	return false
}

func (a *App) simulatedStep(ctx context.Context, f access.Facts, i int) (SimulatedStep, error) {
	step := f.Flow.Steps[i]
	approvers, err := a.approvers(ctx, step.Approvers, f.Requester.Manager, f.Resource.Owner)
	if err != nil {
		return SimulatedStep{}, err
	}
	fallback, err := a.approvers(ctx, step.Fallback, f.Requester.Manager, f.Resource.Owner)
	out := SimulatedStep{Step: step, Approvers: approvers, Fallback: fallback}
	for _, id := range f.Steps[i].Candidates {
		if id != f.Requester.ID && len(out.People) < mostShown {
			out.People = append(out.People, id)
		}
	}
	return out, err
}

// play is a request while it is being played.
type play struct {
	app      *App
	flow     access.Flow
	resource access.Resource
	now      time.Time
	request  access.Request
}

func (p *play) handle(c access.Command, f access.Facts) Outcome {
	events, err := p.request.Handle(c, f, p.now)
	for _, e := range events {
		if err == nil {
			err = p.request.Apply(e)
		}
	}
	out := Outcome{At: p.now, Events: events}
	if err != nil && !errors.As(err, &out.Refused) {
		out.Refused = access.Refuse(access.CodeNotAllowed, "This cannot happen.")
	}
	out.Request = p.request
	return out
}

// act lets time pass and then someone decide.
func (p *play) act(ctx context.Context, act SimulatedAct) (Outcome, error) {
	until := p.now.Add(act.After)
	var passed []access.Event
	for ticks := 0; p.request.Status.Undecided() && !p.request.Timer().After(until); ticks++ {
		if ticks == mostTicks {
			return Outcome{}, access.InvalidField("/acts", "too_long", "The flow's timers do more than can be played; let less time pass.")
		}
		p.now = later(p.now, p.request.Timer())
		f, err := p.facts(ctx, access.System(access.ViaTimer))
		if err != nil {
			return Outcome{}, err
		}
		out := p.handle(access.Tick{}, f)
		if len(out.Events) == 0 {
			break
		}
		passed = append(passed, out.Events...)
	}
	p.now = until
	if act.By == "" {
		return Outcome{At: p.now, Events: passed, Request: p.request}, nil
	}
	f, err := p.facts(ctx, access.Actor{Kind: access.ByPerson, ID: act.By, Via: access.ViaPortal})
	if err != nil {
		return Outcome{}, err
	}
	out := p.handle(access.Decide{Verdict: act.Verdict, Reason: "A simulation.", Duration: act.Duration}, f)
	out.Events = append(passed, out.Events...)
	return out, nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// facts are what someone's decision needs to know.
func (p *play) facts(ctx context.Context, actor access.Actor) (access.Facts, error) {
	a := p.app
	f := access.Facts{Actor: actor, Flow: p.flow, Pace: a.Pace, Minimum: a.Minimum}
	settings, err := a.Catalog.Settings(ctx)
	if err != nil {
		return f, err
	}
	f.Settings = settings.Doc
	if actor.Kind == access.ByPerson {
		subject, err := a.subject(ctx, actor.ID)
		if err != nil {
			return f, err
		}
		if subject.Active {
			f.Principals = subject.Principals
		}
		if p.flow.Delegation {
			if f.Delegators, err = a.delegators(ctx, actor.ID, p.now); err != nil {
				return f, err
			}
		}
	}
	var acting []access.PersonID
	if actor.ID != "" {
		acting = append(acting, actor.ID)
	}
	f.Steps, err = a.steps(ctx, p.request, p.flow, p.request.ToResolve(p.flow), acting...)
	return f, err
}

// sayWhatHappened adds names and sentences.
func (a *App) sayWhatHappened(ctx context.Context, out *Simulation, p *play) error {
	var people []access.PersonID
	for _, s := range out.Steps {
		people = append(people, s.People...)
	}
	var err error
	if out.Names, err = a.namesOf(ctx, people); err != nil || p.request.Version == 0 {
		return err
	}
	v := View{Request: p.request, Resource: p.resource, Flow: p.flow}
	for i, step := range out.Steps {
		v.Steps = append(v.Steps, StepView{p.request.Steps[i], step.Needed, step.Approvers})
	}
	out.Sentences, err = a.explain(ctx, v)
	return err
}
