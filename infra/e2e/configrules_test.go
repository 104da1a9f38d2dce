package e2e

import (
	"fmt"
	"maps"
	"net/http"

	"latchkey/functions/lib/httpapi/contract"
)

// conditions lists writes that do not say which version they change, or say
// another.
func (w *world) conditions() []spoiled {
	var list []spoiled
	for path, body := range w.configuration() {
		write := func(method, path string, status int, code contract.ProblemCode, at string, headers ...string) {
			e := endpoint{method: method, path: path, body: body}
			if method == http.MethodDelete {
				e.body = nil
			}
			list = append(list, spoiled{what: fmt.Sprintf("%s with %q", e, headers), by: w.eli, method: method, path: path,
				body: e.sent(), headers: headers, status: status, code: code, at: at})
		}
		methods := []string{http.MethodPut, http.MethodDelete}
		if kindOf(path) == "settings" {
			methods = methods[:1]
		}
		for _, method := range methods {
			write(method, path, 428, contract.ProblemCodeVersionRequired, "")
			for _, tag := range []string{`"99"`, `"99.abc"`, `W/"1"`, `1`, `"abc"`, `"-1"`} {
				write(method, path, 412, contract.ProblemCodeVersionMismatch, "", "If-Match", tag)
			}
			write(method, path, 400, contract.ProblemCodeInvalidParameter, "If-Match", "If-Match", "*")
			write(method, path, 400, contract.ProblemCodeInvalidParameter, "If-Match", "If-Match", `"1", "2"`)
		}
		if kindOf(path) == "settings" {
			continue
		}
		write(http.MethodPut, path, 412, contract.ProblemCodeAlreadyExists, "", "If-None-Match", "*")
		write(http.MethodPut, path, 400, contract.ProblemCodeInvalidParameter, "If-None-Match", "If-None-Match", `"1"`)
		write(http.MethodPut, path, 400, contract.ProblemCodeInvalidParameter, "If-None-Match", "If-Match", `"1"`, "If-None-Match", "*")
		kind := "/v1/admin/" + kindOf(path) + "/"
		write(http.MethodDelete, kind+"nothing-"+w.mark, 404, contract.ProblemCodeNotFound, "", "If-Match", `"1"`)
		write(http.MethodDelete, kind+"Nothing!", 404, contract.ProblemCodeNotFound, "", "If-Match", `"1"`)
		write(http.MethodPut, kind+"Nothing!", 400, contract.ProblemCodeInvalidParameter, "id", "If-None-Match", "*")
		delete(body, "id")
		write(http.MethodPut, kind+"nothing-"+w.mark, 412, contract.ProblemCodeVersionMismatch, "", "If-Match", `"1"`)
	}
	return list
}

// writes gives a way to list writes of one document, each with a few members
// changed.
func (w *world) writes(path string) (list *[]spoiled, write func(change map[string]any, code contract.ProblemCode, at, finding string)) {
	list = new([]spoiled)
	good := w.configuration()[path]
	tag := w.eli.get(path).said(http.StatusOK).etag()
	return list, func(change map[string]any, code contract.ProblemCode, at, finding string) {
		body := maps.Clone(good)
		maps.Copy(body, change)
		*list = append(*list, spoiled{what: fmt.Sprint(change), by: w.eli, method: http.MethodPut, path: path, body: body,
			headers: []string{"If-Match", tag}, status: 422, code: code, at: at, finding: finding})
	}
}

func (w *world) people() []spoiled {
	list, write := w.writes("/v1/admin/people/" + w.ana.id)
	invalid := func(member string, value any, at, finding string) {
		write(map[string]any{member: value}, contract.ProblemCodeInvalid, at, finding)
	}
	invalid("id", w.ben.id, "/id", "")
	for _, email := range []string{"ana", "ana@example", "a na@example.com", "@example.com", "ana@@example.com"} {
		invalid("email", email, "/email", "pattern")
	}
	invalid("name", "", "/name", "too_short")
	invalid("name", "  ", "/name", "")
	invalid("manager", w.ana.id, "/manager", "self")
	invalid("manager", "nobody-"+w.mark, "/manager", "unknown")
	invalid("groups", []string{"no-group-" + w.mark}, "/groups/0", "unknown")
	invalid("groups", []string{w.users, w.users}, "/groups/1", "repeated")
	invalid("groups", []any{7}, "/groups/0", "type")
	many := make([]string, 51)
	for i := range many {
		many[i] = fmt.Sprintf("group-%d", i)
	}
	invalid("groups", many, "/groups", "too_many")
	invalid("status", "gone", "/status", "not_one_of")
	invalid("time_zone", "Nowhere/Place", "/time_zone", "unknown")
	invalid("time_zone", "../etc/passwd", "/time_zone", "pattern")
	invalid("locale", "English!", "/locale", "pattern")
	invalid("bound", true, "/bound", "unknown")
	invalid("granted_groups", []string{w.users}, "/granted_groups", "unknown")
	return *list
}

