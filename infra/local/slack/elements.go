package slack

import (
	"reflect"
	"slices"
)

// The limits of Block Kit's elements and composition objects, as
// https://docs.slack.dev/reference/block-kit/block-elements and
// https://docs.slack.dev/reference/block-kit/composition-objects have them.

// acting is what every interactive element may have. An action_id is unique in
// its block.
var acting = map[string]rule{
	"action_id": unique(longestID, func(c *checker) map[string]bool { return c.actions }, "action_id"),
	"confirm": shape{[]string{"title", "text", "confirm", "deny"}, map[string]rule{
		"title": plain(100), "text": either(300), "confirm": plain(30), "deny": plain(30), "style": enum("primary", "danger"),
	}}.check,
	"focus_on_load": boolean,
}

var elements = map[string]shape{
	"button": {[]string{"text"}, with(acting, map[string]rule{
		"text": plain(75), "url": address, "value": str(0, 2000), "style": enum("primary", "danger"), "accessibility_label": str(1, 75),
	})},
	"static_select": {nil, with(acting, map[string]rule{
		"placeholder": plain(150), "options": list(1, 100, option(plain)), "option_groups": list(1, 100, optionGroup),
		"initial_option": option(plain),
	})},
	"external_select": {nil, with(acting, map[string]rule{
		"placeholder": plain(150), "min_query_length": number(0, 3000), "initial_option": option(plain),
	})},
	"radio_buttons": {[]string{"options"}, with(acting, map[string]rule{
		"options": list(1, 10, option(either)), "initial_option": option(either),
	})},
	"checkboxes": {[]string{"options"}, with(acting, map[string]rule{
		"options": list(1, 10, option(either)), "initial_options": list(1, 10, option(either)),
	})},
	"overflow": {[]string{"options"}, with(acting, map[string]rule{"options": list(1, 5, option(plain))})},
	"plain_text_input": {nil, with(acting, map[string]rule{
		"placeholder": plain(150), "initial_value": str(0, 3000), "multiline": boolean,
		"min_length": number(0, 3000), "max_length": number(1, 3000),
		"dispatch_action_config": shape{nil, map[string]rule{
			"trigger_actions_on": list(1, 2, enum("on_enter_pressed", "on_character_entered")),
		}}.check,
	})},
	"image": image,
}

// element checks an interactive element of one of these kinds.
func element(kinds ...string) rule {
	one := oneOf(pick(kinds...))
	return func(c *checker, at string, v any) {
		one(c, at, v)
		object, _ := v.(map[string]any)
		if object["type"] == "static_select" && (object["options"] == nil) == (object["option_groups"] == nil) {
			c.fail(at, "either options or option_groups must be provided")
		}
		if first := object["initial_option"]; first != nil && object["type"] != "external_select" && !offers(object, first) {
			c.fail(at+"/initial_option", "must be one of the options")
		}
	}
}

// offers tells whether exactly this option is one of a menu's.
func offers(menu map[string]any, option any) bool {
	all, _ := menu["options"].([]any)
	groups, _ := menu["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(map[string]any)
		more, _ := group["options"].([]any)
		all = append(slices.Clip(all), more...)
	}
	return slices.ContainsFunc(all, func(o any) bool { return reflect.DeepEqual(o, option) })
}

func option(label func(int) rule) rule {
	return shape{[]string{"text", "value"}, map[string]rule{
		"text": label(75), "value": str(1, 150), "description": label(75), "url": address,
	}}.check
}

func optionGroup(c *checker, at string, v any) {
	shape{[]string{"label", "options"}, map[string]rule{
		"label": plain(75), "options": list(1, 100, option(plain)),
	}}.check(c, at, v)
}

// richParts are those of a rich_text block; richSpans those of such a part.
var richParts = map[string]shape{
	"rich_text_section":      {[]string{"elements"}, map[string]rule{"elements": list(0, 1000, oneOf(richSpans))}},
	"rich_text_quote":        {[]string{"elements"}, map[string]rule{"elements": list(0, 1000, oneOf(richSpans)), "border": number(0, 1)}},
	"rich_text_preformatted": {[]string{"elements"}, map[string]rule{"elements": list(0, 1000, oneOf(richSpans)), "border": number(0, 1), "language": str(0, longestID)}},
	"rich_text_list": {[]string{"style", "elements"}, map[string]rule{
		"style": enum("bullet", "ordered"), "indent": number(0, 8), "offset": number(0, 1000), "border": number(0, 1),
		"elements": list(0, 1000, oneOf(map[string]shape{
			"rich_text_section": {[]string{"elements"}, map[string]rule{"elements": list(0, 1000, oneOf(richSpans))}},
		})),
	}},
}

var style = shape{nil, map[string]rule{"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean, "underline": boolean}}.check

var richSpans = map[string]shape{
	"text":      {[]string{"text"}, map[string]rule{"text": str(1, 40000), "style": style}},
	"link":      {[]string{"url"}, map[string]rule{"url": address, "text": str(0, 40000), "unsafe": boolean, "style": style}},
	"user":      {[]string{"user_id"}, map[string]rule{"user_id": str(1, longestID), "style": style}},
	"channel":   {[]string{"channel_id"}, map[string]rule{"channel_id": str(1, longestID), "style": style}},
	"broadcast": {[]string{"range"}, map[string]rule{"range": enum("here", "channel", "everyone"), "style": style}},
	"emoji":     {[]string{"name"}, map[string]rule{"name": str(1, longestID), "unicode": str(0, longestID), "skin_tone": number(0, 6), "style": style}},
	"date": {[]string{"timestamp", "format"}, map[string]rule{
		"timestamp": number(0, 1<<53), "format": str(1, longestText), "url": address, "timezone": str(0, longestID), "fallback": str(0, longestText), "style": style,
	}},
}
