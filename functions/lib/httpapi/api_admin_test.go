package httpapi_test

import (
	"io"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
)

func TestADryRunStoresNothing(t *testing.T) {
	o := newOffice(t)
	preview := read[contract.RequestPreview](t, o.calls("ana", 200, "POST", "/v1/requests?dry_run=true",
		map[string]any{"resource_id": "staging", "reason": "A demo"}, "Idempotency-Key", "k1"))
	if preview.Status != contract.StatusPending || preview.Steps[0].Approvers[0].Id != "ben" || preview.Flow.Version != 1 {
		t.Errorf("the preview is %+v", preview)
	}
	if mine := read[contract.RequestPage](t, o.calls("ana", 200, "GET", "/v1/requests", nil)).Data; len(mine) != 0 {
		t.Errorf("stored: %+v", mine)
	}
	created := o.calls("ana", 201, "POST", "/v1/requests", map[string]any{"resource_id": "staging", "reason": "A demo"}, "Idempotency-Key", "k1")
	if got := created.Header.Get("Location"); got != "/v1/requests/"+read[contract.Request](t, created).Id {
		t.Errorf("Location: %s", got)
	}
}

func TestMeTellsWhatAPortalShows(t *testing.T) {
	o := newOffice(t)
	ana := read[contract.Me](t, o.calls("ana", 200, "GET", "/v1/me", nil))
	if ana.Manager.Id != "ben" || !ana.Features.Requests || ana.Features.Admin || len(ana.Roles) != 0 {
		t.Errorf("ana is %+v", ana)
	}
	eli := read[contract.Me](t, o.calls("eli", 200, "GET", "/v1/me", nil))
	if !eli.Features.Admin || len(eli.Roles) != 1 || eli.Manager.Id != "" {
		t.Errorf("eli is %+v", eli)
	}
}

func TestAnUnchangedAnswerIsNotSentAgain(t *testing.T) {
	o := newOffice(t)
	tag := o.calls("ana", 200, "GET", "/v1/catalog", nil).Header.Get("ETag")
	again := o.calls("ana", 304, "GET", "/v1/catalog", nil, "If-None-Match", tag)
	if body, _ := io.ReadAll(again.Body); len(body) != 0 {
		t.Errorf("304 with %s", body)
	}
	o.anaAsks()
	o.calls("ana", 200, "GET", "/v1/catalog", nil, "If-None-Match", tag)
}

func TestConfigurationChangesByTheVersionThatWasRead(t *testing.T) {
	o := newOffice(t)
	for path, body := range map[string]map[string]any{
		"/v1/admin/groups/night-shift": {"name": "Night shift"},
		"/v1/admin/people/nia":         {"name": "Nia", "email": "nia@example.com", "manager": "ben"},
		"/v1/admin/resources/wiki":     {"kind": "resource", "name": "Wiki", "connector": map[string]any{"type": "group", "group": "staging-users"}},
		"/v1/admin/flows/wiki-flow": {"name": "Wiki", "resources": []string{"staging"}, "visible_to": []string{"everyone"},
			"steps": []any{map[string]any{"approvers": []string{"admins"}, "needed": "any"}}, "duration": map[string]any{"mode": "none"}},
	} {
		first := o.calls("eli", 201, "PUT", path, body, "If-None-Match", "*").Header.Get("ETag")
		o.calls("eli", 412, "PUT", path, body, "If-None-Match", "*")
		o.calls("eli", 428, "PUT", path, body)
		body["name"] = "Renamed"
		second := o.calls("eli", 200, "PUT", path, body, "If-Match", first).Header.Get("ETag")
		o.calls("eli", 412, "PUT", path, body, "If-Match", first)
		if got := o.calls("eli", 200, "GET", path, nil).Header.Get("ETag"); got[:3] != second[:3] {
			t.Errorf("%s: read as version %s, written as %s", path, got, second)
		}
		o.calls("dan", 403, "PUT", path, body, "If-Match", second)
		o.calls("dan", 403, "GET", path, nil)
		o.calls("dan", 403, "GET", path+"/events", nil)
		body["id"] = "another"
		o.calls("eli", 422, "PUT", path, body, "If-Match", second)
		o.calls("eli", 412, "DELETE", path, nil, "If-Match", first)
		o.calls("eli", 204, "DELETE", path, nil, "If-Match", second)
		o.calls("eli", 404, "GET", path, nil)
		history := read[contract.EventPage](t, o.calls("eli", 200, "GET", path+"/events", nil)).Data
		if len(history) != 3 || history[0].Type != "created" || history[2].Type != "deleted" || history[1].Actor.Name != "eli" ||
			history[1].Texts["before"].Text == nil || history[2].Texts["after"].Digest != "" {
			t.Errorf("%s: the history is %+v", path, history)
		}
	}
}

func TestAFlowHasWhatTheContractPutsIn(t *testing.T) {
	o := newOffice(t)
	flow := read[contract.Flow](t, o.calls("eli", 201, "PUT", "/v1/admin/flows/short", map[string]any{"name": "Short",
		"resources": []string{"staging"}, "visible_to": []string{"everyone"}, "duration": map[string]any{"mode": "fixed", "choices": []string{"PT60S"}},
		"steps": []any{map[string]any{"approvers": []string{"manager"}, "needed": "any"}}}, "If-None-Match", "*"))
	if flow.PendingFor != "P30D" || flow.ClaimWithin != "P1D" || flow.Order != 100 || flow.DenyWhen != "any" ||
		len(flow.DecideIn) != 3 || !flow.ShowProgress || !flow.Enabled || flow.Duration.Choices[0] != "PT1M" {
		t.Errorf("the flow is %+v", flow)
	}
}

func TestACallWithoutATokenIsRefused(t *testing.T) {
	o := newOffice(t)
	for name, option := range map[string]gatewaytest.Option{
		"none":         gatewaytest.WithHeader("accept", "*/*"),
		"access token": gatewaytest.WithClaims(map[string]string{"iss": gatewaytest.Issuer, "sub": "ana", "token_use": "access"}),
	} {
		res := gatewaytest.Call(t, o.api, gatewaytest.Event("GET", "/v1/me", option))
		if res.StatusCode != 401 || read[contract.Problem](t, res).Code != contract.ProblemCodeUnauthenticated {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
	}
	res := gatewaytest.Call(t, o.api, gatewaytest.Event("GET", "/v1/openapi.yaml"))
	if body, _ := io.ReadAll(res.Body); res.StatusCode != 200 || string(body) != "openapi: 3.1.0\n" {
		t.Errorf("the contract: %d %s", res.StatusCode, body)
	}
}
