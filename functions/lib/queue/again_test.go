package queue_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/queue"
)

type counts map[string]int

func (c counts) Count(metric string, n int) { c[metric] = n }

// hidden remembers what was postponed, and for how long.
type hidden struct {
	receipts []string
	wait     time.Duration
}

func (h *hidden) Postpone(_ context.Context, receipt string, d time.Duration) error {
	h.receipts, h.wait = append(h.receipts, receipt), d
	return nil
}

// later lets two messages come again, the first of which was sent two hours ago
// and received three times.
func later(t *testing.T, why error) (*hidden, counts) {
	t.Helper()
	h, c := &hidden{}, counts{}
	attributes := map[string]string{"ApproximateReceiveCount": "3", "SentTimestamp": "1764000000000"}
	queue.Again{Inbox: h, Counter: c, Now: func() time.Time { return time.Unix(1764000000+2*60*60, 0) }}.
		Later(t.Context(), app.Message{Request: "req_1", Seq: 2}, why, []events.SQSMessage{
			{MessageId: "b", ReceiptHandle: "receipt-b", Attributes: attributes}, {MessageId: "c", ReceiptHandle: "receipt-c"}})
	return h, c
}

func TestWhatSlackLimitsComesBackWhenSlackSays(t *testing.T) {
	h, _ := later(t, &app.Unavailable{Code: "ratelimited", After: 30 * time.Second})
	if h.wait < 30*time.Second || h.wait > 40*time.Second {
		t.Errorf("hidden for %s, Slack asked for 30s", h.wait)
	}
}

func TestWhatStandsBehindAMessageThatFailedIsHiddenWithIt(t *testing.T) {
	h, _ := later(t, errors.New("out of reach"))
	if len(h.receipts) != 2 || h.receipts[0] != "receipt-b" || h.receipts[1] != "receipt-c" {
		t.Errorf("hidden: %v", h.receipts)
	}
}

func TestForHowLongAMessageWaitsIsCounted(t *testing.T) {
	if _, c := later(t, &app.Unavailable{Code: "unreachable"}); c[app.MetricSlackWait] != 7200 {
		t.Errorf("counted %v", c)
	}
}
