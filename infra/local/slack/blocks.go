package slack

import "maps"

// The limits of Block Kit, as
// https://docs.slack.dev/reference/block-kit/blocks has them.
const (
	mostMessageBlocks = 50
	mostViewBlocks    = 100
	longestID         = 255
	longestText       = 3000
)

// block checks one block.
func block(c *checker, at string, v any) {
	c.actions = map[string]bool{}
	object, _ := v.(map[string]any)
	oneOf(blocks)(c, at, v)
	if object["type"] == "section" && object["text"] == nil && object["fields"] == nil {
		c.fail(at, "missing required field: text")
	}
}

var blockID = unique(longestID, func(c *checker) map[string]bool { return c.blocks }, "block_id")

var blocks = map[string]shape{
	"section": {nil, map[string]rule{
		"block_id": blockID, "text": either(longestText), "fields": list(1, 10, either(2000)),
		"accessory": element("button", "static_select", "external_select", "overflow", "radio_buttons", "checkboxes", "image"),
		"expand":    boolean,
	}},
	"header":  {[]string{"text"}, map[string]rule{"block_id": blockID, "text": plain(150), "level": number(1, 4)}},
	"divider": {nil, map[string]rule{"block_id": blockID}},
	"context": {[]string{"elements"}, map[string]rule{"block_id": blockID, "elements": list(1, 10, contextElement)}},
	"actions": {[]string{"elements"}, map[string]rule{
		"block_id": blockID,
		"elements": list(1, 25, element("button", "static_select", "external_select", "overflow", "radio_buttons", "checkboxes")),
	}},
	"input": {[]string{"label", "element"}, map[string]rule{
		"block_id": blockID, "label": plain(2000), "hint": plain(2000), "optional": boolean, "dispatch_action": boolean,
		"element": element("plain_text_input", "static_select", "external_select", "radio_buttons", "checkboxes"),
	}},
	"image":     {image.required, with(image.members, map[string]rule{"block_id": blockID, "title": plain(2000)})},
	"rich_text": {[]string{"elements"}, map[string]rule{"block_id": blockID, "elements": list(0, 1000, oneOf(richParts))}},
}

func contextElement(c *checker, at string, v any) {
	if object, _ := v.(map[string]any); object["type"] == "image" {
		image.check(c, at, v)
		return
	}
	either(longestText)(c, at, v)
}

var image = shape{[]string{"image_url", "alt_text"}, map[string]rule{"image_url": address, "alt_text": str(1, 2000)}}

func with[K comparable, V any, M ~map[K]V](members ...M) M {
	all := M{}
	for _, m := range members {
		maps.Copy(all, m)
	}
	return all
}

func pick(kinds ...string) map[string]shape {
	some := map[string]shape{}
	for _, kind := range kinds {
		some[kind] = elements[kind]
	}
	return some
}
