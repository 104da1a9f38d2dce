package slack

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// span is a piece of text in one style.
type span struct {
	Text    string
	URL     string // where it leads
	Mention string // "U0ANA00000", "channel"
	Bold    bool
	Italic  bool
	Strike  bool
	Code    bool
}

// part is a paragraph.
type part struct {
	Kind  string // "", quote, pre, item
	Spans []span
}

// readMrkdwn reads Slack's markup as its clients do: what the app has not
// escaped is markup, wherever it came from
// (https://docs.slack.dev/messaging/formatting-message-text).
func (r reader) readMrkdwn(text string) []part {
	var parts []part
	for i, piece := range strings.Split(text, "```") {
		if i%2 == 1 {
			parts = append(parts, part{"pre", []span{{Text: unescape(strings.Trim(piece, "\n"))}}})
			continue
		}
		piece = strings.Trim(piece, "\n")
		if piece == "" {
			continue
		}
		for _, line := range strings.Split(piece, "\n") {
			kind := ""
			for _, mark := range []string{"&gt;", ">"} {
				if rest, quoted := strings.CutPrefix(line, mark); quoted {
					kind, line = "quote", strings.TrimPrefix(rest, " ")
					break
				}
			}
			parts = append(parts, part{kind, r.readLine(line, span{})})
		}
	}
	return parts
}

var (
	bracket  = regexp.MustCompile(`^<([^<>]+)>`)
	bareURL  = regexp.MustCompile(`^https?://[^\s<>|]+[^\s<>|.,;:!?)'"*_~]`)
	styled   = map[byte]*regexp.Regexp{'*': between(`\*`), '_': between("_"), '~': between("~"), '`': regexp.MustCompile("^`([^`]+)`")}
	scheme   = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)
	shortest = regexp.MustCompile(`^:([a-z0-9_+-]+):`)
)

// between finds what stands between two marks that touch it.
func between(mark string) *regexp.Regexp {
	return regexp.MustCompile(`^` + mark + `([^\s` + mark + `](?:[^` + mark + `]*[^\s` + mark + `])?)` + mark + `(?:$|[\s\p{P}])`)
}

// readLine reads one line; as is the style around it.
func (r reader) readLine(line string, as span) []span {
	var spans []span
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			s := as
			s.Text = unescape(plain.String())
			spans = append(spans, s)
			plain.Reset()
		}
	}
	boundary := true
	for line != "" {
		taken, found := r.markup(line, as, boundary)
		if taken > 0 {
			flush()
			spans = append(spans, found...)
			boundary, line = false, line[taken:]
			continue
		}
		plain.WriteByte(line[0])
		boundary = strings.ContainsRune(" \t([{\"'*_~-.,;:!?/", rune(line[0]))
		line = line[1:]
	}
	flush()
	return spans
}

// markup reads what a line begins with; 0 if it is text.
func (r reader) markup(line string, as span, boundary bool) (int, []span) {
	if m := bracket.FindStringSubmatch(line); m != nil {
		if s, ok := r.entity(m[1], as); ok {
			return len(m[0]), []span{s}
		}
	}
	if m := bareURL.FindString(line); m != "" && boundary {
		as.URL, as.Text = unescape(m), unescape(m)
		return len(m), []span{as}
	}
	if m := shortest.FindStringSubmatch(line); m != nil && emoji[m[1]] != "" {
		as.Text = emoji[m[1]]
		return len(m[0]), []span{as}
	}
	if pattern := styled[line[0]]; pattern != nil && boundary {
		if m := pattern.FindStringSubmatch(line); m != nil {
			taken := len(m[1]) + 2
			switch line[0] {
			case '*':
				as.Bold = true
			case '_':
				as.Italic = true
			case '~':
				as.Strike = true
			case '`':
				as.Code, as.Text = true, unescape(m[1])
				return taken, []span{as}
			}
			return taken, r.readLine(m[1], as)
		}
	}
	return 0, nil
}

// entity reads what stands between angle brackets.
func (r reader) entity(inside string, as span) (span, bool) {
	target, label, labelled := strings.Cut(inside, "|")
	label = unescape(label)
	switch {
	case strings.HasPrefix(target, "@"):
		as.Mention = target[1:]
		as.Text = "@" + r.name(as.Mention, label)
	case strings.HasPrefix(target, "#"):
		as.Mention = target[1:]
		as.Text = "#" + cmp.Or(label, as.Mention)
	case strings.HasPrefix(target, "!date^"):
		as.Text, as.URL = r.date(target, label)
	case strings.HasPrefix(target, "!"):
		as.Mention = target[1:]
		as.Text = "@" + cmp.Or(label, as.Mention)
	case scheme.MatchString(target):
		as.URL, as.Text = unescape(target), unescape(target)
		if labelled {
			as.Text = label
		}
	default:
		return as, false
	}
	return as, true
}

// date reads "!date^1392734382^{date} at {time}^https://…".
func (r reader) date(target, fallback string) (text, url string) {
	fields := strings.Split(target, "^")
	if len(fields) < 3 {
		return fallback, ""
	}
	seconds, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return fallback, ""
	}
	if len(fields) > 3 {
		url = unescape(fields[3])
	}
	return r.when(time.Unix(seconds, 0), unescape(fields[2])), url
}

// when fills in the tokens of a date.
func (r reader) when(at time.Time, format string) string {
	at = at.In(r.zone)
	day := at.Format("January 2, 2006")
	short := at.Format("Jan 2, 2006")
	long := at.Format("Monday, January 2, 2006")
	relative := func(otherwise string) string {
		now := r.now.In(r.zone)
		for days, name := range map[int]string{-1: "yesterday", 0: "today", 1: "tomorrow"} {
			if now.AddDate(0, 0, days).Format(time.DateOnly) == at.Format(time.DateOnly) {
				return name
			}
		}
		return otherwise
	}
	return strings.NewReplacer(
		"{date_num}", at.Format(time.DateOnly), "{date_slash}", at.Format("01/02/2006"), "{date_long_full}", long, "{date_long}", long,
		"{date_short_pretty}", relative(short), "{date_long_pretty}", relative(long), "{date_pretty}", relative(day),
		"{date_short}", short, "{date}", day, "{time_secs}", at.Format("3:04:05 PM"), "{time}", at.Format("3:04 PM"),
		"{day_divider_pretty}", relative(long), "{ago}", ago(r.now.Sub(at)),
	).Replace(format)
}

func ago(d time.Duration) string {
	if d < 0 {
		return "in " + (-d).Round(time.Minute).String()
	}
	return d.Round(time.Minute).String() + " ago"
}

func unescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// emoji are those that an app is likely to use.
var emoji = map[string]string{
	"white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "no_entry": "⛔", "no_entry_sign": "🚫", "warning": "⚠️",
	"hourglass": "⌛", "hourglass_flowing_sand": "⏳", "alarm_clock": "⏰", "clock1": "🕐", "lock": "🔒", "unlock": "🔓",
	"key": "🔑", "wave": "👋", "tada": "🎉", "bell": "🔔", "question": "❓", "information_source": "ℹ️", "speech_balloon": "💬",
	"link": "🔗", "rotating_light": "🚨", "large_green_circle": "🟢", "red_circle": "🔴", "white_circle": "⚪", "eyes": "👀",
	"thumbsup": "👍", "+1": "👍", "thumbsdown": "👎", "-1": "👎", "arrow_right": "➡️", "computer": "💻",
}
