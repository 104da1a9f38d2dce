package connector

import (
	"context"
	"errors"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	store "github.com/aws/aws-sdk-go-v2/service/identitystore/types"
)

// groupsAtOnce is how many groups IsMemberInGroups takes.
// https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_IsMemberInGroups.html
const groupsAtOnce = 100

func member(user string) store.MemberId { return &store.MemberIdMemberUserId{Value: user} }

// memberOf tells whether a user is in any of the groups. Neither a user nor a
// group that is gone has a membership; of several groups one that is gone is found
// by asking for each.
func (c IdentityCenter) memberOf(ctx context.Context, user string, groups []string) (bool, error) {
	for some := range slices.Chunk(groups, groupsAtOnce) {
		out, err := c.Store.IsMemberInGroups(ctx, &identitystore.IsMemberInGroupsInput{IdentityStoreId: &c.StoreID,
			MemberId: member(user), GroupIds: some})
		switch gone := missing(err); {
		case gone == store.ResourceTypeUser:
			return false, nil
		case gone == store.ResourceTypeGroup && len(some) == 1:
			continue
		case gone == store.ResourceTypeGroup:
			for one := range slices.Chunk(some, 1) {
				if is, err := c.memberOf(ctx, user, one); is || err != nil {
					return is, err
				}
			}
			continue
		case err != nil:
			return false, sorted(err)
		}
		if slices.ContainsFunc(out.Results, func(r store.GroupMembershipExistenceResult) bool { return r.MembershipExists }) {
			return true, nil
		}
	}
	return false, nil
}

// join is content with a membership that is there: the store then speaks of a
// uniqueness that would be violated.
func (c IdentityCenter) join(ctx context.Context, user, group string) error {
	_, err := c.Store.CreateGroupMembership(ctx, &identitystore.CreateGroupMembershipInput{IdentityStoreId: &c.StoreID,
		GroupId: &group, MemberId: member(user)})
	var conflict *store.ConflictException
	if errors.As(err, &conflict) && conflict.Reason == store.ConflictExceptionReasonUniquenessConstraintViolation {
		return nil
	}
	return sorted(err)
}

// leave is content where there is no such membership, user or group.
func (c IdentityCenter) leave(ctx context.Context, user, group string) error {
	found, err := c.Store.GetGroupMembershipId(ctx, &identitystore.GetGroupMembershipIdInput{IdentityStoreId: &c.StoreID,
		GroupId: &group, MemberId: member(user)})
	if err == nil {
		_, err = c.Store.DeleteGroupMembership(ctx, &identitystore.DeleteGroupMembershipInput{IdentityStoreId: &c.StoreID,
			MembershipId: found.MembershipId})
	}
	switch missing(err) {
	case store.ResourceTypeUser, store.ResourceTypeGroup, store.ResourceTypeGroupMembership:
		return nil
	}
	return sorted(err)
}
