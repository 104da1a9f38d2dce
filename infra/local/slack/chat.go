package slack

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A text beyond longestMessage is cut off. Blocks that say more than
// mostBlockText together are refused, which Slack does and documents nowhere but
// in https://github.com/slackapi/bolt-js/issues/2509.
const (
	longestMessage = 40000
	mostBlockText  = 12000
)

// content is what a message is made of.
type content struct {
	text   string
	blocks json.RawMessage // nil: not given
}

// readContent reads and checks text and blocks.
func (w *Workspace) readContent(a args) (content, error) {
	c := content{text: a.text("text")}
	if utf8.RuneCountInString(c.text) > longestMessage {
		c.text = string([]rune(c.text)[:longestMessage])
	}
	raw := a.json("blocks")
	if raw == nil {
		return c, nil
	}
	var shape []any
	if json.Unmarshal(raw, &shape) != nil {
		return c, refuse("invalid_blocks_format")
	}
	var wrong []string
	if c.blocks, wrong = checkBlocks("/blocks", raw, mostMessageBlocks, blockName); wrong != nil {
		return c, refuse("invalid_blocks", wrong...)
	}
	if textIn(shape) > mostBlockText {
		return c, refuse("msg_blocks_too_long")
	}
	return c, nil
}

// textIn counts the characters of every text in blocks.
func textIn(v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += textIn(item)
		}
	case map[string]any:
		for name, value := range v {
			if text, is := value.(string); is && name == "text" {
				n += utf8.RuneCountInString(text)
			} else {
				n += textIn(value)
			}
		}
	}
	return n
}

// postMessage writes to a conversation; a user's id stands for the one with them.
func (w *Workspace) postMessage(a args) (result, error) {
	c, err := w.target(a.text("channel"))
	if err != nil {
		return nil, err
	}
	says, err := w.readContent(a)
	if err != nil {
		return nil, err
	}
	metadata, err := readMetadata(a)
	if err != nil {
		return nil, err
	}
	m := &message{user: botUser, text: says.text, blocks: says.blocks, metadata: metadata}
	if m.text == "" && len(parse(m.blocks)) == 0 {
		return nil, refuse("no_text")
	}
	if parent := a.text("thread_ts"); parent != "" {
		over := c.at(parent)
		if over == nil || over.thread != "" {
			return nil, refuse("thread_not_found")
		}
		m.thread, m.broadcast = parent, a.yes("reply_broadcast")
	}
	if seconds := w.wait("chat.postMessage "+c.id, messagesASecond, messagesAtOnce); seconds > 0 {
		return nil, limited(seconds)
	}
	m.ts = w.stamp()
	c.messages = append(c.messages, m)
	w.channels[c.id] = c
	return result{"channel": c.id, "ts": m.ts, "message": w.told(c, m, true)}, nil
}

// target finds where a message goes.
func (w *Workspace) target(id string) (*channel, error) {
	if !strings.HasPrefix(id, "U") {
		return w.conversation(id)
	}
	if w.reaches(w.person(id)) != "" {
		return nil, refuse("channel_not_found")
	}
	c, _ := w.direct(id)
	return c, nil
}

// own finds a message of the app's.
func (w *Workspace) own(a args, notOwn string) (*channel, *message, error) {
	c, err := w.conversation(a.text("channel"))
	if err != nil {
		return nil, nil, refuse("channel_not_found")
	}
	m := c.at(a.text("ts"))
	switch {
	case m == nil:
		return nil, nil, refuse("message_not_found")
	case m.user != botUser:
		return nil, nil, refuse(notOwn)
	}
	return c, m, nil
}

func (w *Workspace) updateMessage(a args) (result, error) {
	c, m, err := w.own(a, "cant_update_message")
	if err != nil {
		return nil, err
	}
	says, err := w.readContent(a)
	if err != nil {
		return nil, err
	}
	metadata, err := readMetadata(a)
	switch {
	case err != nil:
		return nil, err
	case says.text == "" && len(parse(says.blocks)) == 0:
		return nil, refuse("no_text")
	}
	if metadata != nil {
		m.metadata = metadata
	}
	w.edit(m, says)
	return result{"channel": c.id, "ts": m.ts, "text": m.text, "message": w.told(c, m, true)}, nil
}

// edit gives a message a new version. Blocks that are not given stay.
func (w *Workspace) edit(m *message, to content) {
	m.versions = append(m.versions, Version{Text: m.text, Blocks: m.blocks, Reading: w.reader().reading(m.text, m.blocks)})
	m.edited, m.text = w.stamp(), to.text
	if to.blocks != nil {
		m.blocks = to.blocks
	}
}

func (w *Workspace) deleteMessage(a args) (result, error) {
	c, m, err := w.own(a, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	c.messages = slices.DeleteFunc(c.messages, func(other *message) bool { return other == m })
	return result{"channel": c.id, "ts": m.ts}, nil
}

var eventType = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// readMetadata reads {"event_type": …, "event_payload": {…}}.
func readMetadata(a args) (json.RawMessage, error) {
	raw := a.json("metadata")
	if raw == nil {
		return nil, nil
	}
	var m struct {
		Type    *string        `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	switch {
	case json.Unmarshal(raw, &m) != nil:
		return nil, refuse("invalid_metadata_format")
	case m.Type == nil && m.Payload == nil: // an empty object takes it away
		return nil, nil
	case m.Type == nil || !eventType.MatchString(*m.Type) || m.Payload == nil:
		return nil, refuse("invalid_metadata_schema")
	}
	return raw, nil
}
