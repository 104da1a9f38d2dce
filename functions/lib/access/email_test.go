package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestOnlyWhatWillNeverArriveOrIsNotWantedIsAProblemOfAnAddress(t *testing.T) {
	at := time.Date(2026, 11, 24, 13, 5, 0, 0, time.UTC)
	for name, story := range map[string]struct {
		said access.MailReport
		want access.EmailProblem
	}{
		"no such mailbox": {access.MailReport{Event: "Bounce", Type: "Permanent", SubType: "General", At: at},
			access.EmailProblem{Kind: access.EmailBounced, SubType: "General", Since: at}},
		"the mail service holds it back itself": {access.MailReport{Event: "Bounce", Type: "Permanent", SubType: "OnAccountSuppressionList", At: at},
			access.EmailProblem{Kind: access.EmailBounced, SubType: "OnAccountSuppressionList", Since: at}},
		"a full mailbox":                 {said: access.MailReport{Event: "Bounce", Type: "Transient", SubType: "MailboxFull", At: at}},
		"a bounce of an unknown kind":    {said: access.MailReport{Event: "Bounce", Type: "Undetermined", SubType: "Undetermined", At: at}},
		"a bounce of a kind yet to come": {said: access.MailReport{Event: "Bounce", Type: "Eventual", At: at}},
		"reported as spam": {access.MailReport{Event: "Complaint", Feedback: "abuse", At: at},
			access.EmailProblem{Kind: access.EmailComplained, SubType: "abuse", Since: at}},
		"reported as spam, without a word why": {access.MailReport{Event: "Complaint", At: at},
			access.EmailProblem{Kind: access.EmailComplained, Since: at}},
		"held back after a report": {access.MailReport{Event: "Complaint", SubType: "OnAccountSuppressionList", Feedback: "abuse", At: at},
			access.EmailProblem{Kind: access.EmailComplained, SubType: "OnAccountSuppressionList", Since: at}},
		"reported as no spam after all": {said: access.MailReport{Event: "Complaint", Feedback: "not-spam", At: at}},
		"delivered":                     {said: access.MailReport{Event: "Delivery", At: at}},
		"refused for what it contains":  {said: access.MailReport{Event: "Reject", At: at}},
	} {
		if got := story.said.Problem(); got != story.want || got.Is() != (story.want.Kind != "") {
			t.Errorf("%s: %+v, want %+v", name, got, story.want)
		}
	}
}
