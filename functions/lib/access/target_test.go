package access_test

import (
	"encoding/json"
	"net/url"
	"testing"

	"latchkey/functions/lib/access"
)

func TestSpellingsOfOneEndpointAreOneTarget(t *testing.T) {
	for address, canonical := range map[string]string{
		"https://hooks.example.com":             "https://hooks.example.com/",
		"HTTPS://Hooks.Example.com:443/":        "https://hooks.example.com/",
		"https://hooks.example.com:/":           "https://hooks.example.com/",
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

// FuzzWebhookTarget: whatever passes as a webhook keeps what it was made of, has
// one spelling, and is an address that HTTP can be spoken with.
func FuzzWebhookTarget(f *testing.F) {
	for _, seed := range []string{"https://a.example.com", "https://[::1]:443/x?y", "https://a:/%2f", "https://A.example.com/?#", "https://a//b/../c"} {
		f.Add(seed, "jira")
	}
	f.Fuzz(func(t *testing.T, address, secret string) {
		target := access.WebhookTarget(address, secret)
		if len(access.CheckResource(access.Resource{Kind: access.KindResource, Name: "x", Target: target})) > 0 {
			return
		}
		canonical, name := target.Webhook()
		if name != secret || access.WebhookTarget(canonical, name) != target {
			t.Errorf("%q with %q is %q, then %q", address, secret, target, access.WebhookTarget(canonical, name))
		}
		if u, err := url.Parse(canonical); err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
			t.Errorf("%q with %q is called at %q: %v", address, secret, canonical, err)
		}
	})
}

// TestHistoryShowsATargetInTheContractsWords: as it is sent to the API.
func TestHistoryShowsATargetInTheContractsWords(t *testing.T) {
	for want, target := range map[string]access.Target{
		`{"type":"group","group":"figma-users"}`:                                                       {Connector: "group", ID: "figma-users"},
		`{"type":"webhook","url":"https://hooks.example.com/","secret":"jira"}`:                        access.WebhookTarget("https://hooks.example.com", "jira"),
		`{"type":"identity-center","account":"123456789012","permission_set":"` + permissionSet + `"}`: access.AssignmentTarget("123456789012", permissionSet),
		`{"type":"identity-center","group_id":"` + storeGroup + `"}`:                                   access.StoreGroupTarget(storeGroup),
	} {
		got, err := json.Marshal(access.Resource{Target: target})
		equal(t, "error", err, nil)
		equal(t, "history", string(got), `{"id":"","kind":"","name":"","connector":`+want+`}`)
	}
}
