package links

import (
	"cmp"
	"html/template"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// page is what the templates see: text as it is, and times in the visitor's zone
// or in UTC. An empty member is left out.
type page struct {
	Style template.CSS
	Home  string // the portal

	Title string
	Tone  string // good, bad, wait or quiet
	Lead  []string
	Alert string // what just happened to a form

	SignIn string // where to
	Other  string // where to sign in as someone else
	Portal string // the request, in the portal
	Typed  string // a reason that would be lost

	SignedIn string // as whom
	SignOut  string // where to

	Facts    []fact
	Progress []step
	Form     *deciding
}

// fact is a label and its value. Words are someone's own.
type fact struct {
	Label, Value string
	Words        bool
}

// step is one of a request's.
type step struct {
	Name, Status string
	Who          string
	Said         []string
}

// deciding is the form.
type deciding struct {
	Action   string
	Token    string
	Version  int
	Deny     bool // the mail's Deny was chosen
	Grant    string
	Refuse   string
	Reason   string
	Duration string // as it is asked for, in words; "": not timed
	Span     string // what the duration is called
	Choices  []choice
	Field    string
	Message  string
}

type choice struct {
	Value, Words string
	Chosen       bool
}

// newPage says what a mail's link leads to.
func newPage(portal string, here place, v visitor, m app.Mailed, f form) page {
	p := page{Alert: f.Problem}
	if v.person != nil {
		p.SignedIn = name(v.person.Person, v.person.Person.ID)
	}
	if v.person != nil || v.refused != nil {
		p.SignOut = here.path() + "/sign-out"
	}
	switch {
	case m.SignIn && v.refused != nil:
		p.stranger(here, v.refused)
	case m.Void:
		p.Title, p.Tone = "The links of this mail no longer work", "quiet"
		p.Lead = []string{"If the request still waits for you, decide it in the portal."} // and not why: anyone may hold the mail
	case m.SignIn:
		p.nobody(here, m)
		p.Typed = f.Reason
	case !m.Theirs:
		p.Title, p.Tone = "This mail was sent to someone else", "bad"
		p.Lead = []string{"You are signed in, but not as the person the mail was sent to, nor as their delegate. So its links decide nothing for you.",
			"What waits for your own decision is in the portal, under Tasks. " + signOut}
		p.Other = here.path() + "/sign-in?as=other"
	case !m.Shown && m.Spent():
		p.Title, p.Tone = "This link was used", "quiet"
		p.Lead = []string{"With it, the request was " + past(m.Verdict) + " on " + when(m.Zone, m.SpentAt) + ". A link is good for one decision."}
	case !m.Shown:
		p.Title, p.Tone = "This no longer waits for you", "quiet"
		p.Lead = []string{"What this mail asked about is decided, or is not yours to decide any more. Nothing was decided now."}
	default:
		p.request(portal, here, v, m, f)
	}
	return p
}

// signOut is for issuers that sign the same person in again whatever they are
// asked for: Cognito's classic pages ignore prompt=login.
const signOut = "If signing in as someone else brings you back as the same person, sign out in the portal first."

// stranger is for who signed in and may do nothing here.
func (p *page) stranger(here place, refused *access.Error) {
	p.Title, p.Tone, p.Lead = "You cannot decide this", "bad", []string{refused.Message}
	p.Other = here.path() + "/sign-in?as=other"
	if refused.Code == access.CodeNotRegistered {
		p.Lead = append(p.Lead, "If you have never been in the portal, sign in there once; then open the link in your mail again.")
	}
	p.Lead = append(p.Lead, signOut)
}

// nobody is for who has not signed in. It could be anyone, or a scanner.
func (p *page) nobody(here place, m app.Mailed) {
	p.SignIn = here.path() + "/sign-in"
	if m.Open {
		p.Title, p.Tone = "A request waits for your decision", "wait"
		p.Lead = []string{"Sign in to see who asks for what, and to decide. Nothing is decided before that."}
		return
	}
	p.Title, p.Tone = "This no longer waits for a decision", "quiet"
	if m.Spent() {
		p.Title = "This link was used"
		p.Lead = []string{"A decision was made with it, and a link is good for one."}
	}
	p.Lead = append(p.Lead, "Sign in to see what was decided.")
}

// request shows it, with the form where it can be decided.
func (p *page) request(portal string, here place, v visitor, m app.Mailed, f form) {
	r := m.View.Request
	say := func(t time.Time) string { return when(m.Zone, t) }
	p.Portal = portal + "/requests/" + string(r.ID)
	p.Facts, p.Progress = facts(m, say), progress(m, say)
	who, what := name(m.Requester, r.Requester), line(cmp.Or(m.View.Resource.Name, string(r.Resource)))
	p.Title, p.Tone = who+" asks for "+what, "wait"
	if m.Step == 0 {
		p.Title = who + " asks for more time: " + what
	}
	switch {
	case m.Spent():
		by := "You"
		if m.By != "" && m.SpentBy != v.person.Person.ID {
			by = m.By
		}
		p.Title = by + " " + past(m.Verdict) + " this"
		p.Tone = map[access.Verdict]string{access.Approve: "good", access.Deny: "bad"}[m.Verdict]
		p.Lead = []string{what + " for " + who + ", on " + say(m.SpentAt) + ". A receipt was sent by mail.", stands(m)}
	case m.Refused != nil && m.Refused.Decided != nil:
		d := m.Refused.Decided
		p.Title, p.Tone = "This was decided already", "quiet"
		p.Lead = []string{decided(d, m.View.Names, say), "There is nothing left for you to do."}
	case !m.Open || m.Refused != nil:
		p.Title, p.Tone = "This no longer waits for you", "quiet"
		if m.Refused != nil {
			p.Lead = []string{m.Refused.Message}
		}
		p.Lead = append(p.Lead, stands(m))
	default:
		if r.Version != m.Version {
			p.Lead = []string{"The request has changed since the mail was sent. This is how it stands now, and what you decide."}
		}
		p.Form = newForm(here, v, m, f)
	}
}

func newForm(here place, v visitor, m app.Mailed, f form) *deciding {
	d := &deciding{Action: here.path(), Token: formToken(v.session, here.token), Version: m.View.Version, Deny: here.verb == "deny",
		Grant: "Grant access", Refuse: "Deny access", Span: "Access duration", Reason: f.Reason, Field: f.Field, Message: f.Message}
	asked := m.View.Given
	if m.Step == 0 {
		d.Grant, d.Refuse, d.Span, asked = "Grant more time", "Deny more time", "More time", m.View.Extension.Asked
	}
	d.Duration = asked.Words()
	for _, shorter := range m.Shorter {
		d.Choices = append(d.Choices, choice{shorter.String(), shorter.Words(), f.Duration == shorter.String()})
	}
	return d
}
