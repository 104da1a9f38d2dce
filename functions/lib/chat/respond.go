package chat

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/app"
)

// Said is a message of one text, which is shown as it stands.
func Said(text string) Message {
	return Message{escaped(text), []slack.Block{slack.NewSectionBlock(words(plain(text, 3000)), nil, nil)}}
}

// responders are where Slack has what it calls a response_url.
var responders = []string{"https://hooks.slack.com", "https://hooks.slack-gov.com"}

// Respond answers a press by its response_url: with something that only who
// pressed sees, beside the message. Who knows such an address can say something in
// Slack: it stands in no error. One that is not Slack's is not called.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (c *Client) Respond(ctx context.Context, address string, m Message) error {
	if !c.responds(address) {
		return &app.Refusal{Code: "response_url"}
	}
	body, err := json.Marshal(slack.WebhookMessage{Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks},
		ResponseType: slack.ResponseTypeEphemeral, ReplaceOriginal: false})
	if err != nil {
		return err
	}
	call, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return &app.Refusal{Code: "response_url"}
	}
	call.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(call)
	if err != nil {
		return &app.Unavailable{Code: "unreachable"}
	}
	_ = answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusOK:
		return nil
	case answer.StatusCode == http.StatusTooManyRequests:
		return &app.Unavailable{Code: "ratelimited", After: time.Second}
	case answer.StatusCode >= http.StatusInternalServerError:
		return &app.Unavailable{Code: "unreachable"}
	}
	return &app.Refusal{Code: "response_url"}
}

// responds tells whether an address is Slack's, or on the host of the Web API.
func (c *Client) responds(address string) bool {
	asked, err := url.Parse(address)
	if err != nil || asked.User != nil {
		return false
	}
	origin := asked.Scheme + "://" + asked.Host
	own, err := url.Parse(c.base)
	if err == nil && origin == own.Scheme+"://"+own.Host {
		return true
	}
	for _, slacks := range responders {
		if origin == slacks {
			return true
		}
	}
	return false
}
