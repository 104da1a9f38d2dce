package main

import (
	"context"
	crand "crypto/rand"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/oklog/ulid/v2"
	"golang.org/x/sync/errgroup"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/dynamo"
	"latchkey/functions/lib/dynamo/dynamolocal"
	"latchkey/functions/lib/dynamo/meter"
)

// sizes are how many requests an admin's list is paged among.
var sizes = []int{1_000, 100_000}

// pages is how many pages of a list are read.
const pages = 4

// lists are the admin's, each by its index.
var lists = []struct {
	name   string
	filter app.Filter
}{
	{"all", app.Filter{}},
	{"by status", app.Filter{Status: access.Pending}},
	{"by person", app.Filter{Requester: "p1"}},
	{"by resource", app.Filter{Resource: "r1"}},
	{"by flow", app.Filter{Flow: "f1"}},
}

// printLists prints what a page of each list reads among few requests and among
// many.
func printLists(ctx context.Context, out io.Writer) error {
	local := dynamolocal.Start(tester{})
	tables := local.Tables(tester{})
	client := local.Client()
	var m meter.Meter
	metered := dynamo.New(local.Client(m.Option, asBilled), tables)
	units := map[string][][]float64{}
	template, err := snapshot(ctx, client, dynamo.New(client, tables), tables.Requests)
	if err != nil {
		return err
	}
	written := 0
	for _, size := range sizes {
		if err := fill(ctx, client, tables.Requests, template, written, size); err != nil {
			return err
		}
		written = size
		for _, list := range lists {
			read, err := readPages(ctx, metered.Requests, &m, list.filter)
			if err != nil {
				return err
			}
			units[list.name] = append(units[list.name], read)
		}
	}
	fmt.Fprintf(out, "An admin's lists: read units of each of the first %d pages of 25\n\n%-12s", pages, "")
	for _, size := range sizes {
		fmt.Fprintf(out, "  %26s", fmt.Sprintf("among %d requests", size))
	}
	fmt.Fprintln(out)
	for _, list := range lists {
		fmt.Fprintf(out, "%-12s", list.name)
		for _, read := range units[list.name] {
			fmt.Fprint(out, "  ")
			for _, u := range read {
				fmt.Fprintf(out, " %5.1f ", u)
			}
		}
		fmt.Fprintln(out)
	}
	return nil
}

// readPages gives the read units of a list's first pages.
func readPages(ctx context.Context, requests app.Requests, m *meter.Meter, filter app.Filter) ([]float64, error) {
	var read []float64
	m.Take()
	for cursor := ""; len(read) < pages; {
		found, next, err := requests.List(ctx, filter, app.Page{Limit: 25, Cursor: cursor})
		if err != nil {
			return nil, err
		}
		if next == "" || len(found) == 0 {
			return nil, fmt.Errorf("the list ends after %d pages, which says nothing about its pages", len(read)+1)
		}
		cursor = next
		read = append(read, m.Take().Read)
	}
	return read, nil
}

// fill writes requests until there are so many: copies of one that the store
// wrote, of a few people, resources and flows, in the statuses that requests
// end up in.
func fill(ctx context.Context, client *dynamodb.Client, table string, template row, from, to int) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(4)
	for i := from; i < to; i += 25 {
		var batch []types.WriteRequest
		for n := i; n < min(i+25, to); n++ {
			batch = append(batch, types.WriteRequest{PutRequest: &types.PutRequest{Item: variant(template, n)}})
		}
		work.Go(func() error {
			for left := batch; len(left) > 0; {
				wrote, err := client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
					RequestItems: map[string][]types.WriteRequest{table: left}})
				if err != nil {
					return err
				}
				left = wrote.UnprocessedItems[table]
			}
			return nil
		})
	}
	return work.Wait()
}

type row = map[string]types.AttributeValue

// snapshot gives the row that the store writes for a request.
func snapshot(ctx context.Context, client *dynamodb.Client, stores dynamo.Stores, table string) (row, error) {
	id := access.RequestID("req_" + ulid.MustNew(1, nil).String())
	ana := access.Subject{ID: "ana", Active: true, Manager: "ben"}
	facts := access.Facts{Actor: access.Actor{Kind: access.ByPerson, ID: ana.ID, Via: access.ViaPortal}, Requester: ana,
		Flow: access.Flow{ID: "f", Version: 1, Steps: []access.Step{{Approvers: []access.Principal{access.Manager}, Needed: access.Needed{Count: 1}}},
			Duration: access.DurationRule{Mode: access.DurationNone}, PendingFor: access.Duration(30 * 24 * time.Hour)},
		Resource: access.Resource{ID: "r", Kind: access.KindResource, Target: access.Target{Connector: "group", ID: "g"}},
		Steps:    []access.Resolved{{Principals: []access.Principal{"person:ben"}, Candidates: []access.PersonID{"ben"}}},
		Settings: access.Settings{RequestsEnabled: true}}
	var r access.Request
	events, err := r.Handle(access.Submit{ID: id, Reason: "Try the new sign-in before the release, LK-412"}, facts, time.UnixMilli(1))
	if err != nil {
		return nil, err
	}
	sealed, err := access.Seal(events, "", crand.Reader)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if err := r.Apply(e); err != nil {
			return nil, err
		}
	}
	if err := stores.Requests.Commit(ctx, app.Change{After: r, Events: sealed}); err != nil {
		return nil, err
	}
	got, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &table, ConsistentRead: aws.Bool(true),
		Key: row{"pk": text("REQUEST#" + string(id)), "sk": text("SNAPSHOT")}})
	if err != nil {
		return nil, err
	}
	return got.Item, nil
}

// variant is the nth request.
func variant(template row, n int) row {
	id := "req_" + ulid.MustNew(uint64(1_700_000_000_000+n), nil).String()
	status := []access.Status{access.Ended, access.Ended, access.Denied, access.Pending, access.Active}[n%5]
	it := maps.Clone(template)
	it["pk"], it["request_id"] = text("REQUEST#"+id), text(id)
	it["requester"], it["resource"], it["flow"] = text("p"+strconv.Itoa(n%9)), text("r"+strconv.Itoa(n%7)), text("f"+strconv.Itoa(n%7))
	it["status"], it["status_shard"] = text(string(status)), text(string(status)+"#"+strconv.Itoa(rand.N(app.Shards)))
	delete(it, "due_shard")
	return it
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
