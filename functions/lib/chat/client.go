package chat

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// webCall bounds one call of Slack's Web API.
const webCall = 8 * time.Second

// Client calls Slack's Web API as the bot. Its errors are *app.Unavailable, with
// Retry-After where Slack says so; *app.Refusal with Slack's own word;
// app.ErrCopyLost; and app.ErrSlackNotSetUp. None holds the token or a text.
//
// While a method is limited it is not called at all: Slack asks for that.
// https://docs.slack.dev/apis/web-api/rate-limits
type Client struct {
	base    string
	secrets *Secrets
	clock   func() time.Time
	http    *http.Client

	mu    sync.Mutex
	quiet map[string]time.Time // until when a method is not to be called
}

// NewClient makes a Client of the Slack at an address, "https://slack.com".
func NewClient(slackURL string, secrets *Secrets, clock func() time.Time) *Client {
	return &Client{base: slackURL + "/api/", secrets: secrets, clock: clock, quiet: map[string]time.Time{},
		http: &http.Client{Timeout: webCall, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// call makes a call of a method, and once more with the secret read anew if Slack
// does not take it: an admin may have put in another.
func (c *Client) call(ctx context.Context, method string, do func(*slack.Client) error) error {
	if left := c.limited(method); left > 0 {
		return &app.Unavailable{Code: "ratelimited", After: left}
	}
	err := c.try(ctx, false, do)
	if errors.Is(err, app.ErrSlackNotSetUp) {
		err = c.try(ctx, true, do)
	}
	if busy, ok := errors.AsType[*app.Unavailable](err); ok && busy.After > 0 {
		c.mu.Lock()
		maps.DeleteFunc(c.quiet, func(_ string, until time.Time) bool { return until.Before(c.clock()) })
		c.quiet[method] = c.clock().Add(busy.After)
		c.mu.Unlock()
	}
	return err
}

func (c *Client) try(ctx context.Context, anew bool, do func(*slack.Client) error) error {
	secret, err := c.secrets.Secret(ctx, anew)
	switch {
	case errors.Is(err, ErrNotSetUp):
		return app.ErrSlackNotSetUp
	case err != nil:
		return &app.Unavailable{Code: "secret_unreadable"}
	}
	return outcome(do(slack.New(secret.BotToken, slack.OptionAPIURL(c.base), slack.OptionHTTPClient(c.http))))
}

func (c *Client) limited(method string) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.quiet[method].Sub(c.clock())
}

// OpenDM gives the channel of the direct messages with a user.
func (c *Client) OpenDM(ctx context.Context, user string) (channel string, err error) {
	err = c.call(ctx, "conversations.open", func(api *slack.Client) error {
		opened, _, _, err := api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
		if err == nil {
			channel = opened.ID
		}
		return err
	})
	return channel, err
}

// PostMessage posts a message about a request, in a thread or ("") as the first
// of one, and gives its stamp.
func (c *Client) PostMessage(ctx context.Context, channel, thread string, request access.RequestID, m Message) (stamp string, err error) {
	// Slack limits each channel: one who is busy keeps nobody else waiting.
	err = c.call(ctx, "chat.postMessage "+channel, func(api *slack.Client) error {
		options := m.options()
		if thread == "" {
			options = append(options, slack.MsgOptionMetadata(mark(request)))
		} else {
			// Told in the conversation, too: nobody follows a thread that they have
			// not written in.
			options = append(options, slack.MsgOptionTS(thread), slack.MsgOptionBroadcast())
		}
		var err error
		_, stamp, err = api.PostMessageContext(ctx, channel, options...)
		return err
	})
	return stamp, err
}

// UpdateMessage changes a message, and by what it is found.
func (c *Client) UpdateMessage(ctx context.Context, channel, stamp string, as slack.SlackMetadata, m Message) error {
	return c.call(ctx, "chat.update", func(api *slack.Client) error {
		_, _, _, err := api.UpdateMessageContext(ctx, channel, stamp, append(m.options(), slack.MsgOptionParse(false), slack.MsgOptionMetadata(as))...)
		return err
	})
}

// FindMessage looks for the message about a request among the latest of a
// channel, by its metadata. "" if it is not there.
func (c *Client) FindMessage(ctx context.Context, channel string, request access.RequestID) (stamp string, err error) {
	err = c.call(ctx, "conversations.history", func(api *slack.Client) error {
		said, err := api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 200, IncludeAllMetadata: true})
		if err != nil {
			return err
		}
		for _, m := range said.Messages {
			if m.Metadata.EventType == metadataEvent && m.Metadata.EventPayload[metadataRequest] == string(request) {
				stamp = m.Timestamp
				break
			}
		}
		return nil
	})
	return stamp, err
}

// OpenView opens a modal for who has just done something in Slack.
func (c *Client) OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) error {
	return c.call(ctx, "views.open", func(api *slack.Client) error {
		_, err := api.OpenViewContext(ctx, trigger, v)
		return err
	})
}

// UpdateView changes a modal, if it is still as the hash has it; "" is any.
func (c *Client) UpdateView(ctx context.Context, view, hash string, v slack.ModalViewRequest) error {
	return c.call(ctx, "views.update", func(api *slack.Client) error {
		_, err := api.UpdateViewContext(ctx, v, "", hash, view)
		return err
	})
}

// PublishHome shows someone their Home.
func (c *Client) PublishHome(ctx context.Context, user string, v slack.HomeTabViewRequest) error {
	return c.call(ctx, "views.publish", func(api *slack.Client) error {
		_, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: v})
		return err
	})
}

// The metadata by which a request's message is found again.
const (
	metadataEvent   = "latchkey_request"
	metadataRequest = "request_id"
)

// withdrawn marks a message that is no request's any more. Without metadata of its
// own a change keeps the old.
// https://docs.slack.dev/reference/methods/chat.update
var withdrawn = slack.SlackMetadata{EventType: "latchkey_withdrawn", EventPayload: map[string]any{}}

func mark(request access.RequestID) slack.SlackMetadata {
	return slack.SlackMetadata{EventType: metadataEvent, EventPayload: map[string]any{metadataRequest: string(request)}}
}

func (m Message) options() []slack.MsgOption {
	return []slack.MsgOption{slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...), slack.MsgOptionDisableMarkdown(),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
}
