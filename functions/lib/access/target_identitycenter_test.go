package access_test

import (
	"fmt"
	"testing"

	"latchkey/functions/lib/access"
)

const (
	permissionSet = "arn:aws:sso:::permissionSet/ssoins-722308cc4de3e6c0/ps-8c1ca1e1b0a3d2f4"
	storeGroup    = "906700e4c5-1bd4f5a0-0f5c-4b0e-9f0a-6a4d3b1c2e5f"
)

func TestTargetsOfIdentityCenterKeepWhatTheyAreMadeOf(t *testing.T) {
	assignment, group := access.AssignmentTarget("123456789012", permissionSet), access.StoreGroupTarget(storeGroup)
	equal(t, "assignment", assignment.String(), "identity-center:123456789012 "+permissionSet)
	equal(t, "group", group.String(), "identity-center:group "+storeGroup)

	account, set, ok := assignment.Assignment()
	equal(t, "assignment", fmt.Sprint(account, set, ok), fmt.Sprint("123456789012", permissionSet, true))
	id, ok := group.StoreGroup()
	equal(t, "group", fmt.Sprint(id, ok), fmt.Sprint(storeGroup, true))

	_, _, ok = group.Assignment()
	equal(t, "a group is an assignment", ok, false)
	_, ok = assignment.StoreGroup()
	equal(t, "an assignment is a group", ok, false)
	_, ok = assignment.Group()
	equal(t, "an assignment is a group of the directory", ok, false)
}

func TestWhatIsWrongWithATargetOfIdentityCenter(t *testing.T) {
	for name, c := range map[string]struct {
		target   access.Target
		findings []string
	}{
		"an assignment":       {access.AssignmentTarget("123456789012", permissionSet), nil},
		"in another land":     {access.AssignmentTarget("123456789012", "arn:aws-us-gov:sso:::permissionSet/ins-722308cc4de3e6c0/ps-8c1ca1e1b0a3d2f4"), nil},
		"a group":             {access.StoreGroupTarget(storeGroup), nil},
		"a group, short":      {access.StoreGroupTarget(storeGroup[11:]), nil},
		"nothing":             {access.AssignmentTarget("", ""), []string{"/connector/account required", "/connector/permission_set required"}},
		"no permission set":   {access.AssignmentTarget("123456789012", ""), []string{"/connector/permission_set required"}},
		"no account":          {access.AssignmentTarget("", permissionSet), []string{"/connector/account required"}},
		"a short account":     {access.AssignmentTarget("12345678901", permissionSet), []string{"/connector/account format"}},
		"an account's name":   {access.AssignmentTarget("prod", permissionSet), []string{"/connector/account format"}},
		"a set's name":        {access.AssignmentTarget("123456789012", "ReadOnly"), []string{"/connector/permission_set format"}},
		"an instance":         {access.AssignmentTarget("123456789012", "arn:aws:sso:::instance/ssoins-722308cc4de3e6c0"), []string{"/connector/permission_set format"}},
		"an ARN with a space": {access.AssignmentTarget("123456789012", permissionSet+" x"), []string{"/connector/permission_set format"}},
		"a group's name":      {access.StoreGroupTarget("Engineers"), []string{"/connector/group_id format"}},
		"a group in capitals": {access.StoreGroupTarget("1BD4F5A0-0F5C-4B0E-9F0A-6A4D3B1C2E5F"), []string{"/connector/group_id format"}},
		"no group's id":       {access.StoreGroupTarget(""), []string{"/connector/group_id format"}},
	} {
		var got []string
		for _, e := range access.CheckResource(access.Resource{Kind: access.KindResource, Name: "x", Target: c.target}) {
			got = append(got, e.Pointer+" "+e.Code)
		}
		equal(t, name, fmt.Sprint(got), fmt.Sprint(c.findings))
	}
}

func TestAPermissionSetIsOfOneInstance(t *testing.T) {
	const own, other = "arn:aws:sso:::instance/ssoins-722308cc4de3e6c0", "arn:aws:sso:::instance/ssoins-0000000000000000"
	assignment := access.AssignmentTarget("123456789012", permissionSet)
	equal(t, "its own", assignment.InInstance(own), true)
	equal(t, "another", assignment.InInstance(other), false)
	equal(t, "a group in another", access.StoreGroupTarget(storeGroup).InInstance(other), true)
}
