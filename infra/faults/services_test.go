package faults_test

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
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

// stream hands a table's writes to a consumer, in order and at least once: what
// fails comes again, and what is behind it waits.
type stream struct {
	w        *world
	consumer string
	follow   func(memory.Write) (do func(context.Context, *app.App) error, wanted bool)
	records  []memory.Write
	busy     bool
}

func (s *stream) add(write memory.Write) {
	if _, wanted := s.follow(write); !wanted {
		return
	}
	s.records = append(s.records, write)
	if !s.busy {
		s.busy = true
		s.w.in(streamDelay, s.deliver)
	}
}

func (s *stream) deliver() {
	do, _ := s.follow(s.records[0])
	took, err := s.w.invoke(s.consumer, s.records[0].SK, do)
	if err != nil {
		s.w.in(took+time.Second, s.deliver)
		return
	}
	if s.w.plan.twice {
		record := s.records[0]
		s.w.in(muchLater, func() {
			do, _ := s.follow(record)
			_, _ = s.w.invoke(s.consumer, record.SK+" again", do)
		})
	}
	if s.records = s.records[1:]; len(s.records) > 0 {
		s.w.in(took, s.deliver)
		return
	}
	s.busy = false
}

// relay follows the events that are inserted into Requests.
func (w *world) relay(write memory.Write) (func(context.Context, *app.App) error, bool) {
	id, isRequest := strings.CutPrefix(write.PK, "REQUEST#")
	number, isEvent := strings.CutPrefix(write.SK, "EVENT#")
	seq, err := strconv.Atoi(number)
	return func(ctx context.Context, a *app.App) error { return a.Relay(ctx, access.RequestID(id), seq) },
		write.Inserted && isRequest && isEvent && err == nil
}

// reconcile follows the people of Directory.
func (w *world) reconcile(write memory.Write) (func(context.Context, *app.App) error, bool) {
	id, isPerson := strings.CutPrefix(write.PK, "PERSON#")
	return func(ctx context.Context, a *app.App) error { return a.PersonChanged(ctx, access.PersonID(id)) },
		isPerson && write.SK == "PROFILE"
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
	_, err := w.invoke("courier", string(m.Kind), func(ctx context.Context, a *app.App) error { return a.Deliver(ctx, m) })
	if err != nil {
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
