package queue

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Hiding is what is used of SQS to postpone a message.
type Hiding interface {
	ChangeMessageVisibility(context.Context, *sqs.ChangeMessageVisibilityInput, ...func(*sqs.Options)) (*sqs.ChangeMessageVisibilityOutput, error)
}

// Inbox is a queue as its consumer sees it.
type Inbox struct {
	api Hiding
	url string
}

// NewInbox makes an Inbox.
func NewInbox(api Hiding, url string) *Inbox { return &Inbox{api, url} }

// Postpone hides a message that was received, from now on for so long, in whole
// seconds. Of a FIFO queue, the rest of its group waits with it.
func (i *Inbox) Postpone(ctx context.Context, receipt string, d time.Duration) error {
	_, err := i.api.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{QueueUrl: &i.url, ReceiptHandle: &receipt,
		VisibilityTimeout: int32((d + time.Second - 1) / time.Second)})
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}

// The waits of Wait.
const (
	longestWait  = 4 * time.Minute // of what fails
	longestSpare = time.Minute     // beside what the other side asked for
)

// Wait is how long a message that was received so many times is hidden: as long
// as the other side asks and a little longer each time or, where it asks for
// nothing, twice as long each time. Receiving counts whatever the reason, and the
// queue gives a message up at a number (maxReceiveCount). With the most that SQS
// takes, 1,000, one that is limited without end is given up after more than 16
// hours, and one that fails without end after 2.8 days. What waits behind it
// has its own tries after that, all before the queue forgets it (14 days).
func Wait(asked time.Duration, received int) time.Duration {
	jitter := rand.N(2 * time.Second)
	if asked > 0 {
		return asked + min(time.Duration(received)*time.Second, longestSpare) + jitter
	}
	return min(time.Second<<min(received, 10), longestWait) + jitter
}
