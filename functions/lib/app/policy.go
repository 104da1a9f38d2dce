package app

import (
	"context"
	"log/slog"
	"time"

	"latchkey/functions/lib/access"
)

// Policies evaluates the policies of flows. One that fails to be read or
// evaluated decides nothing.
type Policies interface {
	// Check tells what is wrong with a policy's text, or "".
	Check(source string) string
	// Evaluate gives the verdict of a flow's policies on a question. failed lists
	// the ids of those that could not be evaluated.
	Evaluate(policies []access.Policy, q PolicyQuestion) (verdict access.PolicyVerdict, failed []string)
}

// PolicyQuestion is what policies may look at.
type PolicyQuestion struct {
	Person   access.Subject
	Resource access.Resource
	Duration time.Duration // zero: not timed
	StartsIn time.Duration // zero: at once
	Answers  map[string]string
	At       time.Time
}

// policyVerdict asks the flow's policies about a submission.
func (a *App) policyVerdict(ctx context.Context, s Submission, f access.Facts, now time.Time) access.PolicyVerdict {
	if len(f.Flow.Policies) == 0 {
		return access.PolicyVerdict{}
	}
	duration := s.Duration
	if f.Flow.Duration.Mode == access.DurationFixed {
		duration = f.Flow.Duration.Choices[0]
	}
	q := PolicyQuestion{Person: f.Requester, Resource: f.Resource, Duration: time.Duration(duration), Answers: s.Answers, At: now}
	if s.StartsAt.After(now) {
		q.StartsIn = s.StartsAt.Sub(now)
	}
	verdict, failed := a.Policies.Evaluate(f.Flow.Policies, q)
	if len(failed) > 0 {
		slog.WarnContext(ctx, "policies that could not be evaluated decide nothing", "flow", f.Flow.ID, "policies", failed)
	}
	return verdict
}
