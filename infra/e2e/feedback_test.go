package e2e

import (
	"net/http"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// TestAnApproverWhoseMailComesBackIsKnownToTheAdmins has Ben's address at SES's
// mailbox simulator, from which mail bounces.
// https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
func TestAnApproverWhoseMailComesBackIsKnownToTheAdmins(t *testing.T) {
	t.Parallel()
	s := emptyStage(t)
	who := login{ID: s.name("ben"), Email: "bounce+" + s.mark + "@simulator.amazonses.com", Password: password}
	s.create("people", who.ID, contract.PersonInput{Email: who.Email, Name: "Ben " + s.mark})
	s.enroll(who)
	s.ben = person{T: t, stack: s.stack, id: who.ID, email: who.Email, token: s.signIn(t, who)}
	s.ana = s.hire("ana", s.ben.id)
	s.offer(contract.DurationRule{Mode: contract.None}, "manager")
	path := "/v1/admin/people/" + s.ben.id
	read := func() contract.Person { return in[contract.Person](s.eli.get(path).said(http.StatusOK)) }
	bounced := func(p contract.Person) bool { return p.EmailProblem.Kind == contract.Bounced }
	told := func(times int) {
		t.Helper()
		list := eventually(t, "eli is told of Ben's address", func() []mail { return s.eli.mailsAbout("Mails come back: Ben " + s.mark) },
			func(list []mail) bool { return len(list) >= times })
		if link := s.Portal + "/admin/people/" + s.ben.id; len(list) != times || !strings.Contains(list[0].Text, link) || !strings.Contains(list[0].HTML, link) {
			t.Errorf("eli got %d mails, want %d that link to %s: %s", len(list), times, link, list[0].Text)
		}
	}

	first := s.ana.asks(s.staging)
	marked := eventually(t, "Ben's address is marked", read, bounced)
	if p := marked.EmailProblem; p.SubType != "General" || p.Since.Before(first.SubmittedAt) {
		t.Errorf("the problem is %+v", p)
	}
	told(1)
	if me := in[contract.Me](s.ben.get("/v1/me").said(http.StatusOK)); me.EmailProblem.Kind != contract.Bounced {
		t.Errorf("Ben sees %+v", me.EmailProblem)
	}

	// Nothing stalls: the request is still in Ben's tasks, and he decides it there.
	s.ben.decides(first.Id, contract.VerdictDeny).said(http.StatusOK)
	second := s.ana.asks(s.staging)
	s.ana.gets("Requested", second.Id)
	s.ben.decides(second.Id, contract.VerdictDeny).said(http.StatusOK)
	s.ana.gets("Denied", second.Id)
	if got := s.ben.mails(); len(got) != 1 {
		t.Errorf("Ben was sent %s, want the first alone", subjects(got))
	}

	// Cleared too early: the next mail comes back too, and that is news.
	tag := s.eli.get(path).etag()
	s.eli.call(http.MethodDelete, path+"/email-problem", nil, "If-Match", tag).said(http.StatusNoContent)
	if p := read(); bounced(p) {
		t.Errorf("cleared, and still %+v", p.EmailProblem)
	}
	s.ana.asks(s.staging)
	again := eventually(t, "Ben's address is marked again", read, bounced)
	if !again.EmailProblem.Since.After(marked.EmailProblem.Since) {
		t.Errorf("marked again at %s, after %s", again.EmailProblem.Since, marked.EmailProblem.Since)
	}
	told(2)

	// Another address has no problem.
	change := contract.PersonInput{Email: "benjamin." + s.mark + "@example.com", Name: "Ben " + s.mark}
	changed := in[contract.Person](s.eli.call(http.MethodPut, path, change, "If-Match", s.eli.get(path).etag()).said(http.StatusOK))
	if bounced(changed) {
		t.Errorf("the new address: %+v", changed.EmailProblem)
	}
}
