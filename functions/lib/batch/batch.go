// Package batch works off what Lambda hands over of a queue or of a table's
// stream, and says which of it has to come again:
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
//
// What works off a part of a batch fails, or not. Its error is logged here and
// never returned to Lambda, which would take the whole batch for failed.
package batch

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/app"
)

// reserve is the part of a function's time that is kept for saying how far it
// came. Without that, the whole batch would come again.
const reserve = 5 * time.Second

func inTime(ctx context.Context) (context.Context, context.CancelFunc) {
	end, ok := ctx.Deadline()
	if !ok {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, end.Add(-reserve))
}

// OfQueue is the handler of a queue's consumer.
type OfQueue func(context.Context, events.SQSEvent) (events.SQSEventResponse, error)

// Each hands over each message's body by itself: their order means nothing. One
// that fails comes again.
func Each(take func(ctx context.Context, body string) error) OfQueue {
	return func(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
		ctx, cancel := inTime(ctx)
		defer cancel()
		failed := []events.SQSBatchItemFailure{}
		for _, record := range batch.Records {
			if err := take(ctx, record.Body); err != nil {
				slog.Error("not taken", "message", record.MessageId, "why", err)
				failed = append(failed, failureOf(record))
			}
		}
		return events.SQSEventResponse{BatchItemFailures: failed}, nil
	}
}

// Deliver hands over the messages of a FIFO queue in order. After one that fails
// the rest of the batch comes again, too: a FIFO queue keeps the order of what is
// not reported.
func Deliver(deliver func(context.Context, app.Message) error, failed Failed) OfQueue {
	return func(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
		within, cancel := inTime(ctx)
		defer cancel()
		again := []events.SQSBatchItemFailure{}
		for i, record := range batch.Records {
			var m app.Message
			err := json.Unmarshal([]byte(record.Body), &m)
			if err == nil {
				err = deliver(within, m)
			}
			if err == nil {
				continue
			}
			failed(ctx, m, err, batch.Records[i:])
			for _, left := range batch.Records[i:] {
				again = append(again, failureOf(left))
			}
			break
		}
		return events.SQSEventResponse{BatchItemFailures: again}, nil
	}
}

// Failed is told why a message was not delivered, and of all that comes again,
// that one first. One that could not be read is empty.
type Failed func(ctx context.Context, m app.Message, why error, again []events.SQSMessage)

// Logged writes it down and leaves it to the queue's time-out.
func Logged(_ context.Context, m app.Message, why error, _ []events.SQSMessage) {
	slog.Error("not delivered", "request", m.Request, "about", m.About, "event", m.Seq, "kind", m.Kind, "why", why)
}

func failureOf(m events.SQSMessage) events.SQSBatchItemFailure {
	return events.SQSBatchItemFailure{ItemIdentifier: m.MessageId}
}

// OfStream is the handler of the consumer of a table's stream.
type OfStream func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error)

// Follow hands over what a stream's records are about, each thing once and in the
// order of its first record, with what its records in the batch say besides. Read
// tells it from a record's keys, pk and sk; what is not ok is passed over. After
// one that fails the stream comes again from there.
func Follow[K comparable, V any](read func(pk, sk string) (about K, besides V, ok bool), follow func(context.Context, K, []V) error) OfStream {
	return func(ctx context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		ctx, cancel := inTime(ctx)
		defer cancel()
		type thing struct {
			about   K
			first   string // its first record's number
			besides []V
		}
		var things []*thing
		known := map[K]*thing{}
		for _, record := range batch.Records {
			pk, sk := record.Change.Keys["pk"], record.Change.Keys["sk"]
			if pk.DataType() != events.DataTypeString || sk.DataType() != events.DataTypeString {
				continue
			}
			about, besides, ok := read(pk.String(), sk.String())
			if !ok {
				continue
			}
			t := known[about]
			if t == nil {
				t = &thing{about: about, first: record.Change.SequenceNumber}
				known[about], things = t, append(things, t)
			}
			t.besides = append(t.besides, besides)
		}
		failed := []events.DynamoDBBatchItemFailure{}
		for _, t := range things {
			if err := follow(ctx, t.about, t.besides); err != nil {
				slog.Error("not followed", "about", t.about, "why", err)
				failed = append(failed, events.DynamoDBBatchItemFailure{ItemIdentifier: t.first})
				break
			}
		}
		return events.DynamoDBEventResponse{BatchItemFailures: failed}, nil
	}
}
