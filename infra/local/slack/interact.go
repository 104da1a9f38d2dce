package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// errTaken: there is such a person already.
var errTaken = errors.New("a new person has an id that nobody has")

// errNobody: there is no such person who could use Slack.
var errNobody = errors.New("nobody in this workspace is called so, or they cannot use it")

// acting gives someone who can do something in the workspace.
func (w *Workspace) acting(user string) (Person, error) {
	p := w.person(user)
	if p == nil || p.Deleted || p.Bot {
		return Person{}, errNobody
	}
	return *p, nil
}

// seen gives what someone has before them after something was sent.
func (w *Workspace) seen(user string, h heard) Seen {
	return Seen{Acknowledged: h.ok(), Status: h.status, Problem: h.tells(), Screen: w.toldScreen(user)}
}

func (w *Workspace) toldScreen(user string) Screen {
	s := w.screen(user)
	return Screen{Modal: w.toldView(s.top()), Depth: len(s.stack), Home: w.toldView(s.home), Hidden: slices.Clone(s.hidden)}
}

// surface is where someone acts.
type surface struct {
	nodes   []node
	view    *view
	channel *channel
	message *message
}

// surface finds what a press is about.
func (w *Workspace) surface(user string, p Press) (surface, error) {
	s := w.screen(user)
	switch {
	case p.Message != "":
		c, _ := w.direct(user)
		m := c.at(p.Message)
		if m == nil {
			return surface{}, fmt.Errorf("there is no message %s", p.Message)
		}
		return surface{nodes: parse(m.blocks), channel: c, message: m}, nil
	case s.top() != nil && !p.Home:
		return surface{nodes: parse(s.top().Blocks), view: s.top()}, nil
	case s.home != nil:
		return surface{nodes: parse(s.home.Blocks), view: s.home}, nil
	}
	return surface{}, errors.New("neither a modal nor Home is there")
}

// element finds what is pressed: it has to be there once.
func (s surface) element(p Press) (n, e node, err error) {
	found := 0
	for _, block := range s.nodes {
		for _, one := range block.acts() {
			if one.ActionID == p.ActionID && (p.BlockID == "" || p.BlockID == block.BlockID) {
				n, e = block, one
				found++
			}
		}
	}
	if found != 1 {
		return n, e, fmt.Errorf("%q is there %d times", p.ActionID, found)
	}
	if n.Type == "input" && !n.DispatchAction {
		return n, e, fmt.Errorf("%q tells the app nothing before the modal is submitted", p.ActionID)
	}
	return n, e, nil
}

// Press uses an element as someone.
func (w *Workspace) Press(user string, p Press) (Seen, error) {
	w.mu.Lock()
	payload, err := w.action(user, p)
	w.mu.Unlock()
	if err != nil {
		return Seen{}, err
	}
	h := w.deliver(interactionsPath, formType, form(payload), nil)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen(user, h), nil
}

// action makes the block_actions payload of a press.
func (w *Workspace) action(user string, p Press) (map[string]any, error) {
	who, err := w.acting(user)
	if err != nil {
		return nil, err
	}
	on, err := w.surface(user, p)
	if err != nil {
		return nil, err
	}
	n, e, err := on.element(p)
	if err != nil {
		return nil, err
	}
	var suggested map[string][]choice
	if on.view != nil {
		suggested = on.view.suggested
	}
	action, wrong := w.pressed(n, e, p, suggested[n.BlockID+" "+e.ActionID])
	if wrong != "" {
		return nil, errors.New(wrong)
	}
	values := Values{}
	for block, actions := range p.Values {
		values[block] = with(actions)
	}
	if e.Type != "button" && e.Type != "overflow" {
		values[n.BlockID] = with(values[n.BlockID], map[string]any{e.ActionID: p.Value})
		if e.Type == "checkboxes" {
			values[n.BlockID][e.ActionID] = p.Several
		}
	}
	state, _, err := fillAll(on.nodes, values, suggested)
	if err != nil {
		return nil, err
	}
	payload := w.payload("block_actions", who)
	payload["actions"] = []any{action}
	payload["trigger_id"] = w.newTrigger(user, on.view != nil && on.view.Type == "modal")
	if v := on.view; v != nil {
		v.State = state
		payload["view"], payload["container"] = *v, map[string]any{"type": "view", "view_id": v.ID}
		return payload, nil
	}
	payload["state"] = state
	payload["channel"] = map[string]any{"id": on.channel.id, "name": "directmessage"}
	payload["message"] = w.told(on.channel, on.message, false)
	container := map[string]any{"type": "message", "message_ts": on.message.ts, "channel_id": on.channel.id, "is_ephemeral": false}
	if on.message.thread != "" {
		container["thread_ts"] = on.message.thread
	}
	payload["container"] = container
	payload["response_url"] = w.newResponse(user, on.message.ts)
	return payload, nil
}

