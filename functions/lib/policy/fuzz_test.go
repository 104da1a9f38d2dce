package policy_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/policy"
)

// FuzzAnyText: no text is too much, what is wrong with one is a sentence, and one
// that does not parse approves nothing and lets nothing else approve.
func FuzzAnyText(f *testing.F) {
	for _, source := range []string{"", permitAll, forbidAll, isNoCedar, permitFor, forbidFor, permitAll + isNoCedar,
		`@a("b") permit(principal is Person in Group::"x", action in [Action::"request"], resource == Resource::"\u{e4}")
		 when { if !(1 + -2 * 3 > 4) then context.answers has ticket else [1, {a: "b"}].contains(resource.kind like "a\**") }
		 unless { ip("::1").isInRange(ip("::/8")) || datetime("2026-07-15").toDate() < datetime("2026-07-16") }; // so`,
		`permit(principal, action, resource) when { "\*" == 99999999999999999999 };`, "/* \x00 \xff",
		"permit(principal, action, resource) when { ((context has a.b) has a.b) has a.b };"} {
		f.Add(source)
	}
	unplaced := []string{"There is no policy in this text.", "The text has more than 8000 bytes."}
	f.Fuzz(func(t *testing.T, source string) {
		problem := policy.New().Check(source)
		verdict, failed := policy.New().Evaluate(flow("it", source, "all", permitAll), question())
		if problem == "" {
			return
		}
		if verdict.Verdict != "" || len(failed) != 1 || failed[0] != "it" {
			t.Errorf("%q does not parse, and gave %+v, failed %v", source, verdict, failed)
		}
		if !strings.HasSuffix(problem, ".") || strings.ContainsAny(problem, "\n\x00") || utf8.RuneCountInString(problem) > 200 ||
			!strings.HasPrefix(problem, "Line ") && !slices.Contains(unplaced, problem) {
			t.Errorf("%q: no sentence: %q", source, problem)
		}
	})
}

// TestADeepText: the deepest nesting that a text has room for.
func TestADeepText(t *testing.T) {
	for _, deeper := range []string{"(", "[", "{a:", "!", "-", "if ", "ip(", "a.contains("} {
		room := access.MaxPolicy - len(permitAll) - len(" when { ") - len(deeper)
		source := strings.TrimSuffix(permitAll, ";") + " when { " + strings.Repeat(deeper, room/len(deeper))
		decides(t, flow("deep", source, "all", permitAll), nil, "", "", "deep")
	}
}
