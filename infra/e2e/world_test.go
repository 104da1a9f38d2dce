package e2e

import (
	"net/http"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// world is a stage with everything that bad input could harm: requests that
// wait, are denied and are held, and each kind of configuration.
type world struct {
	*stage
	waits, denied, holds contract.Request
	another              string // a second resource, of the request that is held
	device               string
	key                  string // the idempotency key of the request that waits
	last                 map[string]string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{stage: setStage(t, "PT1H")}
	w.another, w.device = w.name("another"), w.name("macbook")
	w.create("devices", w.device, contract.DeviceInput{Name: "Ana's MacBook", Accounts: []contract.Account{{Person: w.ana.id, Account: "ana"}}})
	w.offerAnother("another")
	w.denied = w.ana.asks(w.staging)
	w.ben.decides(w.denied.Id, contract.VerdictDeny).said(http.StatusOK)
	w.key = w.name("key")
	w.waits = in[contract.Request](w.ana.post("/v1/requests", contract.RequestInput{ResourceId: w.staging, Reason: "To look around"},
		"Idempotency-Key", w.key).said(http.StatusCreated))
	w.holds = w.ana.asks(w.another)
	w.ben.approves(w.holds.Id)
	w.holds = w.ana.sees(w.holds.Id, contract.StatusActive)
	w.last = w.state(t)
	return w
}

// state reads all that belongs to this world, but for its histories.
func (w *world) state(t *testing.T) map[string]string {
	t.Helper()
	state := map[string]string{}
	for path := range w.configuration() {
		state[path] = string(w.eli.during(t).get(path).said(http.StatusOK).body)
	}
	for _, path := range []string{"/v1/me", "/v1/access", "/v1/catalog?limit=100", "/v1/requests?view=mine&limit=100"} {
		state[path] = string(w.ana.during(t).get(path).said(http.StatusOK).body)
	}
	return state
}

// histories would show even what was changed and changed back.
func (w *world) histories() map[string]string {
	w.Helper()
	told := map[string]string{}
	for _, r := range []contract.Request{w.waits, w.denied, w.holds} {
		told[of(r.Id)] = story(w.eli.history(of(r.Id)))
	}
	for path := range w.configuration() {
		told[path] = story(w.eli.history(path))
	}
	return told
}

// configuration has an address of each kind, with a body that would be good.
func (w *world) configuration() map[string]map[string]any {
	return map[string]map[string]any{
		"/v1/admin/groups/" + w.users: {"id": w.users, "name": "Has staging"},
		"/v1/admin/devices/" + w.device: {"id": w.device, "name": "Ann's MacBook",
			"accounts": []any{map[string]any{"person": w.ana.id, "account": "ann"}}},
		"/v1/admin/people/" + w.ana.id: {"id": w.ana.id, "email": w.ana.email, "name": "Ann", "manager": w.ben.id,
			"groups": []string{}, "status": "active", "time_zone": "Europe/Berlin", "locale": "en-GB"},
		"/v1/admin/resources/" + w.staging: {"id": w.staging, "kind": "resource", "name": "The staging servers", "description": "Read-write",
			"owner": w.ben.id, "url": "https://staging.example.com", "connector": map[string]any{"type": "group", "group": w.users}},
		"/v1/admin/flows/" + w.flow: {"id": w.flow, "name": "The staging servers", "resources": []string{w.staging},
			"visible_to": []string{"person:" + w.ana.id}, "duration": map[string]any{"mode": "none"},
			"steps":       []any{map[string]any{"approvers": []string{"manager"}, "needed": "any"}},
			"pending_for": "P30D", "claim_within": "P1D", "order": 10, "deny_when": "any", "same_person": "distinct",
			"decide_in": []string{"portal"}, "show_progress": true, "enabled": true, "fields": []any{}},
		settingsPath: {"requests_enabled": true, "show_progress": true, "max_open_requests": 20, "max_submissions_per_hour": 30,
			"support_url": "https://help.example.com"},
	}
}

// endpoints lists every call of the contract that takes an input.
func (w *world) endpoints() []endpoint {
	var list []endpoint
	read := func(as person, path string, isList, adminsOnly bool) {
		list = append(list, endpoint{method: http.MethodGet, path: path, by: as, list: isList, adminsOnly: adminsOnly})
	}
	move := func(as person, r contract.Request, name string, body map[string]any, required []string, long map[string]int) {
		list = append(list, endpoint{method: http.MethodPost, path: of(r.Id) + "/" + name, by: as, body: body,
			required: required, long: long, adminsOnly: as.id == w.eli.id})
	}
	read(w.ana, "/v1/me", false, false)
	for _, path := range []string{"/v1/catalog", "/v1/access", "/v1/requests", of(w.waits.Id) + "/events"} {
		read(w.ana, path, true, false)
	}
	read(w.ana, of(w.waits.Id), false, false)
	read(w.ana, of(w.waits.Id)+"/explanation", false, false)
	list = append(list, endpoint{method: http.MethodGet, path: "/v1/people", query: "?email=" + w.ben.email, by: w.ana})
	read(w.ana, "/v1/me/delegation", false, false)
	list = append(list, endpoint{method: http.MethodPut, path: "/v1/me/delegation", by: w.ana, required: []string{"delegate", "from", "until"},
		body: map[string]any{"delegate": w.ben.id, "from": "2026-01-01T00:00:00Z", "until": "2126-01-01T00:00:00Z"}},
		endpoint{method: http.MethodDelete, path: "/v1/me/delegation", by: w.ana})
	slack := "/v1/me/integrations/slack"
	read(w.ana, slack, false, false)
	list = append(list, endpoint{method: http.MethodPost, path: slack, by: w.ana}, endpoint{method: http.MethodDelete, path: slack, by: w.ana},
		endpoint{method: http.MethodPut, path: slack, by: w.ana, required: []string{"code", "state"},
			body: map[string]any{"code": "2141029472.691202649728", "state": "never given out"}, long: map[string]int{"code": 500, "state": 100}})

	reason, note := map[string]int{"reason": 2000}, map[string]int{"reason": 2000, "internal_note": 2000}
	list = append(list, endpoint{method: http.MethodPost, path: "/v1/requests", by: w.ana,
		body:     map[string]any{"resource_id": w.staging, "reason": "To look around", "duration": "PT1H", "answers": map[string]any{}},
		required: []string{"resource_id", "reason"}, long: reason})
	move(w.ben, w.waits, "decisions", map[string]any{"decision": "approve", "reason": "Fine", "duration": "PT1H", "version": 1},
		[]string{"decision"}, reason)
	move(w.ana, w.waits, "answer", map[string]any{"text": "Contoso"}, []string{"text"}, map[string]int{"text": 2000})
	move(w.ana, w.holds, "extend", map[string]any{"duration": "PT1H", "reason": "Not done"}, []string{"duration"}, reason)
	for _, name := range []string{"cancel", "start", "end"} {
		move(w.ana, w.waits, name, nil, nil, nil)
	}
	move(w.eli, w.waits, "override", map[string]any{"decision": "approve", "reason": "Incident 77", "internal_note": "By phone",
		"duration": "PT1H", "version": 1}, []string{"decision", "reason"}, note)
	move(w.eli, w.holds, "revoke", map[string]any{"reason": "Over", "internal_note": "By phone"}, []string{"reason"}, note)
	move(w.eli, w.holds, "retry", map[string]any{"reason": "It exists", "internal_note": "By phone"}, []string{"reason"}, note)
	move(w.eli, w.holds, "confirm-absent", map[string]any{"reason": "I looked", "internal_note": "By phone"}, []string{"reason"}, note)
	list = append(list, endpoint{method: http.MethodPost, path: "/v1/admin/revocations", by: w.eli, adminsOnly: true,
		body:     map[string]any{"request_ids": []string{w.holds.Id}, "reason": "Over", "internal_note": "By phone"},
		required: []string{"request_ids", "reason"}, long: note})
	return append(list, w.adminEndpoints()...)
}

func (w *world) adminEndpoints() []endpoint {
	required := map[string][]string{"groups": {"name"}, "devices": {"name", "accounts"}, "people": {"email", "name"}, "resources": {"kind", "name", "connector"},
		"flows":    {"name", "resources", "visible_to", "steps", "duration"},
		"settings": {"requests_enabled", "show_progress", "max_open_requests", "max_submissions_per_hour"}}
	long := map[string]map[string]int{"groups": {"name": 100}, "devices": {"name": 100}, "people": {"name": 100}, "flows": {"name": 100},
		"resources": {"name": 100, "description": 1000}}
	var list []endpoint
	for path, body := range w.configuration() {
		kind := kindOf(path)
		condition := []string{"If-Match", w.eli.get(path).said(http.StatusOK).etag()}
		add := func(e endpoint) {
			e.by, e.adminsOnly = w.eli, true
			list = append(list, e)
		}
		add(endpoint{method: http.MethodGet, path: path})
		add(endpoint{method: http.MethodGet, path: path + "/events", list: true})
		add(endpoint{method: http.MethodPut, path: path, headers: condition, body: body, required: required[kind], long: long[kind]})
		if kind != "settings" {
			add(endpoint{method: http.MethodGet, path: "/v1/admin/" + kind, list: true})
			add(endpoint{method: http.MethodDelete, path: path, headers: condition})
		}
		switch kind {
		case "devices":
			add(endpoint{method: http.MethodPost, path: path + "/enrolment"})
			add(endpoint{method: http.MethodDelete, path: path + "/enrolment"})
		case "people":
			add(endpoint{method: http.MethodDelete, path: path + "/sign-in", headers: condition})
			add(endpoint{method: http.MethodDelete, path: path + "/email-problem", headers: condition})
			add(endpoint{method: http.MethodGet, path: path + "/delegation/events", list: true})
			add(endpoint{method: http.MethodGet, path: path + "/integrations/slack/events", list: true})
		case "flows":
			add(endpoint{method: http.MethodGet, path: path + "/versions/1"})
			add(endpoint{method: http.MethodPost, path: path + "/copy", required: []string{"id"}, long: map[string]int{"name": 100},
				body: map[string]any{"id": w.name("copy"), "name": "A copy"}})
			add(endpoint{method: http.MethodPost, path: path + "/simulate", required: []string{"resource_id", "requester"},
				body: map[string]any{"resource_id": w.staging, "requester": w.ana.id, "duration": "PT1H", "answers": map[string]any{},
					"acts": []any{map[string]any{"by": w.ben.id, "decision": "approve"}}}})
		}
	}
	return list
}

// kindOf gives the kind of configuration that has an address.
func kindOf(path string) string { return strings.Split(path, "/")[3] }
