package access_test

import (
	"encoding/json"
	"testing"

	"latchkey/functions/lib/access"
)

func TestSpellingsOfOneEndpointAreOneTarget(t *testing.T) {
	for address, canonical := range map[string]string{
		"https://hooks.example.com":             "https://hooks.example.com/",
		"HTTPS://Hooks.Example.com:443/":        "https://hooks.example.com/",
		"https://hooks.example.com:8443/Grant":  "https://hooks.example.com:8443/Grant",
		"https://[2606:4700::AB]:443/x":         "https://[2606:4700::ab]/x",
		"https://hooks.example.com/a%2Fb?Role=": "https://hooks.example.com/a%2Fb?Role=",
	} {
		target := access.WebhookTarget(address, "jira")
		equal(t, address, target.String(), "webhook:jira "+canonical)
		equal(t, address+" again", access.WebhookTarget(canonical, "jira"), target)
		gotAddress, gotSecret := target.Webhook()
		equal(t, "address", gotAddress, canonical)
		equal(t, "secret", gotSecret, "jira")
	}
}

func TestEndpointsWithOtherSecretsAreOtherTargets(t *testing.T) {
	one, other := access.WebhookTarget("https://hooks.example.com/", "one"), access.WebhookTarget("https://hooks.example.com/", "other")
	equal(t, "the same", one == other, false)
}

// TestHistoryShowsATargetInTheContractsWords: as it is sent to the API.
func TestHistoryShowsATargetInTheContractsWords(t *testing.T) {
	for want, target := range map[string]access.Target{
		`{"type":"group","group":"figma-users"}`:                                {Connector: "group", ID: "figma-users"},
		`{"type":"webhook","url":"https://hooks.example.com/","secret":"jira"}`: access.WebhookTarget("https://hooks.example.com", "jira"),
	} {
		got, err := json.Marshal(access.Resource{Target: target})
		equal(t, "error", err, nil)
		equal(t, "history", string(got), `{"id":"","kind":"","name":"","connector":`+want+`}`)
	}
}
