package template_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"latchkey/infra/template"
)

// routes gives the routes by their keys.
func routes(t *testing.T) map[string]template.Resource {
	t.Helper()
	found := map[string]template.Resource{}
	for _, route := range load(t).OfType("AWS::ApiGatewayV2::Route") {
		found[route.Properties["RouteKey"].(string)] = route
	}
	return found
}

func TestEveryCallOfTheAPIWantsATokenButForTheContractAndPreflights(t *testing.T) {
	for key, route := range routes(t) {
		method, path, _ := strings.Cut(key, " ")
		open := key == "GET /v1/openapi.yaml" || method == "OPTIONS"
		if !strings.HasPrefix(path, "/v1/") || open {
			continue
		}
		if route.Properties["AuthorizationType"] != "JWT" || template.Name(route.Properties["AuthorizerId"]) != "ApiAuthorizer" {
			t.Errorf("%s: %v", key, route.Properties)
		}
	}
}

// A route of its own takes a path from the one with a greedy variable, and so
// must answer browsers itself.
func TestWhereAPathHasARouteOfItsOwnABrowserIsAnsweredWithoutAToken(t *testing.T) {
	all := routes(t)
	for key := range all {
		if path, own := strings.CutPrefix(key, "ANY /v1/"); own && all["OPTIONS /v1/"+path].Attributes["Condition"] != "HasCorsOrigins" {
			t.Errorf("%s: a preflight is asked for a token", key)
		}
	}
}

func TestPeopleAreConnectedByTheFunctionThatHoldsTheSecret(t *testing.T) {
	for key, want := range map[string]string{"ANY /v1/me/integrations/slack": "SlackIntegration", "ANY /slack/{proxy+}": "SlackIntegration"} {
		if target := fmt.Sprint(routes(t)[key].Properties["Target"]); !strings.Contains(target, want) {
			t.Errorf("%s leads to %s", key, target)
		}
	}
	var callers []string
	for _, permission := range load(t).OfType("AWS::Lambda::Permission") {
		if template.Name(permission.Properties["FunctionName"]) == "SlackFunction" {
			source := fmt.Sprint(permission.Properties["SourceArn"])
			callers = append(callers, source[strings.Index(source, "${Api}"):])
		}
	}
	slices.Sort(callers)
	if want := []string{"${Api}/*/*/slack/*]", "${Api}/*/*/v1/me/integrations/slack]"}; !slices.Equal(callers, want) {
		t.Errorf("it is called from %v, want %v", callers, want)
	}
}

// What an admin put into the secret must survive deployments, and the stack.
func TestSlacksSecretIsFilledInByAnAdminAndStays(t *testing.T) {
	secret := load(t).Resources["SlackSecret"]
	if secret.Attributes["DeletionPolicy"] != "Retain" || secret.Attributes["UpdateReplacePolicy"] != "Retain" {
		t.Errorf("it goes with the stack: %v", secret.Attributes)
	}
	var value map[string]string
	if err := json.Unmarshal([]byte(secret.Properties["SecretString"].(string)), &value); err != nil {
		t.Fatal(err)
	}
	for name, text := range value {
		if text != "" {
			t.Errorf("%s has a value in the template", name)
		}
	}
	if want := []string{"bot_token", "client_secret", "signing_secret"}; !slices.Equal(slices.Sorted(maps.Keys(value)), want) {
		t.Errorf("it holds %v, want %v", value, want)
	}
}
