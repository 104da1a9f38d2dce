package chat

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Preview renders samples of everything that Latchkey says in Slack.
func Preview(p Renderer) ([]Sample, error) {
	var out []Sample
	known := cards()
	for _, name := range slices.Sorted(maps.Keys(known)) {
		m, err := p.Card(known[name])
		if err != nil {
			return nil, err
		}
		out = append(out, Sample{Name: "card-" + name, Message: &m})
	}
	for _, n := range sampleNotices() {
		m, err := p.Notice(n)
		if err != nil {
			return nil, err
		}
		out = append(out, Sample{Name: "notice-" + string(n.Kind), Message: &m})
	}
	for _, action := range order {
		c := known["approver-pending"]
		switch action {
		case access.ActApproveExtension, access.ActDenyExtension:
			c = known["approver-extension"]
		case access.ActAnswer:
			c = known["requester-asked"]
		case access.ActExtend, access.ActEnd:
			c = known["requester-active"]
		}
		if !Asks(action) {
			continue
		}
		v, err := p.Modal(action, c)
		if err != nil {
			return nil, err
		}
		out = append(out, Sample{Name: "modal-" + string(action), Modal: &v})
	}
	for name, v := range p.sampleForms() {
		out = append(out, Sample{Name: "modal-" + name, Modal: &v})
	}
	for name, v := range map[string]slack.HomeTabViewRequest{"home": p.Home(sampleHome(2)), "home-long": p.Home(sampleHome(25)),
		"home-empty": p.Home(app.Home{Person: sampleAna, MayAsk: true}), "home-not-linked": p.HomeNotLinked()} {
		out = append(out, Sample{Name: name, Home: &v})
	}
	help, status, nothing, withdrawn := p.Help(), p.Status(sampleHome(2)), p.Status(app.Home{}), p.Withdrawn()
	out = append(out, Sample{Name: "card-withdrawn", Message: &withdrawn}, Sample{Name: "command-help", Message: &help}, Sample{Name: "command-status", Message: &status},
		Sample{Name: "command-status-empty", Message: &nothing})
	slices.SortFunc(out, func(x, y Sample) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}

// sampleNotices are what is said in a card's thread.
func sampleNotices() []app.Letter {
	known := cards()
	of := func(card string, kind access.NoticeKind, e access.Event) app.Letter {
		l := known[card].Letter
		l.Kind, l.Event = kind, e
		return l
	}
	said := func(t access.EventType, name, text string) access.Event {
		return access.Event{Type: t, Status: access.Pending, Texts: map[string]string{name: text}}
	}
	asked := of("requester-asked", access.NoticeAsked, said(access.EventDecided, access.TextReason, "Which orders?"))
	asked.Event.Details.Verdict = access.Ask
	extended := access.Event{Type: access.EventExtended, Status: access.Active, Details: access.Details{Given: access.Duration(30 * time.Minute)}}
	out := []app.Letter{
		of("approver-pending", access.NoticeReminder, access.Event{Type: access.EventReminded, Status: access.Pending}),
		of("approver-pending", access.NoticeAnswered, said(access.EventAnswered, access.TextAnswer, "Only the ones of 2026.")),
		asked,
		of("requester-approved", access.NoticeApproved, known["requester-approved"].Letter.Event),
		of("requester-denied", access.NoticeDenied, known["requester-denied"].Letter.Event),
		of("requester-active", access.NoticeEndingSoon, access.Event{Type: access.EventEndingSoon, Status: access.Active}),
		of("requester-active", access.NoticeExtended, extended),
		of("admin-stuck", access.NoticeConfirmAbsent, said(access.EventAbsenceConfirmed, access.TextReason, "It was switched off.")),
		of("admin-stuck", access.NoticeReadded, access.Event{Type: access.EventDrifted, Status: access.Ended}),
	}
	return out
}

func (p Renderer) sampleForms() map[string]slack.ModalViewRequest {
	v := sampleView()
	offer := app.Offer{Resource: v.Resource, Flow: v.Flow, Words: []string{"Decided by the requester's manager (Ben Ortiz)."}}
	offer.Flow.Fields = []access.Field{{ID: "ticket", Label: "Ticket", Required: true, Pattern: "^[A-Z]+-[0-9]+$"}, {ID: "why", Label: "Kind of work", Choices: []string{"Incident", "Migration"}}}
	staging := app.Offer{Resource: access.Resource{ID: "staging", Name: "Staging", Description: "The staging cluster"}, Flow: access.Flow{Duration: access.DurationRule{
		Mode: access.DurationFixed, Choices: []access.Duration{access.Duration(2 * time.Minute)}}}}
	mac := app.Offer{Resource: access.Resource{ID: "mac", Name: "Ana's MacBook", Kind: access.KindDevice}, Open: &v.Request}
	offers := []app.Offer{offer, staging, mac}
	var large []app.Offer
	for i := range 450 {
		large = append(large, app.Offer{Resource: access.Resource{ID: access.ResourceID(fmt.Sprintf("app-%03d", i)), Name: fmt.Sprintf("Application %03d", i)}})
	}
	return map[string]slack.ModalViewRequest{
		"request": p.RequestForm(offers, ""), "request-chosen": p.RequestForm(offers, "prod-db"), "request-fixed": p.RequestForm(offers, "staging"),
		"request-open": p.RequestForm(offers, "mac"), "request-large": p.RequestForm(large, ""), "request-none": p.RequestForm(nil, ""),
		"refused": Refused(&access.Error{Code: access.CodeAlreadyDecided, Decided: &access.Decided{Outcome: access.Denied, At: sampleTime(0)}}, "Dora Lang"),
	}
}

func sampleHome(n int) app.Home {
	known := cards()
	h := app.Home{Person: sampleBen, MayAsk: true, Support: "https://help.example.com/access"}
	for range n {
		h.Tasks = append(h.Tasks, known["approver-pending"].View)
		h.Requests = append(h.Requests, known["requester-pending"].View)
		r := known["requester-active"]
		h.Held = append(h.Held, app.HeldAccess{Request: r.Request, Resource: r.Resource, Actions: r.Actions})
	}
	return h
}
