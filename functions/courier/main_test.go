package main

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/app"
)

func TestAfterAMessageThatFailsTheRestOfItsBatchWaits(t *testing.T) {
	var delivered []int
	courier := handler(func(_ context.Context, m app.Message) error {
		if delivered = append(delivered, m.Seq); m.Seq == 2 {
			return errors.New("out of reach")
		}
		return nil
	})
	out, err := courier(t.Context(), events.SQSEvent{Records: []events.SQSMessage{
		{MessageId: "a", Body: `{"request_id":"req_1","seq":1}`},
		{MessageId: "b", Body: `{"request_id":"req_1","seq":2}`},
		{MessageId: "c", Body: `{"request_id":"req_1","seq":3}`},
	}})
	if err != nil || len(delivered) != 2 || len(out.BatchItemFailures) != 2 || out.BatchItemFailures[0].ItemIdentifier != "b" {
		t.Errorf("delivered %v, failures %v, %v", delivered, out.BatchItemFailures, err)
	}
}

func TestABodyThatIsNoMessageGoesToTheDeadLetters(t *testing.T) {
	courier := handler(func(context.Context, app.Message) error { t.Error("delivered"); return nil })
	out, _ := courier(t.Context(), events.SQSEvent{Records: []events.SQSMessage{{MessageId: "a", Body: `{`}}})
	if len(out.BatchItemFailures) != 1 {
		t.Errorf("failures %v", out.BatchItemFailures)
	}
}
