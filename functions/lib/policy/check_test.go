package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/policy"
)

func TestATextThatIsCedarIsFine(t *testing.T) {
	for story, source := range map[string]string{
		"one policy":                permitAll,
		"several":                   permitAll + "\n" + forbidAll + "\n",
		"comments and annotations":  "// at night\n@advice(\"ask // later\")\n" + forbidAll + " // for all",
		"paths after has in words":  `@advice("who has a.b?") permit(principal, action, resource) when { principal has manager && "has a.b" like "*" }; // has a.b`,
		"what will not evaluate":    permitFor,
		"a text as long as allowed": permitAll + strings.Repeat(" ", access.MaxPolicy-len(permitAll)),
	} {
		if problem := policy.New().Check(source); problem != "" {
			t.Errorf("%s: %s", story, problem)
		}
	}
}

// TestWhatIsWrongWithAText: each text has its problem where ▶ stands, and none is
// told in the words of the library.
func TestWhatIsWrongWithAText(t *testing.T) {
	when := func(condition string) string {
		return "permit(principal, action, resource)\nwhen { " + condition + " };"
	}
	for _, c := range []struct{ source, problem string }{
		{``, `There is no policy in this text.`},
		{`// to do`, `There is no policy in this text.`},
		{permitAll + strings.Repeat(" ", access.MaxPolicy), `The text has more than 8000 bytes.`},

		{`permit(principal, action, resource)▶`, `the text ends where “;” should follow`},
		{"permit(principal, action, resource) // all\n▶permit(principal, action, resource);", `there is “permit” where “;” should follow`},
		{`permit(principal, ▶resource, action);`, `there is “resource” where “action” should follow`},
		{`▶allow(principal, action, resource);`, `a policy begins with “permit” or “forbid”, not with “allow”`},
		{permitAll + `▶;`, `a policy begins with “permit” or “forbid”, not with “;”`},
		{`permit ▶principal`, `there is “principal” where “(” should follow`},
		{`@id("a")▶`, `the text ends too early`},
		{`▶{"effect": "permit"}`, `a policy begins with “permit” or “forbid”, not with “{”`},
		{`permit(principal == ▶?principal, action, resource);`, `“?” cannot stand here`},
		{`permit(principal in ▶"engineering", action, resource);`, `“"engineering"” cannot stand here`},
		{`permit(principal in Group::engineering▶, action, resource);`, `there is “,” where “::” should follow`},
		{`permit(principal, action in [Action::"a" ▶Action::"b"], resource);`, `there is “Action” where “,” should follow`},
		{`@id("a") @▶id("b") ` + permitAll, `“@id” is there twice`},

		{when(`▶hour < 5`), `“hour” cannot stand here`},
		{when("▶hour // of the day: \"1\n < 5"), `“hour” cannot stand here`},
		{`permit(principal, action, resource) when { context.hour < 5 && ▶};`, `“}” cannot stand here`},
		{"permit(principal, action, resource)\nwhen { context.hour <▶", `the text ends too early`},
		{when(`principal.manager ▶= Person::"ben"`), `there is “=” where “}” should follow`},
		{when(`principal.manager == "ben" ▶and context.hour < 5`), `there is “and” where “}” should follow`},
		{when(`"// ä" == ▶ü`), `“ü” cannot stand here`},
		{when(`context.answers has ▶5`), `“5” cannot stand here`},
		{when(`context ▶has answers.ticket`), `after “has” there is one attribute, as in “context.answers has ticket”`},
		{when("context ▶has /* \" */ answers //\n . ticket"), `after “has” there is one attribute, as in “context.answers has ticket”`},
		{when(`now▶()`), `“now” is not a function`},
		{when(`lessThan▶(5, 6)`), `“lessThan” is a method`},
		{when(`context.hour.before(5▶)`), `“before” is not a method`},
		{when(`context.ip(▶)`), `“ip” is a function`},
		{when(`[1, 2].contains(▶)`), `“contains” takes one argument`},
		{when(`[1, 2].isEmpty(3▶)`), `“isEmpty” takes no arguments`},
		{when(`[1 ▶2].contains(1)`), `there is “2” where “,” should follow`},
		{when(`{a: 1, a: ▶2} == {}`), `“a” is there twice`},
		{when(`context.answers.ticket == ▶"OPS`), `this string does not end on its line`},
		{when(`context.answers.ticket like ▶"OPS\d"`), `in this string a backslash precedes what it must not`},
		{when(`context.answers.ticket == ▶"OPS\*"`), `in this string a backslash precedes what it must not`},
		{when(`context.answers.ticket like ▶"\xff"`), `in this string a backslash precedes what it must not`},
		{when(`context.duration < ▶9223372036854775808`), `this number is too large`},
		{permitAll + "\n▶/* the rest", `this comment does not end`},
		{"permit(principal, action, resource)▶;\n\x00", `a character follows that Cedar does not allow`},
		{"▶\xff", `a character follows that Cedar does not allow`},
		{`▶` + strings.Repeat("x", 100) + `;`, `a policy begins with “permit” or “forbid”, not with “` + strings.Repeat("x", 40) + `…”`},
	} {
		source, want := strings.Replace(c.source, "▶", "", 1), c.problem
		if before, _, placed := strings.Cut(c.source, "▶"); placed {
			line, column := strings.Count(before, "\n"), utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])
			want = fmt.Sprintf("Line %d, column %d: %s.", line+1, column+1, want)
		}
		if got := policy.New().Check(source); got != want {
			t.Errorf("%s\n got %s\nwant %s", c.source, got, want)
		}
	}
}
