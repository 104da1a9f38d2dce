package httpapi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

func resourceBy(connector map[string]any) map[string]any {
	return map[string]any{"kind": "resource", "name": "Jira", "connector": connector}
}

func TestAResourceMayBeGivenByAWebhook(t *testing.T) {
	o := newOffice(t)
	path := "/v1/admin/resources/jira"
	written := o.calls("eli", 201, "PUT", path, resourceBy(map[string]any{"type": "webhook",
		"url": "https://Hooks.example.com:443/jira?role=admin", "secret": "jira"}), "If-None-Match", "*")
	want := contract.Connector{Type: "webhook", Url: "https://hooks.example.com/jira?role=admin", Secret: "jira"}
	if got := read[contract.Resource](t, written).Connector; got != want {
		t.Errorf("written %+v", got)
	}
	if got := read[contract.Resource](t, o.calls("eli", 200, "GET", path, nil)).Connector; got != want {
		t.Errorf("read %+v", got)
	}
	history := read[contract.EventPage](t, o.calls("eli", 200, "GET", path+"/events", nil)).Data
	var after struct{ Connector contract.Connector }
	if err := json.Unmarshal([]byte(*history[0].Texts["after"].Text), &after); err != nil || after.Connector != want {
		t.Errorf("the history has %+v, %v", after, err)
	}
}

// TestAWebhookManagesNoGroup: neither one that is called like its secret, nor
// the one that the resource gave before.
func TestAWebhookManagesNoGroup(t *testing.T) {
	o := newOffice(t)
	tag := o.calls("eli", 200, "GET", "/v1/admin/resources/staging", nil).Header.Get("ETag")
	ana := map[string]any{"name": "ana", "email": "ana@example.com", "manager": "ben", "groups": []string{"staging-users"}}
	person := o.calls("eli", 200, "GET", "/v1/admin/people/ana", nil).Header.Get("ETag")
	managed := o.calls("eli", 409, "PUT", "/v1/admin/people/ana", ana, "If-Match", person)
	if code := read[contract.Problem](t, managed).Code; code != "managed_group" {
		t.Errorf("refused for %s", code)
	}
	o.calls("eli", 200, "PUT", "/v1/admin/resources/staging", resourceBy(map[string]any{"type": "webhook",
		"url": "https://hooks.example.com/", "secret": "staging-users"}), "If-Match", tag)
	o.calls("eli", 200, "PUT", "/v1/admin/people/ana", ana, "If-Match", person)
}

func TestWhatIsWrongWithAConnector(t *testing.T) {
	o := newOffice(t)
	const url = "https://hooks.example.com/"
	for name, c := range map[string]struct {
		connector map[string]any
		findings  []string
	}{
		"neither group nor type":     {map[string]any{}, []string{"/connector/type required"}},
		"no group":                   {map[string]any{"type": "group"}, []string{"/connector/group required"}},
		"a group nobody knows":       {map[string]any{"type": "group", "group": "nobody"}, []string{"/connector/group unknown"}},
		"nothing but the type":       {map[string]any{"type": "webhook"}, []string{"/connector/url required", "/connector/secret required"}},
		"no secret":                  {map[string]any{"type": "webhook", "url": url}, []string{"/connector/secret required"}},
		"no address":                 {map[string]any{"type": "webhook", "secret": "jira"}, []string{"/connector/url required"}},
		"an open line":               {map[string]any{"type": "webhook", "url": "http://hooks.example.com/", "secret": "jira"}, []string{"/connector/url pattern"}},
		"a user":                     {map[string]any{"type": "webhook", "url": "https://me@hooks.example.com/", "secret": "jira"}, []string{"/connector/url format"}},
		"another's secret":           {map[string]any{"type": "webhook", "url": url, "secret": "../jira"}, []string{"/connector/secret pattern"}},
		"a group as well":            {map[string]any{"type": "webhook", "url": url, "secret": "jira", "group": "staging-users"}, []string{"/connector/group unknown"}},
		"a webhook's members":        {map[string]any{"type": "group", "group": "staging-users", "url": url, "secret": "jira"}, []string{"/connector/secret unknown", "/connector/url unknown"}},
		"a connector nobody knows":   {map[string]any{"type": "telepathy"}, []string{"/connector/type not_one_of"}},
		"a member that nobody knows": {map[string]any{"type": "webhook", "url": url, "secret": "jira", "colour": "red"}, []string{"/connector/colour unknown"}},
	} {
		res := o.calls("eli", 422, "PUT", "/v1/admin/resources/jira", resourceBy(c.connector), "If-None-Match", "*")
		var findings []string
		for _, e := range read[contract.Problem](t, res).Errors {
			findings = append(findings, e.Pointer+" "+string(e.Code))
		}
		if fmt.Sprint(findings) != fmt.Sprint(c.findings) {
			t.Errorf("%s: %v, want %v", name, findings, c.findings)
		}
	}
}
