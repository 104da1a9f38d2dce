package feedback_test

import (
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/mail/feedback"
)

// bounce and complaint have the form of the examples in
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html
const (
	bounce = `{"eventType":"Bounce",
		"bounce":{"bounceType":"Permanent","bounceSubType":"General","timestamp":"2026-11-24T13:05:02.669Z",
			"bouncedRecipients":[{"emailAddress":"ben@mailhost.example.net","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}],
			"feedbackId":"01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000","reportingMTA":"dsn; mta.example.net"},
		"mail":{"timestamp":"2026-11-24T13:05:00.012Z","source":"Latchkey <latchkey@example.com>","messageId":"EXAMPLE-000000",
			"destination":["ben@example.com"],"headersTruncated":false,"tags":{"ses:configuration-set":["latchkey"]}}}`
	complaint = `{"eventType":"Complaint",
		"complaint":{"complainedRecipients":[{"emailAddress":"ben@example.com"}],"timestamp":"2026-11-24T13:05:02.669Z",
			"feedbackId":"EXAMPLE-000000","complaintSubType":null,"userAgent":"Example Corp Feedback Loop (V0.01)",
			"complaintFeedbackType":"abuse","arrivalDate":"2026-11-24T13:05:02.669Z"},
		"mail":{"timestamp":"2026-11-24T13:05:00.012Z","destination":["Ben Ortiz <ben@example.com>"]}}`
)

func TestWhatSESPublishesIsReadAsOfTheOneWhomTheLetterWentTo(t *testing.T) {
	at := time.Date(2026, 11, 24, 13, 5, 2, 669e6, time.UTC)
	for body, want := range map[string]access.MailReport{
		bounce:    {Event: "Bounce", Type: "Permanent", SubType: "General", At: at},
		complaint: {Event: "Complaint", Feedback: "abuse", At: at},
		strings.Replace(complaint, `"abuse"`, `"<script>alert(1)</script>"`, 1): {Event: "Complaint", At: at},
	} {
		got, err := feedback.Read(body)
		if err != nil || *got != (app.Feedback{To: "ben@example.com", MailReport: want}) {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	other, err := feedback.Read(`{"eventType":"Delivery","mail":{"destination":["ben@example.com"]},"delivery":{}}`)
	if err != nil || other.Problem().Is() {
		t.Errorf("a delivery is %+v, %v", other, err)
	}
}

func TestSESsGreetingToTheTopicSaysNothing(t *testing.T) {
	if got, err := feedback.Read("Successfully validated SNS topic for Amazon SES event publishing."); got != nil || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatIsNoEventIsAnErrorThatNamesNobody(t *testing.T) {
	for _, body := range []string{"", "ben@example.com", "[]", "{}", `{"eventType":"Bounce"}`,
		strings.Replace(bounce, `["ben@example.com"]`, `["ben@example.com","ana@example.com"]`, 1),
		strings.Replace(bounce, `["ben@example.com"]`, `["ben at example.com"]`, 1),
		strings.Replace(bounce, `"timestamp":"2026-11-24T13:05:02.669Z",`, ``, 1),
		strings.Replace(bounce, `2026-11-24T13:05:02.669Z`, `yesterday, ben@example.com`, 1),
	} {
		got, err := feedback.Read(body)
		if err == nil || got != nil || strings.Contains(err.Error(), "@") || strings.Contains(err.Error(), "ben") {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(bounce)
	f.Add(complaint)
	f.Fuzz(func(t *testing.T, body string) {
		got, err := feedback.Read(body)
		if err == nil && got != nil && (got.To == "" || got.Problem().Is() && got.At.IsZero()) {
			t.Errorf("%q became %+v", body, got)
		}
	})
}
