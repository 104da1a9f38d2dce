package access

import "time"

// EmailProblem is why nothing is sent to an email address any more. The zero
// value: nothing is wrong with it.
type EmailProblem struct {
	Kind    EmailProblemKind
	SubType string // as the mail service names it: "General", "abuse"; "" where it does not say
	Since   time.Time
}

// EmailProblemKind says what happened to a mail.
type EmailProblemKind string

// The problems.
const (
	EmailBounced    EmailProblemKind = "bounced"    // it can never be delivered
	EmailComplained EmailProblemKind = "complained" // its reader reported it as spam
)

// Is tells whether there is a problem.
func (p EmailProblem) Is() bool { return p.Kind != "" }

// MailReport is what the mail service says of a mail that it has sent. Its words
// are those of Amazon SES.
//
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
type MailReport struct {
	Event    string // "Bounce", "Complaint"; others mean nothing here
	Type     string // of a bounce: "Permanent", "Transient", "Undetermined"
	SubType  string // "General", "OnAccountSuppressionList", …
	Feedback string // of a complaint, by the reader's provider: "abuse", "not-spam", …
	At       time.Time
}

// Problem tells what a report means for the address that the mail went to. A
// bounce that may pass is none: a full mailbox is emptied again. Neither is a
// report that a mail is not spam.
func (r MailReport) Problem() EmailProblem {
	switch {
	case r.Event == "Bounce" && r.Type == "Permanent":
		return EmailProblem{Kind: EmailBounced, SubType: r.SubType, Since: r.At}
	case r.Event == "Complaint" && r.Feedback != "not-spam":
		kind := r.SubType
		if kind == "" {
			kind = r.Feedback
		}
		return EmailProblem{Kind: EmailComplained, SubType: kind, Since: r.At}
	}
	return EmailProblem{}
}
