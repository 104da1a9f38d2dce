package app

import (
	"context"
	"strconv"
	"time"

	"latchkey/functions/lib/access"
)

// Message is one notice for one person on one channel, as the relay queues it.
// It carries ids only; the courier renders the request as it is by then. In
// Slack, one without a Kind only brings what stands there up to date.
type Message struct {
	Request access.RequestID  `json:"request_id"`
	Seq     int               `json:"seq"` // of the event it tells of
	Kind    access.NoticeKind `json:"kind"`
	To      access.PersonID   `json:"to"`

	// Of a notice about a person and no request: whom, and which marking of their
	// address (Mailbox.Mark).
	About   access.PersonID `json:"about,omitempty"`
	Mark    string          `json:"mark,omitempty"`
	Standby bool            `json:"standby,omitempty"` // told because those who may decide are too many
	Again   string          `json:"again,omitempty"`   // of one without a Kind that no event leads to: makes it another message
}

// Key names the message: the same event, person and kind give the same key.
func (m Message) Key(channel string) string {
	about := string(m.Request) + "#" + strconv.Itoa(m.Seq)
	if m.About != "" {
		about = "person:" + string(m.About) + "#" + m.Mark
	}
	key := channel + "#" + about + "#" + string(m.Kind) + "#" + string(m.To)
	if m.Again != "" {
		key += "#" + m.Again
	}
	return key
}

// Outbox queues messages for the couriers. The same message queued twice within
// five minutes arrives once (SQS FIFO deduplication); after that the courier's
// mark drops it.
type Outbox interface {
	Queue(ctx context.Context, messages []Message) error
}

// Letter is what a message says, as things are now.
type Letter struct {
	Kind      access.NoticeKind
	To        Person
	Request   access.Request
	Event     access.Event // what it tells of
	Resource  access.Resource
	Fields    []access.Field // of the flow's form
	Extend    bool           // more time can be asked for
	Requester Person
	Manager   string // the requester's manager's name, or ""
	By        string // name of who made the event, or "" where the reader may not know
	Support   string // where to turn for help, or ""

	// Of a notice about a person and not about a request.
	About   Person
	Problem access.EmailProblem // of their address

	AsOf   time.Time // not later than anything of it was read
	ByMail bool      // the flow takes decisions from mails
	SignIn bool      // and wants a sign-in for them
	Token  string    // of the links that decide, or "": a secret
}

// Mailer sends a letter. *Refusal: the mail service will never take it.
type Mailer interface {
	Send(ctx context.Context, l Letter) error
}

// MailLinks stores what the links in mails stand for. A decision spends one by
// Change.Link.
type MailLinks interface {
	// PutLink stores a link; one whose id is there already is ErrConflict.
	PutLink(ctx context.Context, l access.MailLink) error
	// Link reads consistently. ErrNotFound.
	Link(ctx context.Context, id string) (access.MailLink, error)
}

// Marks remembers what was sent, for a while.
type Marks interface {
	Marked(ctx context.Context, key string) (bool, error)
	Mark(ctx context.Context, key string, expires time.Time) error
}
