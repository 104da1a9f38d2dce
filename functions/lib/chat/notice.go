package chat

import (
	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Notice says what an event means to someone, below the card that shows where
// things stand.
func (p Renderer) Notice(l app.Letter) (Message, error) {
	said, err := p.words(l)
	if err != nil {
		return Message{}, err
	}
	var body rich
	body.say(bold(said.Headline))
	if said.Lead != "" {
		body.say(text(said.Lead))
	}
	for _, f := range said.Facts {
		if f.Quoted && isNews(f, l.Event) {
			body.quote(f.Label, plain(f.Text, 1500))
		}
	}
	return Message{escaped(said.Headline + ": " + said.Lead), []slack.Block{body.block()}}, nil
}

// isNews tells whether a fact is what whoever made the event said with it: the
// card above shows the rest.
func isNews(f app.Fact, e access.Event) bool {
	for _, said := range e.Texts {
		if plain(said, 1500) == plain(f.Text, 1500) {
			return true
		}
	}
	return false
}
