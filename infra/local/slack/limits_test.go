package slack_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

func x(n int) string { return strings.Repeat("x", n) }

// TestBlocksBeyondALimitAreRefused with a message that says where, and those at
// the limit are taken.
func TestBlocksBeyondALimitAreRefused(t *testing.T) {
	words := func(kind string) func(n int) string {
		return func(n int) string { return fmt.Sprintf(`{"type": %q, "text": %q}`, kind, x(n)) }
	}
	plain, mrkdwn := words("plain_text"), words("mrkdwn")
	section := func(inside string) string { return `[{"type": "section", ` + inside + `}]` }
	actions := func(inside string) string { return `[{"type": "actions", "elements": [` + inside + `]}]` }
	button := func(more string) string { return `{"type": "button", "text": ` + plain(3) + more + `}` }
	input := func(element string) string {
		return `[{"type": "input", "label": ` + plain(3) + `, "element": ` + element + `}]`
	}
	choice := func(text, value int) string {
		return fmt.Sprintf(`{"text": %s, "value": %q}`, plain(text), x(value))
	}
	many := func(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	pick := func(n int) string {
		return `{"type": "static_select", "options": [` + many(n, choice(3, 3)) + `]}`
	}
	for name, c := range map[string]struct{ good, bad, where string }{
		"section text":           {section(`"text": ` + mrkdwn(3000)), section(`"text": ` + mrkdwn(3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"empty text":             {section(`"text": ` + mrkdwn(1)), section(`"text": ` + mrkdwn(0)), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		"section without text":   {section(`"text": ` + mrkdwn(1)), `[{"type": "section"}]`, "missing required field: text [json-pointer:/blocks/0]"},
		"fields":                 {section(`"fields": [` + many(10, mrkdwn(3)) + `]`), section(`"fields": [` + many(11, mrkdwn(3)) + `]`), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		"field text":             {section(`"fields": [` + mrkdwn(2000) + `]`), section(`"fields": [` + mrkdwn(2001) + `]`), "/blocks/0/fields/0/text]"},
		"header":                 {`[{"type": "header", "text": ` + plain(150) + `}]`, `[{"type": "header", "text": ` + plain(151) + `}]`, "/blocks/0/text/text]"},
		"header in mrkdwn":       {`[{"type": "header", "text": ` + plain(3) + `}]`, `[{"type": "header", "text": ` + mrkdwn(3) + `}]`, "/blocks/0/text/type]"},
		"button text":            {actions(`{"type": "button", "text": ` + plain(75) + `}`), actions(`{"type": "button", "text": ` + plain(76) + `}`), "/blocks/0/elements/0/text/text]"},
		"button in mrkdwn":       {actions(button("")), actions(`{"type": "button", "text": ` + mrkdwn(3) + `}`), "/elements/0/text/type]"},
		"button value":           {actions(button(`, "value": "` + x(2000) + `"`)), actions(button(`, "value": "` + x(2001) + `"`)), "/elements/0/value]"},
		"button style":           {actions(button(`, "style": "danger"`)), actions(button(`, "style": "loud"`)), "/elements/0/style]"},
		"action_id":              {actions(button(`, "action_id": "` + x(255) + `"`)), actions(button(`, "action_id": "` + x(256) + `"`)), "/elements/0/action_id]"},
		"the same action_id":     {actions(button(`, "action_id": "a"`) + `,` + button(`, "action_id": "b"`)), actions(button(`, "action_id": "a"`) + `,` + button(`, "action_id": "a"`)), "/elements/1/action_id]"},
		"block_id":               {`[{"type": "divider", "block_id": "` + x(255) + `"}]`, `[{"type": "divider", "block_id": "` + x(256) + `"}]`, "/blocks/0/block_id]"},
		"the same block_id":      {`[{"type": "divider", "block_id": "a"}, {"type": "divider"}]`, `[{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]`, "/blocks/1/block_id]"},
		"buttons in a row":       {actions(many(25, button(""))), actions(many(26, button(""))), "no more than 25 items allowed"},
		"context":                {`[{"type": "context", "elements": [` + many(10, mrkdwn(3)) + `]}]`, `[{"type": "context", "elements": [` + many(11, mrkdwn(3)) + `]}]`, "no more than 10 items allowed"},
		"options":                {input(pick(100)), input(pick(101)), "no more than 100 items allowed"},
		"option text":            {input(`{"type": "static_select", "options": [` + choice(75, 3) + `]}`), input(`{"type": "static_select", "options": [` + choice(76, 3) + `]}`), "/element/options/0/text/text]"},
		"option value":           {input(`{"type": "static_select", "options": [` + choice(3, 150) + `]}`), input(`{"type": "static_select", "options": [` + choice(3, 151) + `]}`), "/element/options/0/value]"},
		"a first option":         {input(`{"type": "static_select", "options": [` + choice(3, 3) + `], "initial_option": ` + choice(3, 3) + `}`), input(`{"type": "static_select", "options": [` + choice(3, 3) + `], "initial_option": ` + choice(3, 4) + `}`), "/element/initial_option]"},
		"a menu without options": {input(pick(1)), input(`{"type": "static_select"}`), "either options or option_groups"},
		"radio buttons":          {input(`{"type": "radio_buttons", "options": [` + many(10, choice(3, 3)) + `]}`), input(`{"type": "radio_buttons", "options": [` + many(11, choice(3, 3)) + `]}`), "no more than 10 items allowed"},
		"placeholder":            {input(`{"type": "plain_text_input", "placeholder": ` + plain(150) + `}`), input(`{"type": "plain_text_input", "placeholder": ` + plain(151) + `}`), "/element/placeholder/text]"},
		"max_length":             {input(`{"type": "plain_text_input", "max_length": 3000}`), input(`{"type": "plain_text_input", "max_length": 3001}`), "/element/max_length]"},
		"confirm text":           {actions(button(`, "confirm": {"title": ` + plain(100) + `, "text": ` + plain(300) + `, "confirm": ` + plain(30) + `, "deny": ` + plain(30) + `}`)), actions(button(`, "confirm": {"title": ` + plain(101) + `, "text": ` + plain(300) + `, "confirm": ` + plain(30) + `, "deny": ` + plain(30) + `}`)), "/confirm/title/text]"},
		"an unknown block":       {`[{"type": "divider"}]`, `[{"type": "carousel3"}]`, "unsupported type: carousel3 [json-pointer:/blocks/0/type]"},
		"an unknown element":     {actions(button("")), actions(`{"type": "lever"}`), "unsupported type: lever"},
		"an unknown member":      {`[{"type": "divider"}]`, `[{"type": "divider", "colour": "red"}]`, "no more properties allowed [json-pointer:/blocks/0/colour]"},
		"a link to a script":     {actions(button(`, "url": "https://example.com"`)), actions(button(`, "url": "javascript:alert(1)"`)), "must be a valid URL"},
		"blocks of a message":    {`[` + many(50, `{"type": "divider"}`) + `]`, `[` + many(51, `{"type": "divider"}`) + `]`, "no more than 50 items allowed [json-pointer:/blocks]"},
		"rich text":              {`[{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}]`, `[{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]}]`, "must be more than 0 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			post := func(blocks string) map[string]any {
				_, answer := w.raw("chat.postMessage", `{"channel": "`+ben+`", "text": "x", "blocks": `+blocks+`}`)
				return answer
			}
			if answer := post(c.good); answer["ok"] != true {
				t.Errorf("at the limit: %v", answer)
			}
			answer := post(c.bad)
			text, _ := json.Marshal(answer["response_metadata"])
			if answer["error"] != "invalid_blocks" || !strings.Contains(string(text), "[ERROR] ") || !strings.Contains(string(text), c.where) {
				t.Errorf("beyond it: %v", answer)
			}
		})
	}
}

func TestViewsBeyondALimitAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(v map[string]any)
		code  string
	}{
		"title":                 {func(v map[string]any) { v["title"] = map[string]any{"type": "plain_text", "text": x(25)} }, "invalid_arguments"},
		"title in mrkdwn":       {func(v map[string]any) { v["title"] = map[string]any{"type": "mrkdwn", "text": "x"} }, "invalid_arguments"},
		"submit":                {func(v map[string]any) { v["submit"] = map[string]any{"type": "plain_text", "text": x(25)} }, "invalid_arguments"},
		"close":                 {func(v map[string]any) { v["close"] = map[string]any{"type": "plain_text", "text": x(25)} }, "invalid_arguments"},
		"private_metadata":      {func(v map[string]any) { v["private_metadata"] = x(3001) }, "invalid_arguments"},
		"callback_id":           {func(v map[string]any) { v["callback_id"] = x(256) }, "invalid_arguments"},
		"blocks":                {func(v map[string]any) { v["blocks"] = make([]struct{ Type string }, 101) }, "invalid_arguments"},
		"no title":              {func(v map[string]any) { delete(v, "title") }, "invalid_arguments"},
		"inputs without submit": {func(v map[string]any) { delete(v, "submit") }, "invalid_arguments"},
		"size":                  {func(v map[string]any) { v["callback_id"] = x(250 << 10) }, "view_too_large"},
	} {
		w := newWorld(t)
		ts := w.posted(ben)
		var view map[string]any
		text := must[[]byte](t)(json.Marshal(modal(reason())))
		w.well(json.Unmarshal(text, &view))
		c.spoil(view)
		var code any
		w.answers(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := json.Marshal(map[string]any{"trigger_id": w.payload(r).TriggerID, "view": view})
			_, answer := w.raw("views.open", string(body))
			code = answer["error"]
		})
		must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
		if code != c.code {
			t.Errorf("%s: %v instead of %s", name, code, c.code)
		}
	}
}

func TestATextIsCutOffAndBlocksThatSayTooMuchAreRefused(t *testing.T) {
	w := newWorld(t)
	_, _, err := w.api.PostMessage(ben, slackgo.MsgOptionText(x(40001), false))
	w.well(err)
	if got := len(w.messages(ben)[0].Text); got != 40000 {
		t.Errorf("%d characters are left", got)
	}
	var long []slackgo.Block
	for range 5 {
		long = append(long, slackgo.NewSectionBlock(slackgo.NewTextBlockObject(slackgo.PlainTextType, x(3000), false, false), nil, nil))
	}
	_, _, err = w.api.PostMessage(ben, slackgo.MsgOptionBlocks(long...))
	w.refused(err, "msg_blocks_too_long")
	_, _, err = w.api.PostMessage(ben)
	w.refused(err, "no_text")
}
