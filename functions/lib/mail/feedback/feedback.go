// Package feedback reads what Amazon SES says of the letters that it has sent,
// as it publishes it to an SNS topic and the topic delivers it, raw, to a queue.
//
// It imports app and access. No address and no text of a report stands in its
// errors.
package feedback

import (
	"encoding/json"
	"errors"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// greeting is what SES publishes to a topic to try it out.
const greeting = "Successfully validated SNS topic"

// event is the part that is read of
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
type event struct {
	Type string `json:"eventType"`
	Mail struct {
		Destination []string `json:"destination"`
	} `json:"mail"`
	Bounce struct {
		Type    string    `json:"bounceType"`
		SubType string    `json:"bounceSubType"`
		At      time.Time `json:"timestamp"`
	} `json:"bounce"`
	Complaint struct {
		SubType  string    `json:"complaintSubType"`
		Feedback string    `json:"complaintFeedbackType"`
		At       time.Time `json:"timestamp"`
	} `json:"complaint"`
}

// Read gives what a message says, or nothing if it is SES's greeting.
//
// A letter goes to one person, and that is who is meant: the recipients that a
// bounce names are the receiving server's words, which after a forwarding name
// somebody else.
func Read(body string) (*app.Feedback, error) {
	if strings.HasPrefix(body, greeting) {
		return nil, nil
	}
	var e event
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		return nil, errors.New("feedback: not an event of SES")
	}
	if e.Type == "" || len(e.Mail.Destination) != 1 {
		return nil, errors.New("feedback: not an event about a letter to one person")
	}
	to, err := netmail.ParseAddress(e.Mail.Destination[0])
	if err != nil {
		return nil, errors.New("feedback: the letter went to no address")
	}
	report := access.MailReport{Event: e.Type}
	switch e.Type {
	case "Bounce":
		report.Type, report.SubType, report.At = e.Bounce.Type, word(e.Bounce.SubType), e.Bounce.At
	case "Complaint":
		report.SubType, report.Feedback, report.At = word(e.Complaint.SubType), word(e.Complaint.Feedback), e.Complaint.At
	}
	if report.Problem().Is() && report.At.IsZero() {
		return nil, errors.New("feedback: the event does not say when")
	}
	report.At = report.At.UTC().Truncate(time.Millisecond)
	return &app.Feedback{To: to.Address, MailReport: report}, nil
}

var words = regexp.MustCompile(`^[A-Za-z][A-Za-z-]{0,39}$`)

// word keeps one of SES's words. What a complaint is called is, in the end, what
// some provider wrote.
func word(s string) string {
	if words.MatchString(s) {
		return s
	}
	return ""
}
