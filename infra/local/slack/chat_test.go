package slack_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

func TestAMessageIsPostedUpdatedAndTaken(t *testing.T) {
	w := newWorld(t)
	c, _, _, err := w.api.OpenConversation(&slackgo.OpenConversationParameters{Users: []string{ben}})
	w.well(err)
	if c.ID != slack.DirectMessages(ben) {
		t.Fatalf("the conversation is %s", c.ID)
	}
	meta := slackgo.SlackMetadata{EventType: "request", EventPayload: map[string]any{"id": "req_1"}}
	channel, ts, err := w.api.PostMessage(ben, slackgo.MsgOptionText("One", false), slackgo.MsgOptionMetadata(meta))
	w.well(err)
	_, reply, err := w.api.PostMessage(channel, slackgo.MsgOptionText("Still waiting", false), slackgo.MsgOptionTS(ts))
	w.well(err)
	_, _, _, err = w.api.UpdateMessage(channel, ts, slackgo.MsgOptionText("Two", false))
	w.well(err)

	seen := w.messages(ben)
	if len(seen) != 1 || seen[0].Text != "Two" || !seen[0].Edited || len(seen[0].Versions) != 1 || seen[0].Versions[0].Text != "One" ||
		len(seen[0].Replies) != 1 || seen[0].Replies[0].TS != reply {
		t.Errorf("Ben sees %+v", seen)
	}
	history, err := w.api.GetConversationHistory(&slackgo.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true})
	w.well(err)
	if len(history.Messages) != 1 || !reflect.DeepEqual(history.Messages[0].Metadata, meta) || history.Messages[0].BotID == "" || history.Messages[0].ReplyCount != 1 {
		t.Errorf("the history is %+v", history.Messages)
	}
	thread, _, _, err := w.api.GetConversationReplies(&slackgo.GetConversationRepliesParameters{ChannelID: channel, Timestamp: ts})
	w.well(err)
	if len(thread) != 2 || thread[1].Text != "Still waiting" {
		t.Errorf("the thread is %+v", thread)
	}
	_, _, err = w.api.DeleteMessage(channel, ts)
	w.well(err)
	if left := w.messages(ben); len(left) != 0 {
		t.Errorf("left are %+v", left)
	}
}

func TestHistoryComesInPages(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.posted(ben)
	}
	var all []string
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		page, err := w.api.GetConversationHistory(&slackgo.GetConversationHistoryParameters{ChannelID: slack.DirectMessages(ben), Limit: 2, Cursor: cursor})
		w.well(err)
		for _, m := range page.Messages {
			all = append(all, m.Timestamp)
		}
		cursor = page.ResponseMetaData.NextCursor
	}
	if len(all) != 5 || all[0] < all[4] {
		t.Errorf("the history is %v", all)
	}
}

func TestWhatTheAppMayNotDoIsRefused(t *testing.T) {
	w := newWorld(t)
	ts := w.posted(ben)
	said := must[slack.Message](t)(w.control.Say(t.Context(), ben, "Hello?"))
	post := func(to string, more ...slackgo.MsgOption) error {
		_, _, err := w.api.PostMessage(to, append(more, slackgo.MsgOptionText("x", false))...)
		return err
	}
	update := func(channel, ts string) error {
		_, _, _, err := w.api.UpdateMessage(channel, ts, slackgo.MsgOptionText("x", false))
		return err
	}
	open := func(user string) error {
		_, _, _, err := w.api.OpenConversation(&slackgo.OpenConversationParameters{Users: []string{user}})
		return err
	}
	dm := slack.DirectMessages(ben)
	for name, c := range map[string]struct {
		got  error
		want string
	}{
		"to nobody":                      {post("U0NOBODY00"), "channel_not_found"},
		"to a conversation of nobody":    {post("D0NOBODY00"), "channel_not_found"},
		"to someone who has left":        {post(slack.UserID("left")), "channel_not_found"},
		"to someone of another company":  {post(slack.UserID("stranger")), "channel_not_found"},
		"to a channel that it is not in": {post("C0GENERAL0"), "not_in_channel"},
		"in a thread that is not there":  {post(ben, slackgo.MsgOptionTS("1.000001")), "thread_not_found"},
		"a message that is not there":    {update(dm, "1.000001"), "message_not_found"},
		"a message in a user":            {update(ben, ts), "channel_not_found"},
		"somebody's own message":         {update(dm, said.TS), "cant_update_message"},
		"talking to nobody":              {open("U0NOBODY00"), "user_not_found"},
		"talking to someone who left":    {open(slack.UserID("left")), "user_disabled"},
		"talking to a bot":               {open(slack.UserID("robot")), "cannot_dm_bot"},
	} {
		if c.got == nil || c.got.Error() != c.want {
			t.Errorf("%s: %v instead of %s", name, c.got, c.want)
		}
	}
	w.well(post(slack.UserID("guest")))
}

