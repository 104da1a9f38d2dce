package policy_test

import (
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/policy"
)

// question is what ana asks on a Wednesday at 14:30 UTC: staging, which chloe
// owns, for an hour, at once. She is an engineer, and ben is her manager.
func question() app.PolicyQuestion {
	return app.PolicyQuestion{
		Person: access.Subject{ID: "ana", Active: true, Manager: "ben",
			Principals: []access.Principal{access.OfPerson("ana"), access.OfGroup("engineering"), access.OfGroup("on-call")}},
		Resource: access.Resource{ID: "staging", Kind: access.KindResource, Name: "Staging", Owner: "chloe"},
		Duration: time.Hour,
		Answers:  map[string]string{"ticket": "OPS-12"},
		At:       time.Date(2026, 7, 15, 14, 30, 0, 0, time.UTC),
	}
}

// flow gives policies their ids: each pair is an id and a text.
func flow(pairs ...string) []access.Policy {
	var out []access.Policy
	for pair := range slices.Chunk(pairs, 2) {
		out = append(out, access.Policy{ID: pair[0], Source: pair[1]})
	}
	return out
}

// decides asks about ana's question, as changed by with.
func decides(t *testing.T, policies []access.Policy, with func(*app.PolicyQuestion), want access.Verdict, by string, failed ...string) {
	t.Helper()
	q := question()
	if with != nil {
		with(&q)
	}
	verdict, broken := policy.New().Evaluate(policies, q)
	if (verdict != access.PolicyVerdict{Verdict: want, Policy: by}) {
		t.Errorf("verdict %+v, want %q by %q", verdict, want, by)
	}
	if !slices.Equal(broken, failed) {
		t.Errorf("failed %v, want %v", broken, failed)
	}
}

const (
	permitAll = `permit(principal, action, resource);`
	forbidAll = `forbid(principal, action, resource);`
	isNoCedar = `permit(principal, action, resource) when { hour < 5 };`
	permitFor = `permit(principal, action, resource) when { context.answers.project == "atlas" };` // ana gave no such answer
	forbidFor = `forbid(principal, action, resource) when { context.answers.project == "atlas" };`
)
