package chat

import (
	"strconv"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// mostRows is how many entries each list of Home has: with three blocks a row,
// they stay below the 100 of a view.
const mostRows = 10

// Home shows someone what waits for them, what they asked for and what they have.
func (p Renderer) Home(h app.Home) slack.HomeTabViewRequest {
	var top []slack.BlockElement
	if h.MayAsk {
		top = append(top, slack.NewButtonBlockElement(ActionRequest, "home", words("Request access")).WithStyle(slack.StylePrimary))
	}
	top = append(top, slack.NewButtonBlockElement(ActionView, "portal", words("Open the portal")).WithURL(p.portal))
	blocks := []slack.Block{heading("Latchkey"), slack.NewActionBlock("", top...), slack.NewDividerBlock(), heading("Waits for your decision")}
	blocks = append(blocks, p.rows(len(h.Tasks), "Nothing waits for you.", func(i int) []slack.Block {
		v := h.Tasks[i]
		return p.row(v.Request, v.Actions, requester(v)+" asks for "+nameOf(v.Resource, v.Request.Resource), v.Given.Words())
	})...)
	blocks = append(blocks, slack.NewDividerBlock(), heading("What you have"))
	blocks = append(blocks, p.rows(len(h.Held), "You have no access by Latchkey at the moment.", func(i int) []slack.Block {
		held := h.Held[i]
		row := p.row(held.Request, held.Actions, nameOf(held.Resource, held.Request.Resource), held.Request.Words())
		if held.Request.EndsAt.IsZero() {
			return row
		}
		return []slack.Block{row[0], timer("Ends", held.Request.EndsAt), row[1]}
	})...)
	blocks = append(blocks, slack.NewDividerBlock(), heading("Your requests"))
	blocks = append(blocks, p.rows(len(h.Requests), "You have no open requests.", func(i int) []slack.Block {
		v := h.Requests[i]
		return p.row(v.Request, v.Actions, nameOf(v.Resource, v.Request.Resource), v.Words())
	})...)
	if h.Support != "" {
		blocks = append(blocks, note("Where to turn for help: "+line(h.Support, 200)))
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}

// rows draws a list, the first of it where it is long.
func (p Renderer) rows(n int, none string, row func(int) []slack.Block) []slack.Block {
	if n == 0 {
		return []slack.Block{note(none)}
	}
	var out []slack.Block
	for i := range min(n, mostRows) {
		out = append(out, row(i)...)
	}
	if n > mostRows {
		out = append(out, note(strconv.Itoa(n-mostRows)+" more are in the portal."))
	}
	return out
}

func (p Renderer) row(r access.Request, allowed []access.Action, title, status string) []slack.Block {
	var body rich
	parts := []slack.RichTextSectionElement{bold(line(title, 150))}
	if status != "" {
		parts = append(parts, text(" · "+status))
	}
	body.say(parts...)
	return []slack.Block{body.block(), p.buttons(r, "View", allowed)}
}

func requester(v app.View) string {
	if name := line(v.Names[v.Requester], 60); name != "" {
		return name
	}
	return line(string(v.Requester), 60)
}

// HomeNotLinked tells someone whom nobody knows how to connect.
func (p Renderer) HomeNotLinked() slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: append([]slack.Block{heading("Latchkey")}, p.Connect()...)}}
}

// Connect says how to connect, with the way there.
func (p Renderer) Connect() []slack.Block {
	connect := slack.NewButtonBlockElement(ActionView, "connect", words("Connect")).WithURL(p.portal + "/integrations").WithStyle(slack.StylePrimary)
	return []slack.Block{slack.NewSectionBlock(words(p.NotLinked()), nil, nil), slack.NewActionBlock("", connect)}
}

// NotLinked says how to connect.
func (p Renderer) NotLinked() string {
	return "Your Slack account is not connected to Latchkey, so nothing can be done from here. " +
		"Sign in to " + p.portal + "/integrations and choose Connect on the Slack card."
}