// Command runs a slash command as someone.
func (w *Workspace) Command(user, command, text string) (Seen, error) {
	w.mu.Lock()
	who, err := w.acting(user)
	if err == nil && !slices.Contains(w.config.App.Commands, command) {
		err = fmt.Errorf("%s is not a valid command", command)
	}
	if err != nil {
		w.mu.Unlock()
		return Seen{}, err
	}
	c, _ := w.direct(user)
	body := url.Values{
		"token": {verificationToken}, "team_id": {Team}, "team_domain": {teamDomain}, "channel_id": {c.id}, "channel_name": {"directmessage"},
		"user_id": {who.ID}, "user_name": {handle(who)}, "command": {command}, "text": {text}, "api_app_id": {AppID},
		"is_enterprise_install": {"false"}, "response_url": {w.newResponse(user, "")}, "trigger_id": {w.newTrigger(user, false)},
	}.Encode()
	w.mu.Unlock()
	h := w.deliver(commandsPath, formType, body, nil)
	w.mu.Lock()
	defer w.mu.Unlock()
	problem := h.tellsCommand(command)
	if problem == "" {
		problem = w.answered(c, h)
	}
	s := w.seen(user, h)
	s.Problem = problem
	return s, nil
}

// answered shows what the app answers to a command: JSON, a text, or nothing.
func (w *Workspace) answered(c *channel, h heard) string {
	if len(strings.TrimSpace(string(h.body))) == 0 {
		return ""
	}
	a := args{"text": string(h.body)}
	if strings.HasPrefix(h.header.Get("Content-Type"), "application/json") {
		a = args{}
		if json.Unmarshal(h.body, &a) != nil || a == nil {
			return saysTrouble
		}
	}
	if _, err := w.reply(c, "", a); err != nil {
		return fmt.Sprintf("The app's answer was refused: %s", err)
	}
	return ""
}

// reply shows an answer of the app's, to one person or to all in a conversation.
func (w *Workspace) reply(c *channel, ts string, a args) (result, error) {
	says, err := w.readContent(a)
	if err != nil {
		return nil, err
	}
	m := c.at(ts)
	switch {
	case m != nil && a.yes("delete_original"):
		c.messages = slices.DeleteFunc(c.messages, func(other *message) bool { return other == m })
		return result{}, nil
	case says.text == "" && len(parse(says.blocks)) == 0:
		return nil, refuse("no_text")
	case m != nil && a.yes("replace_original"):
		w.edit(m, says)
	case a.text("response_type") == "in_channel":
		c.messages = append(c.messages, &message{ts: w.stamp(), user: botUser, text: says.text, blocks: says.blocks})
	default:
		s := w.screen(c.user)
		s.hidden = append(s.hidden, Message{Channel: c.id, Text: says.text, Blocks: says.blocks, Reading: w.reader().reading(says.text, says.blocks)})
	}
	return result{}, nil
}

// respond takes what the app posts to a response_url.
func (w *Workspace) respond(rw http.ResponseWriter, r *http.Request) {
	a, err := readArgs(http.MaxBytesReader(rw, r.Body, maxCall), r, false)
	w.answer(rw, r, "response_url", a, err, func() (result, error) {
		to := w.responses[r.PathValue("token")]
		switch {
		case to == nil:
			return nil, refuse("invalid_url")
		case w.now().After(to.until):
			return nil, refuse("expired_url")
		case to.left == 0:
			return nil, refuse("used_url")
		}
		to.left--
		c, _ := w.direct(to.user)
		return w.reply(c, to.ts, a)
	})
}
