package e2e

import (
	"maps"
	"net/http"
	"strings"

	"latchkey/functions/lib/httpapi/contract"
)

// rules lists what no shape of the contract forbids, by what it is about.
func (w *world) rules() map[string][]spoiled {
	return map[string][]spoiled{
		"asking": w.asking(), "reading": w.reading(), "deciding": w.deciding(), "moving": w.moving(),
		"conditions": w.conditions(), "people": w.people(), "devices": w.devices(), "resources": w.resources(), "flows": w.flows(), "settings": w.settings(),
	}
}

func (w *world) asking() []spoiled {
	var list []spoiled
	ask := func(what string, by person, body map[string]any, status int, code contract.ProblemCode, at, finding string) {
		whole := map[string]any{"resource_id": w.staging, "reason": "To look around"}
		maps.Copy(whole, body)
		list = append(list, spoiled{what: what, by: by, method: http.MethodPost, path: "/v1/requests", body: whole,
			status: status, code: code, at: at, finding: finding})
	}
	invalid := func(what string, body map[string]any, at, finding string) {
		ask(what, w.ana, body, 422, contract.ProblemCodeInvalid, at, finding)
	}
	ask("a resource that there is not", w.ana, map[string]any{"resource_id": "nowhere-" + w.mark}, 404, contract.ProblemCodeNotFound, "", "")
	ask("a flow that is not open to Dan", w.dan, nil, 404, contract.ProblemCodeNotFound, "", "")
	ask("once more", w.ana, nil, 409, contract.ProblemCodeDuplicateOpenRequest, "", "")
	list[len(list)-1].tells = func(p contract.Problem) bool { return p.RequestId == w.waits.Id }
	invalid("no id of a resource", map[string]any{"resource_id": "Staging!"}, "/resource_id", "pattern")
	invalid("a blank reason", map[string]any{"reason": " \n "}, "/reason", "")
	invalid("an empty reason", map[string]any{"reason": ""}, "/reason", "too_short")
	invalid("a duration that is not offered", map[string]any{"duration": "PT2H"}, "/duration", "not_offered")
	invalid("no duration", map[string]any{"duration": "1 hour"}, "/duration", "pattern")
	invalid("no time at all", map[string]any{"duration": "PT0S"}, "/duration", "")
	invalid("a time where access is not timed", map[string]any{"resource_id": w.another, "duration": "PT1H"}, "/duration", "not_timed")
	invalid("a field that the form does not have", map[string]any{"answers": map[string]any{"ticket": "LK-1"}}, "/answers/ticket", "")
	invalid("a name that no field can have", map[string]any{"answers": map[string]any{"Ticket": "LK-1"}}, "/answers/Ticket", "unknown")
	invalid("an answer that is no text", map[string]any{"answers": map[string]any{"ticket": 7}}, "/answers/ticket", "type")

	for what, c := range map[string]struct{ query, key, at, finding string }{
		"a dry run, perhaps":        {"?dry_run=perhaps", "k", "dry_run", "type"},
		"a dry run, twice":          {"?dry_run=true&dry_run=false", "k", "dry_run", "repeated"},
		"a key with a space":        {"", "a key", "Idempotency-Key", "pattern"},
		"a key that is too long":    {"", strings.Repeat("k", 129), "Idempotency-Key", "pattern"},
		"a key of other characters": {"", "schlüssel", "Idempotency-Key", "pattern"},
	} {
		ask(what, w.ana, nil, 400, contract.ProblemCodeInvalidParameter, c.at, c.finding)
		last := &list[len(list)-1]
		last.path, last.headers = last.path+c.query, []string{"Idempotency-Key", c.key}
	}
	ask("a key that was used for something else", w.ana, map[string]any{"reason": "Something else"}, 422,
		contract.ProblemCodeIdempotencyKeyReused, "", "")
	list[len(list)-1].headers = []string{"Idempotency-Key", w.key}
	return list
}

