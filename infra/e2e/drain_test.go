package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"latchkey/functions/lib/httpapi/contract"
	webhook "latchkey/infra/local/endpoint"
)

// TestADeadEndpointKeepsNobodyElseWaiting: after an outage in which every run was
// lost, what is overdue there waits for it, and what is given elsewhere ends.
func TestADeadEndpointKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	const many = 12
	s := setStage(t, "PT30S") // Staging is a group
	var resources []contract.Id
	for i := range many {
		resource := s.name(fmt.Sprint("dead", i))
		s.hooked(resource, "/"+resource)
		resources = append(resources, resource)
	}
	flow := s.name("dead-flow")
	s.create("flows", flow, contract.FlowInput{Name: "Dead", Resources: resources, VisibleTo: []contract.Audience{"person:" + s.ana.id},
		Duration: fixed("PT30S"), Steps: []contract.FlowStep{{Approvers: []contract.ApproverWord{"manager"}, Needed: contract.Needed{Count: 1}}}})

	var dead []contract.Request
	for _, resource := range resources {
		dead = append(dead, s.holdsByALostRun(resource))
		s.troubles([]contract.Id{resource}, webhook.Trouble{Status: http.StatusServiceUnavailable})
	}
	s.sweptUntil(s.holdsByALostRun(s.staging), contract.StatusEnded)
	for _, r := range dead {
		if now := s.ana.reads(r.Id); now.Status == contract.StatusEnded {
			t.Errorf("%s has ended at an endpoint that is down", r.Id)
		}
	}
	s.troubles(resources)
	for _, r := range dead {
		s.sweptUntil(r, contract.StatusEnded)
	}
}

// holdsByALostRun lets Ana hold a resource, and ends the run that holds it, as an
// outage might.
func (s *stage) holdsByALostRun(resource contract.Id) contract.Request {
	s.Helper()
	r := s.ana.asks(resource)
	s.ben.approves(r.Id)
	r = s.ana.sees(r.Id, contract.StatusActive)
	arn := executionARN(s.Approval, r.Id)
	if _, err := s.steps().StopExecution(s.Context(), &sfn.StopExecutionInput{ExecutionArn: &arn}); err != nil {
		s.Fatal(err)
	}
	return r
}

// troubles gives the endpoint's calls about these trouble, or ends it.
func (s *stage) troubles(resources []contract.Id, troubles ...webhook.Trouble) {
	s.Helper()
	for _, resource := range resources {
		if err := s.control().Meet(s.Context(), "/"+resource, troubles...); err != nil {
			s.Fatal(err)
		}
	}
}
