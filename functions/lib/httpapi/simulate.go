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

// SimulateFlow plays a request by a flow.
func (s server) SimulateFlow(w http.ResponseWriter, r *http.Request, id contract.Id) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.Simulation, error) {
		body, err := Decode[contract.SimulationInput](r)
		if err != nil {
			return contract.Simulation{}, err
		}
		in, err := readSimulation(body)
		if err != nil {
			return contract.Simulation{}, err
		}
		simulation, err := s.app.Simulate(ctx, c, access.FlowID(id), in)
		return showSimulation(simulation), err
	})
}

func readSimulation(body contract.SimulationInput) (app.Simulated, error) {
	var d durations
	in := app.Simulated{Requester: access.PersonID(body.Requester), Submission: app.Submission{
		Resource: access.ResourceID(body.ResourceId), Duration: d.read("/duration", body.Duration, 0), Answers: body.Answers}}
	var err error
	if in.At, err = momentOf("/at", body.At); err != nil {
		return in, err
	}
	if in.StartsAt, err = momentOf("/starts_at", body.StartsAt); err != nil {
		return in, err
	}
	for i, act := range body.Acts {
		pointer := fmt.Sprintf("/acts/%d", i)
		if (act.By == "") != (act.Decision == "") {
			return in, access.InvalidField(pointer, "incomplete", "An act is a decision by someone, or only time that passes.")
		}
		in.Acts = append(in.Acts, app.SimulatedAct{After: time.Duration(d.read(pointer+"/after", act.After, 0)),
			By: access.PersonID(act.By), Verdict: access.Verdict(act.Decision), Duration: d.read(pointer+"/duration", act.Duration, 0)})
	}
	return in, d.err
}

func showSimulation(s app.Simulation) contract.Simulation {
	out := contract.Simulation{Steps: []contract.SimulatedStep{}, Outcomes: []contract.SimulatedOutcome{}, Sentences: s.Sentences}
	for _, step := range s.Steps {
		shown := contract.SimulatedStep{Approvers: showApprovers(step.Approvers), Needed: step.Needed, People: []contract.PersonRef{},
			Words: step.Words(app.Words(step.Approvers), app.Words(step.Fallback))}
		for _, id := range step.People {
			shown.People = append(shown.People, contract.PersonRef{Id: string(id), Name: s.Names[id]})
		}
		out.Steps = append(out.Steps, shown)
	}
	for _, o := range s.Outcomes {
		shown := contract.SimulatedOutcome{At: o.At, Status: contract.Status(o.Request.Status), Events: []contract.EventType{}}
		if o.Request.Status.Undecided() {
			shown.Step = o.Request.Step() + 1
		}
		for _, e := range o.Events {
			shown.Events = append(shown.Events, string(e.Type))
		}
		if o.Refused != nil {
			shown.Refused = problemOf(o.Refused)
		}
		out.Outcomes = append(out.Outcomes, shown)
	}
	return out
}
