package metrics_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"latchkey/functions/lib/metrics"
)

func TestACountIsOneLineThatCloudWatchReads(t *testing.T) {
	var out bytes.Buffer
	metrics.Log{Out: &out, Now: func() time.Time { return time.UnixMilli(1700000000123) }}.Count("AccessStuck", 2)

	var line struct {
		AWS struct {
			Timestamp         int64
			CloudWatchMetrics []struct {
				Namespace  string
				Dimensions [][]string
				Metrics    []struct{ Name string }
			}
		} `json:"_aws"`
		AccessStuck int
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || bytes.Count(out.Bytes(), []byte("\n")) != 1 {
		t.Fatalf("not one JSON line: %q, %v", out.String(), err)
	}
	m := line.AWS.CloudWatchMetrics
	if line.AccessStuck != 2 || line.AWS.Timestamp != 1700000000123 || len(m) != 1 || m[0].Namespace != "Latchkey" ||
		len(m[0].Dimensions) != 1 || len(m[0].Dimensions[0]) != 0 || m[0].Metrics[0].Name != "AccessStuck" {
		t.Errorf("unexpected line %s", out.String())
	}
}
