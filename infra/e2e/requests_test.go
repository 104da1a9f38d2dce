package e2e

import (
	"net/http"
	"strings"

	"latchkey/functions/lib/httpapi/contract"
)

// The moves of people, in their words.

// asks submits a request and gives it back.
func (p person) asks(resource string) contract.Request {
	p.Helper()
	return in[contract.Request](p.post("/v1/requests", contract.RequestInput{ResourceId: resource,
		Reason: "Try the new sign-in before the release"}).said(http.StatusCreated))
}

// asksFor asks for a time of one's own choice.
func (p person) asksFor(resource, duration string) contract.Request {
	p.Helper()
	return in[contract.Request](p.post("/v1/requests", contract.RequestInput{ResourceId: resource, Duration: duration,
		Reason: "Try the new sign-in before the release"}).said(http.StatusCreated))
}

func (p person) decides(id string, verdict contract.Verdict) answer {
	p.Helper()
	decision := contract.DecisionInput{Decision: verdict}
	if verdict != contract.VerdictApprove {
		decision.Reason = "Use the read replica"
	}
	return p.post(of(id)+"/decisions", decision)
}

func (p person) approves(id string) contract.Request {
	p.Helper()
	return in[contract.Request](p.decides(id, contract.VerdictApprove).said(http.StatusOK))
}

// givesBack ends what a request led to.
func (p person) givesBack(id string) contract.Request {
	p.Helper()
	return in[contract.Request](p.post(of(id)+"/end", nil).said(http.StatusOK))
}

// reads gives a request as this person may see it.
func (p person) reads(id string) contract.Request {
	p.Helper()
	return in[contract.Request](p.get(of(id)).said(http.StatusOK))
}

// sees waits until a request has this status.
func (p person) sees(id string, status contract.Status) contract.Request {
	p.Helper()
	return eventually(p.T, id+" is "+string(status), func() contract.Request { return p.reads(id) },
		func(r contract.Request) bool { return r.Status == status })
}

// holds lists the access that this person has now.
func (p person) holds() []contract.Access {
	p.Helper()
	return all[contract.Access](p, "/v1/access")
}

func of(id string) string { return "/v1/requests/" + id }

// grants lists the groups that access has put this person into, as the
// directory has it.
func (s *stage) grants(p person) []contract.Id {
	s.Helper()
	return in[contract.Person](s.eli.get("/v1/admin/people/" + p.id).said(http.StatusOK)).GrantedGroups
}

// history reads a history and checks that nothing of it was changed.
func (p person) history(path string) []contract.Event {
	p.Helper()
	events := all[contract.Event](p, path+"/events")
	if err := unbroken(events); err != nil {
		p.Fatalf("%s: %v", path, err)
	}
	return events
}

// story names what happened: "submitted decided granting …". Whether the holder
// was told of the end in advance is left out: access in stories is so short that
// the sweeper may look in time, or not.
func story(events []contract.Event) string {
	var types []string
	for _, e := range events {
		if e.Type != "ending_soon" {
			types = append(types, e.Type)
		}
	}
	return strings.Join(types, " ")
}
