package slack

import (
	"encoding/json"
)

// node is a block, an element or a part of rich text. Slack gives some members
// another type depending on where they stand, which is why those are raw.
type node struct {
	Type     string          `json:"type"`
	BlockID  string          `json:"block_id"`
	ActionID string          `json:"action_id"`
	Text     json.RawMessage `json:"text"`  // an object, or a string in rich text and context
	Style    json.RawMessage `json:"style"` // a string, or an object in rich text
	Fields   []words         `json:"fields"`
	Label    *words          `json:"label"`
	Hint     *words          `json:"hint"`
	Title    *words          `json:"title"`

	Element        *node  `json:"element"`
	Accessory      *node  `json:"accessory"`
	Elements       []node `json:"elements"`
	Optional       bool   `json:"optional"`
	DispatchAction bool   `json:"dispatch_action"`

	Placeholder    *words        `json:"placeholder"`
	InitialValue   string        `json:"initial_value"`
	Multiline      bool          `json:"multiline"`
	MinLength      int           `json:"min_length"`
	MaxLength      int           `json:"max_length"`
	Options        []choice      `json:"options"`
	OptionGroups   []choiceGroup `json:"option_groups"`
	InitialOption  *choice       `json:"initial_option"`
	InitialOptions []choice      `json:"initial_options"`
	Value          string        `json:"value"`
	URL            string        `json:"url"`
	Confirm        *confirmation `json:"confirm"`

	ImageURL string `json:"image_url"`
	AltText  string `json:"alt_text"`

	// Of rich text.
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	Range     string `json:"range"`
	Name      string `json:"name"`
	Timestamp int64  `json:"timestamp"`
	Format    string `json:"format"`
	Fallback  string `json:"fallback"`
}

// words is a text object.
type words struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type choice struct {
	Text        words  `json:"text"`
	Value       string `json:"value"`
	Description *words `json:"description,omitempty"`
}

type choiceGroup struct {
	Label   words    `json:"label"`
	Options []choice `json:"options"`
}

type confirmation struct {
	Title   words `json:"title"`
	Text    words `json:"text"`
	Confirm words `json:"confirm"`
	Deny    words `json:"deny"`
}

// parse reads blocks that were checked.
func parse(blocks json.RawMessage) (nodes []node) {
	if err := json.Unmarshal(blocks, &nodes); err != nil {
		return nil
	}
	return nodes
}

// words gives the text object of a block or element, nil if there is none.
func (n node) words() *words {
	var w words
	if n.Text == nil || json.Unmarshal(n.Text, &w) != nil || w.Text == "" {
		return nil
	}
	return &w
}

// says gives a text that is a string.
func (n node) says() (text string) {
	_ = json.Unmarshal(n.Text, &text)
	return text
}

// as gives the style of a button or list.
func (n node) as() (style string) {
	_ = json.Unmarshal(n.Style, &style)
	return style
}

// choices gives all options of a menu.
func (n node) choices() []choice {
	all := n.Options
	for _, g := range n.OptionGroups {
		all = append(all[:len(all):len(all)], g.Options...)
	}
	return all
}

// acts gives what one can act on in a block.
func (n node) acts() []node {
	switch {
	case n.Type == "actions":
		return n.Elements
	case n.Element != nil:
		return []node{*n.Element}
	case n.Accessory != nil && n.Accessory.Type != "image":
		return []node{*n.Accessory}
	}
	return nil
}
