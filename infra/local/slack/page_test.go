package slack_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	slackgo "github.com/slack-go/slack"
)

// TestThePageShowsWhatTheAppSentAsText, and loads nothing that it names.
func TestThePageShowsWhatTheAppSentAsText(t *testing.T) {
	w := newWorld(t)
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	words := func(kind string) *slackgo.TextBlockObject {
		return slackgo.NewTextBlockObject(kind, evil+" <javascript:alert(1)|here>", false, false)
	}
	_, _, err := w.api.PostMessage(ben, slackgo.MsgOptionBlocks(
		slackgo.NewSectionBlock(words(slackgo.MarkdownType), nil, nil),
		slackgo.NewHeaderBlock(words(slackgo.PlainTextType)),
		slackgo.NewImageBlock("https://evil.example.com/pixel.png", evil, "", nil)))
	w.well(err)
	res := must[*http.Response](t)(http.Get(w.url + "/page/people/" + ben))
	defer res.Body.Close()
	var told map[string]string
	w.well(json.NewDecoder(res.Body).Decode(&told))
	for _, bad := range []string{"<script", "<img", `"javascript:`, "pixel.png"} {
		if strings.Contains(told["messages"], bad) {
			t.Errorf("the page holds %s: %s", bad, told["messages"])
		}
	}
	if !strings.Contains(told["messages"], "&lt;script&gt;alert(1)") {
		t.Errorf("the text is gone: %s", told["messages"])
	}
}

func TestThePageLetsOneBeAnyoneWhoCanUseSlack(t *testing.T) {
	w := newWorld(t)
	res := must[*http.Response](t)(http.Get(w.url + "/"))
	defer res.Body.Close()
	page := string(must[[]byte](t)(io.ReadAll(res.Body)))
	for _, name := range []string{">Ana<", "Gina Guest (guest)", "Sid Single-Channel (guest of a single channel)", "Stan Stranger (of another workspace)"} {
		if !strings.Contains(page, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"Lee Left", "Reminder Bot"} {
		if strings.Contains(page, name) {
			t.Errorf("%s can be chosen", name)
		}
	}
	if policy := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") {
		t.Errorf("the policy is %q", policy)
	}
}
