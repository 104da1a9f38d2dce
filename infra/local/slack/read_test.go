package slack_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

// TestMarkupThatWasNotEscapedShows, and escaped markup is text.
func TestMarkupThatWasNotEscapedShows(t *testing.T) {
	for text, want := range map[string]slack.Reading{
		"Ana &lt;!channel&gt; &amp; co":          {Text: "Ana <!channel> & co"},
		"Ana <!channel>":                         {Text: "Ana @channel", Mentions: []string{"channel"}},
		"<@" + ben + "> decided":                 {Text: "@Ben decided", Mentions: []string{ben}},
		"<https://evil.example.com|Approve>":     {Text: "Approve", Links: []slack.Link{{URL: "https://evil.example.com", Text: "Approve"}}},
		"see https://evil.example.com.":          {Text: "see https://evil.example.com.", Links: []slack.Link{{URL: "https://evil.example.com", Text: "https://evil.example.com"}}},
		"*bold* _slanted_ ~gone~ `code` 2*3*4":   {Text: "bold slanted gone code 2*3*4"},
		"<!date^1773997200^{date_num} {time}|x>": {Text: "2026-03-20 9:00 AM"},
		"<!date^soon^{date_num}|some day>":       {Text: "some day"},
		"a < b":                                  {Text: "a < b"},
		"> quoted\n&gt; quoted too":              {Text: "quoted\nquoted too"},
	} {
		w := newWorld(t)
		_, _, err := w.api.PostMessage(ben, slackgo.MsgOptionText(text, false))
		w.well(err)
		if diff := cmp.Diff(want, w.messages(ben)[0].Reading); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestRichTextIsWhatItSays(t *testing.T) {
	w := newWorld(t)
	text := func(s string) slackgo.RichTextSectionElement { return slackgo.NewRichTextSectionTextElement(s, nil) }
	_, _, err := w.api.PostMessage(ben, slackgo.MsgOptionBlocks(slackgo.NewRichTextBlock("",
		slackgo.NewRichTextSection(text("<!channel> *not bold* "), slackgo.NewRichTextSectionUserElement(ana, nil)),
		slackgo.NewRichTextList(slackgo.RTEListBullet, 0, slackgo.NewRichTextSection(text("first"))))))
	w.well(err)
	want := slack.Reading{Text: "<!channel> *not bold* @Ana\nfirst", Mentions: []string{ana}}
	if diff := cmp.Diff(want, w.messages(ben)[0].Reading); diff != "" {
		t.Error(diff)
	}
}

func TestHomeIsPublishedWhenItIsOpened(t *testing.T) {
	w := newWorld(t)
	home := slackgo.HomeTabViewRequest{Type: slackgo.VTHomeTab, Blocks: slackgo.Blocks{BlockSet: []slackgo.Block{slackgo.NewDividerBlock()}}}
	first, err := w.api.PublishView(ben, home, "")
	w.well(err)
	_, err = w.api.PublishView(ben, home, first.Hash)
	w.well(err)
	_, err = w.api.PublishView(ben, home, first.Hash)
	w.refused(err, "hash_conflict")
	_, err = w.api.PublishView("U0NOBODY00", home, "")
	w.refused(err, "invalid_arguments")
	seen := must[slack.Seen](t)(w.control.OpenHome(t.Context(), ben))
	if seen.Home == nil || seen.Home.ID != first.ID {
		t.Errorf("Ben sees %+v", seen)
	}
}

// TestAnEventThatIsNotTakenComesAgain, with the number of the time.
func TestAnEventThatIsNotTakenComesAgain(t *testing.T) {
	w := newWorld(t)
	came := make(chan string, 10)
	w.answers(func(rw http.ResponseWriter, r *http.Request) {
		w.signed(r)
		came <- fmt.Sprint(r.Header.Get("X-Slack-Retry-Num"), " ", r.Header.Get("X-Slack-Retry-Reason"))
		rw.WriteHeader(500)
	})
	must[slack.Seen](t)(w.control.OpenHome(t.Context(), ben))
	for _, want := range []string{" ", "1 http_error", "2 http_error"} {
		if got := <-came; got != want {
			t.Errorf("%q came instead of %q", got, want)
		}
	}
	var sent []slack.Delivery
	w.eventually("three deliveries", func() bool {
		sent = must[[]slack.Delivery](t)(w.control.Deliveries(t.Context()))
		return len(sent) == 3
	})
	if sent[0].Body != sent[2].Body || sent[0].Status != 500 {
		t.Errorf("sent were %+v", sent)
	}
}

func TestAnAppAnswersTheChallenge(t *testing.T) {
	w := newWorld(t)
	if seen := must[slack.Seen](t)(w.control.VerifyURL(t.Context())); seen.Acknowledged || seen.Problem == "" {
		t.Errorf("an app that says nothing: %+v", seen)
	}
	w.answers(func(rw http.ResponseWriter, r *http.Request) { fmt.Fprint(rw, w.signed(r)) })
	if seen := must[slack.Seen](t)(w.control.VerifyURL(t.Context())); !seen.Acknowledged {
		t.Errorf("an app that says it: %+v", seen)
	}
}