func (w *world) devices() []spoiled {
	list, write := w.writes("/v1/admin/devices/" + w.device)
	accounts := func(at, finding string, accounts ...any) {
		write(map[string]any{"accounts": accounts}, contract.ProblemCodeInvalid, at, finding)
	}
	account := func(person, name string) map[string]any { return map[string]any{"person": person, "account": name} }
	accounts("/accounts/0/person", "unknown", account("nobody-"+w.mark, "ana"))
	accounts("/accounts/0/account", "pattern", account(w.ana.id, "Ana Ruiz"))
	accounts("/accounts/0/account", "reserved", account(w.ana.id, "root"))
	accounts("/accounts/1/person", "repeated", account(w.ana.id, "ana"), account(w.ana.id, "ana2"))
	accounts("/accounts/1/account", "repeated", account(w.ana.id, "ana"), account(w.ben.id, "ana"))
	write(map[string]any{"key": "AAAA"}, contract.ProblemCodeInvalid, "/key", "unknown")
	return *list
}

func (w *world) resources() []spoiled {
	list, write := w.writes("/v1/admin/resources/" + w.staging)
	invalid := func(member string, value any, at, finding string) {
		write(map[string]any{member: value}, contract.ProblemCodeInvalid, at, finding)
	}
	group := func(members map[string]any) map[string]any {
		whole := map[string]any{"type": "group", "group": w.users}
		maps.Copy(whole, members)
		return whole
	}
	invalid("kind", "robot", "/kind", "not_one_of")
	invalid("owner", "nobody-"+w.mark, "/owner", "unknown")
	for _, address := range []string{"ftp://example.com", "javascript:alert(1)", "https://", "staging", "https://exa mple.com"} {
		invalid("url", address, "/url", "pattern")
	}
	invalid("connector", map[string]any{"type": "group"}, "/connector/group", "required")
	invalid("connector", group(map[string]any{"type": "telepathy"}), "/connector/type", "not_one_of")
	invalid("connector", group(map[string]any{"group": "no-group-" + w.mark}), "/connector/group", "unknown")
	invalid("connector", group(map[string]any{"group": "admins"}), "/connector/group", "reserved")
	invalid("connector", group(map[string]any{"colour": "red"}), "/connector/colour", "unknown")
	webhook := map[string]any{"type": "webhook", "url": "https://hooks.example.com/", "secret": "jira"}
	for _, member := range []string{"url", "secret"} {
		without := maps.Clone(webhook)
		delete(without, member)
		invalid("connector", without, "/connector/"+member, "required")
	}
	for _, address := range []string{"http://hooks.example.com/", "hooks.example.com", "https://exa mple.com/"} {
		invalid("connector", map[string]any{"type": "webhook", "url": address, "secret": "jira"}, "/connector/url", "pattern")
	}
	invalid("connector", map[string]any{"type": "webhook", "url": "https://me:word@hooks.example.com/", "secret": "jira"}, "/connector/url", "format")
	invalid("connector", map[string]any{"type": "webhook", "url": "https://hooks.example.com/", "secret": "../other"}, "/connector/secret", "pattern")
	invalid("connector", group(webhook), "/connector/group", "unknown")
	invalid("connector", map[string]any{"type": "identity-center", "group_id": "906700e4c5-1bd4f5a0-0f5c-4b0e-9f0a-6a4d3b1c2e5f"}, "/connector/type", "not_set_up")
	return *list
}

