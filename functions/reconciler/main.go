// Command reconciler follows changes of the Directory and Catalog tables: what
// is asked for, waits or is held is brought in line with people, groups, devices,
// flows and resources as they are now, and so are messages in Slack.
package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/awsenv"
	"latchkey/functions/lib/queue"
	"latchkey/functions/lib/wiring"
)

func main() {
	var env struct {
		SlackQueue string `env:"SLACK_QUEUE_URL"`
	}
	wiring.Must(awsenv.Read(&env))
	a, _, cfg, err := wiring.NewWithWorkflow()
	wiring.Must(err)
	a.SlackOutbox = queue.NewOutbox(sqs.NewFromConfig(cfg), env.SlackQueue, "slack")
	lambda.Start(handler(a))
}

// reserve is the part of the function's time that is kept for saying how far it
// came. Without that, the whole batch would come again.
const reserve = 5 * time.Second

type useCases interface {
	PersonChanged(context.Context, access.PersonID) error
	MembersChanged(context.Context, access.GroupID, []access.PersonID) error
	SlackLinkChanged(context.Context, access.PersonID) error
	DelegationChanged(context.Context, access.PersonID) error
	DeviceChanged(context.Context, access.DeviceID) error
	FlowChanged(context.Context, access.FlowID) error
	ResourceChanged(context.Context, access.ResourceID) error
}

// handler follows the changes in order, each document's once, and stops at the
// first that fails: the stream comes again from there.
func handler(a useCases) func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	return func(ctx context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		if end, ok := ctx.Deadline(); ok {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, end.Add(-reserve))
			defer cancel()
		}
		out := events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{}}
		done := map[document]bool{}
		for _, record := range batch.Records {
			doc, _ := changed(record)
			if doc == (document{}) || done[doc] {
				continue
			}
			if err := follow(ctx, a, doc, batch.Records); err != nil {
				slog.Error("not followed", "kind", doc.kind, "id", doc.id, "why", err)
				out.BatchItemFailures = []events.DynamoDBBatchItemFailure{{ItemIdentifier: record.Change.SequenceNumber}}
				return out, nil
			}
			done[doc] = true
		}
		return out, nil
	}
}

func follow(ctx context.Context, a useCases, doc document, records []events.DynamoDBEventRecord) error {
	switch doc.kind {
	case "person":
		return a.PersonChanged(ctx, access.PersonID(doc.id))
	case "slack link":
		return a.SlackLinkChanged(ctx, access.PersonID(doc.id))
	case "delegation":
		return a.DelegationChanged(ctx, access.PersonID(doc.id))
	case "device":
		return a.DeviceChanged(ctx, access.DeviceID(doc.id))
	case "flow":
		return a.FlowChanged(ctx, access.FlowID(doc.id))
	case "resource":
		return a.ResourceChanged(ctx, access.ResourceID(doc.id))
	}
	var people []access.PersonID
	for _, record := range records {
		if other, member := changed(record); other == doc {
			people = append(people, member)
		}
	}
	slices.Sort(people)
	return a.MembersChanged(ctx, access.GroupID(doc.id), slices.Compact(people))
}

// document is what changed: a "person", the "members" of a group, someone's
// "slack link" or "delegation", a "device", a "flow" or a "resource".
type document struct{ kind, id string }

// changed reads a record's keys, as package dynamo writes them. Of the members of
// a group it gives the one who came or left, too. What nobody follows is no
// document.
func changed(record events.DynamoDBEventRecord) (doc document, member access.PersonID) {
	pk, sk := record.Change.Keys["pk"], record.Change.Keys["sk"]
	if pk.DataType() != events.DataTypeString || sk.DataType() != events.DataTypeString {
		return document{}, ""
	}
	kind, id, _ := strings.Cut(pk.String(), "#")
	part, rest, _ := strings.Cut(sk.String(), "#")
	switch kind + " " + part {
	case "PERSON PROFILE":
		return document{"person", id}, ""
	case "PERSON MEMBER":
		group, _, _ := strings.Cut(rest, "#")
		return document{"members", group}, access.PersonID(id)
	case "SLACK_LINK DOCUMENT":
		return document{"slack link", id}, ""
	case "DELEGATION DOCUMENT":
		return document{"delegation", id}, ""
	case "DEVICE PROFILE":
		return document{"device", id}, ""
	case "FLOW DOCUMENT":
		return document{"flow", id}, ""
	case "RESOURCE DOCUMENT":
		return document{"resource", id}, ""
	}
	return document{}, ""
}
