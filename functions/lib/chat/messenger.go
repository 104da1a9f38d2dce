package chat

import (
	"context"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Messenger is app.Messenger: what a Renderer makes, a Client sends.
type Messenger struct {
	Client *Client
	Render Renderer
}

var _ app.Messenger = Messenger{}

// Open gives the channel of the direct messages with a user.
func (m Messenger) Open(ctx context.Context, user string) (string, error) {
	return m.Client.OpenDM(ctx, user)
}

// Find looks for a request's message in a channel.
func (m Messenger) Find(ctx context.Context, channel string, request access.RequestID) (string, error) {
	return m.Client.FindMessage(ctx, channel, request)
}

// Post posts a request's card.
func (m Messenger) Post(ctx context.Context, channel string, c app.Card) (stamp, shown string, err error) {
	card, err := m.Render.Card(c)
	if err != nil {
		return "", "", err
	}
	if shown, err = card.digest(); err != nil {
		return "", "", err
	}
	stamp, err = m.Client.PostMessage(ctx, channel, "", c.Request.ID, card)
	return stamp, shown, err
}

// Update changes a message to a card, if it does not read so already.
func (m Messenger) Update(ctx context.Context, at app.Copy, c app.Card) (string, error) {
	card, err := m.Render.Card(c)
	if err != nil {
		return "", err
	}
	shown, err := card.digest()
	if err != nil || shown == at.Shown {
		return shown, err
	}
	return shown, m.Client.UpdateMessage(ctx, at.Channel, at.Stamp, mark(at.Request), card)
}

// Withdraw empties a message, which is not the request's any more.
func (m Messenger) Withdraw(ctx context.Context, at app.Copy) error {
	return m.Client.UpdateMessage(ctx, at.Channel, at.Stamp, withdrawn, m.Render.Withdrawn())
}

// Reply says a notice in the thread of a card.
func (m Messenger) Reply(ctx context.Context, at app.Copy, l app.Letter) error {
	notice, err := m.Render.Notice(l)
	if err != nil {
		return err
	}
	_, err = m.Client.PostMessage(ctx, at.Channel, at.Stamp, at.Request, notice)
	return err
}

// PublishHome shows someone their Home.
func (m Messenger) PublishHome(ctx context.Context, user string, h app.Home) error {
	return m.Client.PublishHome(ctx, user, m.Render.Home(h))
}
