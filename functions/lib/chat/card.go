package chat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Card shows a request in someone's direct messages, as it is now: to who may
// decide it, or to whom it is.
func (p Renderer) Card(c app.Card) (Message, error) {
	said, err := p.wording(c)
	if err != nil {
		return Message{}, err
	}
	status := c.Request.Words()
	var body rich
	body.say(standing(c, status, said.Lead)...)
	done := progress(c)
	room := 1500 // for someone's own words; for what follows the first, less
	shown := c.Status == access.Active && !c.EndsAt.IsZero()
	for _, f := range said.Facts {
		switch {
		case f.Label == "Ends" && shown: // the timer says that
		case mine(c) && !f.Quoted && len(done) > 0 && f.Text == c.Letter.By: // so does what was done
		case f.Quoted:
			body.quote(f.Label, plain(f.Text, room))
			room = 250
		default:
			body.fact(f.Label, plain(f.Text, 300))
		}
	}
	switch {
	case !mine(c):
		body.fact("Approver", approver(c))
	case c.Extension.Asked > 0:
		body.fact("More time", c.Extension.Asked.Words()+" asked for, which waits for a decision")
	}
	body.list(done)
	m := Message{Text: escaped(said.Headline + ": " + status), Blocks: []slack.Block{heading(said.Headline), body.block()}}
	if shown {
		m.Blocks = append(m.Blocks, timer("Ends", c.EndsAt))
	}
	m.Blocks = append(m.Blocks, p.buttons(c.Request, viewDetails, c.Actions))
	if c.Standby && (c.Status.Undecided() || c.Extension.Asked > 0) {
		m.Blocks = append(m.Blocks, note(fmt.Sprintf("More than %d people may decide this, so they were not messaged one by one. "+
			"You were, because you are an admin or a fallback approver.", access.MostMessaged)))
	}
	if c.Letter.Support != "" && mine(c) {
		m.Blocks = append(m.Blocks, note("Where to turn for help: "+line(c.Letter.Support, 200)))
	}
	return m, nil
}

// wording gives a card's words. Where no notice says how things stand, these do.
func (p Renderer) wording(c app.Card) (app.Wording, error) {
	if c.Letter.Kind != "" {
		return p.words(c.Letter)
	}
	w := app.Wording{Headline: "Your access to " + nameOf(c.Resource, c.Request.Resource) + " ends", Lead: "It is being taken away."}
	if c.Status == access.Stuck {
		w.Lead = "Taking it away takes longer than usual. Latchkey tries again until it is gone."
	}
	return w, nil
}

func mine(c app.Card) bool { return c.Letter.To.ID == c.Requester }

// decides tells whether the card asks its reader for a decision.
func decides(c app.Card) bool {
	return slices.Contains(c.Actions, access.ActApprove) || slices.Contains(c.Actions, access.ActApproveExtension)
}

// standing says the status, and what there is to do or, to who has nothing to
// do, what was done.
func standing(c app.Card, status, said string) []slack.RichTextSectionElement {
	switch {
	case c.Letter.Kind != access.NoticeToDecide && c.Letter.Kind != access.NoticeExtensionAsked, decides(c):
	case c.Status == access.NeedsInfo:
		said = "It waits for an answer of the requestor."
	case c.Status.Undecided() && hasDecided(c):
		said = "You have decided; it waits for others."
	case c.Status.Undecided(), c.Letter.Kind == access.NoticeExtensionAsked:
		said = "It does not wait for a decision of yours."
	case c.Decided.Type != "":
		said, rest := settled(c)
		if strings.HasPrefix(said, status) {
			return append([]slack.RichTextSectionElement{bold(said)}, rest...)
		}
		return append([]slack.RichTextSectionElement{bold(status), text(" · " + said)}, rest...)
	default:
		said = ""
	}
	if said == "" {
		return []slack.RichTextSectionElement{bold(status)}
	}
	return []slack.RichTextSectionElement{bold(status), text(" · " + said)}
}

func hasDecided(c app.Card) bool {
	return slices.ContainsFunc(c.View.Steps, func(s app.StepView) bool {
		return s.Status == access.StepOpen && slices.ContainsFunc(s.Decisions, func(d access.Decision) bool {
			return d.By == c.Letter.To.ID && d.Verdict != access.Ask
		})
	})
}

// approver says who may decide now, or might have.
func approver(c app.Card) string {
	if c.Extension.Asked > 0 {
		return line(access.Needed{Count: 1}.Words(app.Words(c.Extenders)), 300)
	}
	i := c.Step()
	if !c.Status.Undecided() || i < 0 || i >= len(c.View.Steps) {
		return ""
	}
	said := c.View.Steps[i].Needed.Words(app.Words(c.View.Steps[i].Approvers))
	if n := len(c.View.Steps); n > 1 {
		said = fmt.Sprintf("step %d of %d, %s", i+1, n, said)
	}
	return line(said, 300)
}

// Withdrawn is what is left of a card whose reader may not see the request any
// more.
func (p Renderer) Withdrawn() Message {
	const said = "This request is not yours to see or to decide any more."
	return Message{said, []slack.Block{note(said)}}
}
