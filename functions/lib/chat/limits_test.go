package chat_test

import (
	"fmt"
	"unicode/utf8"
)

// broken lists how a value breaks what Slack documents of it: what it is, and
// everything within. Root is "message", "modal" or "home".
//
// https://docs.slack.dev/reference/block-kit/blocks, …/block-elements,
// …/composition-objects, https://docs.slack.dev/reference/views
func broken(root string, value map[string]any) []string {
	l := limits{}
	most := map[string]int{"message": 50, "modal": 100, "home": 100}[root]
	blocks, _ := value["blocks"].([]any)
	if len(blocks) == 0 || len(blocks) > most {
		l.say("%d blocks", len(blocks))
	}
	if root == "message" {
		l.text(value, "text", 1, 4000)
	} else {
		l.text(value, "private_metadata", 0, 3000)
		l.text(value, "callback_id", 0, 255)
	}
	if root == "modal" {
		l.object(value, "title", 1, 24)
		l.object(value, "close", 0, 24)
		l.object(value, "submit", 0, 24)
	}
	total := 0
	ids := map[string]bool{}
	input := false
	for _, b := range blocks {
		block := b.(map[string]any)
		total += l.block(root, block)
		if id, _ := block["block_id"].(string); id != "" && ids[id] {
			l.say("two blocks %q", id)
		} else {
			ids[id] = true
		}
		input = input || block["type"] == "input"
	}
	// Slack documents no sum; it answers msg_blocks_too_long somewhere above 13,000.
	if root == "message" && total > 12000 {
		l.say("%d characters in one message", total)
	}
	if _, submits := value["submit"]; root == "modal" && input && !submits {
		l.say("an input without a way to submit it")
	}
	return l.found
}

type limits struct{ found []string }

func (l *limits) say(format string, args ...any) {
	l.found = append(l.found, fmt.Sprintf(format, args...))
}

func (l *limits) text(in map[string]any, name string, least, most int) int {
	text, _ := in[name].(string)
	n := utf8.RuneCountInString(text)
	if n < least || n > most {
		l.say("%s of %d characters", name, n)
	}
	return n
}

// object is a text object (plain where nothing else is allowed).
func (l *limits) object(in map[string]any, name string, least, most int) int {
	object, ok := in[name].(map[string]any)
	if !ok {
		if least > 0 {
			l.say("no %s", name)
		}
		return 0
	}
	if object["type"] == "mrkdwn" && name != "text" {
		l.say("%s is mrkdwn", name)
	}
	return l.text(object, "text", 1, most)
}

func (l *limits) block(root string, b map[string]any) int {
	l.text(b, "block_id", 0, 255)
	switch b["type"] {
	case "header":
		return l.object(b, "text", 1, 150)
	case "divider":
	case "section":
		return l.object(b, "text", 1, 3000)
	case "context":
		elements := b["elements"].([]any)
		if len(elements) == 0 || len(elements) > 10 {
			l.say("%d elements in a context", len(elements))
		}
		n := 0
		for _, e := range elements {
			n += l.text(e.(map[string]any), "text", 1, 2000)
		}
		return n
	case "actions":
		elements := b["elements"].([]any)
		if len(elements) == 0 || len(elements) > 25 {
			l.say("%d elements in actions", len(elements))
		}
		seen := map[any]bool{}
		for _, e := range elements {
			element := e.(map[string]any)
			if seen[element["action_id"]] {
				l.say("two elements %v in one block", element["action_id"])
			}
			seen[element["action_id"]] = true
			l.element(element)
		}
	case "input":
		if root == "message" {
			l.say("an input in a message")
		}
		l.object(b, "label", 1, 2000)
		l.object(b, "hint", 0, 2000)
		l.element(b["element"].(map[string]any))
	case "rich_text":
		return l.rich(b)
	default:
		l.say("a block of the type %v", b["type"])
	}
	return 0
}

func (l *limits) element(e map[string]any) {
	l.text(e, "action_id", 1, 255)
	switch e["type"] {
	case "button":
		l.object(e, "text", 1, 75)
		l.text(e, "value", 0, 2000)
		l.text(e, "url", 0, 3000)
		if confirm, ok := e["confirm"].(map[string]any); ok {
			l.object(confirm, "title", 1, 100)
			l.object(confirm, "text", 1, 300)
			l.object(confirm, "confirm", 1, 30)
			l.object(confirm, "deny", 1, 30)
		}
	case "plain_text_input":
		l.object(e, "placeholder", 0, 150)
		if most, _ := e["max_length"].(float64); most > 3000 {
			l.say("an input of %v characters", most)
		}
	case "external_select":
		l.object(e, "placeholder", 0, 150)
	case "static_select":
		l.object(e, "placeholder", 0, 150)
		groups, _ := e["option_groups"].([]any)
		options, _ := e["options"].([]any)
		if (len(groups) == 0) == (len(options) == 0) || len(groups) > 100 {
			l.say("%d options and %d groups", len(options), len(groups))
		}
		if len(options) > 0 {
			l.options(options)
		}
		for _, g := range groups {
			group := g.(map[string]any)
			l.object(group, "label", 1, 75)
			l.options(group["options"].([]any))
		}
	default:
		l.say("an element of the type %v", e["type"])
	}
}

func (l *limits) options(options []any) {
	if len(options) == 0 || len(options) > 100 {
		l.say("%d options", len(options))
	}
	seen := map[any]bool{}
	for _, o := range options {
		option := o.(map[string]any)
		l.object(option, "text", 1, 75)
		l.object(option, "description", 0, 75)
		l.text(option, "value", 1, 150)
		if seen[option["value"]] {
			l.say("two options %v", option["value"])
		}
		seen[option["value"]] = true
	}
}

// rich counts the characters of rich text, in which no text may be empty.
func (l *limits) rich(e map[string]any) int {
	n := 0
	if e["type"] == "text" {
		n += l.text(e, "text", 1, 3000)
	}
	elements, holds := e["elements"].([]any)
	if holds && len(elements) == 0 {
		l.say("an empty %v", e["type"])
	}
	for _, inner := range elements {
		n += l.rich(inner.(map[string]any))
	}
	return n
}
