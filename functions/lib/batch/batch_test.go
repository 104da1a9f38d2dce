package batch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/batch"
	"latchkey/functions/lib/dynamo"
)

var errOutOfReach = errors.New("out of reach")

func messages(bodies ...string) events.SQSEvent {
	var e events.SQSEvent
	for i, body := range bodies {
		e.Records = append(e.Records, events.SQSMessage{MessageId: string(rune('a' + i)), Body: body})
	}
	return e
}

func TestOneMessageThatFailsComesAgainAndHoldsUpNoOther(t *testing.T) {
	var taken []string
	take := batch.Each(func(_ context.Context, body string) error {
		if taken = append(taken, body); body == "2" {
			return errOutOfReach
		}
		return nil
	})
	out, err := take(t.Context(), messages("1", "2", "3"))
	if err != nil || !slices.Equal(taken, []string{"1", "2", "3"}) || len(out.BatchItemFailures) != 1 || out.BatchItemFailures[0].ItemIdentifier != "b" {
		t.Errorf("taken %v, failures %v, %v", taken, out.BatchItemFailures, err)
	}
}

func TestAfterAMessageThatFailsTheRestOfItsBatchWaits(t *testing.T) {
	var delivered []int
	var told []string
	deliver := batch.Deliver(func(_ context.Context, m app.Message) error {
		if delivered = append(delivered, m.Seq); m.Seq == 2 {
			return errOutOfReach
		}
		return nil
	}, func(_ context.Context, m app.Message, why error, again []events.SQSMessage) {
		told = append(told, fmt.Sprint(m.Seq, " ", why, " ", len(again), " ", again[0].MessageId))
	})
	out, err := deliver(t.Context(), messages(`{"request_id":"req_1","seq":1}`, `{"request_id":"req_1","seq":2}`, `{"request_id":"req_1","seq":3}`))
	if err != nil || !slices.Equal(delivered, []int{1, 2}) || len(out.BatchItemFailures) != 2 ||
		out.BatchItemFailures[0].ItemIdentifier != "b" || out.BatchItemFailures[1].ItemIdentifier != "c" {
		t.Errorf("delivered %v, failures %v, %v", delivered, out.BatchItemFailures, err)
	}
	if !slices.Equal(told, []string{"2 out of reach 2 b"}) {
		t.Errorf("told %q", told)
	}
}

func TestABodyThatIsNoMessageGoesToTheDeadLetters(t *testing.T) {
	deliver := batch.Deliver(func(context.Context, app.Message) error { t.Error("delivered"); return nil }, batch.Logged)
	if out, err := deliver(t.Context(), messages(`{`)); err != nil || len(out.BatchItemFailures) != 1 {
		t.Errorf("failures %v, %v", out.BatchItemFailures, err)
	}
}

// records reads what Lambda sends: the records of a table's stream, and more than
// the filters of the template let through.
func records(t *testing.T, name string) events.DynamoDBEvent {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var e events.DynamoDBEvent
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// follower remembers what it was told to follow, and fails at one of it.
type follower struct {
	fails string
	told  []string
	until time.Time
}

func (f *follower) follow(ctx context.Context, d app.Document, members []access.PersonID) error {
	what := string(d.Kind) + " " + d.ID
	if d.Kind == app.DocumentMembers {
		what += fmt.Sprint(" ", members)
	}
	f.told = append(f.told, what)
	f.until, _ = ctx.Deadline()
	if what == f.fails {
		return errOutOfReach
	}
	return nil
}

func TestEachChangeIsFollowedOnceAndNothingElseIs(t *testing.T) {
	for file, want := range map[string][]string{
		"directory.json": {"person ana", "members security [ana dan]", "device ana-macbook", "slack_link ben", "delegation ben"},
		"catalog.json":   {"flow staging-flow", "resource staging"},
	} {
		f := &follower{}
		out, err := batch.Follow(dynamo.DocumentOf, f.follow)(t.Context(), records(t, file))
		if err != nil || len(out.BatchItemFailures) != 0 || !slices.Equal(f.told, want) {
			t.Errorf("%s: followed %q, failures %v, %v", file, f.told, out.BatchItemFailures, err)
		}
		if answer, _ := json.Marshal(out); string(answer) != `{"batchItemFailures":[]}` {
			t.Errorf("%s: answered %s", file, answer)
		}
	}
}

func TestTheStreamComesAgainFromTheFirstChangeThatFailed(t *testing.T) {
	f := &follower{fails: "members security [ana dan]"}
	out, err := batch.Follow(dynamo.DocumentOf, f.follow)(t.Context(), records(t, "directory.json"))
	if err != nil || len(f.told) != 2 {
		t.Errorf("followed %q, %v", f.told, err)
	}
	if len(out.BatchItemFailures) != 1 || out.BatchItemFailures[0].ItemIdentifier != "100000000000000000003" {
		t.Errorf("failures %v", out.BatchItemFailures)
	}
}

func TestTheStreamComesAgainFromTheFirstEventThatFailed(t *testing.T) {
	record := func(sk, number string) events.DynamoDBEventRecord {
		return events.DynamoDBEventRecord{Change: events.DynamoDBStreamRecord{SequenceNumber: number, Keys: map[string]events.DynamoDBAttributeValue{
			"pk": events.NewStringAttribute("REQUEST#req_1"), "sk": events.NewStringAttribute(sk)}}}
	}
	var relayed []dynamo.EventRef
	relay := batch.Follow(dynamo.EventOf, func(_ context.Context, e dynamo.EventRef, _ []struct{}) error {
		if relayed = append(relayed, e); e.Seq == 2 {
			return errOutOfReach
		}
		return nil
	})
	out, err := relay(t.Context(), events.DynamoDBEvent{Records: []events.DynamoDBEventRecord{
		record("SNAPSHOT", "10"), record("EVENT#000001", "11"), record("EVENT#000002", "12"), record("EVENT#000003", "13")}})
	if err != nil || !slices.Equal(relayed, []dynamo.EventRef{{Request: "req_1", Seq: 1}, {Request: "req_1", Seq: 2}}) {
		t.Errorf("relayed %v, %v", relayed, err)
	}
	if len(out.BatchItemFailures) != 1 || out.BatchItemFailures[0].ItemIdentifier != "12" {
		t.Errorf("failures %v", out.BatchItemFailures)
	}
}

func TestTimeIsLeftToSayHowFarItCame(t *testing.T) {
	end := time.Now().Add(time.Minute)
	ctx, cancel := context.WithDeadline(t.Context(), end)
	defer cancel()
	f := &follower{}
	if _, err := batch.Follow(dynamo.DocumentOf, f.follow)(ctx, records(t, "catalog.json")); err != nil {
		t.Fatal(err)
	}
	if left := end.Sub(f.until); left != 5*time.Second {
		t.Errorf("%s are left", left)
	}
}
