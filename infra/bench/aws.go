package main

import (
	"context"
	"encoding/json"

	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/queue"
)

// fifo stands in for the queue of mails, and counts its requests.
type fifo struct {
	requests int
	messages []app.Message
	seen     map[string]bool
}

var _ queue.SQS = (*fifo)(nil)

// SendMessageBatch takes each message once.
func (f *fifo) SendMessageBatch(_ context.Context, in *sqs.SendMessageBatchInput, _ ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error) {
	f.requests++
	for _, entry := range in.Entries {
		if f.seen[*entry.MessageDeduplicationId] {
			continue
		}
		f.seen[*entry.MessageDeduplicationId] = true
		var m app.Message
		if err := json.Unmarshal([]byte(*entry.MessageBody), &m); err != nil {
			return nil, err
		}
		f.messages = append(f.messages, m)
	}
	return &sqs.SendMessageBatchOutput{}, nil
}

// take gives what is queued, each as if it came alone: one request receives a
// message, and one deletes it.
func (f *fifo) take() []app.Message {
	taken := f.messages
	f.messages = nil
	f.requests += 2 * len(taken)
	return taken
}

// post stands in for SES, and counts mails.
type post struct{ mails int }

// SendEmail counts a mail.
func (p *post) SendEmail(context.Context, *sesv2.SendEmailInput, ...func(*sesv2.Options)) (*sesv2.SendEmailOutput, error) {
	p.mails++
	return &sesv2.SendEmailOutput{}, nil
}
