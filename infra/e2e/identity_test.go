package e2e

import (
	"net/http"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"latchkey/functions/lib/httpapi/contract"
)

// TestOnlyPeopleOfTheDirectoryAreHeard, whoever else has a token that is good.
func TestOnlyPeopleOfTheDirectoryAreHeard(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	zoe := login{ID: s.name("zoe"), Email: "zoe." + s.mark + "@example.com", Password: password}
	s.enroll(zoe)
	outsider := person{T: t, stack: s.stack, id: zoe.ID, email: zoe.Email, token: s.signIn(t, zoe)}
	outsider.get("/v1/me").refused(http.StatusForbidden, contract.ProblemCodeNotRegistered)

	// An address that nobody verified names nobody.
	s.create("people", zoe.ID, contract.PersonInput{Email: zoe.Email, Name: "Zoe"})
	s.verify(zoe, "false")
	unverified := person{T: t, stack: s.stack, token: aws.ToString(s.authenticate(t, zoe).IdToken)}
	unverified.get("/v1/me").refused(http.StatusForbidden, contract.ProblemCodeNotRegistered)
	s.verify(zoe, "true")
	outsider.token = aws.ToString(s.authenticate(t, zoe).IdToken)
	if me := in[contract.Me](outsider.get("/v1/me").said(http.StatusOK)); me.Id != zoe.ID || len(me.Roles) != 0 {
		t.Errorf("Zoe is %+v", me)
	}
	unverified.get("/v1/me").said(http.StatusOK) // the sign-in is bound; the address does not matter any more

	// An access token says who called, and not who they are.
	access := person{T: t, stack: s.stack, token: aws.ToString(s.authenticate(t, zoe).AccessToken)}
	access.get("/v1/me").refused(http.StatusUnauthorized, contract.ProblemCodeUnauthenticated)

	s.suspend(zoe.ID, contract.PersonInput{Email: zoe.Email, Name: "Zoe", Status: contract.PersonStatusSuspended})
	outsider.get("/v1/me").refused(http.StatusForbidden, contract.ProblemCodeSuspended)

	events := s.eli.history("/v1/admin/people/" + zoe.ID)
	if got := story(events); got != "created bound updated" {
		t.Errorf("history: %s", got)
	}
	if by := events[1].Actor; by.Id != zoe.ID {
		t.Errorf("Zoe's sign-in was bound by %+v", by)
	}
}

func (s *stage) suspend(id string, as contract.PersonInput) {
	s.Helper()
	path := "/v1/admin/people/" + id
	s.eli.call(http.MethodPut, path, as, "If-Match", s.eli.get(path).said(http.StatusOK).etag()).said(http.StatusOK)
}

func (s *stage) verify(who login, verified string) {
	s.Helper()
	if _, err := cognitoidentityprovider.NewFromConfig(s.config()).AdminUpdateUserAttributes(s.Context(),
		&cognitoidentityprovider.AdminUpdateUserAttributesInput{UserPoolId: &s.UserPool, Username: &who.Email,
			UserAttributes: []types.AttributeType{{Name: aws.String("email_verified"), Value: &verified}}}); err != nil {
		s.Fatal(err)
	}
}

// TestAFirstSignInMayComeWithSeveralCallsAtOnce, as a portal makes them.
func TestAFirstSignInMayComeWithSeveralCallsAtOnce(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	s.ana = s.hire("ana", "")
	answers := make([]answer, 6)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			var err error
			if answers[i], err = s.ana.send(http.MethodGet, "/v1/me", nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, a := range answers {
		if a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if got := story(s.eli.history("/v1/admin/people/" + s.ana.id)); got != "created bound" {
		t.Errorf("history: %s", got)
	}
}
