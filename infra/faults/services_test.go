package faults_test

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/memory"
)

const (
	streamDelay = 500 * time.Millisecond // until a stream's consumer is called
	muchLater   = 30 * time.Second       // when a stream delivers once more
	visibility  = 6 * time.Minute        // until a queue delivers again what failed
	dedupWindow = 5 * time.Minute        // of SQS FIFO
)

// wrote is told of every write of the tables.
func (w *world) wrote(write memory.Write) {
	if write.SK == "SNAPSHOT" {
		w.changed = true
	}
	if s := w.streams[write.Table]; s != nil {
		s.add(write)
	}
}

// stream hands a table's writes to a consumer's handler, in batches, in order and
// at least once: what fails comes again, and what is behind it waits.
type stream struct {
	w        *world
	consumer string
	handler  func(*app.App) batch.OfStream
	wanted   func(memory.Write) bool
	records  []memory.Write
	busy     bool
}

const batchSize = 25

func (s *stream) add(write memory.Write) {
	if !s.wanted(write) {
		return
	}
	s.records = append(s.records, write)
	if !s.busy {
		s.busy = true
		s.w.in(streamDelay, s.deliver)
	}
}

func (s *stream) deliver() {
	records := slices.Clone(s.records[:min(len(s.records), batchSize)])
	done, took, err := s.hand(records, "")
	if err != nil || done < len(records) {
		took += time.Second
	}
	if done > 0 && s.w.plan.twice {
		s.w.in(muchLater, func() { _, _, _ = s.hand(records[:done], " again") })
	}
	if s.records = s.records[done:]; len(s.records) > 0 {
		s.w.in(took, s.deliver)
		return
	}
	s.busy = false
}

// hand invokes the consumer with a batch, and tells how much of it is done.
func (s *stream) hand(records []memory.Write, how string) (done int, took time.Duration, err error) {
	var event events.DynamoDBEvent
	for i, r := range records {
		event.Records = append(event.Records, events.DynamoDBEventRecord{Change: events.DynamoDBStreamRecord{
			SequenceNumber: strconv.Itoa(i), Keys: map[string]events.DynamoDBAttributeValue{
				"pk": events.NewStringAttribute(r.PK), "sk": events.NewStringAttribute(r.SK)}}})
	}
	var out events.DynamoDBEventResponse
	took, err = s.w.invoke(s.consumer, records[0].SK+how, func(ctx context.Context, a *app.App) (err error) {
		out, err = s.handler(a)(ctx, event)
		return err
	})
	if err != nil {
		return 0, took, err
	}
	done = len(records)
	for _, failure := range out.BatchItemFailures {
		first, err := strconv.Atoi(failure.ItemIdentifier)
		if err != nil {
			s.w.Error(err)
		}
		done = min(done, first)
	}
	return done, took, nil
}

// The handlers are those of the functions, and what reaches them is what the
// template's filters let through.

func relay(a *app.App) batch.OfStream {
	return batch.Follow(dynamo.EventOf, func(ctx context.Context, e dynamo.EventRef, _ []struct{}) error {
		return a.Relay(ctx, e.Request, e.Seq)
	})
}

func isNewEvent(write memory.Write) bool {
	_, _, ok := dynamo.EventOf(write.PK, write.SK)
	return ok && write.Inserted
}

func reconcile(a *app.App) batch.OfStream { return batch.Follow(dynamo.DocumentOf, a.Follow) }

func isDocument(write memory.Write) bool {
	_, _, ok := dynamo.DocumentOf(write.PK, write.SK)
	return ok
}

// mailQueue is SQS FIFO, as one process sees it.
type mailQueue struct{ p *process }

func (q mailQueue) SendMessageBatch(_ context.Context, in *sqs.SendMessageBatchInput, _ ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error) {
	return &sqs.SendMessageBatchOutput{}, q.p.call("SendMessageBatch", true, func() error {
		w := q.p.world
		for _, entry := range in.Entries {
			var m app.Message
			if err := json.Unmarshal([]byte(*entry.MessageBody), &m); err != nil {
				return err
			}
			if seen, known := w.dedup[*entry.MessageDeduplicationId]; known && w.now.Sub(seen) < dedupWindow {
				continue
			}
			w.dedup[*entry.MessageDeduplicationId] = w.now
			w.in(streamDelay, func() { w.courier(m) })
		}
		return nil
	})
}

func (w *world) courier(m app.Message) {
	body, err := json.Marshal(m)
	if err != nil {
		w.Error(err)
	}
	var out events.SQSEventResponse
	_, err = w.invoke("courier", string(m.Kind), func(ctx context.Context, a *app.App) (err error) {
		out, err = batch.Deliver(a.Deliver, batch.Logged)(ctx, events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1", Body: string(body)}}})
		return err
	})
	if err != nil || len(out.BatchItemFailures) > 0 {
		w.in(visibility, func() { w.courier(m) })
	}
}

type mailer struct{ p *process }

func (m mailer) Send(_ context.Context, l app.Letter) error {
	return m.p.call("SendEmail", true, func() error {
		m.p.world.mailed[app.Message{Request: l.Request.ID, Seq: l.Event.Seq, Kind: l.Kind, To: l.To.ID}]++
		return nil
	})
}

// alarmTopic is SNS, as one process sees it.
type alarmTopic struct{ p *process }

func (t alarmTopic) Publish(context.Context, *sns.PublishInput, ...func(*sns.Options)) (*sns.PublishOutput, error) {
	return &sns.PublishOutput{}, t.p.call("Publish", true, func() error {
		t.p.world.alarms++
		return nil
	})
}
