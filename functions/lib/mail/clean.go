package mail

import (
	"strings"
	"unicode"
)

// clean makes what someone typed fit to be read: valid UTF-8, lines ended by
// \n, no control characters, and none of the invisible ones that can make a
// text look like another (joiners stay, scripts and emoji need them).
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ").
		Replace(strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\u200c' || r == '\u200d' {
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text))
}

// line makes one line of at most limit characters, as subjects and names need.
func line(text string, limit int) string {
	runes := []rune(strings.Join(strings.Fields(clean(text)), " "))
	if len(runes) > limit {
		return strings.TrimSpace(string(runes[:limit-1])) + "…"
	}
	return string(runes)
}

// quoted marks each line as someone's own words, for plain text.
func quoted(text string) string { return "> " + strings.ReplaceAll(text, "\n", "\n> ") }
