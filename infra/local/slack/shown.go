package slack

import (
	"encoding/json"
	"strings"
)

// shownNode is a block or an element as the templates take it.
type shownNode struct {
	node
	read  reader
	on    string // the message or view
	Block string // the block_id of the block around an element
	Tells bool   // a change of it tells the app at once
}

func shownNodes(read reader, on string, blocks json.RawMessage) (list []shownNode) {
	for _, n := range parse(blocks) {
		list = append(list, shownNode{node: n, read: read, on: on})
	}
	return list
}

// Parts gives all that a block says, Main that without fields.
func (n shownNode) Parts() []part { return n.read.parts(n.node) }
func (n shownNode) Main() []part  { return n.read.of(n.words()) }

func (n shownNode) FieldParts() (fields [][]part) {
	for _, f := range n.Fields {
		fields = append(fields, n.read.of(&f))
	}
	return fields
}

func (n shownNode) Heading() (spans []span) {
	for _, p := range n.Parts() {
		spans = append(spans, p.Spans...)
	}
	return spans
}

func (n shownNode) Acts() (list []shownNode) {
	for _, e := range n.acts() {
		list = append(list, shownNode{
			node: e, read: n.read, on: n.on, Block: n.BlockID, Tells: n.Type != "input" || n.DispatchAction,
		})
	}
	return list
}

// Key names an element in the page.
func (n shownNode) Key() string { return strings.ReplaceAll(n.on+"/"+n.Block+"/"+n.ActionID, " ", "_") }

// For is the key of what a label is about, "" where that is several.
func (n shownNode) For() string {
	if n.Element == nil || n.Element.Type == "radio_buttons" || n.Element.Type == "checkboxes" {
		return ""
	}
	return n.Acts()[0].Key()
}

func (n shownNode) Look() string { return n.as() }

func (n shownNode) Says() string {
	if w := n.words(); w != nil {
		return w.Text
	}
	return ""
}

func (n shownNode) Most() int {
	if n.MaxLength > 0 {
		return n.MaxLength
	}
	return 3000
}

// shownChoice is an option, chosen at first or not.
type shownChoice struct {
	choice
	Chosen bool
}

func (n shownNode) Choices() []shownChoice { return n.chosen(n.Options) }

func (n shownNode) chosen(options []choice) (list []shownChoice) {
	first := n.InitialOptions
	if n.InitialOption != nil {
		first = append(first[:len(first):len(first)], *n.InitialOption)
	}
	for _, o := range options {
		c := shownChoice{choice: o}
		for _, f := range first {
			c.Chosen = c.Chosen || f.Value == o.Value
		}
		list = append(list, c)
	}
	return list
}

type shownGroup struct {
	Label   string
	Choices []shownChoice
}

func (n shownNode) Groups() (list []shownGroup) {
	for _, g := range n.OptionGroups {
		list = append(list, shownGroup{g.Label.Text, n.chosen(g.Options)})
	}
	return list
}
