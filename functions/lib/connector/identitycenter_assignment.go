package connector

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// How long to wait for an assignment that is being made or deleted. AWS takes some
// seconds, and longer where the permission set is new to the account. The
// provisioner has a minute for all it does.
const (
	pollEvery  = time.Second
	pollAtMost = 40 * time.Second
	pollMargin = 3 * time.Second // that is left of the caller's time
)

// assigned reads who has the permission set in the account. The list for one
// principal would be shorter, but AWS gives it to the management account alone.
func (c IdentityCenter) assigned(ctx context.Context, user string, t access.Target) (held Held, err error) {
	account, permissionSet, _ := t.Assignment()
	var groups []string
	pages := ssoadmin.NewListAccountAssignmentsPaginator(c.Admin, &ssoadmin.ListAccountAssignmentsInput{
		InstanceArn: &c.Instance, AccountId: &account, PermissionSetArn: &permissionSet})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return Held{}, sorted(err)
		}
		for _, a := range page.AccountAssignments {
			switch {
			case a.PrincipalType == types.PrincipalTypeGroup:
				groups = append(groups, aws.ToString(a.PrincipalId))
			case aws.ToString(a.PrincipalId) == user:
				held.Direct = true
			}
		}
	}
	held.Through, err = c.memberOf(ctx, user, groups)
	return held, err
}

func (c IdentityCenter) assign(ctx context.Context, user string, t access.Target) error {
	account, permissionSet, _ := t.Assignment()
	out, err := c.Admin.CreateAccountAssignment(ctx, &ssoadmin.CreateAccountAssignmentInput{InstanceArn: &c.Instance,
		TargetType: types.TargetTypeAwsAccount, TargetId: &account, PermissionSetArn: &permissionSet,
		PrincipalType: types.PrincipalTypeUser, PrincipalId: &user})
	if err != nil {
		return sorted(err)
	}
	err = c.wait(ctx, out.AccountAssignmentCreationStatus, func(ctx context.Context, id *string) (*types.AccountAssignmentOperationStatus, error) {
		out, err := c.Admin.DescribeAccountAssignmentCreationStatus(ctx, &ssoadmin.DescribeAccountAssignmentCreationStatusInput{
			InstanceArn: &c.Instance, AccountAssignmentCreationRequestId: id})
		if err != nil {
			return nil, err
		}
		return out.AccountAssignmentCreationStatus, nil
	})
	if errors.Is(err, errFailed) {
		return &app.Refusal{Code: "assignment_failed"}
	}
	return err
}

// unassign is content where there is no such assignment, whatever AWS says of
// deleting it.
func (c IdentityCenter) unassign(ctx context.Context, user string, t access.Target) error {
	account, permissionSet, _ := t.Assignment()
	out, err := c.Admin.DeleteAccountAssignment(ctx, &ssoadmin.DeleteAccountAssignmentInput{InstanceArn: &c.Instance,
		TargetType: types.TargetTypeAwsAccount, TargetId: &account, PermissionSetArn: &permissionSet,
		PrincipalType: types.PrincipalTypeUser, PrincipalId: &user})
	if err == nil {
		err = c.wait(ctx, out.AccountAssignmentDeletionStatus, func(ctx context.Context, id *string) (*types.AccountAssignmentOperationStatus, error) {
			out, err := c.Admin.DescribeAccountAssignmentDeletionStatus(ctx, &ssoadmin.DescribeAccountAssignmentDeletionStatusInput{
				InstanceArn: &c.Instance, AccountAssignmentDeletionRequestId: id})
			if err != nil {
				return nil, err
			}
			return out.AccountAssignmentDeletionStatus, nil
		})
	} else {
		err = sorted(err)
	}
	var refusal *app.Refusal
	if errors.Is(err, errFailed) || errors.As(err, &refusal) {
		if held, failed := c.assigned(ctx, user, t); failed == nil && !held.Direct {
			return nil
		}
	}
	if errors.Is(err, errFailed) {
		return &app.Unavailable{Code: "removal_failed"}
	}
	return err
}

// errFailed: AWS says that an operation failed. Its reason is free text, and left
// behind.
var errFailed = errors.New("failed")

// wait asks for an operation's outcome until there is one or time is up, and then
// answers *app.Unavailable "in_progress".
func (c IdentityCenter) wait(ctx context.Context, status *types.AccountAssignmentOperationStatus,
	describe func(context.Context, *string) (*types.AccountAssignmentOperationStatus, error)) error {
	until := c.Clock().Add(pollAtMost)
	if deadline, ok := ctx.Deadline(); ok && deadline.Add(-pollMargin).Before(until) {
		until = deadline.Add(-pollMargin)
	}
	for {
		if status == nil {
			return &app.Unavailable{Code: "bad_answer"}
		}
		switch status.Status {
		case types.StatusValuesSucceeded:
			return nil
		case types.StatusValuesFailed:
			return errFailed
		}
		if c.Clock().Add(pollEvery).After(until) {
			return &app.Unavailable{Code: "in_progress"}
		}
		if err := c.Pause(ctx, pollEvery); err != nil {
			return sorted(err)
		}
		var err error
		if status, err = describe(ctx, status.RequestId); err != nil {
			return sorted(err)
		}
	}
}