func (w *world) reading() []spoiled {
	var list []spoiled
	get := func(by person, path string, status int, code contract.ProblemCode, at, finding string) {
		list = append(list, spoiled{what: path, by: by, method: http.MethodGet, path: path, status: status, code: code, at: at, finding: finding})
	}
	for _, id := range []string{"nonsense", "req_", "req_01jz3x6v9qk4t7m2b8n5c0d1ef", "req_01JZ3X6V9QK4T7M2B8N5C0D1EF", "req_%00", w.waits.Id + "0"} {
		get(w.ana, of(id), 404, contract.ProblemCodeNotFound, "", "")
		get(w.ana, of(id)+"/events", 404, contract.ProblemCodeNotFound, "", "")
	}
	for _, kind := range []string{"groups", "people", "resources", "flows"} {
		for _, id := range []string{"Nobody", "-", "no body", "nothing-" + w.mark, strings.Repeat("n", 64)} {
			path := "/v1/admin/" + kind + "/" + strings.ReplaceAll(id, " ", "%20")
			get(w.eli, path, 404, contract.ProblemCodeNotFound, "", "")
			get(w.eli, path+"/events", 404, contract.ProblemCodeNotFound, "", "")
		}
	}
	get(w.ana, "/v1/requests?view=all", 403, contract.ProblemCodeForbidden, "", "")
	get(w.ana, "/v1/requests?view=theirs", 400, contract.ProblemCodeInvalidParameter, "view", "not_one_of")
	get(w.ana, "/v1/requests?view=mine&view=all", 400, contract.ProblemCodeInvalidParameter, "view", "repeated")
	get(w.ana, "/v1/requests?status=gone", 400, contract.ProblemCodeInvalidParameter, "status", "not_one_of")
	get(w.ana, "/v1/requests?resource_id=Staging!", 400, contract.ProblemCodeInvalidParameter, "resource_id", "pattern")
	get(w.eli, "/v1/requests?view=all&requester_id=Ana!", 400, contract.ProblemCodeInvalidParameter, "requester_id", "pattern")
	get(w.ana, "/v1/requests?limit=%zz", 400, contract.ProblemCodeInvalidParameter, "", "")
	get(w.ana, "/v1/catalog?kind=robot", 400, contract.ProblemCodeInvalidParameter, "kind", "not_one_of")
	get(w.ana, "/v1/people", 400, contract.ProblemCodeInvalidParameter, "email", "required")
	get(w.ana, "/v1/people?email=", 400, contract.ProblemCodeInvalidParameter, "email", "pattern")
	get(w.ana, "/v1/people?email="+w.ben.id, 400, contract.ProblemCodeInvalidParameter, "email", "pattern")
	get(w.ana, "/v1/people?email="+w.ben.email+"&email="+w.dan.email, 400, contract.ProblemCodeInvalidParameter, "email", "repeated")
	get(w.ana, "/v1/nowhere", 404, contract.ProblemCodeNotFound, "", "")

	// A cursor belongs to the list that gave it out.
	cursor := in[page[contract.Request]](w.ana.get("/v1/requests?view=mine&limit=1").said(http.StatusOK)).NextCursor
	for _, query := range []string{"view=to_decide", "view=mine&status=pending", "view=mine&resource_id=" + w.staging} {
		get(w.ana, "/v1/requests?"+query+"&cursor="+cursor, 400, contract.ProblemCodeInvalidParameter, "cursor", "cursor")
	}
	get(w.eli, "/v1/admin/people?cursor="+cursor, 400, contract.ProblemCodeInvalidParameter, "cursor", "cursor")
	return list
}

