package dynamo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// atOnce is how many parts of an index are read side by side.
const atOnce = 16

// List gives requests newest first: their ids sort by time.
func (s *Requests) List(ctx context.Context, f app.Filter, p app.Page) ([]access.Request, string, error) {
	return s.page(ctx, p, s.spans(f), listName("requests", string(f.Requester), string(f.Resource), string(f.Flow), string(f.Status)),
		func(r access.Request) bool {
			return (f.Requester == "" || r.Requester == f.Requester) && (f.Resource == "" || r.Resource == f.Resource) &&
				(f.Flow == "" || r.Flow == f.Flow) && (f.Status == "" || r.Status == f.Status)
		})
}

// spans picks the index: one part of it, or all parts of the index by status,
// of the status asked for or, where nothing was asked for, of each.
func (s *Requests) spans(f app.Filter) []span {
	one := func(index, hash, value string) []span {
		return []span{{table: s.tables.Requests, index: index, hash: hash, value: value, sort: "request_id"}}
	}
	switch {
	case f.Requester != "":
		return one("by_requester", "requester", string(f.Requester))
	case f.Resource != "":
		return one("by_resource", "resource", string(f.Resource))
	case f.Flow != "":
		return one("by_flow", "flow", string(f.Flow))
	}
	statuses := access.Statuses()
	if f.Status != "" {
		statuses = []access.Status{f.Status}
	}
	var spans []span
	for _, status := range statuses {
		if f.Status == "" && statusKey(status) != status {
			continue
		}
		for shard := range app.Shards {
			spans = append(spans, one("by_status", "status_shard", statusShard(status, strconv.Itoa(shard)))...)
		}
	}
	return spans
}

// Tasks gives what waits for one of the principals.
func (s *Requests) Tasks(ctx context.Context, principals []access.Principal, p app.Page) ([]access.Request, string, error) {
	principals = slices.Compact(slices.Sorted(slices.Values(principals)))
	var spans []span
	for _, principal := range principals {
		spans = append(spans, span{table: s.tables.Requests, hash: "pk", value: tasksKey(principal), sort: "sk"})
	}
	return s.page(ctx, p, spans, listName(append([]string{"tasks"}, texts(principals)...)...), func(r access.Request) bool {
		return slices.ContainsFunc(r.Approvers(), func(a access.Principal) bool { return slices.Contains(principals, a) })
	})
}

// page reads one page of a list that is spread over several spans, each sorted
// by request id. It costs as much on every page, however many there are.
func (s *Requests) page(ctx context.Context, p app.Page, spans []span, list string, wanted func(access.Request) bool) ([]access.Request, string, error) {
	below, err := readCursor(list, p.Cursor)
	if err != nil {
		return nil, "", err
	}
	limit := pageSize(p.Limit)
	ids, more, err := s.newest(ctx, spans, below, limit)
	if err != nil {
		return nil, "", err
	}
	snapshots, err := s.snapshots(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	var found []access.Request
	for _, id := range ids {
		if stored, ok := snapshots[id]; ok && wanted(stored.Request) {
			found = append(found, stored.Request)
		}
	}
	next := ""
	if more {
		next = cursor{list, string(ids[len(ids)-1])}.String()
	}
	return found, next, nil
}

// newest merges the newest ids of all spans, each once, and tells whether there
// are more.
func (s *Requests) newest(ctx context.Context, spans []span, below string, limit int) ([]access.RequestID, bool, error) {
	found, more := make([][]string, len(spans)), make([]bool, len(spans))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, sp := range spans {
		sp.below, sp.limit, sp.newestFirst = below, limit, true
		group.Go(func() error {
			rows, others, err := s.db.query(ctx, sp)
			for _, it := range rows {
				found[i] = append(found[i], textOf(it, sp.sort))
			}
			more[i] = others
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, false, err
	}
	merged := slices.Concat(found...)
	slices.SortFunc(merged, func(a, b string) int { return strings.Compare(b, a) })
	merged = slices.Compact(merged)
	rest := slices.Contains(more, true)
	if len(merged) > limit {
		merged, rest = merged[:limit], true
	}
	return idsOf[access.RequestID](merged), rest && len(merged) > 0, nil
}

// snapshots reads requests consistently.
func (s *Requests) snapshots(ctx context.Context, ids []access.RequestID) (map[access.RequestID]app.Stored, error) {
	var keys []item
	for _, id := range ids {
		keys = append(keys, key(requestKey(id), snapshotKey))
	}
	items, err := s.db.batch(ctx, s.tables.Requests, keys)
	if err != nil {
		return nil, err
	}
	found := make(map[access.RequestID]app.Stored, len(items))
	for _, it := range items {
		stored, err := readRequest(it)
		if err != nil {
			return nil, err
		}
		found[stored.ID] = stored
	}
	return found, nil
}

// Overdue reads one part of the index by due. What stands there before its due
// (see dueKey) is left out.
func (s *Requests) Overdue(ctx context.Context, connector string, shard int, now time.Time, limit int) ([]access.Request, error) {
	if shard < 0 || shard >= app.Shards || !slices.Contains(access.Connectors(), connector) {
		return nil, fmt.Errorf("there is no shard %d of connector %q", shard, connector)
	}
	var overdue []access.Request
	in := span{table: s.tables.Requests, index: "by_due", hash: "due_shard",
		value: dueShard(connector, strconv.Itoa(shard)), sort: "due", to: stamp(now)}
	err := s.db.pages(ctx, in, max(limit, 1), func(rows []item) (bool, error) {
		var ids []access.RequestID
		for _, it := range rows {
			ids = append(ids, access.RequestID(strings.TrimPrefix(textOf(it, "pk"), "REQUEST#")))
		}
		snapshots, err := s.snapshots(ctx, ids)
		if err != nil {
			return false, err
		}
		for _, id := range ids {
			r := snapshots[id].Request
			if !r.Due.IsZero() && !r.Due.After(now) && len(overdue) < limit {
				overdue = append(overdue, r)
			}
		}
		return len(overdue) < limit, nil
	})
	return overdue, err
}
