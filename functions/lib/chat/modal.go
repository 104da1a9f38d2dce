package chat

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// The inputs of modals, as block_ids. Of one that depends on what was chosen,
// the block_id goes on with "/" and what it depends on, so that Slack does not
// carry a value over.
const (
	InputReason   = "reason"   // reasons, notes, questions and answers
	InputDuration = "duration" // an ISO 8601 duration
	InputResource = "resource"
	InputField    = "field" // "field/FIELD/RESOURCE", where one chooses "field/FIELD/RESOURCE/FLOW/VERSION"
)

// inputAction is the action_id within every input's block.
const inputAction = "input"

// CallbackRequest is the callback_id of the request form. That of every other
// modal with an input is its action.
const CallbackRequest = "request"

// form is what a modal of one action says.
type form struct {
	title, submit, label, hint string
	optional                   bool
}

var forms = map[access.Action]form{
	access.ActApprove:          {"Grant access", "Grant access", "Notes", "The requestor reads them.", true},
	access.ActDeny:             {"Deny access", "Deny access", "Why is it denied?", "The requestor reads it.", false},
	access.ActAsk:              {"Ask a question", "Ask", "What do you need to know?", "The requestor reads it, and answers everyone who may decide.", false},
	access.ActApproveExtension: {"Grant more time", "Grant more time", "Notes", "The requestor reads them.", true},
	access.ActDenyExtension:    {"Deny more time", "Deny more time", "Why is it denied?", "The requestor reads it.", false},
	access.ActAnswer:           {"Answer the question", "Answer", "Your answer", "Everyone who may decide reads it.", false},
	access.ActExtend:           {"Ask for more time", "Ask for more time", "Why does it take longer?", "", false},
	access.ActEnd:              {"End access", "End access", "", "", false},
}

// Asks tells whether an action needs a modal: the others are done at once.
func Asks(action access.Action) bool { _, ok := forms[action]; return ok }

// Modal asks for what an action needs. It shows what is decided, as it is now,
// and carries the version that it shows.
func (p Renderer) Modal(action access.Action, c app.Card) (slack.ModalViewRequest, error) {
	f, ok := forms[action]
	if !ok {
		return slack.ModalViewRequest{}, errNoModal
	}
	said, err := p.wording(c)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	var body rich
	if mine(c) && action != access.ActAnswer {
		said.Headline = nameOf(c.Resource, c.Request.Resource)
	}
	body.say(bold(line(said.Headline, 150)))
	choices := durations(action, c)
	switch action {
	case access.ActEnd:
		body.say(text("Your access is taken away now. To have it again, you ask again."))
	case access.ActAnswer:
		body.quote("Question", plain(c.Question, 1500))
	default:
		if action != access.ActApprove || len(choices) < 2 {
			body.fact("Access duration", c.Given.Words())
		}
		if asked := c.Extension.Asked; asked > 0 {
			body.fact("More time", asked.Words())
			body.quote("Why it takes longer", plain(c.Extension.Reason, 500))
		}
		body.quote("Reason", plain(c.Reason, 1000))
	}
	blocks := []slack.Block{body.block()}
	if len(choices) > 1 || action == access.ActExtend {
		label := "Access duration"
		if action != access.ActApprove {
			label = "More time"
		}
		blocks = append(blocks, durationInput(InputDuration, label, choices))
	}
	if f.label != "" {
		optional := f.optional || action == access.ActExtend && len(c.Flow.Duration.Extend.Approvers) == 0
		blocks = append(blocks, textInput(InputReason, f.label, f.hint, optional))
	}
	return modal(f, string(action), Ref{Action: action, Request: c.Request.ID, Version: c.Version}, blocks), nil
}

func modal(f form, callback string, ref Ref, blocks []slack.Block) slack.ModalViewRequest {
	v := slack.ModalViewRequest{Type: slack.VTModal, Title: words(f.title), Close: words("Cancel"), CallbackID: callback,
		PrivateMetadata: ref.String(), Blocks: slack.Blocks{BlockSet: blocks}}
	if f.submit != "" {
		v.Submit = words(f.submit)
	}
	return v
}

// Says is a modal that only tells something.
func Says(title, message string) slack.ModalViewRequest {
	v := modal(form{title: line(title, 24)}, "", Ref{}, []slack.Block{slack.NewSectionBlock(words(plain(message, 3000)), nil, nil)})
	v.Close, v.PrivateMetadata = words("Close"), ""
	return v
}

// durations are what one may choose in a modal, the first of them at first.
func durations(action access.Action, c app.Card) []access.Duration {
	switch action {
	case access.ActApprove:
		return shorter(c.Given, c.Flow.Duration.Choices)
	case access.ActApproveExtension:
		return shorter(c.Extension.Asked, nil)
	case access.ActExtend:
		return shorter(c.Flow.Duration.Extend.UpTo, nil)
	}
	return nil
}

// ladder are the usual durations.
var ladder = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour,
	8 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 30 * 24 * time.Hour}

// shorter gives the longest duration, and what is shorter. Zero, which is not
// timed, has nothing shorter.
func shorter(longest access.Duration, also []access.Duration) []access.Duration {
	out := []access.Duration{longest}
	for _, d := range ladder {
		also = append(also[:len(also):len(also)], access.Duration(d))
	}
	for _, d := range also {
		if d < longest && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(x, y access.Duration) int { return int((y - x) / access.Duration(time.Second)) })
	return out[:min(len(out), 100)]
}

// durationInput lets one choose a duration, the first of them at first.
func durationInput(id, label string, choices []access.Duration) slack.Block {
	options := make([]*slack.OptionBlockObject, len(choices))
	for i, d := range choices {
		options[i] = slack.NewOptionBlockObject(d.String(), words(line(d.Words(), 75)), nil)
	}
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, words("Choose a duration"), inputAction, options...)
	pick.InitialOption = options[0]
	return slack.NewInputBlock(id, words(label), nil, pick)
}

func textInput(id, label, hint string, optional bool) *slack.InputBlock {
	input := slack.NewPlainTextInputBlockElement(nil, inputAction)
	input.Multiline, input.MaxLength = true, access.MaxText
	b := slack.NewInputBlock(id, words(label), nil, input).WithOptional(optional)
	if hint != "" {
		b.Hint = words(hint)
	}
	return b
}
