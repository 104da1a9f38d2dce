package connector_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
)

// center stands in for IAM Identity Center and its Identity Store: it speaks the
// protocol of both (AWS JSON 1.1) and behaves as AWS documents. Operations on
// assignments take a few calls, of whatever kind, and one that runs is a conflict
// for the next; to make what is there and to delete what is not succeeds at once.
// What it says of errors names people, and nobody may repeat it.
type center struct {
	*testing.T
	*httptest.Server

	mu         sync.Mutex
	users      map[string]string           // by "emails.value=…" or "userName=…"
	groups     map[string]map[string]maker // members
	assigned   map[assignment]maker        // to whom, by whose doing
	operations map[string]*operation       // by id
	takes      int                         // calls until an operation is done
	fails      bool                        // operations come to nothing
	meets      func(call centerCall) bool  // says whether it has dealt with the call
	calls      []string
	now        time.Time
}

type assignment struct{ account, set, kind, principal string }

type operation struct {
	assignment
	create bool
	left   int
	failed bool
}

// centerCall is one attempt of a call of the SDK.
type centerCall struct {
	w      http.ResponseWriter
	name   string
	in     centerInput
	last   bool // the SDK does not try again
	answer func(w http.ResponseWriter, atOnce bool)
}

// centerInput is the union of what calls hold.
type centerInput struct {
	InstanceArn, PermissionSetArn, PrincipalId, PrincipalType, TargetId, TargetType, AccountId, NextToken string
	AccountAssignmentCreationRequestId, AccountAssignmentDeletionRequestId                                string
	IdentityStoreId, GroupId, MembershipId                                                                string
	GroupIds                                                                                              []string
	MemberId                                                                                              struct{ UserId string }
	AlternateIdentifier                                                                                   struct {
		UniqueAttribute struct{ AttributePath, AttributeValue string }
	}
}

const (
	aStore    = "d-1234567890"
	aSet      = "arn:aws:sso:::permissionSet/ssoins-722308cc4de3e6c0/ps-8c1ca1e1b0a3d2f4"
	anAccount = "123456789012"
	aGroup    = "906700e4c5-1bd4f5a0-0f5c-4b0e-9f0a-6a4d3b1c2e5f"
	someGroup = "906700e4c5-2bd4f5a0-0f5c-4b0e-9f0a-6a4d3b1c2e5f"
	noGroup   = "906700e4c5-3bd4f5a0-0f5c-4b0e-9f0a-6a4d3b1c2e5f"
)

// userID gives everyone in the directory an account.
func userID(id access.PersonID) string {
	return fmt.Sprintf("906700e4c5-%08x-0f5c-4b0e-9f0a-6a4d3b1c2e5f", id[0])
}

func newCenter(t *testing.T) *center {
	c := &center{T: t, users: map[string]string{}, assigned: map[assignment]maker{}, operations: map[string]*operation{},
		groups: map[string]map[string]maker{aGroup: {}, someGroup: {}}, takes: 3, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	for _, id := range []access.PersonID{"ana", "ben"} {
		c.users["emails.value="+string(id)+"@example.com"] = userID(id)
	}
	for i := range 5 { // who fill the first pages
		c.assigned[assignment{anAccount, aSet, "USER", fmt.Sprintf("someone-%d", i)}] = otherMade
	}
	c.Server = httptest.NewUnstartedServer(http.HandlerFunc(c.serve))
	c.Config.ErrorLog = log.New(io.Discard, "", 0)
	c.Start()
	t.Cleanup(c.Server.Close)
	return c
}

// connector calls the stand-in by the SDK, with its retries but not their waits.
// Its clock goes on by what it pauses.
func (c *center) connector() connector.IdentityCenter {
	cfg := aws.Config{Region: "eu-west-1", BaseEndpoint: &c.URL, Credentials: credentials.NewStaticCredentialsProvider("key", "secret", ""),
		Retryer: func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) {
				o.MaxBackoff, o.RateLimiter = time.Millisecond, ratelimit.None
			})
		}}
	return connector.IdentityCenter{Admin: ssoadmin.NewFromConfig(cfg), Store: identitystore.NewFromConfig(cfg),
		Instance: anInstance, StoreID: aStore, People: everybody{},
		Clock: func() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now },
		Pause: c.pause}
}

func (c *center) remembered() connector.Remembered {
	return connector.Remembered{System: c.connector(), Gifts: &notebook{}, Clock: time.Now}
}

func (c *center) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var in centerInput
	if err != nil || json.Unmarshal(body, &in) != nil || r.Header.Get("Content-Type") != "application/x-amz-json-1.1" {
		c.Errorf("a call of %s", body)
	}
	service, name, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, name)
	c.pass()
	answer := func(w http.ResponseWriter, atOnce bool) {
		switch service {
		case "SWBExternalService":
			c.admin(w, name, in, atOnce)
		case "AWSIdentityStore":
			c.store(w, name, in)
		default:
			c.Errorf("a call of %s", service)
		}
	}
	attempt := r.Header.Get("Amz-Sdk-Request")
	call := centerCall{w, name, in, strings.Contains(attempt, "attempt=3"), answer}
	if c.meets == nil || !c.meets(call) {
		answer(w, false)
	}
}

// pass lets operations go on.
func (c *center) pass() {
	for _, o := range c.operations {
		if o.left--; o.left == 0 && !o.failed {
			c.settles(o.assignment, o.create)
		}
	}
}

func (c *center) settles(a assignment, there bool) {
	switch {
	case !there:
		delete(c.assigned, a)
	case c.assigned[a] == nobodyMade:
		c.assigned[a] = latchkeyMade
	}
}

func says(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(v)
}

// errs answers with an error as AWS writes them.
func errs(w http.ResponseWriter, code string, more map[string]any) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.Header().Set("X-Amzn-Errortype", code)
	status := http.StatusBadRequest
	if code == "InternalServerException" {
		status = http.StatusInternalServerError
	}
	w.WriteHeader(status)
	body := map[string]any{"__type": code, "Message": "It went wrong with ana@example.com."}
	for name, value := range more {
		body[name] = value
	}
	_ = json.NewEncoder(w).Encode(body)
}

// truth tells what is there, and by whose doing.
func (c *center) truth(key app.EntitlementKey) app.Observation {
	c.mu.Lock()
	defer c.mu.Unlock()
	user := userID(key.Person)
	if group, ok := key.Target.StoreGroup(); ok {
		made := c.groups[group][user]
		return app.Observation{Present: made == latchkeyMade, Foreign: made == otherMade}
	}
	account, set, _ := key.Target.Assignment()
	made := c.assigned[assignment{account, set, "USER", user}]
	through := c.assigned[assignment{account, set, "GROUP", someGroup}] != nobodyMade && c.groups[someGroup][user] != nobodyMade
	return app.Observation{Present: made == latchkeyMade, Foreign: made == otherMade || through}
}

// gives lets someone else give access directly.
func (c *center) gives(key app.EntitlementKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	user := userID(key.Person)
	if group, ok := key.Target.StoreGroup(); ok {
		if c.groups[group][user] == nobodyMade {
			c.groups[group][user] = otherMade
		}
		return
	}
	account, set, _ := key.Target.Assignment()
	if a := (assignment{account, set, "USER", user}); c.assigned[a] == nobodyMade {
		c.assigned[a] = otherMade
	}
}

// givesThrough lets someone else give an assignment through a group.
func (c *center) givesThrough(key app.EntitlementKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	account, set, _ := key.Target.Assignment()
	c.assigned[assignment{account, set, "GROUP", someGroup}] = otherMade
	c.groups[someGroup][userID(key.Person)] = otherMade
}
