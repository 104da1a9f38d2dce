package dynamo

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// ToCheck reads one part of the index by check, whose rows are keys alone.
func (s *Entitlements) ToCheck(ctx context.Context, shard int, now time.Time, limit int) ([]app.EntitlementKey, error) {
	if shard < 0 || shard >= app.Shards {
		return nil, fmt.Errorf("there is no shard %d", shard)
	}
	rows, _, err := s.db.query(ctx, span{table: s.table, index: "by_check", hash: "check_shard", value: strconv.Itoa(shard),
		sort: "check_at", to: stamp(now), limit: limit})
	var keys []app.EntitlementKey
	for _, it := range rows {
		target := strings.TrimPrefix(textOf(it, "sk"), statePrefix)
		connector, id, _ := strings.Cut(target, ":") // see access.Target.String
		keys = append(keys, app.EntitlementKey{Person: access.PersonID(strings.TrimPrefix(textOf(it, "pk"), personKey(""))),
			Target: access.Target{Connector: connector, ID: id}})
	}
	return keys, err
}
