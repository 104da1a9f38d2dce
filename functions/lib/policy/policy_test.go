package policy_test

import (
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// TestWhatAPolicyMayLookAt: each condition holds for ana's question as changed,
// and for her own only where it is not changed.
func TestWhatAPolicyMayLookAt(t *testing.T) {
	type q = app.PolicyQuestion
	for story, c := range map[string]struct {
		scope, when string
		with        func(*q)
	}{
		"who asks":                          {scope: `principal == Person::"ana", action, resource`},
		"a group of theirs":                 {scope: `principal in Group::"engineering", action, resource`},
		"another group of theirs":           {scope: `principal is Person in Group::"on-call", action, resource`},
		"any of several groups":             {when: `principal in [Group::"sales", Group::"on-call"]`},
		"admins are a group":                {when: `principal in Group::"admins"`, with: func(q *q) { q.Person.Principals = []access.Principal{access.Admins} }},
		"someone in no group":               {when: `!(principal in Group::"engineering")`, with: func(q *q) { q.Person.Principals = nil }},
		"their manager":                     {when: `principal.manager == Person::"ben"`},
		"someone without a manager":         {when: `!(principal has manager)`, with: func(q *q) { q.Person.Manager = "" }},
		"the one action":                    {scope: `principal, action == Action::"request", resource`},
		"which resource":                    {scope: `principal, action, resource == Resource::"staging"`},
		"its kind":                          {when: `resource.kind == "resource"`},
		"a device":                          {when: `resource.kind == "device"`, with: func(q *q) { q.Resource.Kind = access.KindDevice }},
		"its owner":                         {when: `resource.owner == Person::"chloe"`},
		"the owner's own request":           {when: `resource.owner == principal`, with: func(q *q) { q.Resource.Owner = "ana" }},
		"the manager's resource":            {when: `resource.owner == principal.manager`, with: func(q *q) { q.Resource.Owner = "ben" }},
		"a resource without an owner":       {when: `!(resource has owner)`, with: func(q *q) { q.Resource.Owner = "" }},
		"for how long, in seconds":          {when: `context.duration == 3600`},
		"not timed":                         {when: `context.duration == 0`, with: func(q *q) { q.Duration = 0 }},
		"the hour":                          {when: `context.hour == 14`},
		"the hour is that of UTC":           {when: `context.hour == 23 && context.weekday == 2`, with: func(q *q) { q.At = time.Date(2026, 7, 15, 1, 0, 0, 0, time.FixedZone("", 2*3600)) }},
		"midnight":                          {when: `context.hour == 0`, with: func(q *q) { q.At = time.Date(2026, 7, 15, 0, 59, 59, 0, time.UTC) }},
		"Wednesday is the third day":        {when: `context.weekday == 3`},
		"Monday is the first":               {when: `context.weekday == 1`, with: func(q *q) { q.At = q.At.AddDate(0, 0, -2) }},
		"Sunday is the seventh":             {when: `context.weekday == 7`, with: func(q *q) { q.At = q.At.AddDate(0, 0, 4) }},
		"at once":                           {when: `context.starts_at == 0`},
		"a start ahead, in seconds":         {when: `context.starts_at == 7200`, with: func(q *q) { q.StartsIn = 2 * time.Hour }},
		"an answer":                         {when: `context.answers.ticket like "OPS-*"`},
		"an answer whose id is no name":     {when: `context.answers has "cost-center" && context.answers["cost-center"] == "42"`, with: func(q *q) { q.Answers["cost-center"] = "42" }},
		"an answer that is not there":       {when: `!(context.answers has project)`},
		"no answers":                        {when: `!(context.answers has ticket)`, with: func(q *q) { q.Answers = nil }},
		"an answer is text, never a policy": {when: `context.answers.ticket == "\" || true || \""`, with: func(q *q) { q.Answers["ticket"] = `" || true || "` }},
	} {
		t.Run(story, func(t *testing.T) {
			if c.scope == "" {
				c.scope = `principal, action, resource`
			}
			source := `permit(` + c.scope + `)`
			if c.when != "" {
				source += ` when { ` + c.when + ` }`
			}
			decides(t, flow("it", source+";"), c.with, access.Approve, "it")
			if c.with != nil {
				decides(t, flow("it", source+";"), nil, "", "")
			}
		})
	}
}

// TestWhoDecides: of a flow's policies, in any order and number.
func TestWhoDecides(t *testing.T) {
	const (
		atNight  = `forbid(principal, action, resource) when { context.hour < 6 };`
		byDay    = `forbid(principal, action, resource) when { context.hour >= 6 };`
		short    = `permit(principal, action, resource) when { context.duration <= 3600 };`
		long     = `permit(principal, action, resource) when { context.duration > 3600 };`
		forSales = `permit(principal in Group::"sales", action, resource);`
	)
	for story, c := range map[string]struct {
		policies []access.Policy
		verdict  access.Verdict
		by       string
	}{
		"a flow without policies leaves it to people":   {nil, "", ""},
		"one that does not apply leaves it to people":   {flow("sales", forSales), "", ""},
		"a forbid that does not apply approves nothing": {flow("night", atNight), "", ""},
		"a permit approves":                             {flow("short", short), access.Approve, "short"},
		"a forbid denies":                               {flow("day", byDay), access.Deny, "day"},
		"the one that permits is named":                 {flow("sales", forSales, "long", long, "short", short), access.Approve, "short"},
		"of several that permit, the first":             {flow("short", short, "all", permitAll), access.Approve, "short"},
		"the one that forbids is named":                 {flow("night", atNight, "day", byDay), access.Deny, "day"},
		"of several that forbid, the first":             {flow("all", forbidAll, "day", byDay), access.Deny, "all"},
		"a forbid beats a permit after it":              {flow("day", byDay, "short", short), access.Deny, "day"},
		"a forbid beats a permit before it":             {flow("short", short, "day", byDay), access.Deny, "day"},
		"a permit and a forbid in one text":             {flow("both", short+byDay), access.Deny, "both"},
		"the second policy of a text permits":           {flow("both", forSales+"\n"+short), access.Approve, "both"},
		"the second policy of a text forbids":           {flow("all", permitAll, "both", atNight+"\n"+byDay), access.Deny, "both"},
		"one text's forbid beats another's permit":      {flow("both", short+atNight, "day", byDay), access.Deny, "day"},
		"another action is never asked for":             {flow("it", `permit(principal, action == Action::"revoke", resource);`), "", ""},
	} {
		t.Run(story, func(t *testing.T) { decides(t, c.policies, nil, c.verdict, c.by) })
	}
}

// TestWhatCannotBeEvaluated: it decides nothing, nothing is approved beside it,
// and a forbid still denies.
func TestWhatCannotBeEvaluated(t *testing.T) {
	const unless = `permit(principal, action, resource) unless { context.answers.project == "atlas" };`
	for kind, broken := range map[string]string{
		"no Cedar":                            isNoCedar,
		"nothing":                             "",
		"a comment alone":                     "// permit(principal, action, resource);",
		"too long a text":                     permitAll + string(make([]byte, access.MaxPolicy)),
		"a good policy before no Cedar":       permitAll + isNoCedar,
		"a permit without its answer":         permitFor,
		"a forbid without its answer":         forbidFor,
		"an unless without its answer":        unless,
		"a good policy before one that fails": permitAll + permitFor,
		"a number held against a text":        `permit(principal, action, resource) when { context.hour < "six" };`,
		"has with a path, in itself":          `permit(principal, action, resource) when { ` + strings.Repeat("(", 40) + `context` + strings.Repeat(` has a.b)`, 40) + ` };`,
		"a number as a condition":             `permit(principal, action, resource) when { context.hour };`,
		"a sum that is too large":             `permit(principal, action, resource) when { context.hour + 9223372036854775807 > 0 };`,
		"an attribute that there is not":      `permit(principal, action, resource) unless { principal.level == 3 };`,
		"a function without its argument":     `permit(principal, action, resource) unless { ip() == ip("10.0.0.1") };`,
		"the manager's groups":                `forbid(principal, action, resource) when { principal.manager in Group::"contractors" };`,
		"the manager's manager":               `permit(principal, action, resource) unless { principal.manager has manager };`,
		"the owner's groups":                  `permit(principal, action, resource) unless { resource.owner in [Group::"sre"] };`,
	} {
		t.Run(kind, func(t *testing.T) {
			decides(t, flow("broken", broken), nil, "", "", "broken")
			decides(t, flow("broken", broken, "all", permitAll), nil, "", "", "broken")
			decides(t, flow("all", permitAll, "broken", broken), nil, "", "", "broken")
			decides(t, flow("broken", broken, "never", forbidAll), nil, access.Deny, "never", "broken")
			decides(t, flow("never", forbidAll, "all", permitAll, "broken", broken), nil, access.Deny, "never", "broken")
		})
	}
	t.Run("each of them is listed once", func(t *testing.T) {
		decides(t, flow("a", permitFor+forbidFor, "all", permitAll, "b", isNoCedar), nil, "", "", "a", "b")
	})
	t.Run("a forbid beside one that fails in its own text denies", func(t *testing.T) {
		decides(t, flow("both", permitFor+forbidAll), nil, access.Deny, "both", "both")
	})
	t.Run("an answer that is asked for first fails nothing", func(t *testing.T) {
		const careful = `forbid(principal, action, resource) when { context.answers has project && context.answers.project == "atlas" };`
		decides(t, flow("careful", careful, "all", permitAll), nil, access.Approve, "all")
	})
	t.Run("with its answer it decides", func(t *testing.T) {
		decides(t, flow("project", permitFor), func(q *app.PolicyQuestion) { q.Answers["project"] = "atlas" }, access.Approve, "project")
	})
	t.Run("one's own resource is no stranger's", func(t *testing.T) {
		own := `permit(principal, action, resource) when { resource.owner in Group::"engineering" };`
		decides(t, flow("own", own), func(q *app.PolicyQuestion) { q.Resource.Owner = "ana" }, access.Approve, "own")
	})
}
