package e2e

import (
	"crypto/rand"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"latchkey/functions/lib/httpapi/contract"
)

// stage is where a story plays: Ana may ask for staging, Ben decides, and Dan
// has nothing to do with it. Eli is the company's admin.
type stage struct {
	*testing.T
	*stack
	mark string // in every id of this story

	eli, ana, ben, dan person

	staging string // the resource
	users   string // the group that it leads to
	flow    string
}

// setStage prepares a story in which staging is given for a fixed time.
func setStage(t *testing.T, duration string) *stage {
	t.Helper()
	s := emptyStage(t)
	s.ben = s.hire("ben", "")
	s.ana = s.hire("ana", s.ben.id)
	s.dan = s.hire("dan", "")
	s.offer(contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{duration}}, "manager")
	return s
}

// emptyStage has nobody but the admin.
func emptyStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{T: t, stack: running(t), mark: strings.ToLower(rand.Text()[:10])}
	s.staging, s.users, s.flow = s.name("staging"), s.name("users"), s.name("flow")
	for _, p := range s.People {
		if p.ID == "eli" {
			s.eli = person{T: t, stack: s.stack, id: p.ID, email: p.Email, token: s.signIn(t, p)}
		}
	}
	if s.eli.token == "" {
		t.Fatal("the stack has no Eli")
	}
	return s
}

func (s *stage) name(of string) string { return of + "-" + s.mark }

// offer lets Ana ask for staging, and these decide.
func (s *stage) offer(duration contract.DurationRule, approvers ...contract.ApproverWord) {
	s.Helper()
	s.create("groups", s.users, contract.GroupInput{Name: "Holds staging"})
	s.create("resources", s.staging, contract.ResourceInput{Kind: contract.ResourceKindResource, Name: "Staging",
		Url: "https://staging.example.com", Connector: contract.Connector{Type: "group", Group: s.users}})
	s.letAsk([]contract.Id{s.staging}, duration, approvers...)
}

// letAsk makes the flow of this stage.
func (s *stage) letAsk(resources []contract.Id, duration contract.DurationRule, approvers ...contract.ApproverWord) {
	s.Helper()
	s.create("flows", s.flow, contract.FlowInput{Name: "Staging", Resources: resources,
		VisibleTo: []contract.Audience{"person:" + s.ana.id}, Duration: duration,
		Steps: []contract.FlowStep{{Approvers: approvers, Needed: contract.Needed{Count: 1}}}})
}

// create writes a document that is not there yet.
func (s *stage) create(kind, id string, document any) answer {
	s.Helper()
	return s.eli.call(http.MethodPut, "/v1/admin/"+kind+"/"+id, document, "If-None-Match", "*").said(http.StatusCreated)
}

// password is of everyone whom a story hires.
const password = "Latchkey-e2e-1"

// hire puts someone into the directory and signs them in.
func (s *stage) hire(name, manager string, groups ...string) person {
	s.Helper()
	who := login{ID: s.name(name), Email: name + "." + s.mark + "@example.com", Password: password}
	s.create("people", who.ID, contract.PersonInput{Email: who.Email, Name: strings.ToUpper(name[:1]) + name[1:],
		Manager: manager, Groups: groups})
	s.enroll(who)
	return person{T: s.T, stack: s.stack, id: who.ID, email: who.Email, token: s.signIn(s.T, who)}
}

// enroll gives someone a sign-in.
func (s *stage) enroll(who login) {
	s.Helper()
	pool := cognitoidentityprovider.NewFromConfig(s.config())
	if _, err := pool.AdminCreateUser(s.Context(), &cognitoidentityprovider.AdminCreateUserInput{
		UserPoolId: &s.UserPool, Username: &who.Email, MessageAction: types.MessageActionTypeSuppress,
		UserAttributes: []types.AttributeType{{Name: aws.String("email"), Value: &who.Email},
			{Name: aws.String("email_verified"), Value: aws.String("true")}},
	}); err != nil {
		s.Fatal(err)
	}
	if _, err := pool.AdminSetUserPassword(s.Context(), &cognitoidentityprovider.AdminSetUserPasswordInput{
		UserPoolId: &s.UserPool, Username: &who.Email, Password: &who.Password, Permanent: true}); err != nil {
		s.Fatal(err)
	}
}

// tokens are those of the company's own people, whom every story signs in.
var tokens sync.Map

// signIn gives an ID token.
func (s *stack) signIn(t *testing.T, who login) string {
	t.Helper()
	if token, ok := tokens.Load(who.Email); ok {
		return token.(string)
	}
	out := s.authenticate(t, who)
	tokens.Store(who.Email, aws.ToString(out.IdToken))
	return aws.ToString(out.IdToken)
}

func (s *stack) authenticate(t *testing.T, who login) types.AuthenticationResultType {
	t.Helper()
	out, err := cognitoidentityprovider.NewFromConfig(s.config()).AdminInitiateAuth(t.Context(),
		&cognitoidentityprovider.AdminInitiateAuthInput{UserPoolId: &s.UserPool, ClientId: &s.Client,
			AuthFlow:       types.AuthFlowTypeAdminUserPasswordAuth,
			AuthParameters: map[string]string{"USERNAME": who.Email, "PASSWORD": who.Password}})
	if err != nil {
		t.Fatalf("%s cannot sign in: %v", who.ID, err)
	}
	if out.AuthenticationResult == nil {
		t.Fatalf("%s cannot sign in: asked for %s", who.ID, out.ChallengeName)
	}
	return *out.AuthenticationResult
}
