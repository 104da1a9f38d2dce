package main

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"latchkey/functions/lib/access"
)

func record(pk, sk, number string) events.DynamoDBEventRecord {
	return events.DynamoDBEventRecord{Change: events.DynamoDBStreamRecord{SequenceNumber: number,
		Keys: map[string]events.DynamoDBAttributeValue{"pk": events.NewStringAttribute(pk), "sk": events.NewStringAttribute(sk)}}}
}

func TestTheStreamComesAgainFromTheFirstEventThatFailed(t *testing.T) {
	var relayed []int
	relay := handler(func(_ context.Context, id access.RequestID, seq int) error {
		if id != "req_1" {
			t.Errorf("request %s", id)
		}
		if relayed = append(relayed, seq); seq == 2 {
			return errors.New("out of reach")
		}
		return nil
	})
	out, err := relay(t.Context(), events.DynamoDBEvent{Records: []events.DynamoDBEventRecord{
		record("REQUEST#req_1", "SNAPSHOT", "10"), record("REQUEST#req_1", "EVENT#000001", "11"),
		record("REQUEST#req_1", "EVENT#000002", "12"), record("REQUEST#req_1", "EVENT#000003", "13"),
	}})
	if err != nil || !reflect.DeepEqual(relayed, []int{1, 2}) {
		t.Errorf("relayed %v, %v", relayed, err)
	}
	if len(out.BatchItemFailures) != 1 || out.BatchItemFailures[0].ItemIdentifier != "12" {
		t.Errorf("failures %v", out.BatchItemFailures)
	}
}
