package gateway

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// Token is what the API's JWT authorizer found in the caller's token. It says
// who signed in; what they may do is not in it.
type Token struct {
	Issuer        string
	Subject       string
	Audience      string
	Use           string // Cognito's token_use: "id" or "access"; other issuers have none
	Email         string
	EmailVerified bool
	Name          string
}

type call struct {
	id     string
	at     time.Time
	token  Token
	signed bool
}

type callKey struct{}

func withCall(ctx context.Context, event events.APIGatewayV2HTTPRequest) context.Context {
	c := call{id: event.RequestContext.RequestID}
	if at := event.RequestContext.TimeEpoch; at > 0 {
		c.at = time.UnixMilli(at)
	}
	if a := event.RequestContext.Authorizer; a != nil && a.JWT != nil && a.JWT.Claims["sub"] != "" {
		claims := a.JWT.Claims
		c.signed = true
		c.token = Token{
			Issuer:        claims["iss"],
			Subject:       claims["sub"],
			Audience:      claims["aud"],
			Use:           claims["token_use"],
			Email:         claims["email"],
			EmailVerified: claims["email_verified"] == "true", // the authorizer makes every claim a string
			Name:          claims["name"],
		}
	}
	return context.WithValue(ctx, callKey{}, c)
}

// Claims gives the token of the call that ctx belongs to. ok is false if the
// route has no authorizer.
func Claims(ctx context.Context) (token Token, ok bool) {
	c, _ := ctx.Value(callKey{}).(call)
	return c.token, c.signed
}

// CallID gives the API Gateway's id of the call, which the client got as the
// header Apigw-Requestid. It is "" outside of a call.
func CallID(ctx context.Context) string {
	c, _ := ctx.Value(callKey{}).(call)
	return c.id
}

// Arrived tells when the call that ctx belongs to reached API Gateway, which is
// before a new process of the function begins to start. The zero time outside of
// a call.
func Arrived(ctx context.Context) time.Time {
	c, _ := ctx.Value(callKey{}).(call)
	return c.at
}
