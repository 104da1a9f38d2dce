package chat

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Message is a message to post: its blocks, and the text that notifications and
// screen readers use instead.
type Message struct {
	Text   string
	Blocks []slack.Block
}

// digest names what a message reads.
func (m Message) digest() (string, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("chat: %w", err)
	}
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:16]), nil
}

// Renderer makes Block Kit values of what Latchkey has to say. It reads nothing
// and keeps nothing.
type Renderer struct {
	portal string
	words  func(app.Letter) (app.Wording, error)
}

// NewRenderer makes a Renderer that links to the portal and says notices in the
// words that the channels share. It refuses an address that is not http or https.
func NewRenderer(portal string, words func(app.Letter) (app.Wording, error)) (Renderer, error) {
	u, err := url.Parse(portal)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return Renderer{}, errors.New("chat: the portal's address is none")
	}
	return Renderer{strings.TrimRight(u.String(), "/"), words}, nil
}

// ActionView is the action_id of buttons that open the portal. Slack tells of
// their clicks too, and only wants to know that it was heard.
const ActionView = "view"

// ActionRequest is the action_id of the button that opens the request form.
const ActionRequest = "request"

// labels are what the buttons say.
var labels = map[access.Action]string{
	access.ActApprove: "Approve", access.ActDeny: "Deny", access.ActAsk: "Ask",
	access.ActApproveExtension: "Approve more time", access.ActDenyExtension: "Deny more time",
	access.ActAnswer: "Answer", access.ActStart: "Start session", access.ActExtend: "Extend",
	access.ActEnd: "End access", access.ActCancel: "Cancel request",
}

// order is the order of the buttons after View.
var order = []access.Action{access.ActApprove, access.ActDeny, access.ActAsk, access.ActApproveExtension, access.ActDenyExtension,
	access.ActAnswer, access.ActStart, access.ActExtend, access.ActEnd, access.ActCancel}

// viewDetails leads to the portal, from a message.
const viewDetails = "View access request details"

// buttons gives what the reader may do now, after the way to the portal.
func (p Renderer) buttons(r access.Request, view string, allowed []access.Action) slack.Block {
	portal := slack.NewButtonBlockElement(ActionView, Ref{Request: r.ID}.String(), words(view)).WithURL(p.link(r.ID))
	elements := []slack.BlockElement{portal}
	for _, action := range order {
		if slices.Contains(allowed, action) {
			elements = append(elements, button(action, r))
		}
	}
	return slack.NewActionBlock("", elements...)
}

func button(action access.Action, r access.Request) *slack.ButtonBlockElement {
	ref := Ref{Action: action, Request: r.ID, Version: r.Version}
	b := slack.NewButtonBlockElement(string(action), ref.String(), words(labels[action]))
	switch action {
	case access.ActApprove, access.ActApproveExtension, access.ActStart:
		b.WithStyle(slack.StylePrimary)
	case access.ActDeny, access.ActDenyExtension:
		b.WithStyle(slack.StyleDanger)
	case access.ActCancel:
		b.WithConfirm(slack.NewConfirmationBlockObject(words("Cancel this request?"),
			words("It is withdrawn, and nobody decides it any more."), words("Cancel request"), words("Keep it")))
	}
	return b
}

func (p Renderer) link(id access.RequestID) string {
	return p.portal + "/requests/" + url.PathEscape(string(id))
}

func nameOf(r access.Resource, id access.ResourceID) string {
	if r.Name == "" {
		return line(string(id), 60)
	}
	return line(r.Name, 60)
}
