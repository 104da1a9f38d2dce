package slack_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

// opens lets the app open a modal when something is pressed, and gives the
// callbacks that came.
func (w *world) opens(view slackgo.ModalViewRequest) chan slackgo.InteractionCallback {
	came := make(chan slackgo.InteractionCallback, 10)
	w.answers(func(_ http.ResponseWriter, r *http.Request) {
		p := w.payload(r)
		if p.Type == slackgo.InteractionTypeBlockActions {
			if _, err := w.api.OpenViewContext(r.Context(), p.TriggerID, view); err != nil {
				w.Error(err)
			}
		}
		came <- p
	})
	return came
}

func TestAButtonOpensAModalThatDecides(t *testing.T) {
	w := newWorld(t)
	ts := w.posted(ben)
	came := w.opens(modal(reason()))
	seen := must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
	if !seen.Acknowledged || seen.Modal == nil || seen.Modal.CallbackID != "deny" || seen.Problem != "" {
		t.Fatalf("Ben sees %+v", seen)
	}
	p := <-came
	a := p.ActionCallback.BlockActions[0]
	if p.User.ID != ben || p.User.TeamID != slack.Team || p.Team.ID != slack.Team || p.APIAppID != slack.AppID || p.Container.MessageTs != ts ||
		p.Channel.ID != slack.DirectMessages(ben) || p.Message.Timestamp != ts || a.ActionID != "approve" || a.BlockID != "decide" || a.Value != "req_1" || p.ResponseURL == "" {
		t.Errorf("the app was sent %+v, action %+v", p, a)
	}

	empty := must[slack.Seen](t)(w.control.Submit(t.Context(), ben, slack.Values{"reason": {"text": "  "}}))
	if empty.Errors["reason"] == "" || empty.Modal == nil || len(came) != 0 {
		t.Errorf("without a reason Ben sees %+v, and the app was told: %d", empty, len(came))
	}
	seen = must[slack.Seen](t)(w.control.Submit(t.Context(), ben, slack.Values{"reason": {"text": "Not <yet> & so"}}))
	if !seen.Closed || seen.Modal != nil {
		t.Errorf("afterwards Ben sees %+v", seen)
	}
	p = <-came
	if p.Type != slackgo.InteractionTypeViewSubmission || p.View.PrivateMetadata != "req_1" || p.View.State.Values["reason"]["text"].Value != "Not <yet> & so" {
		t.Errorf("the app was sent %+v", p.View)
	}
}

func TestATriggerIsGoodOnceForThreeSecondsAndInItsOwnForm(t *testing.T) {
	w := newWorld(t)
	ts := w.posted(ben)
	var trigger string
	w.answers(func(_ http.ResponseWriter, r *http.Request) { trigger = w.payload(r).TriggerID })
	press := func() {
		t.Helper()
		must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
	}
	press()
	w.passes(3 * time.Second)
	_, err := w.api.OpenView(trigger, modal())
	w.well(err)
	_, err = w.api.OpenView(trigger, modal())
	w.refused(err, "exchanged_trigger_id")
	press()
	w.passes(3*time.Second + time.Millisecond)
	_, err = w.api.OpenView(trigger, modal())
	w.refused(err, "expired_trigger_id")
	_, err = w.api.OpenView("12345.98765.abcd2358fdea", modal())
	w.refused(err, "invalid_trigger_id")
}

func TestWhoWaitsForAnAppThatDoesNotAnswerIsTold(t *testing.T) {
	for name, app := range map[string]http.HandlerFunc{
		"Operation timed out. Apps need to respond within 3 seconds.": func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); <-r.Context().Done() },
		"This app responded with Status Code 500":                     func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(500) },
	} {
		w := newWorld(t)
		ts := w.posted(ben)
		w.answers(app)
		seen := must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
		if seen.Acknowledged || seen.Problem != name {
			t.Errorf("%s: Ben sees %+v", name, seen)
		}
	}
}

func TestAnAppThatCannotBeReachedIsToldAndSentNothing(t *testing.T) {
	w := newWorld(t)
	w.answers(func(http.ResponseWriter, *http.Request) { t.Error("it was reached") })
	s := must[slack.Settings](t)(w.control.Settings(t.Context()))
	s.Unreachable = true
	w.well(w.control.Set(t.Context(), s))
	seen := must[slack.Seen](t)(w.control.Command(t.Context(), ben, "/access", "status"))
	if seen.Problem != `/access failed with the error "dispatch_failed"` {
		t.Errorf("Ben sees %q", seen.Problem)
	}
}

func TestACommandIsAnsweredToWhoeverRanItAlone(t *testing.T) {
	w := newWorld(t)
	came := make(chan slackgo.SlashCommand, 1)
	w.answers(func(rw http.ResponseWriter, r *http.Request) {
		c, err := slackgo.SlashCommandParse(r)
		w.well(err)
		came <- c
		rw.Header().Set("Content-Type", "application/json")
		rw.Write([]byte(`{"response_type": "ephemeral", "text": "You hold nothing."}`))
	})
	seen := must[slack.Seen](t)(w.control.Command(t.Context(), ana, "/access", "status"))
	if len(seen.Hidden) != 1 || seen.Hidden[0].Text != "You hold nothing." || len(w.messages(ana)) != 0 {
		t.Errorf("Ana sees %+v", seen)
	}
	c := <-came
	if c.Command != "/access" || c.Text != "status" || c.UserID != ana || c.TeamID != slack.Team || c.APIAppID != slack.AppID || c.TriggerID == "" {
		t.Errorf("the app was sent %+v", c)
	}
	for range 5 {
		_, _, err := w.api.PostMessage("", slackgo.MsgOptionResponseURL(c.ResponseURL, slackgo.ResponseTypeEphemeral), slackgo.MsgOptionText("And more.", false))
		w.well(err)
	}
	if _, _, err := w.api.PostMessage("", slackgo.MsgOptionResponseURL(c.ResponseURL, slackgo.ResponseTypeEphemeral), slackgo.MsgOptionText("Too much.", false)); err == nil {
		t.Error("a response_url is good for more than five answers")
	}
	if _, err := w.control.Command(t.Context(), ana, "/other", ""); err == nil {
		t.Error("a command that nobody has made runs")
	}
}

