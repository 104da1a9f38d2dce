package connector

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/identitystore/document"
	store "github.com/aws/aws-sdk-go-v2/service/identitystore/types"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// IdentityCenter is AWS IAM Identity Center: permission sets assigned to users in
// AWS accounts, and members of groups of the Identity Store. Neither says who made
// it, so that it is a System for Remembered.
//
// Throttling, conflicts with another operation, failures of the service and
// operations that take too long are *app.Unavailable; what is not allowed, not
// there, malformed or beyond a quota is an *app.Refusal. Errors hold no message
// of AWS's: those name people.
type IdentityCenter struct {
	Admin    *ssoadmin.Client
	Store    *identitystore.Client
	Instance string // the instance's ARN
	StoreID  string // d-1234567890
	People   interface {
		Person(ctx context.Context, id access.PersonID) (app.Versioned[app.Person], error)
	}
	Clock func() time.Time
	Pause func(context.Context, time.Duration) error
}

// Account finds the user of the Identity Store with the person's email or, where
// there is none, with that as its user name.
func (c IdentityCenter) Account(ctx context.Context, id access.PersonID) (string, error) {
	person, err := c.People.Person(ctx, id)
	if err != nil {
		return "", fmt.Errorf("person %s: %w", id, err)
	}
	if !person.Exists() || person.Doc.Email == "" {
		return "", &app.Refusal{Code: unknownUser}
	}
	for _, path := range []string{"emails.value", "userName"} {
		out, err := c.Store.GetUserId(ctx, &identitystore.GetUserIdInput{IdentityStoreId: &c.StoreID,
			AlternateIdentifier: &store.AlternateIdentifierMemberUniqueAttribute{Value: store.UniqueAttribute{
				AttributePath: &path, AttributeValue: document.NewLazyDocument(person.Doc.Email)}}})
		if err == nil {
			return aws.ToString(out.UserId), nil
		}
		if missing(err) != store.ResourceTypeUser {
			return "", sorted(err)
		}
	}
	return "", &app.Refusal{Code: unknownUser}
}

// Look tells of an assignment to the user, and of one through a group; or of the
// user's membership.
func (c IdentityCenter) Look(ctx context.Context, user string, t access.Target) (Held, error) {
	if group, ok := t.StoreGroup(); ok {
		member, err := c.memberOf(ctx, user, []string{group})
		return Held{Direct: member}, err
	}
	return c.assigned(ctx, user, t)
}

// Set makes or deletes the assignment or the membership.
func (c IdentityCenter) Set(ctx context.Context, user string, t access.Target, want bool) error {
	group, ok := t.StoreGroup()
	switch {
	case ok && want:
		return c.join(ctx, user, group)
	case ok:
		return c.leave(ctx, user, group)
	case want:
		return c.assign(ctx, user, t)
	}
	return c.unassign(ctx, user, t)
}
