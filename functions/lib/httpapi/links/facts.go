package links

import (
	"cmp"
	"strings"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// facts are what an approver needs to know.
func facts(m app.Mailed, say func(time.Time) string) []fact {
	r, out := m.View.Request, []fact{}
	add := func(label, value string, words bool) {
		if value = clean(value); value != "" {
			out = append(out, fact{label, value, words})
		}
	}
	add("Request", cmp.Or(m.View.Resource.Name, string(r.Resource)), false)
	add("Description", m.View.Resource.Description, false)
	if m.Step == 0 {
		add("More time", r.Extension.Asked.Words(), false)
		add("Why it takes longer", r.Extension.Reason, true)
		add("Access ends", say(r.EndsAt), false)
	}
	add("Access duration", cmp.Or(r.Given.Words(), "not timed"), false)
	add("Begins", say(r.StartsAt), false)
	add("Reason", r.Reason, true)
	for _, field := range m.View.Flow.Fields {
		add(line(field.Label), r.Answers[field.ID], true)
	}
	add("Requestor", strings.TrimSuffix(name(m.Requester, r.Requester)+", "+m.Requester.Email, ", "), false)
	if r.SubmittedBy != r.Requester {
		add("Asked for by", cmp.Or(m.View.Names[r.SubmittedBy], string(r.SubmittedBy)), false)
	}
	add("Requestor's manager", cmp.Or(m.Manager, "none"), false)
	add("Status", r.Words(), false)
	if r.Status.Undecided() {
		add("To be decided before", say(r.ExpiresAt), false)
	}
	return out
}

var stepWords = map[access.StepStatus]string{access.StepWaiting: "Not open yet", access.StepOpen: "Open", access.StepApproved: "Approved",
	access.StepDenied: "Denied", access.StepSkipped: "Skipped", access.StepClosed: "Closed"}

// progress lists the steps, for whom it is shown to.
func progress(m app.Mailed, say func(time.Time) string) []step {
	if !m.View.Progress {
		return nil
	}
	var out []step
	for i, s := range m.View.Steps {
		one := step{Name: "Approval", Status: stepWords[s.Status], Who: s.Needed.Words(app.Words(s.Approvers))}
		if len(m.View.Steps) > 1 {
			one.Name = "Step " + digit(i+1) + " of " + digit(len(m.View.Steps))
		}
		for _, d := range s.Decisions {
			said := cmp.Or(m.View.Names[d.By], string(d.By)) + " " + past(d.Verdict) + " it, " + say(d.At)
			if d.OnBehalfOf != "" {
				said += ", for " + cmp.Or(m.View.Names[d.OnBehalfOf], string(d.OnBehalfOf))
			}
			one.Said = append(one.Said, said)
		}
		out = append(out, one)
	}
	return out
}

func stands(m app.Mailed) string { return "The request is now: " + m.View.Request.Words() + "." }

func decided(d *access.Decided, names map[access.PersonID]string, say func(time.Time) string) string {
	text := d.Outcome.Words("")
	if d.By != "" {
		text += ", by " + cmp.Or(names[d.By], string(d.By))
	}
	return text + ", on " + say(d.At) + "."
}
