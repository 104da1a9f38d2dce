package links

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func digit(n int) string { return strconv.Itoa(n) }

func past(v access.Verdict) string {
	return map[access.Verdict]string{access.Approve: "approved", access.Deny: "denied", access.Ask: "asked about"}[v]
}

func name(p app.Person, id access.PersonID) string { return line(cmp.Or(p.Name, p.Email, string(id))) }

// clean leaves out of what someone typed what cannot be seen and could make it
// look like another text: control characters, and those that turn the direction
// (joiners stay, scripts and emoji need them).
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\u200c' && r != '\u200d' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, text))
}

// line makes one line of it.
func line(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

// when says a time in a person's zone, or in UTC, with the zone named.
func when(zone string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	place, err := time.LoadLocation(zone)
	named := " (" + zone + ")"
	if err != nil || place == time.UTC || zone == "Local" {
		place, named = time.UTC, " UTC"
	}
	return t.In(place).Format("Mon 2 Jan 2006, 15:04") + named
}
