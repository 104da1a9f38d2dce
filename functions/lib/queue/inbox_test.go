package queue_test

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/queue"
)

type hiding struct{ seconds []int32 }

func (h *hiding) ChangeMessageVisibility(_ context.Context, in *sqs.ChangeMessageVisibilityInput, _ ...func(*sqs.Options)) (*sqs.ChangeMessageVisibilityOutput, error) {
	h.seconds = append(h.seconds, in.VisibilityTimeout)
	return nil, nil
}

func TestAMessageIsNeverBackBeforeItsTime(t *testing.T) {
	h := &hiding{}
	inbox := queue.NewInbox(h, "https://queue")
	for _, d := range []time.Duration{time.Millisecond, time.Second, 1001 * time.Millisecond} {
		if err := inbox.Postpone(t.Context(), "receipt", d); err != nil {
			t.Fatal(err)
		}
	}
	if h.seconds[0] != 1 || h.seconds[1] != 1 || h.seconds[2] != 2 {
		t.Errorf("hidden for %v seconds", h.seconds)
	}
}

// TestALimitGivesNothingUp: what a thousand tries take at the least, which is the
// most that SQS lets a message be received.
func TestALimitGivesNothingUp(t *testing.T) {
	var limited, failing time.Duration
	for n := 1; n <= 1000; n++ {
		w := queue.Wait(time.Second, n)
		if w < time.Second {
			t.Fatalf("%s for the try after %d, and Slack asked for a second", w, n)
		}
		limited += w
		failing += queue.Wait(0, n)
	}
	if limited < 16*time.Hour {
		t.Errorf("limited all the time, a message is given up after %s", limited)
	}
	if retention := 14 * 24 * time.Hour; 4*failing > retention {
		t.Errorf("failing all the time, a message is forgotten behind others before it is given up, after %s", failing)
	}
}
