package slack

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// general is a channel that the app is not in.
const general = "C0GENERAL0"

// channel is someone's conversation with the app.
type channel struct {
	id       string
	user     string
	messages []*message // the oldest first, replies among them
}

// message is one of the app's, or of the person's.
type message struct {
	ts       string
	thread   string // the ts of what it replies to
	user     string
	text     string
	blocks   json.RawMessage
	metadata json.RawMessage
	edited   string // when it was edited
	versions []Version

	broadcast bool // a reply that is told in the conversation, too
}

func (c *channel) at(ts string) *message {
	i := slices.IndexFunc(c.messages, func(m *message) bool { return m.ts == ts })
	if i < 0 {
		return nil
	}
	return c.messages[i]
}

// thread gives the replies to a message.
func (c *channel) thread(ts string) (replies []*message) {
	for _, m := range c.messages {
		if m.thread == ts {
			replies = append(replies, m)
		}
	}
	return replies
}

// reaches tells why the app cannot write to someone, "" if it can.
func (w *Workspace) reaches(p *Person) string {
	switch {
	case p == nil:
		return "user_not_found"
	case p.Deleted:
		return "user_disabled"
	case p.Bot:
		return "cannot_dm_bot"
	case p.TeamID != Team:
		return "user_not_visible"
	}
	return ""
}

// direct gives someone's conversation with the app, and makes it if need be.
func (w *Workspace) direct(user string) (c *channel, there bool) {
	id := DirectMessages(user)
	if c = w.channels[id]; c != nil {
		return c, true
	}
	c = &channel{id: id, user: user}
	w.channels[id] = c
	return c, false
}

func (w *Workspace) openConversation(a args) (result, error) {
	users := strings.FieldsFunc(a.text("users"), func(r rune) bool { return r == ',' || r == ' ' })
	if id := a.text("channel"); id != "" {
		c := w.channels[id]
		if c == nil {
			return nil, refuse("channel_not_found")
		}
		users = []string{c.user}
	}
	switch len(users) {
	case 0:
		return nil, refuse("users_list_not_supplied")
	case 1:
	default: // a conversation of several, which the app's scopes do not cover
		return nil, &refusal{code: "missing_scope", needed: "mpim:write"}
	}
	p := w.person(users[0])
	if why := w.reaches(p); why != "" {
		return nil, refuse(why)
	}
	if a.yes("prevent_creation") && w.channels[DirectMessages(p.ID)] == nil {
		return nil, refuse("channel_not_found")
	}
	c, there := w.direct(p.ID)
	told := map[string]any{"id": c.id}
	if a.yes("return_im") {
		told["is_im"], told["user"], told["is_open"] = true, c.user, true
	}
	said := result{"channel": told}
	if there {
		said["no_op"], said["already_open"] = true, true
	}
	return said, nil
}

// conversation gives a channel that the app is in, by its own id.
func (w *Workspace) conversation(id string) (*channel, error) {
	if id == general {
		return nil, refuse("not_in_channel")
	}
	c := w.channels[id]
	if c == nil || w.reaches(w.person(c.user)) != "" {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

// history gives the messages of a conversation, the latest first.
func (w *Workspace) history(a args) (result, error) {
	c, err := w.conversation(a.text("channel"))
	if err != nil {
		return nil, err
	}
	var top []*message
	for _, m := range slices.Backward(c.messages) {
		if m.thread == "" || m.broadcast {
			top = append(top, m)
		}
	}
	return w.page(c, top, a)
}

// replies gives a message and its thread, the oldest first.
func (w *Workspace) replies(a args) (result, error) {
	c, err := w.conversation(a.text("channel"))
	if err != nil {
		return nil, err
	}
	m := c.at(a.text("ts"))
	if m == nil {
		return nil, refuse("thread_not_found")
	}
	return w.page(c, append([]*message{m}, c.thread(m.ts)...), a)
}

// page gives those of the messages that are wanted, at most 999 of them.
func (w *Workspace) page(c *channel, all []*message, a args) (result, error) {
	most, from := 100, 0
	if n, err := strconv.Atoi(a.text("limit")); err == nil && n > 0 {
		most = min(n, 999)
	}
	if cursor := a.text("cursor"); cursor != "" {
		n, err := strconv.Atoi(cursor)
		if err != nil || n < 0 || n > len(all) {
			return nil, refuse("invalid_cursor")
		}
		from = n
	}
	oldest, latest, inclusive := a.text("oldest"), a.text("latest"), a.yes("inclusive")
	var told []any
	for i, m := range all {
		early := oldest != "" && (m.ts < oldest || m.ts == oldest && !inclusive)
		late := latest != "" && (m.ts > latest || m.ts == latest && !inclusive)
		if i < from || early || late {
			continue
		}
		if len(told) == most {
			return result{"messages": told, "has_more": true, "response_metadata": map[string]any{"next_cursor": strconv.Itoa(i)}}, nil
		}
		told = append(told, w.told(c, m, a.yes("include_all_metadata")))
	}
	return result{"messages": append([]any{}, told...), "has_more": false}, nil
}

// told gives a message as the Web API does.
func (w *Workspace) told(c *channel, m *message, metadata bool) map[string]any {
	said := map[string]any{"type": "message", "user": m.user, "ts": m.ts, "text": m.text, "team": Team}
	if m.user == botUser {
		said["bot_id"], said["app_id"] = botID, AppID
		said["bot_profile"] = map[string]any{"id": botID, "app_id": AppID, "name": w.config.App.Name, "team_id": Team, "deleted": false}
	}
	if m.blocks != nil {
		said["blocks"] = m.blocks
	}
	if m.edited != "" {
		said["edited"] = map[string]any{"user": botID, "ts": m.edited}
	}
	if metadata && m.metadata != nil {
		said["metadata"] = m.metadata
	}
	if replies := c.thread(m.ts); replies != nil {
		said["thread_ts"], said["reply_count"] = m.ts, len(replies)
		said["latest_reply"] = replies[len(replies)-1].ts
	}
	if m.thread != "" {
		said["thread_ts"], said["parent_user_id"] = m.thread, botUser
	}
	if m.broadcast {
		said["subtype"] = "thread_broadcast"
	}
	return said
}
