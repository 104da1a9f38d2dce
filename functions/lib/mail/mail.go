// Package mail sends Latchkey's letters through Amazon SES v2.
//
// It implements app.Mailer. A letter is rendered as plain text and HTML from
// the templates in this folder: one layout for each form, and for each
// access.NoticeKind one file of words that both forms use. The letters of a
// request refer to one id, so that a mail client shows them as one thread. They
// link to the portal and to nothing else. README.md shows them.
//
// The package imports access, app and the SDK. No address and no text of a
// letter stands in its errors.
package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"

	"latchkey/functions/lib/app"
)

// SendEmail is what is used of SES: one function and not its client, of which
// the linker would keep every method (see dynamo.New).
type SendEmail func(context.Context, *sesv2.SendEmailInput, ...func(*sesv2.Options)) (*sesv2.SendEmailOutput, error)

// Config says from whom letters come and where their links lead.
type Config struct {
	Sender    string // a verified address, with or without a name: "it@example.com"
	PortalURL string // "https://access.example.com", with or without a path

	ConfigurationSet string // of SES, which says what came back; or ""
}

// Mailer is app.Mailer on SES.
type Mailer struct {
	send SendEmail
	from string
	host string // of the sender's address: the right side of ids
	set  *string
	renderer
}

var _ app.Mailer = (*Mailer)(nil)

// New makes a Mailer. It refuses a sender that is no address and a portal
// address that is not http or https.
func New(send SendEmail, c Config) (*Mailer, error) {
	from, err := netmail.ParseAddress(c.Sender)
	if err != nil {
		return nil, errors.New("mail: the sender is not an email address")
	}
	_, host, _ := strings.Cut(from.Address, "@")
	if from.Name == "" {
		from.Name = "Latchkey"
	}
	r, err := newRenderer(c.PortalURL)
	if err != nil {
		return nil, err
	}
	m := &Mailer{send: send, from: from.String(), host: host, renderer: r}
	if c.ConfigurationSet != "" {
		m.set = &c.ConfigurationSet
	}
	return m, nil
}

// Send renders a letter and hands it to SES. An *app.Refusal says that SES will
// never take it; any other error may pass.
func (m *Mailer) Send(ctx context.Context, l app.Letter) error {
	if l.To.Email == "" {
		return &app.Refusal{Code: "no_address"}
	}
	page, err := m.render(l)
	if err != nil {
		return err
	}
	_, err = m.send(ctx, &sesv2.SendEmailInput{
		FromEmailAddress:     &m.from,
		ConfigurationSetName: m.set,
		Destination:          &types.Destination{ToAddresses: []string{l.To.Email}},
		Content: &types.EmailContent{Simple: &types.Message{
			Subject: utf8(page.Subject),
			Body:    &types.Body{Text: utf8(page.Text), Html: utf8(page.HTML)},
			Headers: m.headers(subjectOf(l)),
		}},
	})
	return refusal(err)
}

// subjectOf names what a letter is about: a request, or a person.
func subjectOf(l app.Letter) string {
	if l.About.ID != "" {
		return "person-" + string(l.About.ID)
	}
	return string(l.Request.ID)
}

// headers makes the letters about one thing one thread (RFC 5322, 3.6.4), filterable
// (RFC 2919), and not worth an out-of-office reply (RFC 3834). SES makes the
// Message-ID itself, so the thread hangs on an id that no letter has.
func (m *Mailer) headers(about string) []types.MessageHeader {
	thread := "<" + about + "@" + m.host + ">"
	return []types.MessageHeader{
		header("In-Reply-To", thread),
		header("References", thread),
		header("List-Id", "Latchkey <latchkey."+m.host+">"),
		header("Auto-Submitted", "auto-generated"),
	}
}

func header(name, value string) types.MessageHeader {
	return types.MessageHeader{Name: &name, Value: &value}
}

func utf8(text string) *types.Content {
	charset := "UTF-8"
	return &types.Content{Data: &text, Charset: &charset}
}

// portal checks the portal's address and gives it without a slash at its end.
func portal(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("mail: %q is not the address of a portal", address)
	}
	return strings.TrimRight(u.String(), "/"), nil
}
