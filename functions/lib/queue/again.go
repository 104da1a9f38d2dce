package queue

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/app"
)

// Again hides what could not be sent until it is worth another try.
type Again struct {
	Inbox interface {
		Postpone(ctx context.Context, receipt string, d time.Duration) error
	}
	Counter app.Counter
	Now     func() time.Time
}

// Later hides a message that failed and those behind it, as long as Wait says.
// For how long the first has waited is counted here: the queue's own metric
// leaves out what was received three times.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
func (a Again) Later(ctx context.Context, m app.Message, why error, again []events.SQSMessage) {
	received, _ := strconv.Atoi(again[0].Attributes["ApproximateReceiveCount"]) // 0 waits shortest
	wait := Wait(asked(why), received)
	slog.Warn("not delivered", "request", m.Request, "event", m.Seq, "kind", m.Kind, "received", received, "again", wait.String(), "why", why)
	if sent, err := strconv.ParseInt(again[0].Attributes["SentTimestamp"], 10, 64); err == nil { // in milliseconds
		a.Counter.Count(app.MetricSlackWait, int(a.Now().Sub(time.UnixMilli(sent)).Seconds()))
	}
	for _, hidden := range again {
		if err := a.Inbox.Postpone(ctx, hidden.ReceiptHandle, wait); err != nil {
			slog.Warn("not postponed", "why", err) // the queue's own time-out does it
		}
	}
}

// asked gives for how long the other side asks to be left alone, or 0.
func asked(err error) time.Duration {
	if busy, ok := errors.AsType[*app.Unavailable](err); ok {
		return busy.After
	}
	return 0
}
