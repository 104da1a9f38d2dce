package access_test

import (
	"encoding/json"
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func TestDurationsAreRead(t *testing.T) {
	for text, want := range map[string]access.Duration{
		"PT1S": access.Duration(time.Second), "PT4H": 4 * hour, "P7D": 7 * day, "PT1H30M": 90 * minute,
		"P1DT12H": 36 * hour, "PT90M": 90 * minute, "PT0H5M": 5 * minute, "P99999D": 99999 * day,
	} {
		got, err := access.ParseDuration(text)
		if err != nil || got != want {
			t.Errorf("%s is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "P", "PT", "P1DT", "4H", "PT0S", "P0D", "P1Y", "P1M", "P1W", "PT1.5H", "-PT1H",
		"pt4h", "PT4H ", "PT1M1H", "PT1H\n", "P99999DT1S", "P99999DT999999H9999999M99999999S", "P100000D"} {
		if got, err := access.ParseDuration(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestDurationsAreWritten(t *testing.T) {
	for d, want := range map[access.Duration][2]string{
		0:                                  {"", ""},
		access.Duration(time.Second):       {"PT1S", "1 second"},
		2 * minute:                         {"PT2M", "2 minutes"},
		90 * minute:                        {"PT1H30M", "1 hour 30 minutes"},
		36 * hour:                          {"P1DT12H", "1 day 12 hours"},
		7 * day:                            {"P7D", "7 days"},
		day + access.Duration(time.Second): {"P1DT1S", "1 day 1 second"},
	} {
		equal(t, "form", d.String(), want[0])
		equal(t, "words", d.Words(), want[1])
	}
	type form struct{ D access.Duration }
	data, _ := json.Marshal(form{8 * hour})
	equal(t, "JSON", string(data), `{"D":"PT8H"}`)
	var back form
	equal(t, "error", json.Unmarshal(data, &back), nil)
	equal(t, "read back", back.D, 8*hour)
	equal(t, "none", json.Unmarshal([]byte(`{"D":""}`), &back), nil)
	equal(t, "read none", back.D, 0)
	if err := json.Unmarshal([]byte(`{"D":"8 hours"}`), &back); err == nil {
		t.Error("words are no duration")
	}
}

func FuzzADurationSurvivesItsForm(f *testing.F) {
	for _, seed := range []string{"PT4H", "P7D", "PT1H30M", "P99999D", "P95000DT200000H", "PT99999999S", "P1Y", "PT"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := access.ParseDuration(text)
		if err != nil {
			return
		}
		if d < access.Duration(time.Second) {
			t.Fatalf("%q was read as %d", text, d)
		}
		again, err := access.ParseDuration(d.String())
		if err != nil || again != d {
			t.Fatalf("%q is %d, written %q, read as %d, %v", text, d, d, again, err)
		}
	})
}
