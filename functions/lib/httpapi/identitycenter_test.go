package httpapi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

const (
	anInstance    = "arn:aws:sso:::instance/ssoins-722308cc4de3e6c0"
	permissionSet = "arn:aws:sso:::permissionSet/ssoins-722308cc4de3e6c0/ps-8c1ca1e1b0a3d2f4"
	storeGroup    = "906700e4c5-1bd4f5a0-0f5c-4b0e-9f0a-6a4d3b1c2e5f"
)

func TestAResourceMayBeGivenByIdentityCenter(t *testing.T) {
	o := newOffice(t)
	o.IdentityCenter = anInstance
	for id, want := range map[string]contract.Connector{
		"prod":      {Type: "identity-center", Account: "123456789012", PermissionSet: permissionSet},
		"engineers": {Type: "identity-center", GroupId: storeGroup},
	} {
		path := "/v1/admin/resources/" + id
		written := o.calls("eli", 201, "PUT", path, map[string]any{"kind": "resource", "name": id, "connector": want}, "If-None-Match", "*")
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
}

func TestWhatIsWrongWithIdentityCenter(t *testing.T) {
	o := newOffice(t)
	is := func(name string, connector map[string]any, want ...string) {
		t.Helper()
		connector["type"] = "identity-center"
		res := o.calls("eli", 422, "PUT", "/v1/admin/resources/prod", resourceBy(connector), "If-None-Match", "*")
		var found []string
		for _, e := range read[contract.Problem](t, res).Errors {
			found = append(found, e.Pointer+" "+string(e.Code))
		}
		if fmt.Sprint(found) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", name, found, want)
		}
	}
	is("no instance", map[string]any{"account": "123456789012", "permission_set": permissionSet}, "/connector/type not_set_up")
	o.IdentityCenter = "arn:aws:sso:::instance/ssoins-0000000000000000"
	is("another instance", map[string]any{"account": "123456789012", "permission_set": permissionSet}, "/connector/permission_set other_instance")
	o.IdentityCenter = anInstance
	is("nothing", map[string]any{}, "/connector/account required", "/connector/permission_set required")
	is("no permission set", map[string]any{"account": "123456789012"}, "/connector/permission_set required")
	is("no account", map[string]any{"permission_set": permissionSet}, "/connector/account required")
	is("an account's name", map[string]any{"account": "prod", "permission_set": permissionSet}, "/connector/account pattern")
	is("a set's name", map[string]any{"account": "123456789012", "permission_set": "ReadOnly"}, "/connector/permission_set pattern")
	is("another ARN", map[string]any{"account": "123456789012", "permission_set": anInstance}, "/connector/permission_set format")
	is("a group's name", map[string]any{"group_id": "Engineers"}, "/connector/group_id pattern")
	is("half an id", map[string]any{"group_id": "906700e4c5"}, "/connector/group_id format")
	is("both", map[string]any{"group_id": storeGroup, "account": "123456789012", "permission_set": permissionSet},
		"/connector/account unknown", "/connector/permission_set unknown")
	is("a group of the directory", map[string]any{"group_id": storeGroup, "group": "staging-users"}, "/connector/group unknown")
}
