package connector_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func (c *center) pause(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// admin answers the calls of ssoadmin. An operation that is to be done at once is
// one that was on its way for long.
func (c *center) admin(w http.ResponseWriter, name string, in centerInput, atOnce bool) {
	if in.InstanceArn != anInstance {
		errs(w, "ResourceNotFoundException", nil)
		return
	}
	switch name {
	case "ListAccountAssignments":
		c.list(w, in)
	case "CreateAccountAssignment", "DeleteAccountAssignment":
		c.operate(w, in, name == "CreateAccountAssignment", atOnce)
	case "DescribeAccountAssignmentCreationStatus":
		c.describe(w, in.AccountAssignmentCreationRequestId)
	case "DescribeAccountAssignmentDeletionStatus":
		c.describe(w, in.AccountAssignmentDeletionRequestId)
	default:
		c.Errorf("a call of %s", name)
	}
}

// list gives two assignments a page.
func (c *center) list(w http.ResponseWriter, in centerInput) {
	if in.PermissionSetArn != aSet {
		errs(w, "ResourceNotFoundException", nil)
		return
	}
	var all []assignment
	for a := range c.assigned {
		if a.account == in.AccountId && a.set == in.PermissionSetArn {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b assignment) int { return -cmp.Compare(a.principal, b.principal) })
	from, _ := strconv.Atoi(in.NextToken)
	to := min(from+2, len(all))
	page := []map[string]string{}
	for _, a := range all[from:to] {
		page = append(page, map[string]string{"AccountId": a.account, "PermissionSetArn": a.set, "PrincipalType": a.kind, "PrincipalId": a.principal})
	}
	answer := map[string]any{"AccountAssignments": page}
	if to < len(all) {
		answer["NextToken"] = strconv.Itoa(to)
	}
	says(w, answer)
}

func (c *center) operate(w http.ResponseWriter, in centerInput, create, atOnce bool) {
	a := assignment{in.TargetId, in.PermissionSetArn, in.PrincipalType, in.PrincipalId}
	running := func(o *operation) bool { return o.assignment == a && o.left > 0 }
	switch {
	case in.TargetType != "AWS_ACCOUNT" || in.PrincipalType != "USER":
		errs(w, "ValidationException", nil)
		return
	case in.PermissionSetArn != aSet:
		errs(w, "ResourceNotFoundException", nil)
		return
	}
	for _, o := range c.operations {
		if running(o) {
			errs(w, "ConflictException", nil)
			return
		}
	}
	o := &operation{assignment: a, create: create, left: c.takes, failed: c.fails}
	if atOnce || !c.fails && create == (c.assigned[a] != nobodyMade) {
		o.left = 0
		c.settles(a, create)
	}
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", len(c.operations))
	c.operations[id] = o
	c.describe(w, id)
}

func (c *center) describe(w http.ResponseWriter, id string) {
	o := c.operations[id]
	if o == nil {
		errs(w, "ResourceNotFoundException", nil)
		return
	}
	status := map[string]any{"RequestId": id, "Status": "SUCCEEDED", "PrincipalId": o.principal}
	switch {
	case o.left > 0:
		status["Status"] = "IN_PROGRESS"
	case o.failed:
		status["Status"], status["FailureReason"] = "FAILED", "It went wrong with ana@example.com."
	}
	name := "AccountAssignmentDeletionStatus"
	if o.create {
		name = "AccountAssignmentCreationStatus"
	}
	says(w, map[string]any{name: status})
}

// gone says that something of the Identity Store is not there.
func gone(w http.ResponseWriter, kind string) {
	errs(w, "ResourceNotFoundException", map[string]any{"ResourceType": kind})
}

// store answers the calls of identitystore. A membership's id is those of the group
// and the user.
func (c *center) store(w http.ResponseWriter, name string, in centerInput) {
	user := in.MemberId.UserId
	known := slices.ContainsFunc([]string{userID("ana"), userID("ben")}, func(id string) bool { return id == user })
	members, there := c.groups[in.GroupId]
	id := in.GroupId + "/" + user
	switch {
	case in.IdentityStoreId != aStore:
		gone(w, "IDENTITY_STORE")
	case name == "GetUserId":
		unique := in.AlternateIdentifier.UniqueAttribute
		if found := c.users[unique.AttributePath+"="+unique.AttributeValue]; found != "" {
			says(w, map[string]string{"UserId": found, "IdentityStoreId": aStore})
			return
		}
		gone(w, "USER")
	case name == "DeleteGroupMembership":
		for group, members := range c.groups {
			for member := range members {
				if group+"/"+member == in.MembershipId {
					delete(members, member)
					says(w, struct{}{})
					return
				}
			}
		}
		gone(w, "GROUP_MEMBERSHIP")
	case !known:
		gone(w, "USER")
	case name == "IsMemberInGroups":
		c.memberships(w, in.GroupIds, user)
	case !there:
		gone(w, "GROUP")
	case name == "CreateGroupMembership" && members[user] != nobodyMade:
		errs(w, "ConflictException", map[string]any{"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"})
	case name == "CreateGroupMembership":
		members[user] = latchkeyMade
		says(w, map[string]string{"MembershipId": id, "IdentityStoreId": aStore})
	case name == "GetGroupMembershipId" && members[user] == nobodyMade:
		gone(w, "GROUP_MEMBERSHIP")
	case name == "GetGroupMembershipId":
		says(w, map[string]string{"MembershipId": id, "IdentityStoreId": aStore})
	default:
		c.Errorf("a call of %s", name)
	}
}

func (c *center) memberships(w http.ResponseWriter, groups []string, user string) {
	if len(groups) == 0 || len(groups) > 100 {
		errs(w, "ValidationException", nil)
		return
	}
	results := []map[string]any{}
	for _, group := range groups {
		members, there := c.groups[group]
		if !there {
			gone(w, "GROUP")
			return
		}
		results = append(results, map[string]any{"GroupId": group, "MemberId": map[string]string{"UserId": user},
			"MembershipExists": members[user] != nobodyMade})
	}
	says(w, map[string]any{"Results": results})
}
