package slack

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// reader reads what the app has written as someone's client would.
type reader struct {
	now   time.Time
	zone  *time.Location
	names func(user string) string // "" where nobody is called so
}

func (r reader) name(id, otherwise string) string {
	if name := r.names(id); name != "" {
		return name
	}
	if otherwise != "" {
		return otherwise
	}
	return id
}

// reading gives what a message or view says. The text counts where there are no
// blocks.
func (r reader) reading(text string, blocks json.RawMessage) Reading {
	nodes := parse(blocks)
	if len(nodes) == 0 && text != "" {
		nodes = []node{textSection(text)}
	}
	var all Reading
	var lines []string
	for _, n := range nodes {
		for _, p := range r.parts(n) {
			lines = append(lines, all.take(p))
		}
		for _, e := range n.acts() {
			if e.Type != "button" {
				continue
			}
			button := Button{ActionID: e.ActionID, BlockID: n.BlockID, Value: e.Value, URL: e.URL, Style: e.as()}
			if w := e.words(); w != nil {
				button.Text = w.Text
			}
			all.Buttons = append(all.Buttons, button)
		}
	}
	all.Text = strings.Join(lines, "\n")
	return all
}

// take notes where a paragraph leads, and gives its text.
func (to *Reading) take(p part) string {
	var text strings.Builder
	for _, s := range p.Spans {
		text.WriteString(s.Text)
		if s.URL != "" {
			to.Links = append(to.Links, Link{URL: s.URL, Text: s.Text})
		}
		if s.Mention != "" {
			to.Mentions = append(to.Mentions, s.Mention)
		}
	}
	return text.String()
}

func textSection(text string) node {
	raw, _ := json.Marshal(words{"mrkdwn", text})
	return node{Type: "section", Text: raw}
}

// parts gives the paragraphs of a block, without what one can act on.
func (r reader) parts(n node) []part {
	switch n.Type {
	case "section":
		parts := r.of(n.words())
		for _, f := range n.Fields {
			parts = append(parts, r.of(&f)...)
		}
		return parts
	case "header":
		return r.of(n.words())
	case "context":
		var parts []part
		for _, e := range n.Elements {
			if e.Type == "image" {
				parts = append(parts, part{"", []span{{Text: e.AltText}}})
				continue
			}
			parts = append(parts, r.of(&words{e.Type, e.says()})...)
		}
		return parts
	case "input":
		return slices.Concat(r.of(n.Label), r.of(n.Hint))
	case "image":
		return append(r.of(n.Title), part{"", []span{{Text: n.AltText}}})
	case "rich_text":
		return r.rich(n)
	}
	return nil
}

// of reads a text object.
func (r reader) of(w *words) []part {
	switch {
	case w == nil:
		return nil
	case w.Type == "mrkdwn":
		return r.readMrkdwn(w.Text)
	}
	var parts []part
	for _, line := range strings.Split(w.Text, "\n") {
		parts = append(parts, part{"", []span{{Text: line}}})
	}
	return parts
}

// rich reads a rich_text block, in which nothing but its structure is markup.
func (r reader) rich(n node) []part {
	var parts []part
	for _, e := range n.Elements {
		switch e.Type {
		case "rich_text_list":
			for _, item := range e.Elements {
				parts = append(parts, part{"item", r.spans(item.Elements)})
			}
		case "rich_text_quote":
			parts = append(parts, part{"quote", r.spans(e.Elements)})
		case "rich_text_preformatted":
			parts = append(parts, part{"pre", r.spans(e.Elements)})
		default:
			parts = append(parts, part{"", r.spans(e.Elements)})
		}
	}
	return parts
}

func (r reader) spans(nodes []node) []span {
	var spans []span
	for _, n := range nodes {
		var s span
		_ = json.Unmarshal(n.Style, &s)
		switch n.Type {
		case "text":
			s.Text = n.says()
		case "link":
			s.URL, s.Text = n.URL, n.URL
			if text := n.says(); text != "" {
				s.Text = text
			}
		case "user":
			s.Mention, s.Text = n.UserID, "@"+r.name(n.UserID, "")
		case "channel":
			s.Mention, s.Text = n.ChannelID, "#"+n.ChannelID
		case "broadcast":
			s.Mention, s.Text = n.Range, "@"+n.Range
		case "emoji":
			s.Text = ":" + n.Name + ":"
			if known := emoji[n.Name]; known != "" {
				s.Text = known
			}
		case "date":
			s.Text, s.URL = r.when(time.Unix(n.Timestamp, 0), n.Format), n.URL
		}
		spans = append(spans, s)
	}
	return spans
}