func TestATokenThatIsNotGoodOpensNothing(t *testing.T) {
	w := newWorld(t)
	try := func(token string) error {
		_, err := slackgo.New(token, slackgo.OptionAPIURL(w.url+"/api/")).AuthTest()
		return err
	}
	w.well(try(w.app.BotToken))
	w.refused(try(""), "not_authed")
	w.refused(try("xoxb-other"), "invalid_auth")
	s := must[slack.Settings](t)(w.control.Settings(t.Context()))
	for _, standing := range []string{"token_revoked", "account_inactive"} {
		s.Token = standing
		w.well(w.control.Set(t.Context(), s))
		w.refused(try(w.app.BotToken), standing)
	}
	s.Token, s.Scopes = "", []string{"users:read"}
	w.well(w.control.Set(t.Context(), s))
	_, answer := w.raw("chat.postMessage", `{"channel": "`+ben+`", "text": "x"}`)
	if answer["error"] != "missing_scope" || answer["needed"] != "chat:write" || answer["provided"] != "users:read" {
		t.Errorf("without the scope it says %v", answer)
	}
}

func TestTheWebAPITakesFormsAndJSONWhereSlackDoes(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct{ method, body, want string }{
		"no such method":        {"chat.shout", `{}`, "unknown_method"},
		"JSON with a mistake":   {"chat.postMessage", `{`, "invalid_json"},
		"JSON that is nothing":  {"chat.postMessage", `null`, "invalid_json"},
		"JSON where one reads":  {"users.info", `{"user": "` + ben + `"}`, "user_not_found"},
		"blocks that are none":  {"chat.postMessage", `{"channel": "` + ben + `", "blocks": "x"}`, "invalid_blocks_format"},
		"metadata without type": {"chat.postMessage", `{"channel": "` + ben + `", "text": "x", "metadata": {"event_payload": {}}}`, "invalid_metadata_schema"},
	} {
		if _, answer := w.raw(c.method, c.body); answer["error"] != c.want {
			t.Errorf("%s: %v instead of %s", name, answer, c.want)
		}
	}
	if _, answer := w.raw("chat.postMessage", `{"channel": "`+ben+`", "text": "x"}`); answer["ok"] != true {
		t.Errorf("JSON where one writes: %v", answer)
	}
}

func TestUsersAreAsTheWorkspaceHasThem(t *testing.T) {
	w := newWorld(t)
	guest, err := w.api.GetUserInfo(slack.UserID("single"))
	w.well(err)
	stranger, err := w.api.GetUserInfo(slack.UserID("stranger"))
	w.well(err)
	left, err := w.api.GetUserInfo(slack.UserID("left"))
	w.well(err)
	robot, err := w.api.GetUserInfo(slack.UserID("robot"))
	w.well(err)
	if !guest.IsRestricted || !guest.IsUltraRestricted || !stranger.IsStranger || stranger.TeamID != slack.PartnerTeam || !left.Deleted || !robot.IsBot {
		t.Errorf("they are %+v, %+v, %+v, %+v", guest, stranger, left, robot)
	}
	_, err = w.api.GetUserByEmail("ben@example.com")
	w.refused(err, "missing_scope")
	s := must[slack.Settings](t)(w.control.Settings(t.Context()))
	s.Scopes = append(s.Scopes, "users:read.email")
	w.well(w.control.Set(t.Context(), s))
	found, err := w.api.GetUserByEmail("BEN@example.com")
	w.well(err)
	if found.ID != ben || found.Profile.Email != "ben@example.com" {
		t.Errorf("it found %+v", found)
	}
	_, err = w.api.GetUserByEmail("left@example.com")
	w.refused(err, "users_not_found")
	yes := true
	w.well(w.control.Change(t.Context(), ben, slack.Change{Deleted: &yes}))
	_, err = w.api.GetUserByEmail("ben@example.com")
	w.refused(err, "users_not_found")
}

