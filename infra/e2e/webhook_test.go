package e2e

import (
	"slices"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
	webhook "latchkey/infra/local/endpoint"
)

// Staging may be given by the company's own endpoint, which tells what it was
// sent and can be told to misbehave. See infra/local/endpoint.

// hook prepares a story in which it is. Ben decides. The others are resources
// that lead to the same target.
func hook(t *testing.T, duration contract.DurationRule, others ...string) *stage {
	t.Helper()
	s := emptyStage(t)
	s.ben = s.hire("ben", "")
	s.ana = s.hire("ana", s.ben.id)
	resources := []contract.Id{s.staging}
	for _, other := range others {
		resources = append(resources, s.name(other))
	}
	for _, resource := range resources {
		s.hooked(resource, s.path())
	}
	s.letAsk(resources, duration, "manager")
	return s
}

func fixed(duration contract.Duration) contract.DurationRule {
	return contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{duration}}
}

// path is where the endpoint gives staging.
func (s *stage) path() string { return "/" + s.staging }

// hooked makes a resource that is given at a path of the endpoint.
func (s *stage) hooked(resource, path string) {
	s.Helper()
	s.create("resources", resource, contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Staging",
		Connector: contract.Connector{Type: "webhook", Url: s.Webhooks.URL + path, Secret: s.Webhooks.Secret}})
}

// given lets Ana have staging.
func (s *stage) given() contract.Request {
	s.Helper()
	r := s.ana.asks(s.staging)
	s.ben.approves(r.Id)
	return s.ana.sees(r.Id, contract.StatusActive)
}

func (s *stage) control() webhook.Client {
	return webhook.Client{Base: s.Webhooks.Control, HTTP: httpClient}
}

// meets gives the endpoint's calls about staging trouble, or ends it.
func (s *stage) meets(troubles ...webhook.Trouble) {
	s.Helper()
	if err := s.control().Meet(s.Context(), s.path(), troubles...); err != nil {
		s.Fatal(err)
	}
}

// calls lists what the endpoint was sent about staging.
func (s *stage) calls() []webhook.Call {
	s.Helper()
	list, err := s.control().Calls(s.Context(), s.path())
	if err != nil {
		s.Fatal(err)
	}
	return list
}

// orders lists what it was told to do: true is to give, false is to take.
func (s *stage) orders() []bool {
	s.Helper()
	var list []bool
	for _, c := range s.calls() {
		if c.Type == webhook.Ensure {
			list = append(list, *c.Want)
		}
	}
	return list
}

// letsIn tells whether the endpoint lets Ana into staging.
func (s *stage) letsIn() bool {
	s.Helper()
	list, err := s.control().Holders(s.Context(), s.path())
	if err != nil {
		s.Fatal(err)
	}
	return slices.Contains(list, s.ana.id)
}

// standsAt checks that the endpoint lets Ana in or not, and what it was told on
// the way there.
func (s *stage) standsAt(in bool, orders ...bool) {
	s.Helper()
	if got := s.letsIn(); got != in {
		s.Errorf("the endpoint lets Ana in: %t", got)
	}
	if got := s.orders(); !slices.Equal(got, orders) {
		s.Errorf("the endpoint was told %v instead of %v", got, orders)
	}
}
