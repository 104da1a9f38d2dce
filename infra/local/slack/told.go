package slack

import (
	"encoding/json"
	"time"
)

// Message is one in someone's direct messages with the app, or an answer that
// only they see.
type Message struct {
	TS        string          `json:"ts,omitempty"` // names it in its channel; "" if only they see it
	Channel   string          `json:"channel"`
	From      string          `json:"from"` // the app's user, or the person
	ThreadTS  string          `json:"thread_ts,omitempty"`
	Text      string          `json:"text"`
	Blocks    json.RawMessage `json:"blocks,omitempty"` // as the app set them, with a block_id each
	Metadata  json.RawMessage `json:"metadata,omitempty"`
	Edited    bool            `json:"edited,omitempty"`
	Broadcast bool            `json:"reply_broadcast,omitempty"` // told in the conversation, too
	Reading   Reading         `json:"reading"`                   // what a person reads
	Versions  []Version       `json:"versions,omitempty"`        // the earlier ones, the oldest first
	Replies   []Message       `json:"replies,omitempty"`         // its thread
}

// Version is what a message was before it was edited.
type Version struct {
	Text    string          `json:"text"`
	Blocks  json.RawMessage `json:"blocks,omitempty"`
	Reading Reading         `json:"reading"`
}

// Reading is what a person reads of blocks or of a text: markup that was not
// escaped is not read but shows as a link or a mention.
type Reading struct {
	Text     string   `json:"text"`
	Links    []Link   `json:"links,omitempty"`
	Mentions []string `json:"mentions,omitempty"` // "U0ANA00000", "here", "channel", "everyone"
	Buttons  []Button `json:"buttons,omitempty"`
}

// Link is a text that leads somewhere.
type Link struct {
	URL  string `json:"url"`
	Text string `json:"text"`
}

// Button is what one may press.
type Button struct {
	Text     string `json:"text"`
	ActionID string `json:"action_id"`
	BlockID  string `json:"block_id"`
	Value    string `json:"value,omitempty"`
	URL      string `json:"url,omitempty"`
	Style    string `json:"style,omitempty"` // primary, danger
}

// View is a modal or a Home tab as the Web API gives it.
type View struct {
	ID              string          `json:"id"`
	Type            string          `json:"type"` // modal, home
	CallbackID      string          `json:"callback_id"`
	PrivateMetadata string          `json:"private_metadata"`
	ExternalID      string          `json:"external_id"`
	Hash            string          `json:"hash"`
	Title           string          `json:"title"`
	Submit          string          `json:"submit"`
	Close           string          `json:"close"`
	Blocks          json.RawMessage `json:"blocks"`
	Reading         Reading         `json:"reading"`
}

// Screen is what someone has before them besides their messages.
type Screen struct {
	Modal  *View     `json:"modal,omitempty"`  // the topmost
	Depth  int       `json:"depth"`            // how many modals are open, one on another
	Home   *View     `json:"home,omitempty"`   // the last that was published for them
	Hidden []Message `json:"hidden,omitempty"` // answers that only they see, the oldest first
}

// Seen is what someone sees when they have done something.
type Seen struct {
	Acknowledged bool `json:"acknowledged"`     // the app has answered well and in time
	Status       int  `json:"status,omitempty"` // what it has answered; 0: nothing in time
	// Problem is what Slack tells about an app that does not answer well, in the
	// words of its client.
	Problem string            `json:"problem,omitempty"`
	Errors  map[string]string `json:"errors,omitempty"` // beside the inputs of the modal, by block_id
	Closed  bool              `json:"closed,omitempty"` // the modal is no longer there
	Screen
}

// Call is one that the app made to the Web API.
type Call struct {
	At      time.Time       `json:"at"`
	Method  string          `json:"method"` // "chat.postMessage"; "response_url"
	Args    json.RawMessage `json:"args"`   // without token and client_secret
	Status  int             `json:"status"`
	Error   string          `json:"error,omitempty"`
	Trouble bool            `json:"trouble,omitempty"` // it met one
}

// Delivery is what the app was sent, so that a test can send it again, or not
// quite the same.
type Delivery struct {
	At     time.Time         `json:"at"`
	URL    string            `json:"url"`
	Header map[string]string `json:"header"`
	Body   string            `json:"body"`
	Status int               `json:"status"` // 0: no answer in time
	Answer string            `json:"answer,omitempty"`
}