func TestTooMuchIsLimitedAndWaits(t *testing.T) {
	w := newWorld(t)
	var err error
	sent := 0
	for ; err == nil && sent < 100; sent++ {
		_, _, err = w.api.PostMessage(ben, slackgo.MsgOptionText("x", false))
	}
	limited, is := err.(*slackgo.RateLimitedError)
	if !is || limited.RetryAfter != time.Second || sent != 6 {
		t.Fatalf("after %d messages: %v", sent, err)
	}
	_, _, err = w.api.PostMessage(ana, slackgo.MsgOptionText("x", false))
	w.well(err)
	w.passes(limited.RetryAfter)
	_, _, err = w.api.PostMessage(ben, slackgo.MsgOptionText("x", false))
	w.well(err)

	ts := w.messages(ben)[0].TS
	for sent, err = 0, nil; err == nil && sent < 200; sent++ {
		_, _, _, err = w.api.UpdateMessage(slack.DirectMessages(ben), ts, slackgo.MsgOptionText("y", false))
	}
	if _, is := err.(*slackgo.RateLimitedError); !is || sent != 51 {
		t.Errorf("after %d updates: %v", sent, err)
	}
	s := must[slack.Settings](t)(w.control.Settings(t.Context()))
	s.Pace = 0
	w.well(w.control.Set(t.Context(), s))
	for range 100 {
		_, _, _, err = w.api.UpdateMessage(slack.DirectMessages(ben), ts, slackgo.MsgOptionText("z", false))
		w.well(err)
	}
}

func TestTroublesComeInOrderAndAreTold(t *testing.T) {
	w := newWorld(t)
	w.well(w.control.Meet(t.Context(),
		slack.Trouble{Method: "chat.postMessage", Status: 429, RetryAfter: 7, Times: 1},
		slack.Trouble{Method: "chat.postMessage", Status: 500, Times: 1},
		slack.Trouble{Method: "chat.postMessage", Error: "internal_error", Times: 1},
		slack.Trouble{Method: "chat.postMessage", Status: 503, Late: true, Times: 1},
		slack.Trouble{Method: "chat.postMessage", Hang: true, Times: 1}))
	client := slackgo.New(w.app.BotToken, slackgo.OptionAPIURL(w.url+"/api/"), slackgo.OptionHTTPClient(&http.Client{Timeout: 100 * time.Millisecond}))
	var errs []error
	for range 6 {
		_, _, err := client.PostMessage(ben, slackgo.MsgOptionText("x", false))
		errs = append(errs, err)
	}
	limited, is := errs[0].(*slackgo.RateLimitedError)
	if !is || limited.RetryAfter != 7*time.Second || errs[1] == nil || errs[2].Error() != "internal_error" || errs[3] == nil || errs[4] == nil || errs[5] != nil {
		t.Errorf("it met %v", errs)
	}
	if there := w.messages(ben); len(there) != 2 {
		t.Errorf("%d messages are there, not the late one and the last", len(there))
	}
	calls := must[[]slack.Call](t)(w.control.Calls(t.Context(), "chat.postMessage"))
	var statuses []int
	for _, c := range calls {
		statuses = append(statuses, c.Status)
		var args map[string]string
		if json.Unmarshal(c.Args, &args) != nil || args["channel"] != ben || args["token"] != "" {
			t.Errorf("a call is told as %s", c.Args)
		}
	}
	if !reflect.DeepEqual(statuses, []int{429, 500, 200, 503, 0, 200}) {
		t.Errorf("it answered %v", statuses)
	}
	if err := w.control.Meet(t.Context(), slack.Trouble{}); err == nil {
		t.Error("a trouble that is none is taken")
	}
	w.well(w.control.Reset(t.Context()))
	if there := w.messages(ben); len(there) != 0 {
		t.Errorf("after a reset there are %v", there)
	}
}
