package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
	"latchkey/infra/local/status"
)

// voter is one of a crowd, with a verdict that is ready to be given.
type voter struct {
	person
	channel contract.Via
	verdict contract.Verdict
	slack   colleague
	mail    *browser
	form    url.Values

	first bool   // was told that theirs counts
	late  bool   // was told that it was decided already
	slow  bool   // was told to look how it stands
	told  string // what was said, whatever it was
}

// TestAHundredDecideAtOnceThroughAllChannels: one outcome, one notice to Ana,
// and every message says who decided. It plays alone, to the last letter: other
// stories would wait for theirs behind these.
func TestAHundredDecideAtOnceThroughAllChannels(t *testing.T) {
	s := emptyStage(t)
	s.ana = s.hire("ana", "")
	ana := s.inSlack(s.ana)
	crowd := s.name("crowd")
	s.create("groups", crowd, contract.GroupInput{Name: "Crowd"})
	voters := make([]*voter, 100)
	for i := range voters {
		v := &voter{person: s.hire(fmt.Sprintf("v%d", i), "", crowd), verdict: contract.VerdictApprove,
			channel: []contract.Via{contract.ViaPortal, contract.ViaSlack, contract.ViaEmail}[i%3]}
		if i%2 == 1 {
			v.verdict = contract.VerdictDeny
		}
		if v.channel == contract.ViaSlack {
			v.slack = s.inSlack(v.person)
		} else {
			v.get("/v1/me").said(http.StatusOK)
		}
		voters[i] = v
	}
	s.offer(contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{"PT1H"}}, "group:"+crowd)
	r := s.ana.asks(s.staging)
	for _, v := range voters {
		v.prepare(s, r.Id)
	}

	start := make(chan struct{})
	var all sync.WaitGroup
	for _, v := range voters {
		all.Go(func() {
			<-start
			v.votes(r.Id)
		})
	}
	close(start)
	all.Wait()

	var first *voter
	for _, v := range voters {
		switch {
		case v.first && first != nil:
			t.Fatalf("both %s and %s were told that their verdict counts", first.id, v.id)
		case v.first:
			first = v
		case !v.late && !v.slow:
			t.Errorf("%s was told by %s: %s", v.id, v.channel, v.told)
		}
	}
	if decided := s.ana.reads(r.Id).Steps[0].Decisions; first == nil && len(decided) > 0 {
		i := slices.IndexFunc(voters, func(v *voter) bool { return v.slow && v.id == decided[0].By.Id })
		first = voters[max(i, 0)]
	}
	if first == nil {
		t.Fatal("nobody's verdict was taken")
	}
	outcome := map[contract.Verdict]contract.Status{contract.VerdictApprove: contract.StatusActive, contract.VerdictDeny: contract.StatusDenied}[first.verdict]
	final := s.ana.sees(r.Id, outcome)
	if d := final.Steps[0].Decisions; len(d) != 1 || d[0].By.Id != first.id || d[0].Via != first.channel {
		t.Errorf("%s decided by %s, and the request says %+v", first.id, first.channel, d)
	}
	word := map[contract.Verdict]string{contract.VerdictApprove: "Approved", contract.VerdictDeny: "Denied"}[first.verdict]
	name := strings.ToUpper(first.id[:1]) + strings.Split(first.id, "-")[0][1:]
	for _, v := range voters {
		if v.channel == contract.ViaSlack {
			if got := buttons(v.slack.card(r.Id, word+" by "+name, final.StatusText)); got != "View access request details" {
				t.Errorf("%s may press %s", v.id, got)
			}
		}
	}
	s.ana.gets(word+": Staging", r.Id)
	if got := append(s.ana.mailsAbout("Approved"), s.ana.mailsAbout("Denied")...); len(got) != 1 {
		t.Errorf("Ana got %d mails about one decision: %s", len(got), subjects(got))
	}
	notices := eventually(t, "Ana is told in Slack", func() []string {
		var list []string
		for _, reply := range ana.card(r.Id).Replies {
			list = append(list, reply.Text)
		}
		return list
	}, func(list []string) bool { return len(list) > 0 })
	if len(notices) != 1 {
		t.Errorf("Ana was told of one decision by %q", notices)
	}
	eventually(t, "everything was sent", func() []string {
		waiting, err := status.Queued(t.Context(), s.config())
		if err != nil {
			t.Fatal(err)
		}
		return waiting
	}, func(waiting []string) bool { return len(waiting) == 0 })
}

// prepare makes everything ready but the last click.
func (v *voter) prepare(s *stage, request string) {
	v.Helper()
	switch v.channel {
	case contract.ViaSlack:
		v.slack.presses(request, string(v.verdict))
	case contract.ViaEmail:
		v.mail = s.browser().opens(s.link(v.person, request, string(v.verdict))).signsIn(v.person)
		v.form = v.mail.says(http.StatusOK, "Grant access").fills(string(v.verdict), "Not now", "")
	}
}

// votes gives the verdict. It may be called beside others.
func (v *voter) votes(request string) {
	switch v.channel {
	case contract.ViaPortal:
		a, err := v.send(http.MethodPost, of(request)+"/decisions", contract.DecisionInput{Decision: v.verdict, Reason: "Not now"})
		v.first, v.late = a.status == http.StatusOK, a.status == http.StatusConflict && strings.Contains(string(a.body), "decided already")
		v.told = fmt.Sprint(err, string(a.body))
	case contract.ViaEmail:
		err := v.mail.fetch(http.MethodPost, v.mail.at, v.form)
		v.first, v.late = v.mail.status == http.StatusSeeOther, v.mail.status == http.StatusConflict && strings.Contains(v.mail.page, "decided already")
		v.told = fmt.Sprint(err, v.mail.page)
	case contract.ViaSlack:
		// Slack waits three seconds, and this machine may take longer for a hundred
		// at once: whoever sees that it did not work tries again.
		for range 20 {
			seen, err := v.slack.control.Submit(v.Context(), v.slack.user, reason("Not now"))
			v.told = fmt.Sprintf("%v %+v", err, seen)
			if seen.Modal != nil {
				v.told += seen.Modal.Reading.Text
			}
			v.first, v.late = seen.Closed, strings.Contains(v.told, "decided already")
			v.slow = strings.Contains(v.told, "takes longer than Slack waits")
			if v.first || v.late || v.slow || err != nil {
				return
			}
		}
	}
}
