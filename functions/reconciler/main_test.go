package main

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
)

// followed remembers what it was told to follow, and fails at one of it.
type followed struct {
	fails string
	told  []string
	until time.Time
}

func (f *followed) follow(ctx context.Context, what string) error {
	f.told = append(f.told, what)
	f.until, _ = ctx.Deadline()
	if what == f.fails {
		return errors.New("out of reach")
	}
	return nil
}

func (f *followed) PersonChanged(ctx context.Context, id access.PersonID) error {
	return f.follow(ctx, "person "+string(id))
}

func (f *followed) MembersChanged(ctx context.Context, id access.GroupID, people []access.PersonID) error {
	return f.follow(ctx, fmt.Sprint("members ", id, " ", people))
}

func (f *followed) SlackLinkChanged(ctx context.Context, id access.PersonID) error {
	return f.follow(ctx, "slack link "+string(id))
}

func (f *followed) DelegationChanged(ctx context.Context, id access.PersonID) error {
	return f.follow(ctx, "delegation "+string(id))
}

func (f *followed) DeviceChanged(ctx context.Context, id access.DeviceID) error {
	return f.follow(ctx, "device "+string(id))
}

func (f *followed) FlowChanged(ctx context.Context, id access.FlowID) error {
	return f.follow(ctx, "flow "+string(id))
}

func (f *followed) ResourceChanged(ctx context.Context, id access.ResourceID) error {
	return f.follow(ctx, "resource "+string(id))
}

// batch reads what Lambda sends: the records of each table's stream, and more
// than the filters of the template let through.
func batch(t *testing.T, name string) events.DynamoDBEvent {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var batch events.DynamoDBEvent
	if err := json.Unmarshal(text, &batch); err != nil {
		t.Fatal(err)
	}
	return batch
}

func TestEachChangeIsFollowedOnceAndNothingElseIs(t *testing.T) {
	for file, want := range map[string][]string{
		"directory.json": {"person ana", "members security [ana dan]", "device ana-macbook", "slack link ben", "delegation ben"},
		"catalog.json":   {"flow staging-flow", "resource staging"},
	} {
		f := &followed{}
		out, err := handler(f)(t.Context(), batch(t, file))
		if err != nil || len(out.BatchItemFailures) != 0 || !slices.Equal(f.told, want) {
			t.Errorf("%s: followed %q, failures %v, %v", file, f.told, out.BatchItemFailures, err)
		}
		if answer, _ := json.Marshal(out); string(answer) != `{"batchItemFailures":[]}` {
			t.Errorf("%s: answered %s", file, answer)
		}
	}
}

func TestTheStreamComesAgainFromTheFirstChangeThatFailed(t *testing.T) {
	f := &followed{fails: "members security [ana dan]"}
	out, err := handler(f)(t.Context(), batch(t, "directory.json"))
	if err != nil || len(f.told) != 2 {
		t.Errorf("followed %q, %v", f.told, err)
	}
	if len(out.BatchItemFailures) != 1 || out.BatchItemFailures[0].ItemIdentifier != "100000000000000000003" {
		t.Errorf("failures %v", out.BatchItemFailures)
	}
}

func TestTimeIsLeftToSayHowFarItCame(t *testing.T) {
	end := time.Now().Add(time.Minute)
	ctx, cancel := context.WithDeadline(t.Context(), end)
	defer cancel()
	f := &followed{}
	if _, err := handler(f)(ctx, batch(t, "catalog.json")); err != nil {
		t.Fatal(err)
	}
	if left := end.Sub(f.until); left != reserve {
		t.Errorf("%s are left, want %s", left, reserve)
	}
}
