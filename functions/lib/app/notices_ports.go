package app

import (
	"context"
	"strconv"
	"time"

	"latchkey/functions/lib/access"
)

// Message is one notice for one person on one channel, as the relay queues it.
// It carries ids only; the courier renders the request as it is by then.
type Message struct {
	Request access.RequestID  `json:"request_id"`
	Seq     int               `json:"seq"` // of the event it tells of
	Kind    access.NoticeKind `json:"kind"`
	To      access.PersonID   `json:"to"`
}

// Key names the message: the same event, person and kind give the same key.
func (m Message) Key(channel string) string {
	return channel + "#" + string(m.Request) + "#" + strconv.Itoa(m.Seq) + "#" + string(m.Kind) + "#" + string(m.To)
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

	AsOf   time.Time // not later than anything of it was read
	ByMail bool      // the flow takes decisions from mails
	SignIn bool      // and wants a sign-in for them
	Token  string    // of the links that decide, or "": a secret
}

// Mailer sends a letter. *Refusal: the mail service will never take it.
type Mailer interface {
	Send(ctx context.Context, l Letter) error
}