// TestAnAnswerToASubmissionDoesWhatItSays, and is trouble where it says nonsense.
func TestAnAnswerToASubmissionDoesWhatItSays(t *testing.T) {
	const next = `"view": {"type": "modal", "title": {"type": "plain_text", "text": "Next"}, "blocks": []}`
	for name, c := range map[string]struct {
		answer string
		check  func(slack.Seen) bool
	}{
		"nothing":          {``, func(s slack.Seen) bool { return s.Closed && s.Depth == 0 }},
		"clear":            {`{"response_action": "clear"}`, func(s slack.Seen) bool { return s.Closed && s.Depth == 0 }},
		"errors":           {`{"response_action": "errors", "errors": {"reason": "Already decided by Dina."}}`, func(s slack.Seen) bool { return s.Errors["reason"] == "Already decided by Dina." && s.Depth == 1 }},
		"update":           {`{"response_action": "update", ` + next + `}`, func(s slack.Seen) bool { return s.Depth == 1 && s.Modal.Title == "Next" }},
		"push":             {`{"response_action": "push", ` + next + `}`, func(s slack.Seen) bool { return s.Depth == 2 && s.Modal.Title == "Next" }},
		"beside no input":  {`{"response_action": "errors", "errors": {"other": "Wrong."}}`, troubled},
		"unknown action":   {`{"response_action": "explode"}`, troubled},
		"a view too large": {`{"response_action": "update", "view": {"type": "modal", "title": {"type": "plain_text", "text": "A title of more than twenty-four"}, "blocks": []}}`, troubled},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ts := w.posted(ben)
			w.opens(modal(reason()))
			must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
			w.says(c.answer)
			if seen := must[slack.Seen](t)(w.control.Submit(t.Context(), ben, slack.Values{"reason": {"text": "No"}})); !c.check(seen) {
				t.Errorf("Ben sees %+v", seen)
			}
		})
	}
}

func troubled(s slack.Seen) bool {
	return s.Problem == "We had some trouble connecting. Try again?" && s.Depth == 1
}

func TestViewsAreUpdatedUnderTheirHash(t *testing.T) {
	w := newWorld(t)
	ts := w.posted(ben)
	w.opens(modal(reason()))
	seen := must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
	_, err := w.api.UpdateView(modal(), "", seen.Modal.Hash, seen.Modal.ID)
	w.well(err)
	_, err = w.api.UpdateView(modal(), "", seen.Modal.Hash, seen.Modal.ID)
	w.refused(err, "hash_conflict")
	_, err = w.api.UpdateView(modal(), "", "", "V0NONE")
	w.refused(err, "not_found")
	must[slack.Seen](t)(w.control.Close(t.Context(), ben, false))
	_, err = w.api.UpdateView(modal(), "", "", seen.Modal.ID)
	w.refused(err, "not_found")
}

func TestNoMoreThanThreeModalsLieOnOneAnother(t *testing.T) {
	w := newWorld(t)
	words := slackgo.NewTextBlockObject(slackgo.PlainTextType, "More", false, false)
	more := modal(slackgo.NewActionBlock("b", slackgo.NewButtonBlockElement("more", "", words)))
	var pushed error
	ts := w.posted(ben)
	w.opens(more)
	must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
	w.answers(func(_ http.ResponseWriter, r *http.Request) { _, pushed = w.api.PushView(w.payload(r).TriggerID, more) })
	for _, depth := range []int{2, 3, 3} {
		if seen := must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{ActionID: "more"})); seen.Depth != depth {
			t.Errorf("%d instead of %d", seen.Depth, depth)
		}
	}
	w.refused(pushed, "push_limit_reached")
}

func TestAModalThatWantsToKnowIsToldThatItWasClosed(t *testing.T) {
	w := newWorld(t)
	ts := w.posted(ben)
	view := modal()
	view.NotifyOnClose = true
	came := w.opens(view)
	must[slack.Seen](t)(w.control.Press(t.Context(), ben, slack.Press{Message: ts, ActionID: "approve"}))
	<-came
	must[slack.Seen](t)(w.control.Close(t.Context(), ben, false))
	if p := <-came; p.Type != slackgo.InteractionTypeViewClosed || p.View.CallbackID != "deny" {
		t.Errorf("the app was sent %+v", p)
	}
}

func TestSomeoneWhoHasLeftDoesNothing(t *testing.T) {
	w := newWorld(t)
	if _, err := w.control.Command(t.Context(), slack.UserID("left"), "/access", ""); err == nil {
		t.Error("someone deactivated runs a command")
	}
}
