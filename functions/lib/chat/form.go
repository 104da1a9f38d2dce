package chat

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// mostOptions is how many options a menu has at most, or an answer to what someone
// types into one (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element,
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload).
const mostOptions = 100

// RequestForm asks what someone wants to have, and for what that needs. Chosen
// is "" at first; each choice updates the form. It remembers which version of
// which flow it asks for. Of a catalog that is too large for one menu, Slack asks
// for what fits to what one types: see Suggestions.
func (p Renderer) RequestForm(offers []app.Offer, chosen access.ResourceID) slack.ModalViewRequest {
	f := form{title: "Request access", submit: "Continue"} // Slack wants a way to submit wherever there is an input
	if len(offers) == 0 {
		return Says("Request access", "There is nothing that you may ask for at the moment.")
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, words("Search what you may ask for"), inputAction)
	if len(offers) > mostOptions {
		menu.Type, menu.MinQueryLength = slack.OptTypeExternal, new(int)
	}
	var offer *app.Offer
	for i, o := range offers {
		entry := option(o)
		if len(offers) <= mostOptions {
			menu.Options = append(menu.Options, entry)
		}
		if o.Resource.ID == chosen {
			offer, menu.InitialOption = &offers[i], entry
		}
	}
	pick := slack.NewInputBlock(InputResource, words("What do you need?"), nil, menu).WithDispatchAction(true)
	blocks := []slack.Block{pick}
	if offer == nil {
		return modal(f, CallbackRequest, Ref{}, blocks)
	}
	if d := plain(offer.Resource.Description, 300); d != "" {
		blocks = append(blocks, note(d))
	}
	if r := offer.Open; r != nil {
		var body rich
		body.say(bold(r.Words()), text(" · You have asked for this already."))
		return modal(f, CallbackRequest, Ref{}, append(blocks, body.block(), p.buttons(*r, viewDetails, nil)))
	}
	return modal(f, CallbackRequest, Ref{Flow: offer.Flow.ID, Version: offer.Flow.Version}, append(blocks, questions(*offer)...))
}

// questions are what an offer's flow wants to know.
func questions(o app.Offer) []slack.Block {
	of := "/" + string(o.Resource.ID)
	blocks := []slack.Block{textInput(InputReason, "Why do you need access to this resource?", "Say what you intend to do with it.", false)}
	switch rule := o.Flow.Duration; rule.Mode {
	case access.DurationFixed:
		if len(rule.Choices) == 1 {
			blocks = append(blocks, slack.NewSectionBlock(words("Access duration: "+rule.Choices[0].Words()), nil, nil))
		}
	case access.DurationChoice:
		choices := slices.Clone(rule.Choices)
		if rule.Max > 0 && !slices.Contains(choices, rule.Max) {
			choices = append(choices, rule.Max)
		}
		choices = choices[:min(len(choices), mostOptions)]
		if len(choices) > 0 {
			blocks = append(blocks, durationInput(InputDuration+of, "Access duration", choices))
		}
	}
	for _, field := range o.Flow.Fields {
		id := InputField + "/" + field.ID + of
		if len(field.Choices) > 0 { // the same number may be another choice in another version
			id += "/" + string(o.Flow.ID) + "/" + number(o.Flow.Version)
		}
		blocks = append(blocks, fieldInput(id, field))
	}
	var body rich
	for _, said := range o.Words {
		body.say(text(line(said, 300)))
	}
	if body.empty() {
		return blocks
	}
	return append(blocks, body.block())
}

func fieldInput(id string, field access.Field) slack.Block {
	label := line(field.Label, 150)
	if label == "" {
		label = field.ID
	}
	if n := len(field.Choices); n == 0 || n > mostOptions {
		b := textInput(id, label, "", !field.Required)
		b.Element.(*slack.PlainTextInputBlockElement).Multiline = field.Pattern == ""
		return b
	}
	// A choice may be longer than the 150 characters of a value: its number stands for it.
	var options []*slack.OptionBlockObject
	for i, choice := range field.Choices {
		options = append(options, slack.NewOptionBlockObject(number(i), words(line(choice, 75)), nil))
	}
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, words("Choose one"), inputAction, options...)
	return slack.NewInputBlock(id, words(label), nil, pick).WithOptional(!field.Required)
}

func option(o app.Offer) *slack.OptionBlockObject {
	var below *slack.TextBlockObject
	if o.Resource.Kind == access.KindDevice {
		below = words("Admin rights on a device")
	}
	return slack.NewOptionBlockObject(string(o.Resource.ID), words(line(nameOf(o.Resource, o.Resource.ID), 75)), below)
}

// Suggestions are the offers that have every word of what someone typed in their
// name or id, by name. It is never nil.
func Suggestions(offers []app.Offer, typed string) []*slack.OptionBlockObject {
	out := []*slack.OptionBlockObject{}
	typedWords := strings.Fields(strings.ToLower(typed))
	for _, o := range offers {
		in := strings.ToLower(nameOf(o.Resource, o.Resource.ID) + " " + string(o.Resource.ID))
		if !slices.ContainsFunc(typedWords, func(word string) bool { return !strings.Contains(in, word) }) {
			out = append(out, option(o))
		}
	}
	slices.SortStableFunc(out, func(x, y *slack.OptionBlockObject) int {
		return strings.Compare(strings.ToLower(x.Text.Text), strings.ToLower(y.Text.Text))
	})
	return out[:min(len(out), mostOptions)]
}
