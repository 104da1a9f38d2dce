package queue_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/queue"
)

// fifo is an SQS FIFO queue that enforces the limits of the real one.
type fifo struct {
	t     *testing.T
	down  error
	full  string // the group whose messages it does not take
	calls int
	seen  map[string]bool
	got   []types.SendMessageBatchRequestEntry
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatchRequestEntry.html
var (
	entryID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)
	token   = regexp.MustCompile("^[A-Za-z0-9!\"#$%&'()*+,./:;<=>?@\\[\\\\\\]^_`{|}~-]{1,128}$")
)

func (f *fifo) SendMessageBatch(_ context.Context, in *sqs.SendMessageBatchInput, _ ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error) {
	f.calls++
	if f.down != nil {
		return nil, f.down
	}
	if n := len(in.Entries); n < 1 || n > 10 {
		f.t.Errorf("a batch of %d", n)
	}
	ids := map[string]bool{}
	out := &sqs.SendMessageBatchOutput{}
	for _, e := range in.Entries {
		if ids[*e.Id] || !entryID.MatchString(*e.Id) || !token.MatchString(*e.MessageGroupId) || !token.MatchString(*e.MessageDeduplicationId) {
			f.t.Errorf("SQS would refuse the entry %q of group %q, key %q", *e.Id, *e.MessageGroupId, *e.MessageDeduplicationId)
		}
		ids[*e.Id] = true
		switch {
		case f.full != "" && strings.HasPrefix(*e.MessageGroupId, f.full+"#"):
			out.Failed = append(out.Failed, types.BatchResultErrorEntry{Id: e.Id})
		case !f.seen[*e.MessageDeduplicationId]:
			f.seen[*e.MessageDeduplicationId] = true
			f.got = append(f.got, e)
		}
	}
	return out, nil
}

func messages(n int) []app.Message {
	var out []app.Message
	for i := range n {
		out = append(out, app.Message{Request: access.RequestID(fmt.Sprintf("req_%d", i%3)), Seq: i, Kind: access.NoticeToDecide,
			To: access.PersonID(strings.Repeat("long", 15))})
	}
	return out
}

func TestAMessageCarriesItsIdsAndStaysInOrderForItsReader(t *testing.T) {
	f := &fifo{t: t, seen: map[string]bool{}}
	outbox := queue.NewOutbox(f, "https://queue", "email")
	m := app.Message{Request: "req_1", Seq: 4, Kind: access.NoticeApproved, To: "ana"}
	if err := outbox.Queue(context.Background(), []app.Message{m}); err != nil {
		t.Fatal(err)
	}
	if body := *f.got[0].MessageBody; body != `{"request_id":"req_1","seq":4,"kind":"approved","to":"ana"}` {
		t.Errorf("body %s", body)
	}
	if group := *f.got[0].MessageGroupId; group != "req_1#ana" {
		t.Errorf("group %s", group)
	}
}

func TestTwentyFiveMessagesGoInThreeBatchesAndTwiceSaidArrivesOnce(t *testing.T) {
	f := &fifo{t: t, seen: map[string]bool{}}
	outbox := queue.NewOutbox(f, "https://queue", "email")
	for range 2 {
		if err := outbox.Queue(context.Background(), messages(25)); err != nil {
			t.Fatal(err)
		}
	}
	if f.calls != 6 || len(f.got) != 25 {
		t.Errorf("%d calls, %d messages arrived; want 6 and 25", f.calls, len(f.got))
	}
}

func TestTheSameNoticeOnTwoChannelsIsTwoMessages(t *testing.T) {
	f := &fifo{t: t, seen: map[string]bool{}}
	for _, channel := range []string{"email", "slack"} {
		if err := queue.NewOutbox(f, "https://queue", channel).Queue(context.Background(), messages(1)); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.got) != 2 {
		t.Errorf("%d messages arrived, want 2", len(f.got))
	}
}

func TestNothingToSayAsksNothingOfSQS(t *testing.T) {
	f := &fifo{t: t}
	if err := queue.NewOutbox(f, "https://queue", "email").Queue(context.Background(), nil); err != nil || f.calls != 0 {
		t.Errorf("%d calls, %v", f.calls, err)
	}
}

func TestMessagesThatWereNotTakenAreCountedAndNotNamed(t *testing.T) {
	f := &fifo{t: t, seen: map[string]bool{}, full: "req_1"}
	err := queue.NewOutbox(f, "https://queue", "email").Queue(context.Background(), messages(25))
	if err == nil || err.Error() != "queue: 8 of 25 messages were not taken" {
		t.Errorf("error %v", err)
	}
	if len(f.got) != 17 {
		t.Errorf("%d messages arrived, want the other 17", len(f.got))
	}
}

func TestAQueueOutOfReachIsAnError(t *testing.T) {
	f := &fifo{t: t, down: errors.New("no route to host")}
	if err := queue.NewOutbox(f, "https://queue", "email").Queue(context.Background(), messages(1)); !errors.Is(err, f.down) {
		t.Errorf("error %v", err)
	}
}

// topic is an SNS topic that enforces the limits of the real one.
type topic struct {
	t             *testing.T
	down          error
	subject, text string
}

var subjectRule = regexp.MustCompile(`^[!-~][ -~]{0,98}$`)

func (p *topic) Publish(_ context.Context, in *sns.PublishInput, _ ...func(*sns.Options)) (*sns.PublishOutput, error) {
	if !subjectRule.MatchString(*in.Subject) || *in.Message == "" || len(*in.Message) > 262144 {
		p.t.Errorf("SNS would refuse the subject %q", *in.Subject)
	}
	p.subject, p.text = *in.Subject, *in.Message
	return &sns.PublishOutput{}, p.down
}

func TestAnAlarmsSubjectFitsWhatSNSTakes(t *testing.T) {
	for given, want := range map[string]string{
		"Access of req_1 cannot be taken away": "Access of req_1 cannot be taken away",
		"  two\r\nlines ":                      "two lines",
		"Übergabe \u202eprod":                  "?bergabe ?prod",
		strings.Repeat("long ", 40):            strings.Repeat("long ", 19) + "l...",
	} {
		p := &topic{t: t}
		if err := queue.NewAlarms(p, "arn").Raise(context.Background(), given, "Look at req_1."); err != nil {
			t.Fatal(err)
		}
		if p.subject != want || p.text != "Look at req_1." {
			t.Errorf("%q became %q (%q)", given, p.subject, p.text)
		}
	}
}

func TestATopicOutOfReachIsAnError(t *testing.T) {
	p := &topic{t: t, down: errors.New("no route to host")}
	if err := queue.NewAlarms(p, "arn").Raise(context.Background(), "x", "y"); !errors.Is(err, p.down) {
		t.Errorf("error %v", err)
	}
}
