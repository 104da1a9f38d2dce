package chat

import (
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/app"
)

// What Slack says of a message that is gone or not the bot's, and of what may
// pass. https://docs.slack.dev/reference/methods/chat.update,
// https://docs.slack.dev/reference/methods/chat.postMessage
var (
	lost = []string{"message_not_found", "channel_not_found", "cant_update_message", "edit_window_closed", "thread_not_found",
		"cannot_reply_to_message", "is_archived", "not_in_channel", "is_inactive"}
	passing = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
		"accesslimited", "external_channel_migrating", "message_limit_exceeded"}
	limiting = []string{"ratelimited", "rate_limited"}
)

// word is how Slack names what went wrong. What is not such a word is not
// repeated: it may hold anything.
var word = regexp.MustCompile(`^[a-z_]{1,60}$`)

// limitedFor is for how long a method is left alone that Slack limits without
// saying how long.
const limitedFor = 30 * time.Second

// outcome says what an answer of the Web API means. A code that is not known is
// final: it says that the call is wrong, and the same call would be again.
func outcome(err error) error {
	var said slack.SlackErrorResponse
	var busy *slack.RateLimitedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &busy):
		return &app.Unavailable{Code: "ratelimited", After: max(busy.RetryAfter, time.Second)}
	case errors.Is(err, slack.ErrParametersMissing), errors.Is(err, slack.ErrBlockIDNotUnique):
		return &app.Refusal{Code: "invalid_arguments"}
	case !errors.As(err, &said):
		return &app.Unavailable{Code: "unreachable"}
	case slices.Contains(limiting, said.Err):
		return &app.Unavailable{Code: "ratelimited", After: limitedFor}
	case slices.Contains(passing, said.Err):
		return &app.Unavailable{Code: said.Err}
	case slices.Contains(lost, said.Err):
		return app.ErrCopyLost
	case slices.Contains(appRefused, said.Err):
		return app.ErrSlackNotSetUp
	case !word.MatchString(said.Err):
		return &app.Refusal{Code: "unknown"}
	}
	return &app.Refusal{Code: said.Err}
}
