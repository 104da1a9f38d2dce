package access

import (
	"regexp"
	"strings"
	"sync"
)

// What AWS makes: account numbers, ARNs of permission sets, ids of groups of the
// Identity Store. AWS writes the ids' letters small; capitals would be a second
// spelling of one target.
// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html
// https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html
//
// They are compiled when they are needed: every function starts with this package.
var (
	accountNumber    = pattern(`^[0-9]{12}$`)
	permissionSetARN = pattern(`^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet/((sso)?ins-[a-zA-Z0-9-.]{16})/ps-[a-zA-Z0-9-./]{16}$`)
	storeGroupID     = pattern(`^([0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
)

func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// storeGroupWord stands where an assignment has its account.
const storeGroupWord = "group"

// AssignmentTarget is a permission set in an AWS account, by IAM Identity Center.
func AssignmentTarget(account, permissionSet string) Target {
	return Target{Connector: ConnectorIdentityCenter, ID: account + " " + permissionSet}
}

// StoreGroupTarget is a group of the Identity Store.
func StoreGroupTarget(id string) Target {
	return Target{Connector: ConnectorIdentityCenter, ID: storeGroupWord + " " + id}
}

// Assignment gives the account and the permission set's ARN of a target that is
// one.
func (t Target) Assignment() (account, permissionSet string, ok bool) {
	account, permissionSet, _ = strings.Cut(t.ID, " ")
	if t.Connector != ConnectorIdentityCenter || account == storeGroupWord {
		return "", "", false
	}
	return account, permissionSet, true
}

// StoreGroup gives the id of the group of the Identity Store, if a target is one.
func (t Target) StoreGroup() (string, bool) {
	word, id, _ := strings.Cut(t.ID, " ")
	if t.Connector != ConnectorIdentityCenter || word != storeGroupWord {
		return "", false
	}
	return id, true
}

// InInstance tells whether a target is one of the IAM Identity Center instance
// with this ARN, as far as can be told: groups do not name theirs.
func (t Target) InInstance(arn string) bool {
	_, permissionSet, ok := t.Assignment()
	found := permissionSetARN().FindStringSubmatch(permissionSet)
	return !ok || found == nil || strings.HasSuffix(arn, ":instance/"+found[2])
}

func (f *findings) identityCenter(t Target) {
	if group, ok := t.StoreGroup(); ok {
		if !storeGroupID().MatchString(group) {
			f.add("/connector/group_id", "format", "A group of the Identity Store is named by its id, in small letters.")
		}
		return
	}
	account, permissionSet, _ := t.Assignment()
	switch {
	case account == "":
		f.add("/connector/account", "required", "An AWS account, or a group's id, is needed.")
	case !accountNumber().MatchString(account):
		f.add("/connector/account", "format", "An AWS account is named by its twelve digits.")
	}
	switch {
	case permissionSet == "":
		f.add("/connector/permission_set", "required", "A permission set is needed.")
	case !permissionSetARN().MatchString(permissionSet):
		f.add("/connector/permission_set", "format", "A permission set is named by its ARN.")
	}
}
