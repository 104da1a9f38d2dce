package main

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/app"
)

func TestOneMessageThatFailsComesAgainAndHoldsUpNoOther(t *testing.T) {
	var taken []string
	take := handler(func(_ context.Context, f app.Feedback) error {
		if taken = append(taken, f.To); f.To == "ana@example.com" {
			return errors.New("out of reach")
		}
		return nil
	})
	about := func(who string) string {
		return `{"eventType":"Complaint","mail":{"destination":["` + who + `@example.com"]},"complaint":{"timestamp":"2026-11-24T13:05:02.669Z"}}`
	}
	out, err := take(t.Context(), events.SQSEvent{Records: []events.SQSMessage{
		{MessageId: "a", Body: about("ana")},
		{MessageId: "b", Body: "Successfully validated SNS topic for Amazon SES event publishing."},
		{MessageId: "c", Body: `{`},
		{MessageId: "d", Body: about("ben")},
	}})
	if err != nil || len(taken) != 2 || len(out.BatchItemFailures) != 2 ||
		out.BatchItemFailures[0].ItemIdentifier != "a" || out.BatchItemFailures[1].ItemIdentifier != "c" {
		t.Errorf("taken %v, failures %v, %v", taken, out.BatchItemFailures, err)
	}
}
