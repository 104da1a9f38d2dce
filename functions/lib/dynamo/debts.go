package dynamo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// debtPartition holds a part of the debts, spread by request.
func debtPartition(shard string) string { return "SLACK_OWED#" + shard }

func debtKey(d app.SlackDebt) item {
	kind := "event"
	if d.Quiet {
		kind = "quiet"
	}
	return key(debtPartition(shardOf(d.Request)), fmt.Sprintf("%s#%06d#%s", d.Request, d.Seq, kind))
}

// Owe notes a debt.
func (s *Copies) Owe(ctx context.Context, d app.SlackDebt) error {
	if _, err := s.db.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.table, Item: debtKey(d)}); err != nil {
		return failed("debt", err)
	}
	return nil
}

// Debts lists some of a shard.
func (s *Copies) Debts(ctx context.Context, shard, limit int) ([]app.SlackDebt, error) {
	if shard < 0 || shard >= app.Shards {
		return nil, fmt.Errorf("there is no shard %d", shard)
	}
	rows, _, err := s.db.query(ctx, span{table: s.table, hash: "pk", value: debtPartition(strconv.Itoa(shard)), limit: limit})
	if err != nil {
		return nil, err
	}
	var out []app.SlackDebt
	for _, it := range rows {
		parts := strings.Split(textOf(it, "sk"), "#")
		if len(parts) != 3 {
			return nil, fmt.Errorf("debt %q is not understood", textOf(it, "sk"))
		}
		seq, err := strconv.Atoi(parts[1])
		if err != nil {
			return nil, fmt.Errorf("debt: %w", err)
		}
		out = append(out, app.SlackDebt{Request: access.RequestID(parts[0]), Seq: seq, Quiet: parts[2] == "quiet"})
	}
	return out, nil
}

// Pay forgets a debt.
func (s *Copies) Pay(ctx context.Context, d app.SlackDebt) error {
	if _, err := s.db.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &s.table, Key: debtKey(d)}); err != nil {
		return failed("debt", err)
	}
	return nil
}