func (w *world) flows() []spoiled {
	list, write := w.writes("/v1/admin/flows/" + w.flow)
	invalid := func(member string, value any, at, finding string) {
		write(map[string]any{member: value}, contract.ProblemCodeInvalid, at, finding)
	}
	unworkable := func(member string, value any, at string) {
		write(map[string]any{member: value}, contract.ProblemCodeInvalidFlow, at, "")
	}
	step := func(needed any, approvers ...any) map[string]any {
		return map[string]any{"approvers": append([]any{}, approvers...), "needed": needed}
	}
	rule := func(mode string, choices ...any) map[string]any {
		return map[string]any{"mode": mode, "choices": append([]any{}, choices...)}
	}
	field := func(id, pattern string) map[string]any {
		return map[string]any{"id": id, "label": "Ticket", "pattern": pattern}
	}

	for _, member := range []string{"resources", "visible_to", "steps", "decide_in"} {
		invalid(member, []any{}, "/"+member, "too_few")
	}
	invalid("resources", []any{w.staging, w.staging}, "/resources/1", "repeated")
	unworkable("resources", []any{"nowhere-" + w.mark}, "/resources/0")
	invalid("visible_to", []any{"nobody"}, "/visible_to/0", "pattern")
	unworkable("visible_to", []any{"everyone", "group:no-group-" + w.mark}, "/visible_to/1")
	invalid("steps", []any{step("any")}, "/steps/0/approvers", "too_few")
	invalid("steps", []any{step("any", "somebody")}, "/steps/0/approvers/0", "pattern")
	invalid("steps", []any{step("any", "manager", "manager")}, "/steps/0/approvers/1", "repeated")
	invalid("steps", []any{step("some", "manager")}, "/steps/0/needed", "not_one_of")
	invalid("steps", []any{step(0, "manager")}, "/steps/0/needed", "too_small")
	invalid("steps", []any{step(true, "manager")}, "/steps/0/needed", "type")
	invalid("steps", []any{map[string]any{"needed": "any"}}, "/steps/0/approvers", "required")
	unworkable("steps", []any{step("any", "person:nobody-"+w.mark)}, "/steps/0/approvers/0")
	invalid("duration", map[string]any{}, "/duration/mode", "required")
	invalid("duration", rule("forever"), "/duration/mode", "not_one_of")
	invalid("duration", rule("choice", "PT1H", "PT1H"), "/duration/choices/1", "repeated")
	invalid("duration", rule("choice", "1h"), "/duration/choices/0", "pattern")
	unworkable("duration", rule("none", "PT1H"), "/duration/choices")
	unworkable("duration", rule("fixed"), "/duration/choices")
	unworkable("duration", rule("fixed", "PT1H", "PT2H"), "/duration/choices")
	unworkable("duration", rule("choice", "PT60M", "PT1H"), "/duration/choices/1")
	unworkable("duration", rule("fixed", "P4000D"), "/duration/choices/0")
	invalid("fields", []any{field("Ticket", "")}, "/fields/0/id", "pattern")
	unworkable("fields", []any{field("ticket", ""), field("ticket", "")}, "/fields/1/id")
	unworkable("fields", []any{field("ticket", "[")}, "/fields/0/pattern")
	unworkable("pending_for", "P4000D", "/pending_for")
	invalid("order", -1, "/order", "too_small")
	invalid("order", 1.5, "/order", "type")
	invalid("decide_in", []any{"pigeon"}, "/decide_in/0", "not_one_of")
	invalid("deny_when", "never", "/deny_when", "not_one_of")
	invalid("version", 2, "/version", "unknown")
	return *list
}

func (w *world) settings() []spoiled {
	list, write := w.writes(settingsPath)
	invalid := func(member string, value any, finding string) {
		write(map[string]any{member: value}, contract.ProblemCodeInvalid, "/"+member, finding)
	}
	invalid("max_open_requests", -1, "too_small")
	invalid("max_open_requests", 1001, "too_large")
	invalid("max_submissions_per_hour", 101, "too_large")
	invalid("max_submissions_per_hour", 1.5, "type")
	invalid("support_url", "javascript:alert(1)", "pattern")
	invalid("slack_team_id", "acme.slack.com", "pattern")
	invalid("slack_client_id", "A0123ABCD", "pattern")
	write(map[string]any{"slack_team_id": "T0123ABCD"}, contract.ProblemCodeInvalid, "/slack_client_id", "required")
	return *list
}
