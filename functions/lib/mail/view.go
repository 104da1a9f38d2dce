package mail

import (
	"cmp"
	"net/url"
	"slices"
	"time"
	_ "time/tzdata" // the runtime's image need not have any zones

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// view is what the templates see of a letter: text that is clean already, in
// words, and times in the reader's zone. An empty member is not known, not so,
// or not for this reader.
type view struct {
	Subject string
	Tone    string // good, bad, wait or quiet
	Status  string
	Link    string
	Approve string // where to decide it, or ""
	Deny    string
	SignIn  bool // to decide there takes a sign-in
	Support string

	Mine    bool // the reader is the requester
	Decides bool // the reader is asked to decide
	Receipt bool // the reader decided

	Resource     string
	Description  string
	For          string // " for 2 minutes"
	Duration     string
	Requester    string
	Email        string // the requester's
	Manager      string
	By           string // who made the event
	ForSomeone   bool   // someone asked for the requester
	Reason       string // why it was asked for
	Answers      []fact // to the flow's own questions
	Note         string // what whoever made the event said
	Question     string
	Answer       string
	Admin        bool // an admin decided, whatever the flow says
	Policy       bool // a policy of the flow decided
	Confirmed    bool // admins say that it is gone; it was not observed
	Stalled      bool // submitted, and nobody can decide it
	Ready        bool
	Active       bool
	Waiting      bool // approved, and not there yet
	Timed        bool
	Device       bool
	EndReason    access.EndReason
	EndWords     string
	Failure      string
	Attempts     int
	DecideBefore string
	StartBefore  string
	Begins       string // approved, for a later time
	Extendable   bool   // more time can be asked for
	MoreWaits    bool   // more time was asked for, and nobody has decided it
	More         string // the time that is asked for, or was added
	Started      string
	Ends         string
	Ended        string
	Decided      string // approved or denied: what the event decided
	At           string // of the event

	// Of a letter about a person.
	Someone    string
	Complained bool // they reported a mail as spam; else it bounced
	Since      string
}

var tones = map[access.NoticeKind]string{
	access.NoticeApproved: "good", access.NoticeReceipt: "quiet",
	access.NoticeExtended: "good", access.NoticeExtensionDenied: "quiet",
	access.NoticeDenied: "bad", access.NoticeFailed: "bad", access.NoticeStuck: "bad", access.NoticeConfirmAbsent: "bad", access.NoticeReadded: "bad",
	access.NoticeCanceled: "quiet", access.NoticeExpired: "quiet", access.NoticeEnded: "quiet",
}

func newView(l app.Letter, portal string) view {
	r, e := l.Request, l.Event
	when := clock(l.To.TimeZone)
	v := view{
		Tone:    cmp.Or(tones[l.Kind], "wait"),
		Status:  e.Status.Words(r.EndReason),
		Link:    portal + "/requests/" + url.PathEscape(string(r.ID)),
		Support: line(l.Support, 200),

		Mine: l.To.ID == r.Requester,
		Decides: l.Kind == access.NoticeToDecide || l.Kind == access.NoticeReminder || l.Kind == access.NoticeAnswered ||
			l.Kind == access.NoticeExtensionAsked,
		Receipt: l.Kind == access.NoticeReceipt,

		Resource:    line(cmp.Or(l.Resource.Name, string(r.Resource)), 60),
		Description: line(l.Resource.Description, 300),
		Requester:   line(cmp.Or(l.Requester.Name, l.Requester.Email, string(r.Requester)), 40),
		Manager:     line(l.Manager, 60),
		By:          line(l.By, 60),
		ForSomeone:  r.SubmittedBy != "" && r.SubmittedBy != r.Requester,
		Reason:      clean(r.Reason),
		Answers:     answers(l.Fields, r.Answers),
		Note:        clean(note(r, e)),
		Question:    clean(question(r, e)),
		Answer:      clean(e.Texts[access.TextAnswer]),
		Admin:       e.Type == access.EventOverridden,
		Policy:      e.Type == access.EventPolicyDecided,
		Extendable:  l.Extend,
		MoreWaits:   r.Extension.Asked > 0,
		Confirmed:   e.Type == access.EventAbsenceConfirmed,
		Stalled:     e.Status == access.MissingData,
		Ready:       r.Status == access.Ready,
		Active:      r.Status == access.Active,
		Waiting:     r.Status == access.Approved || r.Status == access.Granting,
		Timed:       r.Asked > 0,
		Device:      r.Kind == access.KindDevice,
		EndReason:   r.EndReason,
		EndWords:    r.EndReason.Words(),
		Failure:     line(cmp.Or(e.Details.Failure, r.Failure), 60),
		Attempts:    r.Attempts,
		Started:     when(r.StartedAt),
		Ends:        when(r.EndsAt),
		Ended:       when(r.EndedAt),
	}
	if l.Requester.Name != "" {
		v.Email = line(l.Requester.Email, 100)
	}
	span := r.Asked
	if l.Kind != access.NoticeSubmitted && r.Given > 0 {
		span = r.Given
	}
	v.Duration = span.Words()
	if span > 0 {
		v.For = " for " + v.Duration
	}
	if span != r.Asked {
		v.Duration += " (" + r.Asked.Words() + " were asked for)"
	}
	if r.Status.Undecided() {
		v.DecideBefore = when(r.ExpiresAt)
	}
	if l.Token != "" {
		page := portal + "/mail/" + l.Token
		v.Approve, v.Deny, v.SignIn = page+"/approve", page+"/deny", l.SignIn
	}
	v.Decided, v.At = map[access.Verdict]string{access.Approve: "approved", access.Deny: "denied", access.Ask: "asked about"}[e.Details.Verdict], when(e.At)
	if v.Receipt {
		v.Note = clean(e.Texts[access.TextReason]) // and not what another said before
	}
	switch e.Type {
	case access.EventExtensionAsked:
		v.More = e.Details.Asked.Words()
	case access.EventExtended:
		v.More = e.Details.Given.Words()
	}
	if v.Waiting && r.StartsAt.After(r.DecidedAt) {
		v.Begins = when(r.StartsAt)
	}
	if v.Ready {
		v.StartBefore = when(r.ExpiresAt)
	}
	return v
}

// note is what whoever made the event said or, of one that nobody made, who
// settled the request. That access is gone is no reason for its end.
func note(r access.Request, e access.Event) string {
	if e.Type == access.EventAbsenceConfirmed && e.Status != access.Stuck {
		return r.Remark
	}
	return cmp.Or(e.Texts[access.TextReason], r.Remark)
}

// question is what an approver asked last.
func question(r access.Request, e access.Event) string {
	if e.Type == access.EventDecided && e.Details.Verdict == access.Ask {
		return e.Texts[access.TextReason]
	}
	for _, step := range slices.Backward(r.Steps) {
		for _, d := range slices.Backward(step.Decisions) {
			if d.Verdict == access.Ask {
				return d.Reason
			}
		}
	}
	return r.Question
}

// answers are in the order of the form.
func answers(fields []access.Field, given map[string]string) []fact {
	var out []fact
	for _, f := range fields {
		if answer := clean(given[f.ID]); answer != "" {
			out = append(out, fact{line(f.Label, 60), answer})
		}
	}
	return out
}

// clock says times in a person's zone, or in UTC, with the zone named.
func clock(zone string) func(time.Time) string {
	place, err := time.LoadLocation(zone)
	name := " (" + zone + ")"
	if err != nil || place == time.UTC || zone == "Local" {
		place, name = time.UTC, " UTC"
	}
	return func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(place).Format("Mon 2 Jan 2006, 15:04") + name
	}
}
