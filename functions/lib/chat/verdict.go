package chat

import (
	"fmt"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// verdicts are what someone did, as it is told afterwards.
var verdicts = map[access.Verdict]string{access.Approve: "Approved", access.Deny: "Denied", access.Ask: "More information asked for"}

// places are where something was decided, as it is told afterwards.
var places = map[access.Via]string{access.ViaPortal: " in the portal", access.ViaSlack: " in Slack", access.ViaEmail: " by email"}

// mostVerdicts is how many decisions a card tells of, the last ones.
const mostVerdicts = 10

// progress lists what was decided so far: by whom, where and when. It is for who
// may know that.
func progress(c app.Card) [][]slack.RichTextSectionElement {
	if !c.Progress {
		return nil
	}
	var out [][]slack.RichTextSectionElement
	for i, step := range c.View.Steps {
		if mine(c) && c.Status.Undecided() {
			out = append(out, []slack.RichTextSectionElement{text(line(c.StepWords(i, step.Needed, app.Words(step.Approvers)), 300))})
		}
		for _, d := range step.Decisions {
			if !mine(c) && d.By == c.Decided.Actor.ID && d.At.Equal(c.Decided.At) {
				continue // the status says it
			}
			said := verdicts[d.Verdict] + by(c, access.Actor{ID: d.By, OnBehalfOf: d.OnBehalfOf, Via: d.Via})
			reason := d.Reason
			if mine(c) && (reason == c.Question || reason == c.Letter.Event.Texts[access.TextReason]) {
				reason = "" // it is quoted above
			}
			out = append(out, withReason([]slack.RichTextSectionElement{text(said + ", "), date(d.At)}, reason))
		}
	}
	if n := len(out) - mostVerdicts; n > 0 {
		out = append([][]slack.RichTextSectionElement{{text(fmt.Sprintf("%d earlier decisions are in the portal.", n))}}, out[n:]...)
	}
	if c.Decided.Type != "" && c.Decided.Type != access.EventDecided && mine(c) {
		said, rest := settled(c)
		out = append(out, append([]slack.RichTextSectionElement{text(said)}, rest...))
	}
	if e := c.More; e.Type != "" && e.Actor.ID != c.Requester {
		said := "More time denied" + by(c, e.Actor)
		if e.Type == access.EventExtended {
			said = e.Details.Given.Words() + " more approved" + by(c, e.Actor)
		}
		out = append(out, withReason([]slack.RichTextSectionElement{text(said + ", "), date(e.At)}, e.Texts[access.TextReason]))
	}
	return out
}

// settled says what settled the request: what and by whom, then when and why.
func settled(c app.Card) (string, []slack.RichTextSectionElement) {
	e := c.Decided
	said := "Approved"
	switch e.Status {
	case access.Denied, access.Canceled, access.Expired:
		said = e.Status.Words("")
	}
	switch e.Type {
	case access.EventDecided:
		said += by(c, e.Actor)
	case access.EventOverridden:
		said += by(c, e.Actor) + ", by override"
	case access.EventPolicyDecided:
		said += " by a policy"
	case access.EventCanceled:
		said += by(c, e.Actor)
	case access.EventExpired:
	default:
		said += " without a further decision"
	}
	reason := e.Texts[access.TextReason]
	if mine(c) {
		reason = "" // it is quoted above
	}
	return said, withReason([]slack.RichTextSectionElement{text(", "), date(e.At)}, reason)
}

// by names who acted, for whom, and where.
func by(c app.Card, a access.Actor) string {
	if a.ID == "" {
		return ""
	}
	said := " by " + person(c, a.ID)
	if a.OnBehalfOf != "" {
		said += " for " + person(c, a.OnBehalfOf)
	}
	return said + places[a.Via]
}

func person(c app.Card, id access.PersonID) string {
	if name := line(c.Names[id], 60); name != "" {
		return name
	}
	return line(string(id), 60)
}

func withReason(parts []slack.RichTextSectionElement, reason string) []slack.RichTextSectionElement {
	if reason = line(reason, 250); reason != "" {
		parts = append(parts, text(": “"+reason+"”"))
	}
	return parts
}
