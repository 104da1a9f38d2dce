package slack

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checker collects what is wrong with blocks, in the form of Slack's messages:
// what, and a JSON pointer to where.
type checker struct {
	messages []string
	blocks   map[string]bool // the block_ids seen
	actions  map[string]bool // the action_ids seen in this block
}

func (c *checker) fail(at, format string, args ...any) {
	c.messages = append(c.messages, fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

// rule checks one value.
type rule func(c *checker, at string, v any)

// shape is an object's: which members it may have and which it has to have.
type shape struct {
	required []string
	members  map[string]rule
}

func (s shape) check(c *checker, at string, v any) {
	object, ok := v.(map[string]any)
	if !ok {
		c.fail(at, "must provide an object")
		return
	}
	for _, name := range s.required {
		if object[name] == nil {
			c.fail(at, "missing required field: %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch rule := s.members[name]; {
		case rule != nil:
			rule(c, at+"/"+name, object[name])
		case name != "type":
			c.fail(at+"/"+name, "no more properties allowed")
		}
	}
}

func str(shortest, longest int) rule {
	return func(c *checker, at string, v any) {
		text, ok := v.(string)
		if !ok {
			c.fail(at, "must provide a string")
			return
		}
		length(c, at, text, shortest, longest)
	}
}

func length(c *checker, at, text string, shortest, longest int) {
	switch n := utf8.RuneCountInString(text); {
	case n < shortest:
		c.fail(at, "must be more than %d characters", shortest-1)
	case n > longest:
		c.fail(at, "must be less than %d characters", longest+1)
	}
}

func enum(values ...string) rule {
	return func(c *checker, at string, v any) {
		if text, _ := v.(string); !slices.Contains(values, text) {
			c.fail(at, "must be a valid enum value")
		}
	}
}

func boolean(c *checker, at string, v any) {
	if _, ok := v.(bool); !ok {
		c.fail(at, "must provide a boolean")
	}
}

func number(least, most float64) rule {
	return func(c *checker, at string, v any) {
		switch n, ok := v.(float64); {
		case !ok || n != float64(int(n)):
			c.fail(at, "must provide an integer")
		case n < least || n > most:
			c.fail(at, "must be between %v and %v", least, most)
		}
	}
}

func list(least, most int, each rule) rule {
	return func(c *checker, at string, v any) {
		items, ok := v.([]any)
		switch {
		case !ok:
			c.fail(at, "must provide an array")
			return
		case len(items) < least:
			c.fail(at, "no less than %d items allowed", least)
		case len(items) > most:
			c.fail(at, "no more than %d items allowed", most)
			return
		}
		for i, item := range items {
			each(c, at+"/"+strconv.Itoa(i), item)
		}
	}
}

// address is a URL that people may follow.
func address(c *checker, at string, v any) {
	str(1, 3000)(c, at, v)
	if text, _ := v.(string); !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "mailto:") {
		c.fail(at, "must be a valid URL")
	}
}

// oneOf checks an object by its type.
func oneOf(kinds map[string]shape) rule {
	return func(c *checker, at string, v any) {
		object, ok := v.(map[string]any)
		if !ok {
			c.fail(at, "must provide an object")
			return
		}
		kind, _ := object["type"].(string)
		s, known := kinds[kind]
		if !known {
			c.fail(at+"/type", "unsupported type: %s", kind)
			return
		}
		s.check(c, at, object)
	}
}

// text is a text object; kinds are plain_text, mrkdwn or both.
func text(longest int, kinds ...string) rule {
	only := map[string]rule{"plain_text": boolean, "mrkdwn": nil}
	return func(c *checker, at string, v any) {
		object, _ := v.(map[string]any)
		kind, _ := object["type"].(string)
		if object != nil && !slices.Contains(kinds, kind) {
			c.fail(at+"/type", "must be a valid enum value")
			return
		}
		members := map[string]rule{"text": str(1, longest), "emoji": only[kind], "verbatim": boolean}
		shape{[]string{"type", "text"}, members}.check(c, at, v)
	}
}

func plain(longest int) rule  { return text(longest, "plain_text") }
func either(longest int) rule { return text(longest, "plain_text", "mrkdwn") }

// unique notes an id and refuses one that was there.
func unique(longest int, seen func(*checker) map[string]bool, name string) rule {
	return func(c *checker, at string, v any) {
		str(1, longest)(c, at, v)
		id, _ := v.(string)
		if seen(c)[id] {
			c.fail(at, "`%s` %q already exists for another element", name, id)
		}
		seen(c)[id] = true
	}
}

// checkBlocks checks what stands at a pointer, and gives the blocks with a
// block_id each. most is how many there may be.
func checkBlocks(at string, raw json.RawMessage, most int, fresh func() string) (json.RawMessage, []string) {
	var blocks []any
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return nil, []string{"must provide an array [json-pointer:" + at + "]"}
	}
	c := &checker{blocks: map[string]bool{}}
	list(0, most, block)(c, at, blocks)
	if c.messages != nil {
		return nil, c.messages
	}
	for _, b := range blocks {
		identify(b.(map[string]any), fresh)
	}
	text, err := json.Marshal(blocks)
	if err != nil {
		return nil, []string{err.Error()}
	}
	return text, nil
}

// identify gives a block, and what one can act on in it, ids where the app gave
// none.
func identify(block map[string]any, fresh func() string) {
	if block["block_id"] == nil {
		block["block_id"] = fresh()
	}
	inside := []any{block["element"], block["accessory"]}
	if block["type"] == "actions" {
		inside = append(inside, block["elements"].([]any)...)
	}
	for _, v := range inside {
		if e, ok := v.(map[string]any); ok && e["type"] != "image" && e["action_id"] == nil {
			e["action_id"] = fresh()
		}
	}
}
