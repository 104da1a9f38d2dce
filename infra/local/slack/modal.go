package slack

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
)

var errNoModal = errors.New("no modal is open")

// Submit fills in and submits the topmost modal as someone.
func (w *Workspace) Submit(user string, values Values) (Seen, error) {
	w.mu.Lock()
	who, err := w.acting(user)
	v := w.screen(user).top()
	if err == nil && (v == nil || v.Submit == nil) {
		err = errNoModal
	}
	if err != nil {
		w.mu.Unlock()
		return Seen{}, err
	}
	state, wrong, err := fillAll(parse(v.Blocks), values, v.suggested)
	if err != nil || len(wrong) > 0 {
		s := w.seen(user, heard{})
		w.mu.Unlock()
		s.Acknowledged, s.Errors = false, wrong
		return s, err
	}
	v.State = state
	payload := w.payload("view_submission", who)
	payload["trigger_id"], payload["view"], payload["response_urls"] = w.newTrigger(user, true), *v, []any{}
	id := v.ID
	w.mu.Unlock()
	h := w.deliver(interactionsPath, formType, form(payload), nil)
	w.mu.Lock()
	defer w.mu.Unlock()
	problem, beside := w.submitted(user, id, h)
	s := w.seen(user, h)
	s.Problem, s.Errors = problem, beside
	s.Closed = w.find(func(v *view) bool { return v.ID == id }) == nil
	return s, nil
}

// submitted does what the app answers to a submission. An answer that is not as
// it should be is trouble connecting to whoever waits.
func (w *Workspace) submitted(user, id string, h heard) (problem string, beside map[string]string) {
	s := w.screen(user)
	at := slices.IndexFunc(s.stack, func(v *view) bool { return v.ID == id })
	switch {
	case !h.ok():
		return saysTrouble, nil
	case at < 0: // it is closed already
		return "", nil
	case len(h.body) == 0:
		s.stack = s.stack[:at]
		return "", nil
	}
	var says struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if json.Unmarshal(h.body, &says) != nil {
		return saysTrouble, nil
	}
	switch says.Action {
	case "":
		s.stack = s.stack[:at]
	case "clear":
		s.stack = nil
	case "errors":
		if !besideInputs(s.stack[at], says.Errors) {
			return saysTrouble, nil
		}
		return "", says.Errors
	case "update", "push":
		name := s.stack[at].ExternalID
		if says.Action == "update" {
			s.stack[at].ExternalID = ""
		}
		next, err := w.readView(says.View, "modal")
		s.stack[at].ExternalID = name
		if err != nil || says.Action == "push" && len(s.stack) >= mostViews {
			return saysTrouble, nil
		}
		if says.Action == "update" {
			s.stack[at].become(next)
			return "", nil
		}
		w.place(next, s.stack[at])
		s.stack = append(s.stack, next)
	default:
		return saysTrouble, nil
	}
	return "", nil
}

// besideInputs tells whether errors are about inputs of a view.
func besideInputs(v *view, errors map[string]string) bool {
	inputs := map[string]bool{}
	for _, n := range parse(v.Blocks) {
		inputs[n.BlockID] = n.Type == "input"
	}
	for block := range maps.Keys(errors) {
		if !inputs[block] {
			return false
		}
	}
	return len(errors) > 0
}

// Close closes the topmost modal as someone, or all of them. Those that want to
// know are told to the app.
func (w *Workspace) Close(user string, all bool) (Seen, error) {
	w.mu.Lock()
	who, err := w.acting(user)
	s := w.screen(user)
	if err == nil && s.top() == nil {
		err = errNoModal
	}
	if err != nil {
		w.mu.Unlock()
		return Seen{}, err
	}
	from := len(s.stack) - 1
	if all || s.top().ClearOnClose {
		from = 0
	}
	var bodies []string
	for _, v := range s.stack[from:] {
		if v.NotifyOnClose {
			payload := w.payload("view_closed", who)
			payload["view"], payload["is_cleared"] = *v, all
			bodies = append(bodies, form(payload))
		}
	}
	s.stack = s.stack[:from]
	w.mu.Unlock()
	var h heard
	for _, body := range bodies {
		h = w.deliver(interactionsPath, formType, body, nil)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	told := w.seen(user, h)
	told.Closed = true
	return told, nil
}

// Suggest asks the app for the options of a menu, as Slack does while someone
// types.
func (w *Workspace) Suggest(user, blockID, actionID, query string) ([]Option, error) {
	w.mu.Lock()
	who, err := w.acting(user)
	v := w.screen(user).top()
	if err == nil && v == nil {
		err = errNoModal
	}
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	payload := w.payload("block_suggestion", who)
	payload["action_id"], payload["block_id"], payload["value"] = actionID, blockID, query
	payload["container"], payload["view"] = map[string]any{"type": "view", "view_id": v.ID}, *v
	w.mu.Unlock()
	h := w.deliver(interactionsPath, formType, form(payload), nil)
	if !h.ok() {
		return nil, spoken(h.tells())
	}
	var says struct {
		Options []any `json:"options"`
		Groups  []any `json:"option_groups"`
	}
	if err := json.Unmarshal(h.body, &says); err != nil {
		return nil, spoken(saysTrouble)
	}
	c := &checker{}
	list(0, 100, option(plain))(c, "/options", says.Options)
	if says.Groups != nil {
		list(0, 100, optionGroup)(c, "/option_groups", says.Groups)
	}
	if c.messages != nil {
		return nil, errors.New(c.messages[0])
	}
	var menu node
	_ = json.Unmarshal(h.body, &menu)
	w.mu.Lock()
	defer w.mu.Unlock()
	if v.suggested == nil {
		v.suggested = map[string][]choice{}
	}
	v.suggested[blockID+" "+actionID] = menu.choices()
	options := []Option{}
	for _, o := range menu.choices() {
		options = append(options, Option{Text: o.Text.Text, Value: o.Value})
	}
	return options, nil
}