func (w *world) deciding() []spoiled {
	var list []spoiled
	decide := func(what string, by person, id string, body map[string]any, status int, code contract.ProblemCode, at, finding string) {
		list = append(list, spoiled{what: what, by: by, method: http.MethodPost, path: of(id) + "/decisions", body: body,
			status: status, code: code, at: at, finding: finding})
	}
	approve := map[string]any{"decision": "approve"}
	for what, by := range map[string]person{"a stranger": w.dan, "an admin who is no approver": w.eli} {
		decide(what, by, w.waits.Id, approve, 403, contract.ProblemCodeNotApprover, "", "")
	}
	decide("a request that there is not", w.ben, "req_01JZ3X6V9QK4T7M2B8N5C0D1EF", approve, 403, contract.ProblemCodeNotApprover, "", "")
	decide("no id of a request", w.ben, "nonsense", approve, 404, contract.ProblemCodeNotFound, "", "")
	decide("the requester", w.ana, w.waits.Id, approve, 403, contract.ProblemCodeSelfApproval, "", "")
	invalid := func(what string, body map[string]any, at, finding string) {
		decide(what, w.ben, w.waits.Id, body, 422, contract.ProblemCodeInvalid, at, finding)
	}
	invalid("no verdict", map[string]any{"decision": "perhaps"}, "/decision", "not_one_of")
	invalid("a denial without a reason", map[string]any{"decision": "deny"}, "/reason", "required")
	invalid("a denial with a blank reason", map[string]any{"decision": "deny", "reason": " "}, "/reason", "")
	invalid("no question", map[string]any{"decision": "ask"}, "/reason", "required")
	invalid("longer than was asked for", map[string]any{"decision": "approve", "duration": "PT2H"}, "/duration", "too_long")
	invalid("the version before the first", map[string]any{"decision": "approve", "version": 0}, "/version", "too_small")
	decide("another version than was seen", w.ben, w.waits.Id, map[string]any{"decision": "approve", "version": 99}, 409, contract.ProblemCodeStaleVersion, "", "")

	late := func(what string, r contract.Request, body map[string]any, outcome contract.Status) {
		decide(what, w.ben, r.Id, body, 409, contract.ProblemCodeAlreadyDecided, "", "")
		list[len(list)-1].tells = func(p contract.Problem) bool {
			return p.Decided.Outcome == outcome && p.Decided.By == w.ben.id && !p.Decided.At.IsZero()
		}
	}
	late("what was denied", w.denied, approve, contract.StatusDenied)
	late("what was approved", w.holds, map[string]any{"decision": "deny", "reason": "No"}, contract.StatusApproved)
	return list
}

func (w *world) moving() []spoiled {
	var list []spoiled
	reason, text := map[string]any{"reason": "Just so"}, map[string]any{"text": "Contoso"}
	override := map[string]any{"decision": "deny", "reason": "Just so"}
	move := func(by person, r contract.Request, name string, body map[string]any, status int, code contract.ProblemCode) {
		e := endpoint{method: http.MethodPost, path: of(r.Id) + "/" + name, body: body}
		list = append(list, spoiled{what: by.id + " " + name + " " + string(r.Status), by: by, method: e.method, path: e.path,
			body: e.sent(), status: status, code: code})
	}
	for _, r := range []contract.Request{w.waits, w.denied, w.holds} {
		for name, body := range map[string]map[string]any{"answer": text, "cancel": nil, "start": nil, "end": nil} {
			move(w.dan, r, name, body, 404, contract.ProblemCodeNotFound)
			move(w.ben, r, name, body, 403, contract.ProblemCodeForbidden)
		}
		for name, body := range map[string]map[string]any{"override": override, "revoke": reason, "retry": reason} {
			move(w.dan, r, name, body, 404, contract.ProblemCodeNotFound)
			move(w.ben, r, name, body, 403, contract.ProblemCodeForbidden)
			move(w.ana, r, name, body, 403, contract.ProblemCodeForbidden)
		}
		for name, body := range map[string]map[string]any{"answer": text, "start": nil} {
			if name != "start" || r.Id != w.holds.Id { // what has begun was started
				move(w.ana, r, name, body, 409, contract.ProblemCodeNotAllowed)
			}
		}
		move(w.eli, r, "retry", reason, 409, contract.ProblemCodeNotAllowed)
	}
	for _, r := range []contract.Request{w.denied, w.holds} {
		move(w.ana, r, "cancel", nil, 409, contract.ProblemCodeNotAllowed)
		move(w.eli, r, "override", override, 409, contract.ProblemCodeAlreadyDecided)
	}
	for _, r := range []contract.Request{w.waits, w.denied} {
		move(w.ana, r, "end", nil, 409, contract.ProblemCodeNotAllowed)
		move(w.eli, r, "revoke", reason, 409, contract.ProblemCodeNotAllowed)
	}
	return list
}
