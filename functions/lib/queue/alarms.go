package queue

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sns"

	"latchkey/functions/lib/app"
)

// maxSubject is what SNS takes: less than 100 characters. Email endpoints want
// ASCII.
const maxSubject = 99

// SNS is what is used of SNS.
type SNS interface {
	Publish(context.Context, *sns.PublishInput, ...func(*sns.Options)) (*sns.PublishOutput, error)
}

// Alarms is app.Alarms on one SNS topic.
type Alarms struct {
	api   SNS
	topic string
}

var _ app.Alarms = (*Alarms)(nil)

// NewAlarms makes Alarms for a topic's ARN.
func NewAlarms(api SNS, topic string) *Alarms { return &Alarms{api, topic} }

// Raise tells everyone who subscribed to the topic. A subject that SNS would
// refuse is made to fit.
func (a *Alarms) Raise(ctx context.Context, subject, text string) error {
	subject = fit(subject)
	if _, err := a.api.Publish(ctx, &sns.PublishInput{TopicArn: &a.topic, Subject: &subject, Message: &text}); err != nil {
		return fmt.Errorf("alarm: %w", err)
	}
	return nil
}

func fit(subject string) string {
	subject = strings.Join(strings.Fields(subject), " ")
	subject = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, subject)
	if len(subject) > maxSubject {
		subject = subject[:maxSubject-3] + "..."
	}
	return subject
}
