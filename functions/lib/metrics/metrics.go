// Package metrics counts what operators watch, as log lines in CloudWatch's
// embedded metric format.
package metrics

import (
	"encoding/json"
	"io"
	"time"
)

// Namespace is that of the alarms in template.yaml. The metrics have no
// dimensions, as the alarms expect.
const Namespace = "Latchkey"

// Log counts by writing lines to Out, which is a function's standard output.
type Log struct {
	Out io.Writer
	Now func() time.Time
}

// Count writes one count. A line that cannot be written is lost: a metric never
// stops the work that it counts.
func (l Log) Count(metric string, n int) {
	line, err := json.Marshal(map[string]any{
		"_aws": map[string]any{
			"Timestamp": l.Now().UnixMilli(),
			"CloudWatchMetrics": []any{map[string]any{
				"Namespace": Namespace, "Dimensions": [][]string{{}},
				"Metrics": []any{map[string]string{"Name": metric, "Unit": "Count"}},
			}},
		},
		metric: n,
	})
	if err == nil {
		_, _ = l.Out.Write(append(line, '\n'))
	}
}
