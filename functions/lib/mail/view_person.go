package mail

import (
	"cmp"
	"net/url"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// viewOf is what the templates see of a letter about a request or, where there
// is none, about a person.
func viewOf(l app.Letter, portal string) view {
	if l.About.ID == "" {
		return newView(l, portal)
	}
	v := view{
		Tone:    "bad",
		Status:  "Bounced",
		Link:    portal + "/admin/people/" + url.PathEscape(string(l.About.ID)),
		Support: line(l.Support, 200),

		Someone:    line(cmp.Or(l.About.Name, l.About.Email, string(l.About.ID)), 40),
		Email:      line(l.About.Email, 100),
		Failure:    line(l.Problem.SubType, 60),
		Complained: l.Problem.Kind == access.EmailComplained,
		Since:      clock(l.To.TimeZone)(l.Problem.Since),
	}
	if v.Complained {
		v.Status = "Reported as spam"
	}
	return v
}
