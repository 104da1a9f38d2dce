package chat

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"
)

// plain makes one text of what people typed, at most limit characters: valid
// UTF-8, without control characters and the invisible ones that can make a text
// look like another.
func plain(text string, limit int) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(strings.ToValidUTF8(text, ""))
	runes := []rune(strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\u200c' || r == '\u200d' {
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)))
	if len(runes) > limit {
		return strings.TrimSpace(string(runes[:limit-1])) + "…"
	}
	return string(runes)
}

// line is plain in one line.
func line(text string, limit int) string {
	return plain(strings.Join(strings.Fields(plain(text, 4*limit)), " "), limit)
}

// escaped is for the text beside the blocks, which Slack reads as mrkdwn
// (https://docs.slack.dev/messaging/formatting-message-text#escaping).
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// words is a plain_text object: Slack shows it as it stands.
func words(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func heading(text string) slack.Block { return slack.NewHeaderBlock(words(line(text, 150))) }

// note is a small line below.
func note(text string) slack.Block {
	return slack.NewContextBlock("", words(plain(text, 2000)))
}

// timer is a small line with a moment in the reader's own zone. label is ours.
func timer(label string, at time.Time) slack.Block {
	return slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType,
		label+" <!date^"+strconv.FormatInt(at.Unix(), 10)+"^"+dateFormat+"|"+fallback(at)+">", false, false))
}

// dateFormat is in Slack's own tokens
// (https://docs.slack.dev/messaging/formatting-message-text#date-formatting).
const dateFormat = "{date_short_pretty} at {time}"

// fallback is what a client shows that cannot show a time in the reader's zone.
func fallback(at time.Time) string { return at.UTC().Format("2 Jan 2006, 15:04 UTC") }

// rich is a block of rich text, in which a text is what it is and never markup.
type rich struct{ elements []slack.RichTextElement }

func (r *rich) block() slack.Block { return slack.NewRichTextBlock("", r.elements...) }

func (r *rich) empty() bool { return len(r.elements) == 0 }

// say adds a line.
func (r *rich) say(parts ...slack.RichTextSectionElement) {
	r.elements = append(r.elements, slack.NewRichTextSection(parts...))
}

// fact adds a label and its value.
func (r *rich) fact(label, value string) {
	if value != "" {
		r.say(bold(label+": "), text(value))
	}
}

// quote adds someone's own words.
func (r *rich) quote(label, value string) {
	if value == "" {
		return
	}
	r.say(bold(label))
	r.elements = append(r.elements, &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{text(value)}})
}

// list adds lines with bullets.
func (r *rich) list(lines [][]slack.RichTextSectionElement) {
	if len(lines) == 0 {
		return
	}
	items := make([]slack.RichTextElement, len(lines))
	for i, parts := range lines {
		items[i] = slack.NewRichTextSection(parts...)
	}
	r.elements = append(r.elements, slack.NewRichTextList(slack.RTEListBullet, 0, items...))
}

func text(value string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(value, nil)
}

func bold(value string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(value, &slack.RichTextSectionTextStyle{Bold: true})
}

func date(at time.Time) slack.RichTextSectionElement {
	said := fallback(at)
	return slack.NewRichTextSectionDateElement(at.Unix(), dateFormat, nil, &said)
}
