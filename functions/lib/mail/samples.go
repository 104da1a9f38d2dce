package mail

import (
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// sample is a letter to look at.
type sample struct {
	name   string
	letter app.Letter
}

var (
	sampleAna = app.Person{ID: "ana", Name: "Ana Ruiz", Email: "ana@example.com", TimeZone: "Europe/Madrid"}
	sampleBen = app.Person{ID: "ben", Name: "Ben Ortiz", Email: "ben@example.com"}
	sampleEli = app.Person{ID: "eli", Name: "Eli Novak", Email: "eli@example.com", TimeZone: "America/New_York"}

	sampleStaging = app.Letter{
		Requester: sampleAna, Manager: "Ben Ortiz", Support: "https://help.example.com/access",
		Resource: access.Resource{ID: "staging", Name: "Staging", Kind: access.KindResource,
			Description: "The staging cluster, with a copy of last week's data"},
		Request: access.Request{ID: "req_01KB2ZJ7Q8W4M5N6P7R8S9T0VX", Requester: "ana", SubmittedBy: "ana", Resource: "staging",
			Kind: access.KindResource, Reason: "I want to watch tonight's migration of the orders table and roll it back if it stalls.",
			Asked: access.Duration(2 * time.Minute), Given: access.Duration(2 * time.Minute),
			Steps:     []access.StepState{{Status: access.StepOpen}},
			ExpiresAt: sampleTime(30 * 24 * time.Hour)},
	}
	sampleFields  = []access.Field{{ID: "ticket", Label: "Ticket"}, {ID: "rows", Label: "Rows you will touch"}}
	sampleAnswers = map[string]string{"ticket": "OPS-1432", "rows": "About 40,000 rows of orders.\nNothing is deleted."}
)

const sampleToken = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func sampleTime(after time.Duration) time.Time {
	return time.Date(2026, 11, 24, 13, 5, 0, 0, time.UTC).Add(after)
}

// samples has a letter of each kind, and of each turn that a kind can take.
func samples() []sample {
	out := []sample{
		draw("submitted", access.NoticeSubmitted, sampleAna, access.Pending, nil),
		draw("submitted-for-you", access.NoticeSubmitted, sampleAna, access.Pending, func(l *app.Letter) {
			l.Request.SubmittedBy, l.By = "ben", "Ben Ortiz"
		}),
		draw("to_decide", access.NoticeToDecide, sampleBen, access.Pending, nil),
		draw("to_decide-not-timed-with-answers", access.NoticeToDecide, sampleEli, access.Pending, func(l *app.Letter) {
			l.Resource.Name, l.Resource.Description = "Production database", ""
			l.Request.Asked, l.Request.Given, l.Manager = 0, 0, ""
			l.Fields, l.Request.Answers = sampleFields, sampleAnswers
		}),
		draw("extension_asked", access.NoticeExtensionAsked, sampleBen, access.Active, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Asked = access.EventExtensionAsked, access.Duration(30*time.Minute)
			l.Request.EndsAt = sampleTime(10 * time.Minute)
			l.Event.Texts = map[string]string{access.TextReason: "The migration is at 80 %."}
		}),
		draw("extension_denied", access.NoticeExtensionDenied, sampleAna, access.Active, func(l *app.Letter) {
			l.Event.Type, l.By = access.EventExtensionDenied, "Ben Ortiz"
			l.Request.EndsAt = sampleTime(10 * time.Minute)
			l.Event.Texts = map[string]string{access.TextReason: "The window closes at two."}
		}),
		draw("extended", access.NoticeExtended, sampleAna, access.Active, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Given = access.EventExtended, access.Duration(30*time.Minute)
			l.Request.EndsAt = sampleTime(40 * time.Minute)
		}),
		draw("ending_soon", access.NoticeEndingSoon, sampleAna, access.Active, func(l *app.Letter) {
			l.Event.Type, l.Request.EndsAt, l.Extend = access.EventEndingSoon, sampleTime(10*time.Minute), true
		}),
		draw("ending_soon-for-good", access.NoticeEndingSoon, sampleAna, access.Active, func(l *app.Letter) {
			l.Event.Type, l.Request.EndsAt = access.EventEndingSoon, sampleTime(10*time.Minute)
		}),
		draw("ending_soon-more-waits", access.NoticeEndingSoon, sampleAna, access.Active, func(l *app.Letter) {
			l.Event.Type, l.Request.EndsAt = access.EventEndingSoon, sampleTime(10*time.Minute)
			l.Request.Extension.Asked = access.Duration(30 * time.Minute)
		}),
		draw("to_decide-for-someone", access.NoticeToDecide, sampleEli, access.Pending, func(l *app.Letter) {
			l.Request.SubmittedBy, l.By = "ben", "Ben Ortiz"
		}),
		draw("reminder", access.NoticeReminder, sampleBen, access.Pending, nil),
		draw("missing_data", access.NoticeMissingData, sampleAna, access.MissingData, nil),
		draw("missing_data-admin", access.NoticeMissingData, sampleEli, access.MissingData, func(l *app.Letter) { l.Manager = "" }),
		draw("asked", access.NoticeAsked, sampleAna, access.NeedsInfo, func(l *app.Letter) {
			l.By = "Ben Ortiz"
			l.Event.Type, l.Event.Details.Verdict = access.EventDecided, access.Ask
			l.Event.Texts = map[string]string{access.TextReason: "Which orders? And does the nightly job still run while you are in there?"}
		}),
		draw("answered", access.NoticeAnswered, sampleBen, access.Pending, func(l *app.Letter) {
			l.Event.Type = access.EventAnswered
			l.Event.Texts = map[string]string{access.TextAnswer: "Only the ones of 2026. The nightly job is paused until six."}
			l.Request.Steps[0].Decisions = []access.Decision{{By: "ben", Verdict: access.Ask, Reason: "Which orders? And does the nightly job still run?"}}
		}),
		draw("approved", access.NoticeApproved, sampleAna, access.Approved, func(l *app.Letter) {
			l.By = "Ben Ortiz"
			l.Event.Texts = map[string]string{access.TextReason: "Fine by me. Tell the on-call person when you are done."}
		}),
		draw("approved-shorter-active", access.NoticeApproved, sampleAna, access.Approved, func(l *app.Letter) {
			l.Request.Status, l.Request.Asked, l.Request.Given = access.Active, access.Duration(8*time.Hour), access.Duration(time.Hour)
			l.Request.StartedAt, l.Request.EndsAt = sampleTime(0), sampleTime(time.Hour)
		}),
		draw("approved-device", access.NoticeApproved, sampleAna, access.Ready, func(l *app.Letter) {
			l.Resource.Name, l.Request.Kind, l.Event.Type = "Ana's MacBook", access.KindDevice, access.EventOverridden
			l.Request.Asked, l.Request.Given, l.By = access.Duration(4*time.Hour), access.Duration(4*time.Hour), "Eli Novak"
			l.Request.ExpiresAt = sampleTime(24 * time.Hour)
		}),
		draw("approved-later-by-policy", access.NoticeApproved, sampleAna, access.Approved, func(l *app.Letter) {
			l.Event.Type, l.Request.StartsAt = access.EventPolicyDecided, sampleTime(48*time.Hour)
		}),
		draw("denied", access.NoticeDenied, sampleAna, access.Denied, func(l *app.Letter) {
			l.By = "Ben Ortiz"
			l.Event.Texts = map[string]string{access.TextReason: "The migration was moved to Thursday. Please ask again then."}
		}),
		draw("denied-by-override", access.NoticeDenied, sampleAna, access.Denied, func(l *app.Letter) {
			l.Event.Type = access.EventOverridden
			l.Event.Texts = map[string]string{access.TextReason: "No changes to staging during the audit."}
		}),
		draw("canceled-not-eligible", access.NoticeCanceled, sampleAna, access.Canceled, func(l *app.Letter) {
			l.Event.Details.Failure = "not_eligible"
		}),
		draw("canceled-flow-disabled", access.NoticeCanceled, sampleAna, access.Canceled, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Failure = access.EventCanceled, "flow_disabled"
		}),
		draw("canceled-device-revoked", access.NoticeCanceled, sampleAna, access.Canceled, func(l *app.Letter) {
			l.Resource.Name, l.Request.Kind = "Ana's MacBook", access.KindDevice
			l.Event.Type, l.Event.Details.Failure = access.EventCanceled, "device_revoked"
		}),
		draw("canceled-resource-deleted", access.NoticeCanceled, sampleAna, access.Canceled, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Failure = access.EventCanceled, "resource_deleted"
			l.Resource = access.Resource{}
		}),
		draw("canceled-revoked", access.NoticeCanceled, sampleAna, access.Canceled, func(l *app.Letter) {
			l.Request.EndReason, l.By = access.EndRevoked, "Eli Novak"
			l.Event.Texts = map[string]string{access.TextReason: "The cluster is being rebuilt."}
		}),
		draw("expired", access.NoticeExpired, sampleAna, access.Expired, nil),
		draw("expired-device", access.NoticeExpired, sampleAna, access.Expired, func(l *app.Letter) {
			l.Resource.Name, l.Request.Kind = "Ana's MacBook", access.KindDevice
		}),
	}
	for _, reason := range []access.EndReason{access.EndExpired, access.EndGivenBack, access.EndRevoked, access.EndSuspended} {
		out = append(out, draw("ended-"+string(reason), access.NoticeEnded, sampleAna, access.Ended, func(l *app.Letter) {
			l.Request.EndReason, l.Request.StartedAt = reason, sampleTime(0)
		}))
	}
	return append(out,
		draw("ended-confirmed", access.NoticeEnded, sampleAna, access.Ended, func(l *app.Letter) {
			l.Request.EndReason, l.Request.StartedAt = access.EndExpired, sampleTime(0)
			l.Event.Type = access.EventAbsenceConfirmed
			l.Event.Texts = map[string]string{access.TextReason: "The cluster was switched off."}
		}),
		draw("confirm_absent", access.NoticeConfirmAbsent, sampleEli, access.Stuck, func(l *app.Letter) {
			l.Request.EndReason, l.Request.Failure, l.Request.Attempts = access.EndExpired, "unreachable", 15
			l.Request.EndsAt, l.By, l.Event.Type = sampleTime(2*time.Minute), "Eva Lang", access.EventAbsenceConfirmed
			l.Event.Texts = map[string]string{access.TextReason: "The cluster was switched off for good this morning; there is nothing left to log in to."}
		}),
		draw("failed", access.NoticeFailed, sampleAna, access.Failed, func(l *app.Letter) { l.Request.Failure = "group_not_found" }),
		draw("stuck", access.NoticeStuck, sampleEli, access.Stuck, func(l *app.Letter) {
			l.Request.EndReason, l.Request.Failure, l.Request.Attempts = access.EndExpired, "unreachable", 5
			l.Request.EndsAt = sampleTime(2 * time.Minute)
		}),
		draw("stuck-after-failed-grant", access.NoticeStuck, sampleEli, access.Stuck, func(l *app.Letter) {
			l.Request.Failure, l.Request.Attempts = "outcome_unknown", 10
		}),
		draw("readded", access.NoticeReadded, sampleEli, access.Ended, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Drift = access.EventDrifted, access.DriftReadded
			l.Request.EndReason, l.Request.Drift = access.EndExpired, access.DriftReadded
		}),
		draw("readded-after-failed-grant", access.NoticeReadded, sampleEli, access.Failed, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Drift = access.EventDrifted, access.DriftReadded
			l.Request.Drift, l.Request.Failure = access.DriftReadded, "group_not_found"
		}),
		draw("undeliverable", access.NoticeUndeliverable, sampleEli, "", func(l *app.Letter) {
			l.Request, l.About = access.Request{}, sampleBen
			l.Problem = access.EmailProblem{Kind: access.EmailBounced, SubType: "General", Since: sampleTime(0)}
		}),
		draw("undeliverable-spam", access.NoticeUndeliverable, sampleEli, "", func(l *app.Letter) {
			l.Request, l.About = access.Request{}, sampleBen
			l.Problem = access.EmailProblem{Kind: access.EmailComplained, SubType: "abuse", Since: sampleTime(0)}
		}),
		draw("to_decide-in-the-portal-only", access.NoticeToDecide, sampleBen, access.Pending, func(l *app.Letter) { l.Token = "" }),
		draw("reminder-without-sign-in", access.NoticeReminder, sampleBen, access.Pending, func(l *app.Letter) { l.SignIn = false }),
		draw("decision_receipt", access.NoticeReceipt, sampleBen, access.Denied, func(l *app.Letter) {
			l.Event.Details.Verdict, l.Event.At = access.Deny, sampleTime(time.Hour)
			l.Event.Texts = map[string]string{access.TextReason: "The migration was moved to Thursday. Please ask again then."}
		}),
		draw("decision_receipt-extension", access.NoticeReceipt, sampleBen, access.Active, func(l *app.Letter) {
			l.Event.Type, l.Event.Details.Given = access.EventExtended, access.Duration(30*time.Minute)
			l.Event.Details.Verdict, l.Event.At = access.Approve, sampleTime(time.Hour)
		}),
		draw("hostile-text", access.NoticeToDecide, sampleBen, access.Pending, func(l *app.Letter) {
			l.Requester.Name = "Ana <b>Ruiz</b>\r\nBcc: everyone@example.com"
			l.Resource.Name = "Staging\u202e \"><script>alert(1)</script> and a name that is far longer than any name of a resource should ever be"
			l.Resource.Description = "Ein sehr langes Wort: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
			l.Request.Reason = "</div><style>*{display:none}</style>\n-- \nView the request: https://evil.example/" +
				"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			l.Request.Answers = map[string]string{"ticket": "<img src=x onerror=alert(1)>"}
		}),
	)
}

// draw makes a letter about an event that led to status, as things are then.
func draw(name string, kind access.NoticeKind, to app.Person, status access.Status, change func(*app.Letter)) sample {
	l := sampleStaging
	l.Kind, l.To = kind, to
	l.Request.Status = status
	l.Request.Steps = []access.StepState{{Status: access.StepOpen}}
	if status.Final() {
		l.Request.EndedAt = sampleTime(2 * time.Minute)
	}
	l.Event = access.Event{Type: access.EventDecided, Status: status}
	if kind.AsksToDecide() {
		l.Token, l.SignIn = sampleToken, true
	}
	if change != nil {
		change(&l)
	}
	return sample{name, l}
}
