package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Client uses the control of a workspace that runs elsewhere. user is an id,
// see UserID.
type Client struct {
	Base string // "http://127.0.0.1:4005/control"
	HTTP *http.Client
}

// People lists whom the workspace knows.
func (c Client) People(ctx context.Context) (list []Person, err error) {
	err = c.call(ctx, http.MethodGet, "/people", nil, &list)
	return list, err
}

// Join adds a person, with an id that nobody has.
func (c Client) Join(ctx context.Context, p Person) error {
	return c.call(ctx, http.MethodPost, "/people", p, nil)
}

// Change changes a person, who may become a guest or leave.
func (c Client) Change(ctx context.Context, user string, to Change) error {
	return c.call(ctx, http.MethodPatch, "/people/"+user, to, nil)
}

// Messages lists someone's direct messages with the app, the oldest first.
func (c Client) Messages(ctx context.Context, user string) (list []Message, err error) {
	err = c.call(ctx, http.MethodGet, "/people/"+user+"/messages", nil, &list)
	return list, err
}

// Screen tells what else someone has before them.
func (c Client) Screen(ctx context.Context, user string) (s Screen, err error) {
	err = c.call(ctx, http.MethodGet, "/people/"+user+"/screen", nil, &s)
	return s, err
}

// Press says which element someone uses. The action's id alone is enough where
// it is there once.
type Press struct {
	Message  string   `json:"message,omitempty"` // its ts; none: an element of the modal, or else of Home
	Home     bool     `json:"home,omitempty"`    // of Home, whatever modal is open
	ActionID string   `json:"action_id"`
	BlockID  string   `json:"block_id,omitempty"`
	Value    string   `json:"value,omitempty"` // what is selected or typed; "" for a button
	Several  []string `json:"several,omitempty"`
	// Values are what else stands in the modal at that moment, as in Submit.
	Values Values `json:"values,omitempty"`
}

// Values are what someone fills in, by block_id and action_id: a text, the value
// of an option, or a list of those.
type Values map[string]map[string]any

// Press presses a button or chooses something. It returns when the app has
// acknowledged or its time is up; a modal may still open for three seconds after
// that, which Screen shows.
func (c Client) Press(ctx context.Context, user string, p Press) (s Seen, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/press", p, &s)
	return s, err
}

// Submit fills in the topmost modal and submits it.
func (c Client) Submit(ctx context.Context, user string, v Values) (s Seen, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/submit", map[string]any{"values": v}, &s)
	return s, err
}

// Close closes the topmost modal, or all of them.
func (c Client) Close(ctx context.Context, user string, all bool) (s Seen, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/close", map[string]any{"all": all}, &s)
	return s, err
}

// Command runs a slash command: "/access", "status".
func (c Client) Command(ctx context.Context, user, command, text string) (s Seen, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/command", map[string]any{"command": command, "text": text}, &s)
	return s, err
}

// OpenHome opens the app's Home tab. What the app publishes because of that is in
// Screen, before or after it returns.
func (c Client) OpenHome(ctx context.Context, user string) (s Seen, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/home", nil, &s)
	return s, err
}

// Say writes to the app as someone. The app is not told.
func (c Client) Say(ctx context.Context, user, text string) (m Message, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/say", map[string]any{"text": text}, &m)
	return m, err
}

// Option is one of a menu.
type Option struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// Suggest types into a menu whose options the app gives, in the topmost modal.
func (c Client) Suggest(ctx context.Context, user, block, action, query string) (list []Option, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/suggest", map[string]any{"block_id": block, "action_id": action, "query": query}, &list)
	return list, err
}

// Consent is what Sign in with Slack sends back with the person.
type Consent struct {
	Redirect string `json:"redirect"` // the whole address
	Code     string `json:"code"`
	State    string `json:"state"`
}

// Consent opens an authorize URL as someone, and accepts. An error holds what
// Slack's page says where it refuses.
func (c Client) Consent(ctx context.Context, user, authorizeURL string) (to Consent, err error) {
	err = c.call(ctx, http.MethodPost, "/people/"+user+"/consent", map[string]any{"url": authorizeURL}, &to)
	return to, err
}

// Calls lists what the app called, the oldest first; method "" gives all.
func (c Client) Calls(ctx context.Context, method string) (list []Call, err error) {
	err = c.call(ctx, http.MethodGet, "/calls?method="+url.QueryEscape(method), nil, &list)
	return list, err
}

// Deliveries lists what the app was sent, the oldest first.
func (c Client) Deliveries(ctx context.Context) (list []Delivery, err error) {
	err = c.call(ctx, http.MethodGet, "/deliveries", nil, &list)
	return list, err
}

// Meet lets the app's calls meet trouble from now on; none ends it.
func (c Client) Meet(ctx context.Context, troubles ...Trouble) error {
	return c.call(ctx, http.MethodPut, "/troubles", append([]Trouble{}, troubles...), nil)
}

// Settings gives the settings.
func (c Client) Settings(ctx context.Context) (s Settings, err error) {
	err = c.call(ctx, http.MethodGet, "/settings", nil, &s)
	return s, err
}

// Set changes the settings.
func (c Client) Set(ctx context.Context, s Settings) error {
	return c.call(ctx, http.MethodPut, "/settings", s, nil)
}

// VerifyURL sends the app the challenge of the Events API, and tells whether it
// answers it.
func (c Client) VerifyURL(ctx context.Context) (s Seen, err error) {
	err = c.call(ctx, http.MethodPost, "/verify", nil, &s)
	return s, err
}

// Reset takes the workspace back to its first day.
func (c Client) Reset(ctx context.Context) error {
	return c.call(ctx, http.MethodPost, "/reset", nil, nil)
}

func (c Client) call(ctx context.Context, method, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.Base+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := c.HTTP.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return err
	case res.StatusCode/100 != 2:
		return fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, bytes.TrimSpace(said))
	case answer == nil:
		return nil
	}
	return json.Unmarshal(said, answer)
}
