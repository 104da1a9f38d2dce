// Package queue hands messages on: notices to the couriers over SQS FIFO, and
// alarms to the operators over SNS.
//
// It implements app.Outbox and app.Alarms. Messages carry ids only. The package
// imports app and the SDK.
package queue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"latchkey/functions/lib/app"
)

// batch is how many messages SendMessageBatch takes.
const batch = 10

// SQS is what is used of SQS.
type SQS interface {
	SendMessageBatch(context.Context, *sqs.SendMessageBatchInput, ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error)
}

// Outbox is app.Outbox on one SQS FIFO queue, the one of a channel.
type Outbox struct {
	api     SQS
	url     string
	channel string
}

var _ app.Outbox = (*Outbox)(nil)

// NewOutbox makes an Outbox. Channel ("email") is a part of the key by which
// SQS drops a message that it has seen within the last five minutes.
func NewOutbox(api SQS, url, channel string) *Outbox { return &Outbox{api, url, channel} }

// Queue sends the messages. Those about one request to one person stay in
// order; nobody waits for what cannot be delivered to someone else. If some could
// not be queued, the error says how many, and the whole call may be repeated.
func (o *Outbox) Queue(ctx context.Context, messages []app.Message) error {
	failed := 0
	for part := range slices.Chunk(messages, batch) {
		entries := make([]types.SendMessageBatchRequestEntry, len(part))
		for i, m := range part {
			entry, err := o.entry(strconv.Itoa(i), m)
			if err != nil {
				return err
			}
			entries[i] = entry
		}
		out, err := o.api.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: &o.url, Entries: entries})
		if err != nil {
			return fmt.Errorf("queue: %w", err)
		}
		failed += len(out.Failed)
	}
	if failed > 0 {
		return fmt.Errorf("queue: %d of %d messages were not taken", failed, len(messages))
	}
	return nil
}

func (o *Outbox) entry(id string, m app.Message) (types.SendMessageBatchRequestEntry, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return types.SendMessageBatchRequestEntry{}, err
	}
	body, group, key := string(data), string(m.Request)+"#"+string(m.To), dedup(m.Key(o.channel))
	return types.SendMessageBatchRequestEntry{
		Id: &id, MessageBody: &body, MessageGroupId: &group, MessageDeduplicationId: &key}, nil
}

// dedup fits a key into what SQS takes: 128 characters, of a small set.
func dedup(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}
