package chat

import (
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Sample is something to look at: a message, a modal or a Home.
type Sample struct {
	Name    string
	Message *Message
	Modal   *slack.ModalViewRequest
	Home    *slack.HomeTabViewRequest
}

var (
	sampleAna = app.Person{ID: "ana", Name: "Ana Ruiz", Email: "ana@example.com", TimeZone: "Europe/Madrid"}
	sampleBen = app.Person{ID: "ben", Name: "Ben Ortiz", Email: "ben@example.com"}
	sampleEli = app.Person{ID: "eli", Name: "Eli Novak", Email: "eli@example.com"}
)

func sampleTime(after time.Duration) time.Time {
	return time.Date(2026, 11, 24, 13, 5, 0, 0, time.UTC).Add(after)
}

// sampleView is a request in the first of two steps.
func sampleView() app.View {
	ben := access.OfPerson("ben")
	v := app.View{
		Request: access.Request{ID: "req_01KB2ZJ7Q8W4M5N6P7R8S9T0VX", Version: 3, Status: access.Pending, Requester: "ana", SubmittedBy: "ana",
			Resource: "prod-db", Kind: access.KindResource, Reason: "I want to watch tonight's migration and roll it back if it stalls.",
			Answers: map[string]string{"ticket": "OPS-1432"}, Asked: access.Duration(8 * time.Hour), Given: access.Duration(8 * time.Hour),
			Steps:       []access.StepState{{Status: access.StepOpen, Principals: []access.Principal{ben}}, {Status: access.StepWaiting}},
			SubmittedAt: sampleTime(-time.Hour), ExpiresAt: sampleTime(30 * 24 * time.Hour)},
		Resource: access.Resource{ID: "prod-db", Name: "Production database", Kind: access.KindResource, Description: "Read-write"},
		Flow: access.Flow{ID: "prod-db-flow", Fields: []access.Field{{ID: "ticket", Label: "Ticket"}}, Duration: access.DurationRule{Mode: access.DurationChoice,
			Choices: []access.Duration{access.Duration(time.Hour), access.Duration(8 * time.Hour)}, Extend: access.ExtendRule{UpTo: access.Duration(time.Hour), Times: 1}}},
		Progress: true,
		Names:    map[access.PersonID]string{"ana": "Ana Ruiz", "ben": "Ben Ortiz", "eli": "Eli Novak", "dora": "Dora Lang"},
	}
	v.Steps = []app.StepView{
		{StepState: v.Request.Steps[0], Needed: access.Needed{Count: 1}, Approvers: []app.Approver{{Word: access.Manager, Who: ben, Name: "Ben Ortiz"}}},
		{StepState: v.Request.Steps[1], Needed: access.Needed{Count: 2}, Approvers: []app.Approver{{Word: "group:security", Who: "group:security", Name: "Security"}}},
	}
	return v
}

// sampleCard is what someone sees of the request after a change.
func sampleCard(to app.Person, kind access.NoticeKind, status access.Status, change func(*app.Card)) app.Card {
	c := app.Card{View: sampleView()}
	c.Status = status
	c.Letter = app.Letter{Kind: kind, To: to, Resource: c.Resource, Fields: c.Flow.Fields, Requester: sampleAna, Manager: "Ben Ortiz",
		Support: "https://help.example.com/access", Event: access.Event{Type: access.EventDecided, Status: status}}
	if change != nil {
		change(&c)
	}
	c.Letter.Request = c.Request
	return c
}

// settledBy ends the request by an event.
func settledBy(t access.EventType, by access.PersonID, via access.Via, reason string) func(*app.Card) {
	return func(c *app.Card) {
		e := access.Event{Type: t, Status: c.Status, At: sampleTime(0), Actor: access.Actor{ID: by, Via: via}}
		if reason != "" {
			e.Texts = map[string]string{access.TextReason: reason}
		}
		c.Decided, c.Letter.Event, c.Letter.By = e, e, c.Names[by]
		if t == access.EventDecided {
			verdict := access.Approve
			if c.Status == access.Denied {
				verdict = access.Deny
			}
			c.View.Steps[0].Decisions = []access.Decision{{By: by, Verdict: verdict, Reason: reason, Via: via, At: e.At}}
		}
		for i := range c.View.Steps {
			c.View.Steps[i].Status, c.Request.Steps[i].Status = access.StepClosed, access.StepClosed
		}
		if c.Status.Final() {
			c.EndedAt = e.At
		}
	}
}

func can(actions ...access.Action) func(*app.Card) {
	return func(c *app.Card) { c.Actions = actions }
}

func both(changes ...func(*app.Card)) func(*app.Card) {
	return func(c *app.Card) {
		for _, change := range changes {
			change(c)
		}
	}
}

func active(c *app.Card) { c.StartedAt, c.EndsAt = sampleTime(0), sampleTime(8*time.Hour) }

func moreAsked(c *app.Card) {
	c.Extension = access.Extension{Asked: access.Duration(30 * time.Minute), Reason: "The migration is at 80 %."}
	if c.Letter.Kind == access.NoticeExtensionAsked {
		c.Letter.Event = access.Event{Type: access.EventExtensionAsked, Status: access.Active, Details: access.Details{Asked: c.Extension.Asked},
			Texts: map[string]string{access.TextReason: c.Extension.Reason}}
	}
	c.Extenders = []app.Approver{{Word: access.Manager, Who: access.OfPerson("ben"), Name: "Ben Ortiz"}}
}

// cards are the cards, by name.
func cards() map[string]app.Card {
	ask := func(c *app.Card) {
		c.Question = "Which orders? And does the nightly job still run?"
		c.View.Steps[0].Decisions = []access.Decision{{By: "ben", Verdict: access.Ask, Reason: c.Question, Via: access.ViaEmail, At: sampleTime(0)}}
		c.Letter.By = "Ben Ortiz"
	}
	more := func(t access.EventType, reason string) func(*app.Card) {
		return func(c *app.Card) {
			c.More = access.Event{Type: t, At: sampleTime(time.Hour), Actor: access.Actor{ID: "ben", Via: access.ViaSlack},
				Details: access.Details{Given: access.Duration(30 * time.Minute)}, Texts: map[string]string{access.TextReason: reason}}
		}
	}
	decide := can(access.ActApprove, access.ActDeny, access.ActAsk)
	approved := settledBy(access.EventDecided, "ben", access.ViaSlack, "Fine by me.")
	out := map[string]app.Card{
		"approver-pending": sampleCard(sampleBen, access.NoticeToDecide, access.Pending, decide),
		"approver-decided-others-have-not": sampleCard(sampleBen, access.NoticeToDecide, access.Pending, func(c *app.Card) {
			c.View.Steps[0].Decisions = []access.Decision{{By: "ben", Verdict: access.Approve, Via: access.ViaSlack, At: sampleTime(0)}}
		}),
		"approver-waits-for-answer":  sampleCard(sampleBen, access.NoticeToDecide, access.NeedsInfo, ask),
		"approver-approved":          sampleCard(sampleBen, access.NoticeToDecide, access.Approved, approved),
		"approver-denied":            sampleCard(sampleBen, access.NoticeToDecide, access.Denied, settledBy(access.EventDecided, "dora", access.ViaEmail, "Not tonight.")),
		"approver-overridden":        sampleCard(sampleBen, access.NoticeToDecide, access.Denied, settledBy(access.EventOverridden, "eli", access.ViaPortal, "No changes during the audit.")),
		"approver-by-policy":         sampleCard(sampleBen, access.NoticeToDecide, access.Approved, settledBy(access.EventPolicyDecided, "", access.ViaPolicy, "")),
		"approver-canceled":          sampleCard(sampleBen, access.NoticeToDecide, access.Canceled, settledBy(access.EventCanceled, "ana", access.ViaPortal, "")),
		"approver-expired":           sampleCard(sampleBen, access.NoticeToDecide, access.Expired, settledBy(access.EventExpired, "", access.ViaTimer, "")),
		"approver-extension":         sampleCard(sampleBen, access.NoticeExtensionAsked, access.Active, both(approved, active, moreAsked, can(access.ActApproveExtension, access.ActDenyExtension))),
		"approver-extension-decided": sampleCard(sampleBen, access.NoticeToDecide, access.Active, both(approved, active, more(access.EventExtended, "")))}
	for name, c := range map[string]app.Card{
		"admin-standby":      sampleCard(sampleEli, access.NoticeToDecide, access.Pending, func(c *app.Card) { c.Standby = true }),
		"admin-missing-data": sampleCard(sampleEli, access.NoticeMissingData, access.MissingData, nil),
		"admin-stuck": sampleCard(sampleEli, access.NoticeStuck, access.Stuck, func(c *app.Card) {
			c.EndReason, c.Failure, c.Attempts, c.EndsAt = access.EndExpired, "unreachable", 5, sampleTime(0)
		}),
		"requester-pending": sampleCard(sampleAna, access.NoticeSubmitted, access.Pending, can(access.ActCancel)),
		"requester-pending-progress-hidden": sampleCard(sampleAna, access.NoticeSubmitted, access.Pending, both(can(access.ActCancel), func(c *app.Card) {
			c.Progress = false
		})),
		"requester-asked":        sampleCard(sampleAna, access.NoticeAsked, access.NeedsInfo, both(ask, can(access.ActAnswer, access.ActCancel))),
		"requester-missing-data": sampleCard(sampleAna, access.NoticeMissingData, access.MissingData, can(access.ActCancel)),
		"requester-approved":     sampleCard(sampleAna, access.NoticeApproved, access.Approved, both(approved, can(access.ActCancel))),
		"requester-ready": sampleCard(sampleAna, access.NoticeApproved, access.Ready, both(approved, can(access.ActStart, access.ActCancel), func(c *app.Card) {
			c.Kind, c.Resource.Name, c.Letter.Resource.Name = access.KindDevice, "Ana's MacBook", "Ana's MacBook"
		})),
		"requester-active":            sampleCard(sampleAna, access.NoticeApproved, access.Active, both(approved, active, can(access.ActExtend, access.ActEnd))),
		"requester-active-more-waits": sampleCard(sampleAna, access.NoticeApproved, access.Active, both(approved, active, moreAsked, can(access.ActEnd))),
		"requester-extension-denied":  sampleCard(sampleAna, access.NoticeApproved, access.Active, both(approved, active, more(access.EventExtensionDenied, "The window closes at two."), can(access.ActEnd))),
		"requester-ending":            sampleCard(sampleAna, "", access.Ending, approved),
		"requester-stuck":             sampleCard(sampleAna, "", access.Stuck, approved),
		"requester-ended":             sampleCard(sampleAna, access.NoticeEnded, access.Ended, both(approved, active, func(c *app.Card) { c.EndReason = access.EndGivenBack })),
		"requester-failed":            sampleCard(sampleAna, access.NoticeFailed, access.Failed, both(approved, func(c *app.Card) { c.Failure = "group_not_found" })),
		"requester-denied":            sampleCard(sampleAna, access.NoticeDenied, access.Denied, settledBy(access.EventDecided, "dora", access.ViaSlack, "Not tonight.")),
		"requester-canceled":          sampleCard(sampleAna, access.NoticeCanceled, access.Canceled, settledBy(access.EventCanceled, "eli", access.ViaPortal, "The database moves.")),
		"requester-expired":           sampleCard(sampleAna, access.NoticeExpired, access.Expired, settledBy(access.EventExpired, "", access.ViaTimer, "")),
		"hostile-text": sampleCard(sampleBen, access.NoticeToDecide, access.Pending, both(decide, func(c *app.Card) {
			c.Letter.Requester.Name = "Ana <!channel> *Ruiz*\r\n<https://evil.example|click>"
			c.Letter.Resource.Name = "DB\u202e <@U0BEN> `x` and a name that is far longer than any name of a resource should ever be, and then some more"
			c.Reason = "<!here> *bold* _it_ `code` ~no~ :tada: & <https://evil.example|View access request details>\n> quote\n@here"
			c.Answers = map[string]string{"ticket": "<!date^0^{date}|now>"}
		})),
		"longest-text": sampleCard(sampleBen, access.NoticeToDecide, access.Pending, both(decide, longest)),
	} {
		out[name] = c
	}
	return out
}

// longest fills everything that people may fill, as far as they may.
func longest(c *app.Card) {
	long := func(n int) string {
		text := make([]byte, n)
		for i := range text {
			text[i] = "abcdefghi "[i%10]
		}
		return string(text)
	}
	c.Reason, c.Letter.Resource.Name, c.Letter.Resource.Description = long(access.MaxText), long(200), long(2000)
	c.Letter.Fields, c.Answers = nil, map[string]string{}
	for i := range access.MaxFields {
		id := fmt.Sprintf("f%d", i)
		c.Letter.Fields = append(c.Letter.Fields, access.Field{ID: id, Label: long(200)})
		c.Answers[id] = long(access.MaxText)
	}
	for range 30 {
		c.View.Steps[0].Decisions = append(c.View.Steps[0].Decisions, access.Decision{By: "dora", Verdict: access.Approve,
			Reason: long(access.MaxText), Via: access.ViaPortal, At: sampleTime(0)})
	}
}
