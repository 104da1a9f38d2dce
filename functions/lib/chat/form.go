package chat

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Slack's limits of a menu: options in it or in a group, and groups
// (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element).
const (
	mostOptions = 100
	mostGroups  = 100
)

// RequestForm asks what someone wants to have, and for what that needs. Chosen
// is "" at first; each choice updates the form. A catalog that is too large for
// one list is parted into groups; Slack finds an entry by what one types.
func (p Renderer) RequestForm(offers []app.Offer, chosen access.ResourceID) slack.ModalViewRequest {
	f := form{title: "Request access", submit: "Continue"} // Slack wants a way to submit wherever there is an input
	if len(offers) == 0 {
		return Says("Request access", "There is nothing that you may ask for at the moment.")
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, words("Search what you may ask for"), inputAction)
	entries := make([]*slack.OptionBlockObject, len(offers))
	var offer *app.Offer
	for i, o := range offers {
		entries[i] = option(o)
		if o.Resource.ID == chosen {
			offer, menu.InitialOption = &offers[i], entries[i]
		}
	}
	if len(offers) <= mostOptions {
		menu.Options = entries
	} else {
		menu.OptionGroups = groups(entries)
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
	return modal(f, CallbackRequest, Ref{}, append(blocks, questions(*offer)...))
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
		blocks = append(blocks, fieldInput(InputField+"/"+field.ID+of, field))
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

// groups parts a menu by the alphabet, 100 entries a group.
func groups(entries []*slack.OptionBlockObject) []*slack.OptionGroupBlockObject {
	sorted := slices.SortedStableFunc(slices.Values(entries), func(x, y *slack.OptionBlockObject) int {
		return strings.Compare(strings.ToLower(x.Text.Text), strings.ToLower(y.Text.Text))
	})
	var out []*slack.OptionGroupBlockObject
	for part := range slices.Chunk(sorted, mostOptions) {
		if len(out) == mostGroups {
			break
		}
		label := line(part[0].Text.Text, 30) + " – " + line(part[len(part)-1].Text.Text, 30)
		out = append(out, slack.NewOptionGroupBlockElement(words(label), part...))
	}
	return out
}
