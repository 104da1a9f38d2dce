package access

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Duration is a span of access. It is written as ISO 8601 with days, hours,
// minutes and seconds ("P7D", "PT8H", "PT1H30M"); a day is 24 hours. Years,
// months and weeks are not accepted, because their length depends on the
// calendar or has a second spelling.
type Duration time.Duration

var durationPattern = regexp.MustCompile(`^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$`)

// digits is how many a number of days, hours, minutes and seconds has at most.
var digits = [...]int{5, 6, 7, 8}

// longestDuration keeps every sum of a duration and a few allowances within
// what a time.Duration can hold, which is 292 years.
const longestDuration = 99999 * 24 * time.Hour

// ParseDuration reads an ISO 8601 duration, from one second to 99999 days.
func ParseDuration(text string) (Duration, error) {
	m := durationPattern.FindStringSubmatch(text)
	if m == nil || strings.HasSuffix(text, "T") {
		return 0, fmt.Errorf("%q is not a duration like PT4H or P7D", text)
	}
	units := [...]time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second}
	var total time.Duration
	for i, unit := range units {
		if len(m[i+1]) > digits[i] {
			return 0, errors.New("a duration is at most 99999 days")
		}
		n, _ := strconv.Atoi("0" + m[i+1])
		if total += time.Duration(n) * unit; total < 0 || total > longestDuration {
			return 0, errors.New("a duration is at most 99999 days")
		}
	}
	if total < time.Second {
		return 0, errors.New("a duration is at least one second")
	}
	return Duration(total), nil
}

// String gives the shortest canonical form: P7D, PT8H, P1DT12H. Zero, which
// stands for "not timed", gives "".
func (d Duration) String() string {
	if d == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteByte('P')
	rest := int64(time.Duration(d) / time.Second)
	write := func(unit int64, name byte) {
		if n := rest / unit; n > 0 {
			fmt.Fprintf(&b, "%d%c", n, name)
			rest %= unit
		}
	}
	write(86400, 'D')
	if rest > 0 {
		b.WriteByte('T')
		write(3600, 'H')
		write(60, 'M')
		write(1, 'S')
	}
	return b.String()
}

// MarshalText and UnmarshalText make a Duration its ISO 8601 form in JSON.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Duration) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := ParseDuration(string(text))
	*d = parsed
	return err
}

// Words gives the duration for people: "2 minutes", "1 day 12 hours".
func (d Duration) Words() string {
	rest := int64(time.Duration(d) / time.Second)
	var parts []string
	for _, unit := range []struct {
		size int64
		name string
	}{{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}} {
		if n := rest / unit.size; n > 0 {
			part := fmt.Sprintf("%d %s", n, unit.name)
			if n > 1 {
				part += "s"
			}
			parts = append(parts, part)
			rest %= unit.size
		}
	}
	return strings.Join(parts, " ")
}
