package access_test

import (
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestAGrantThatFailedNeverBegan(t *testing.T) {
	s := arriveAt(t, access.Granting).workflow(access.GrantFailed{Code: "x"})
	w := access.Wording{Steps: [][]string{{"x"}, {"x"}, {"x"}}, Resource: "R", At: func(t time.Time) string { return t.Format(time.RFC3339) }, Person: func(id access.PersonID) string { return string(id) }}
	out := strings.Join(s.request.Explain(s.facts(access.System(access.ViaWorkflow)).Flow, w), " ")
	if strings.Contains(out, "0001") || !strings.Contains(out, "Giving it failed (x), and what may be there is being taken away.") {
		t.Error(out)
	}
}
