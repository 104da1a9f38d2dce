package memory

import (
	"errors"
	"fmt"
	"maps"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const conditionFailed = "ConditionalCheckFailed"

// planned is a write whose condition holds.
type planned struct {
	table string
	key   rowKey
	row   item // nil: deleted
	check bool // changes nothing
}

// single writes one row.
func (m *Memory) single(w types.TransactWriteItem) error {
	err := m.transact([]types.TransactWriteItem{w})
	var canceled *types.TransactionCanceledException
	if errors.As(err, &canceled) {
		return &types.ConditionalCheckFailedException{Message: new("the condition does not hold"), Item: canceled.CancellationReasons[0].Item}
	}
	return err
}

// transact writes all or nothing.
func (m *Memory) transact(writes []types.TransactWriteItem) error {
	reasons, refused := make([]types.CancellationReason, len(writes)), false
	var plan []planned
	seen := map[string]bool{}
	for i, w := range writes {
		p, reason, err := m.plan(w)
		if err != nil {
			return err
		}
		if place := p.table + "\n" + p.key.pk + "\n" + p.key.sk; seen[place] {
			return fmt.Errorf("memory: two writes of one row in a transaction: %q", place)
		} else {
			seen[place] = true
		}
		reasons[i] = reason
		refused = refused || *reason.Code != "None"
		plan = append(plan, p)
	}
	if refused {
		return &types.TransactionCanceledException{Message: new("canceled"), CancellationReasons: reasons}
	}
	for _, p := range plan {
		if !p.check {
			m.write(p)
		}
	}
	return nil
}

func (m *Memory) write(p planned) {
	rows := m.tables[p.table].rows
	_, there := rows[p.key]
	if p.row == nil {
		delete(rows, p.key)
	} else {
		rows[p.key] = p.row
	}
	if m.Watch != nil && (there || p.row != nil) {
		m.Watch(Write{Table: p.table, PK: p.key.pk, SK: p.key.sk, Inserted: !there, Row: p.row})
	}
}

// plan checks a write's condition and works out what it leads to.
func (m *Memory) plan(w types.TransactWriteItem) (planned, types.CancellationReason, error) {
	none := types.CancellationReason{Code: new("None")}
	var p planned
	var x expression
	var condition, update *string
	var returns types.ReturnValuesOnConditionCheckFailure
	switch {
	case w.Put != nil:
		p = planned{table: *w.Put.TableName, key: keyOf(w.Put.Item), row: maps.Clone(w.Put.Item)}
		x, condition = expression{w.Put.ExpressionAttributeNames, w.Put.ExpressionAttributeValues}, w.Put.ConditionExpression
		returns = w.Put.ReturnValuesOnConditionCheckFailure
	case w.Delete != nil:
		p = planned{table: *w.Delete.TableName, key: keyOf(w.Delete.Key)}
		x, condition = expression{w.Delete.ExpressionAttributeNames, w.Delete.ExpressionAttributeValues}, w.Delete.ConditionExpression
	case w.Update != nil:
		p = planned{table: *w.Update.TableName, key: keyOf(w.Update.Key)}
		x, condition = expression{w.Update.ExpressionAttributeNames, w.Update.ExpressionAttributeValues}, w.Update.ConditionExpression
		update = w.Update.UpdateExpression
	case w.ConditionCheck != nil:
		c := w.ConditionCheck
		p = planned{table: *c.TableName, key: keyOf(c.Key), check: true}
		x, condition = expression{c.ExpressionAttributeNames, c.ExpressionAttributeValues}, c.ConditionExpression
	}
	t, there := m.tables[p.table]
	if !there || p.key.pk == "" || p.key.sk == "" {
		return p, none, fmt.Errorf("memory: no row %q in a table %q", p.key, p.table)
	}
	found := t.rows[p.key]
	if condition != nil {
		holds, err := x.holds(*condition, found)
		if err != nil {
			return p, none, err
		}
		if !holds {
			reason := types.CancellationReason{Code: new(conditionFailed)}
			if returns == types.ReturnValuesOnConditionCheckFailureAllOld {
				reason.Item = maps.Clone(found)
			}
			return p, reason, nil
		}
	}
	if update != nil {
		row, err := x.updated(*update, found)
		if err != nil {
			return p, none, err
		}
		row["pk"], row["sk"] = w.Update.Key["pk"], w.Update.Key["sk"]
		p.row = row
	}
	return p, none, nil
}
