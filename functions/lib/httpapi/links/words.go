package links

import (
	"cmp"
	"strconv"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func digit(n int) string { return strconv.Itoa(n) }

func past(v access.Verdict) string {
	return map[access.Verdict]string{access.Approve: "approved", access.Deny: "denied", access.Ask: "asked about"}[v]
}

func name(p app.Person, id access.PersonID) string { return cmp.Or(p.Name, p.Email, string(id)) }

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
