package slack

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// filled is an element as someone has filled it in.
type filled struct {
	state map[string]any // as payloads have it
	empty bool
	wrong string // why Slack's client does not take it
}

// fill fills in an element with what was given: a text, the value of an option or
// a list of those. What is not given stands as the app set it.
func fill(e node, given any, there bool, suggested []choice) filled {
	switch e.Type {
	case "plain_text_input":
		return fillText(e, given, there)
	case "checkboxes":
		return fillSeveral(e, given, there)
	}
	options := append(e.choices(), suggested...)
	value, _ := given.(string)
	if !there && e.InitialOption != nil {
		options, value = append(options, *e.InitialOption), e.InitialOption.Value
	}
	state := map[string]any{"type": e.Type, "selected_option": nil}
	if value == "" {
		return filled{state: state, empty: true}
	}
	i := slices.IndexFunc(options, func(o choice) bool { return o.Value == value })
	if i < 0 {
		return filled{state: state, wrong: fmt.Sprintf("%q is not one of the options", value)}
	}
	state["selected_option"] = options[i]
	return filled{state: state}
}

func fillText(e node, given any, there bool) filled {
	text, _ := given.(string)
	if !there {
		text = e.InitialValue
	}
	f := filled{state: map[string]any{"type": e.Type, "value": text}}
	most := 3000
	if e.MaxLength > 0 {
		most = e.MaxLength
	}
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		f.state["value"], f.empty = nil, true
	case n > most:
		f.wrong = fmt.Sprintf("At most %d characters.", most)
	case n < e.MinLength:
		f.wrong = fmt.Sprintf("At least %d characters.", e.MinLength)
	}
	return f
}

func fillSeveral(e node, given any, there bool) filled {
	var wanted []string
	switch v := given.(type) {
	case []any:
		for _, item := range v {
			text, _ := item.(string)
			wanted = append(wanted, text)
		}
	case []string:
		wanted = v
	case string:
		if v != "" {
			wanted = []string{v}
		}
	}
	if !there {
		for _, o := range e.InitialOptions {
			wanted = append(wanted, o.Value)
		}
	}
	chosen := []choice{}
	for _, o := range e.Options {
		if slices.Contains(wanted, o.Value) {
			chosen = append(chosen, o)
		}
	}
	f := filled{state: map[string]any{"type": e.Type, "selected_options": chosen}, empty: len(chosen) == 0}
	if len(chosen) != len(wanted) {
		f.wrong = fmt.Sprintf("%v are not all options", wanted)
	}
	return f
}

// saysRequired is what Slack's client tells about an input that is left out.
const saysRequired = "Please complete this required field."

// fillAll fills in a view or message. errors are those beside inputs, by block_id;
// an error is about values that fit nothing there.
func fillAll(nodes []node, values Values, suggested map[string][]choice) (state viewState, errors map[string]string, err error) {
	state.Values, errors = map[string]map[string]any{}, map[string]string{}
	used := 0
	for _, n := range nodes {
		for _, e := range n.acts() {
			if e.Type == "button" || e.Type == "overflow" {
				continue
			}
			given, there := values[n.BlockID][e.ActionID]
			if there {
				used++
			}
			f := fill(e, given, there, suggested[n.BlockID+" "+e.ActionID])
			if state.Values[n.BlockID] == nil {
				state.Values[n.BlockID] = map[string]any{}
			}
			state.Values[n.BlockID][e.ActionID] = f.state
			switch {
			case f.wrong != "":
				errors[n.BlockID] = f.wrong
			case f.empty && n.Type == "input" && !n.Optional:
				errors[n.BlockID] = saysRequired
			}
		}
	}
	for block, actions := range values {
		used -= len(actions)
		if used < 0 {
			return state, errors, fmt.Errorf("there is nothing to fill in for some of %s: %v", block, actions)
		}
	}
	return state, errors, nil
}
