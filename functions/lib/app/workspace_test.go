package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// workspace is Slack as app.Messenger promises it: messages belong to a channel,
// only those that are there can be changed, and what is limited is refused.
type workspace struct {
	*testing.T
	mu      sync.Mutex
	said    map[string]*message // by channel and stamp
	homes   map[string]app.Home
	limits  string                         // which call is refused
	refuses string                         // with which word a change is, for good
	lost    bool                           // the answer to the next Post is
	meets   func(doing string, c app.Card) // is called before each call
	changes []int                          // the versions that were put, one after the other
}

type message struct {
	request   access.RequestID
	card      app.Card
	replies   []access.NoticeKind
	withdrawn bool
}

func (w *workspace) call(doing string, c app.Card) error {
	if w.meets != nil {
		w.meets(doing, c)
	}
	if w.limits == doing {
		return &app.Unavailable{Code: "ratelimited", After: 30 * time.Second}
	}
	return nil
}

func (w *workspace) Open(_ context.Context, user string) (string, error) {
	if user == "U0gone" {
		return "", &app.Refusal{Code: "user_not_found"}
	}
	return "D0" + user, w.call("open", app.Card{})
}

func (w *workspace) Find(_ context.Context, channel string, request access.RequestID) (string, error) {
	if err := w.call("find", app.Card{}); err != nil {
		return "", err
	}
	for at, m := range w.said {
		if stamp, ok := cutChannel(at, channel); ok && m.request == request && !m.withdrawn {
			return stamp, nil
		}
	}
	return "", nil
}

func cutChannel(at, channel string) (string, bool) {
	if len(at) > len(channel) && at[:len(channel)+1] == channel+" " {
		return at[len(channel)+1:], true
	}
	return "", false
}

// digest names what a message reads.
func digest(c app.Card) string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (w *workspace) Post(_ context.Context, channel string, c app.Card) (string, string, error) {
	if err := w.call("post", c); err != nil {
		return "", "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	stamp := fmt.Sprintf("1764000000.%06d", len(w.said)+1)
	w.said[channel+" "+stamp] = &message{request: c.Request.ID, card: c}
	w.changes = append(w.changes, c.Version)
	if w.lost {
		w.lost = false
		return "", "", &app.Unavailable{Code: "unreachable"}
	}
	return stamp, digest(c), nil
}

func (w *workspace) at(c app.Copy) (*message, error) {
	if m := w.said[c.Channel+" "+c.Stamp]; m != nil {
		return m, nil
	}
	return nil, app.ErrCopyLost
}

func (w *workspace) Update(_ context.Context, at app.Copy, c app.Card) (string, error) {
	if digest(c) == at.Shown {
		return at.Shown, nil
	}
	if err := w.call("update", c); err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	m, err := w.at(at)
	if err == nil && w.refuses != "" {
		return "", &app.Refusal{Code: w.refuses}
	}
	if err == nil {
		m.card = c
		w.changes = append(w.changes, c.Version)
	}
	return digest(c), err
}

func (w *workspace) Withdraw(_ context.Context, at app.Copy) error {
	m, err := w.at(at)
	if err == nil {
		m.card, m.withdrawn = app.Card{}, true
	}
	return err
}

func (w *workspace) Reply(_ context.Context, at app.Copy, l app.Letter) error {
	if err := w.call("reply", app.Card{}); err != nil {
		return err
	}
	m, err := w.at(at)
	if err == nil {
		m.replies = append(m.replies, l.Kind)
	}
	return err
}

func (w *workspace) PublishHome(_ context.Context, user string, h app.Home) error {
	w.homes[user] = h
	return nil
}

// has gives the one message that a user has.
func (w *workspace) has(user string) *message {
	w.Helper()
	var found []*message
	for at, m := range w.said {
		if _, ok := cutChannel(at, "D0"+user); ok {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		w.Fatalf("%s has %d messages", user, len(found))
	}
	return found[0]
}

// chatting is a company in whose Slack people are connected.
type chatting struct {
	*slack
	workspace *workspace
	mails     *queued
	slacks    *queued
}

// queued is a queue that drops what it has seen, as SQS does.
type queued struct {
	messages []app.Message
	down     error
}

func (q *queued) Queue(_ context.Context, messages []app.Message) error {
	for _, m := range messages {
		if q.down == nil && !slices.Contains(q.messages, m) {
			q.messages = append(q.messages, m)
		}
	}
	return q.down
}

type marks map[string]bool

func (m marks) Marked(_ context.Context, key string) (bool, error)    { return m[key], nil }
func (m marks) Mark(_ context.Context, key string, _ time.Time) error { m[key] = true; return nil }

func newChatting(t *testing.T, names ...string) *chatting {
	c := &chatting{slack: withSlack(t), workspace: &workspace{T: t, said: map[string]*message{}, homes: map[string]app.Home{}},
		mails: &queued{}, slacks: &queued{}}
	c.Outbox, c.SlackOutbox, c.Messenger, c.Marks, c.Alarms = c.mails, c.slacks, c.workspace, marks{}, noAlarms{}
	for _, name := range names {
		c.connected(name)
	}
	return c
}

type noAlarms struct{}

func (noAlarms) Raise(context.Context, string, string) error { return nil }

// relays relays all events of a request.
func (c *chatting) relays(id access.RequestID) {
	c.Helper()
	stored, err := c.Requests.Load(c.Context(), id)
	c.Must(err)
	for seq := 1; seq <= stored.Version; seq++ {
		c.Must(c.Relay(c.Context(), id, seq))
	}
}

// says delivers what is queued for Slack.
func (c *chatting) says() {
	c.Helper()
	for len(c.slacks.messages) > 0 {
		m := c.slacks.messages[0]
		c.Must(c.DeliverSlack(c.Context(), m))
		c.slacks.messages = c.slacks.messages[1:]
	}
}

func (c *chatting) catchesUp(id access.RequestID) {
	c.Helper()
	c.relays(id)
	c.says()
}
