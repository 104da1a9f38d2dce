package chat

import (
	"github.com/slack-go/slack"

	"latchkey/functions/lib/app"
)

// Help says what /access does.
func (p Renderer) Help() Message {
	said := "/access opens a form in which you ask for access.\n/access status shows what waits for you, what you have and what you asked for.\n" +
		"/access help shows this.\nEverything else is in the portal: " + p.portal
	return Message{escaped(said), []slack.Block{slack.NewSectionBlock(words(said), nil, nil)}}
}

// Status says in lines what Home shows: for /access status.
func (p Renderer) Status(h app.Home) Message {
	var body rich
	body.say(bold("Waits for your decision"))
	for _, v := range h.Tasks[:min(len(h.Tasks), mostRows)] {
		body.say(text("• " + requester(v) + " asks for " + nameOf(v.Resource, v.Request.Resource)))
	}
	if len(h.Tasks) == 0 {
		body.say(text("Nothing waits for you."))
	}
	body.say(bold("What you have"))
	for _, held := range h.Held[:min(len(h.Held), mostRows)] {
		parts := []slack.RichTextSectionElement{text("• " + nameOf(held.Resource, held.Request.Resource))}
		if !held.Request.EndsAt.IsZero() {
			parts = append(parts, text(", ends "), date(held.Request.EndsAt))
		}
		body.say(parts...)
	}
	if len(h.Held) == 0 {
		body.say(text("You have no access by Latchkey at the moment."))
	}
	body.say(bold("Your requests"))
	for _, v := range h.Requests[:min(len(h.Requests), mostRows)] {
		body.say(text("• " + nameOf(v.Resource, v.Request.Resource) + " · " + v.Words()))
	}
	if len(h.Requests) == 0 {
		body.say(text("You have no open requests."))
	}
	open := slack.NewButtonBlockElement(ActionView, "portal", words("Open the portal")).WithURL(p.portal)
	return Message{"What waits for you, what you have and what you asked for.", []slack.Block{body.block(), slack.NewActionBlock("", open)}}
}
