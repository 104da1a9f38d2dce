package chat

import (
	"errors"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
)

var errNoModal = errors.New("chat: this action has no modal")

// Entry is what someone entered in a modal.
type Entry struct {
	Ref
	Text     string // reason, notes, question or answer
	Duration access.Duration
	Resource access.ResourceID
	Answers  map[string]string // to the fields; of one with choices, the number of the choice from 0
}

// ReadEntry reads a modal as Slack sends it. What does not read as it should is
// an error: nobody but a forger sends it.
func ReadEntry(v slack.View) (Entry, error) {
	var e Entry
	var err error
	if v.PrivateMetadata != "" {
		if e.Ref, err = ReadRef(v.PrivateMetadata); err != nil {
			return Entry{}, err
		}
	}
	if v.State == nil {
		return e, nil
	}
	for id, values := range v.State.Values {
		value := values[inputAction]
		said := value.Value
		if said == "" {
			said = value.SelectedOption.Value
		}
		part := strings.Split(id, "/")
		switch {
		case said == "":
		case part[0] == InputReason:
			e.Text = said
		case part[0] == InputResource:
			e.Resource = access.ResourceID(said)
		case part[0] == InputDuration:
			if e.Duration, err = access.ParseDuration(said); err != nil {
				return Entry{}, errors.New("chat: no duration")
			}
		case part[0] == InputField && len(part) > 1:
			if e.Answers == nil {
				e.Answers = map[string]string{}
			}
			e.Answers[part[1]] = said
		}
	}
	return e, nil
}

// AnswersTo gives the answers as the flow's fields have them.
func (e Entry) AnswersTo(fields []access.Field) map[string]string {
	for _, f := range fields {
		if len(f.Choices) == 0 || len(f.Choices) > mostOptions {
			continue
		}
		if i, err := strconv.Atoi(e.Answers[f.ID]); err == nil && i >= 0 && i < len(f.Choices) {
			e.Answers[f.ID] = f.Choices[i]
		}
	}
	return e.Answers
}

func number(i int) string { return strconv.Itoa(i) }

// FieldErrors puts a refusal's findings at the inputs of a modal, by block_id. It
// is false if one of them is about none of the inputs: then the whole modal has
// to say it (see Refused).
func FieldErrors(v slack.View, e *access.Error) (map[string]string, bool) {
	out := map[string]string{}
	if v.State == nil {
		return nil, false
	}
	for _, f := range e.Fields {
		at, field, _ := strings.Cut(strings.TrimPrefix(f.Pointer, "/"), "/")
		switch at {
		case "answers":
			at = InputField + "/" + field
		case "text":
			at = InputReason
		case "resource_id":
			at = InputResource
		}
		found := false
		for id := range v.State.Values {
			if id == at || strings.HasPrefix(id, at+"/") {
				out[id], found = f.Message, true
			}
		}
		if !found {
			return nil, false
		}
	}
	return out, len(out) > 0
}

// Refused says a refusal in words. by names who decided, where it was decided
// already and the reader may know; else it is "".
func Refused(e *access.Error, by string) slack.ModalViewRequest {
	return Says("That did not work", Sentence(e, by))
}

// Sentence is what Refused says.
func Sentence(e *access.Error, by string) string {
	if d := e.Decided; d != nil {
		said := "This request was decided already: " + d.Outcome.Words("")
		if by != "" {
			said += " by " + line(by, 60)
		}
		return said + ", " + fallback(d.At) + "."
	}
	if e.Code == access.CodeStaleVersion {
		return e.Message + " Open it again to see how it stands now."
	}
	return e.Message
}
