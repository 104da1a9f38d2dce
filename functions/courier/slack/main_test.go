package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/app"
)

type counts map[string]int

func (c counts) Count(metric string, n int) { c[metric] = n }

// counted is what the last delivery counted.
var counted counts

type hidden struct {
	receipt string
	wait    time.Duration
}

func deliver(t *testing.T, answer error, bodies ...string) ([]int, []hidden, events.SQSEventResponse) {
	t.Helper()
	var delivered []int
	var later []hidden
	var batch events.SQSEvent
	for i, body := range bodies {
		id := string(rune('a' + i))
		batch.Records = append(batch.Records, events.SQSMessage{MessageId: id, ReceiptHandle: "receipt-" + id, Body: body,
			Attributes: map[string]string{"ApproximateReceiveCount": "3", "SentTimestamp": "1764000000000"}})
	}
	counted = counts{}
	courier := handler(func(_ context.Context, m app.Message) error {
		delivered = append(delivered, m.Seq)
		if m.Seq == 2 {
			return answer
		}
		return nil
	}, func(_ context.Context, receipt string, d time.Duration) error {
		later = append(later, hidden{receipt, d})
		return nil
	}, counted, func() time.Time { return time.Unix(1764000000+2*60*60, 0) })
	out, err := courier(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	return delivered, later, out
}

func TestWhatSlackLimitsComesBackWhenSlackSays(t *testing.T) {
	_, later, out := deliver(t, &app.Unavailable{Code: "ratelimited", After: 30 * time.Second}, `{"request_id":"req_1","seq":2}`)
	if len(out.BatchItemFailures) != 1 || len(later) != 1 || later[0].receipt != "receipt-a" {
		t.Fatalf("failures %v, hidden %v", out.BatchItemFailures, later)
	}
	if wait := later[0].wait; wait < 30*time.Second || wait > 40*time.Second {
		t.Errorf("hidden for %s, Slack asked for 30s", wait)
	}
}

// TestForHowLongAMessageWaitsIsCounted: two hours, and that of what is delivered
// does not matter.
func TestForHowLongAMessageWaitsIsCounted(t *testing.T) {
	deliver(t, &app.Unavailable{Code: "unreachable"}, `{"seq":1}`, `{"seq":2}`)
	if n := counted[app.MetricSlackWait]; n != 7200 {
		t.Errorf("%d seconds", n)
	}
	deliver(t, nil, `{"seq":1}`)
	if len(counted) != 0 {
		t.Errorf("counted %v", counted)
	}
}

func TestAfterAMessageThatFailsTheRestOfItsBatchWaits(t *testing.T) {
	delivered, later, out := deliver(t, errors.New("out of reach"), `{"seq":1}`, `{"seq":2}`, `{"seq":3}`)
	if len(delivered) != 2 || len(later) != 2 || len(out.BatchItemFailures) != 2 || out.BatchItemFailures[0].ItemIdentifier != "b" {
		t.Errorf("delivered %v, hidden %v, failures %v", delivered, later, out.BatchItemFailures)
	}
}

func TestABodyThatIsNoMessageGoesToTheDeadLetters(t *testing.T) {
	delivered, _, out := deliver(t, nil, `{`)
	if len(delivered) != 0 || len(out.BatchItemFailures) != 1 {
		t.Errorf("delivered %v, failures %v", delivered, out.BatchItemFailures)
	}
}
