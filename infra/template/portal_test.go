package template_test

import (
	"fmt"
	"strings"
	"testing"

	"latchkey/infra/template"
)

// The portal takes what is no other route's, and so nothing from them: the most
// specific route has a call, and $default is the least.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
func TestWhatIsNoOtherRoutesIsThePortalsAndNeedsNoToken(t *testing.T) {
	portal := routes(t)["$default"]
	if portal.Properties["AuthorizationType"] != "NONE" || portal.Properties["AuthorizerId"] != nil || portal.Attributes["Condition"] != nil {
		t.Errorf("the portal's route is %v if %v", portal.Properties, portal.Attributes["Condition"])
	}
	if target := fmt.Sprint(portal.Properties["Target"]); !strings.Contains(target, "${PortalIntegration}") {
		t.Errorf("it leads to %s", target)
	}
	for _, part := range []string{"v1", "mail", "slack", "devices"} {
		if routes(t)["ANY /"+part+"/{proxy+}"].Type == "" {
			t.Errorf("what is below /%s is the portal's", part)
		}
	}
}

func TestEveryIntegrationsFunctionMayBeCalledByTheAPI(t *testing.T) {
	may := map[string]bool{}
	for name, permission := range load(t).OfType("AWS::Lambda::Permission") {
		if permission.Properties["Principal"] != "apigateway.amazonaws.com" {
			continue
		}
		may[template.Name(permission.Properties["FunctionName"])] = true
		if source := fmt.Sprint(permission.Properties["SourceArn"]); !strings.Contains(source, "${Api}/*/") {
			t.Errorf("%s: from %s", name, source)
		}
	}
	for name, integration := range load(t).OfType("AWS::ApiGatewayV2::Integration") {
		if function := template.Name(integration.Properties["IntegrationUri"]); !may[function] {
			t.Errorf("%s calls %q", name, function)
		}
	}
	source := fmt.Sprint(load(t).Resources["PortalPermission"].Properties["SourceArn"])
	if !strings.Contains(source, "${Api}/*/$default]") {
		t.Errorf("the portal is called from %s", source)
	}
}

// Who signs out at the pool comes back to where the portal says.
func TestThePoolKnowsTheWaysBackToThePortal(t *testing.T) {
	client := load(t).Resources["UserPoolClient"].Properties
	for property, wants := range map[string][]string{"CallbackURLs": {"/callback", "/mail/callback"}, "LogoutURLs": {"/"}} {
		got := list(client[property])
		if len(got) != len(wants) {
			t.Fatalf("%s are %v", property, got)
		}
		for n, want := range wants {
			whole := fmt.Sprintf("map[Fn::If:[OwnAddress map[Fn::Sub:${Api.ApiEndpoint}%[1]s] map[Fn::Sub:${PortalUrl}%[1]s]]]", want)
			if fmt.Sprint(got[n]) != whole {
				t.Errorf("%s: %v instead of %s", property, got[n], whole)
			}
		}
	}
}

func TestAnOperatorSeesEveryFunction(t *testing.T) {
	all := load(t)
	dashboard := fmt.Sprint(all.Resources["Dashboard"].Properties["DashboardBody"])
	alarmed := map[string]bool{}
	for _, alarm := range all.OfType("AWS::CloudWatch::Alarm") {
		if alarm.Properties["MetricName"] == "Errors" {
			alarmed[template.Name(at(list(alarm.Properties["Dimensions"])[0], "Value"))] = true
		}
	}
	for name := range functions(t) {
		if !alarmed[name] {
			t.Errorf("nobody is told when %s fails", name)
		}
		if !strings.Contains(dashboard, "${"+name+"}") {
			t.Errorf("%s is not on the dashboard", name)
		}
		if template.Name(at(all.Outputs[name+"Name"], "Value")) != name {
			t.Errorf("the stack does not say the name of %s", name)
		}
	}
}
