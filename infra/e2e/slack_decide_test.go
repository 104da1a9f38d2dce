package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
	"latchkey/infra/local/slack"
)

// TestAnApproverDecidesInSlack once he is connected.
func TestAnApproverDecidesInSlack(t *testing.T) {
	t.Parallel()
	s := setStage(t, "PT1H")
	control, sid := s.slack(), s.joinsSlack(s.ben.id, s.ben.email, nil)
	fine := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s.ana.get("/v1/me").said(http.StatusOK)
	s.ben.get("/v1/me").said(http.StatusOK)

	told := patiently(t, "/access status", func() (slack.Seen, error) { return control.Command(t.Context(), sid, "/access", "status") })
	if said := last(told.Hidden); !strings.Contains(said, "not connected to Latchkey") {
		t.Errorf("before he is connected, Ben is told %q", said)
	}
	s.ben.connects(control, sid, "").said(http.StatusOK)

	r := s.ana.asks(s.staging)
	card := s.message(control, sid, r.Id, "Pending")
	seen := opens(t, "Ben presses approve", func() (slack.Seen, error) {
		return control.Press(t.Context(), sid, slack.Press{Message: card.TS, ActionID: "approve"})
	})
	if seen.Modal == nil || seen.Modal.Title != "Grant access" {
		t.Fatalf("Ben sees %+v", seen)
	}
	s.ana.sees(r.Id, contract.StatusPending)
	seen = patiently(t, "Ben submits", func() (slack.Seen, error) {
		return control.Submit(t.Context(), sid, slack.Values{"reason": {"input": "For the release"}})
	})
	if !seen.Closed {
		t.Fatalf("Ben sees %+v", seen)
	}
	if now := s.ana.sees(r.Id, contract.StatusActive); now.Steps[0].Decisions[0].Via != contract.ViaSlack {
		t.Errorf("decided %+v", now.Steps[0].Decisions)
	}
	card = s.message(control, sid, r.Id, "Active")
	if !strings.Contains(card.Reading.Text, "in Slack") || slices.ContainsFunc(card.Reading.Buttons, func(b slack.Button) bool { return b.ActionID != "view" }) {
		t.Errorf("afterwards Ben reads %+v", card.Reading)
	}

	// What Slack sent is good once.
	deliveries, err := control.Deliveries(t.Context())
	fine(err)
	for _, d := range deliveries {
		if d.Status != http.StatusOK || !strings.Contains(d.Body, r.Id) {
			continue
		}
		again, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL, strings.NewReader(d.Body))
		fine(err)
		for name, value := range d.Header {
			again.Header.Set(name, value)
		}
		res, err := httpClient.Do(again)
		fine(err)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("sent again, it is answered %d", res.StatusCode)
		}
	}
}

func last(hidden []slack.Message) string {
	if len(hidden) == 0 {
		return ""
	}
	return hidden[len(hidden)-1].Reading.Text
}

// message waits until someone's message about a request says something.
func (s *stage) message(control slack.Client, user, request, says string) slack.Message {
	s.Helper()
	return eventually(s.T, user+" reads "+says, func() slack.Message {
		list, err := control.Messages(s.Context(), user)
		if err != nil {
			s.Fatal(err)
		}
		for _, m := range list {
			if strings.Contains(string(m.Blocks), request) {
				return m
			}
		}
		return slack.Message{}
	}, func(m slack.Message) bool { return strings.Contains(m.Reading.Text, says) })
}
