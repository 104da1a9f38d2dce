package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"golang.org/x/sync/errgroup"
)

// createUsers lets the demo people sign in. Users that exist get their password
// back.
func createUsers(ctx context.Context, s Stack, company demo) error {
	pool := cognitoidentityprovider.NewFromConfig(s.config())
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(4)
	for _, p := range company.logins() {
		work.Go(func() error {
			if err := createUser(ctx, pool, s.UserPool, p); err != nil {
				return fmt.Errorf("cannot create the user %s: %w", p.Email, err)
			}
			return nil
		})
	}
	return work.Wait()
}

func createUser(ctx context.Context, pool *cognitoidentityprovider.Client, poolID string, p Login) error {
	attribute := func(name, value string) types.AttributeType {
		return types.AttributeType{Name: aws.String(name), Value: aws.String(value)}
	}
	_, err := pool.AdminCreateUser(ctx, &cognitoidentityprovider.AdminCreateUserInput{
		UserPoolId:     aws.String(poolID),
		Username:       aws.String(p.Email),
		MessageAction:  types.MessageActionTypeSuppress,
		UserAttributes: []types.AttributeType{attribute("email", p.Email), attribute("email_verified", "true")},
	})
	var exists *types.UsernameExistsException
	if err != nil && !errors.As(err, &exists) {
		return err
	}
	_, err = pool.AdminSetUserPassword(ctx, &cognitoidentityprovider.AdminSetUserPasswordInput{
		UserPoolId: aws.String(poolID),
		Username:   aws.String(p.Email),
		Password:   aws.String(p.Password),
		Permanent:  true,
	})
	return err
}

// signIn gives an ID token, which the API takes as a bearer token for an hour.
func signIn(ctx context.Context, s Stack, p Login) (string, error) {
	answer, err := cognitoidentityprovider.NewFromConfig(s.config()).AdminInitiateAuth(ctx,
		&cognitoidentityprovider.AdminInitiateAuthInput{
			UserPoolId:     aws.String(s.UserPool),
			ClientId:       aws.String(s.Client),
			AuthFlow:       types.AuthFlowTypeAdminUserPasswordAuth,
			AuthParameters: map[string]string{"USERNAME": p.Email, "PASSWORD": p.Password},
		})
	if err != nil {
		return "", fmt.Errorf("cannot sign in as %s: %w", p.Email, err)
	}
	if answer.AuthenticationResult == nil {
		return "", fmt.Errorf("cannot sign in as %s: asked for %s", p.Email, answer.ChallengeName)
	}
	return aws.ToString(answer.AuthenticationResult.IdToken), nil
}
