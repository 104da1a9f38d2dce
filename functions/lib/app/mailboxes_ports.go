package app

import (
	"context"
	"time"

	"latchkey/functions/lib/access"
)

// Mailbox is what is known of an email address.
type Mailbox struct {
	Problem   access.EmailProblem
	ClearedAt time.Time // when an admin said that it works again; zero: never
}

// Mark tells one marking of an address from those after it was cleared.
func (m Mailbox) Mark() int {
	if m.ClearedAt.IsZero() {
		return 0
	}
	return int(m.ClearedAt.UnixMilli())
}

// Mailboxes remembers which email addresses mails come back from, in whatever
// case they are written. It knows nothing of whose they are.
type Mailboxes interface {
	// Mailbox reads what is known of an address, consistently; Mailboxes of many,
	// those of which something is known.
	Mailbox(ctx context.Context, email string) (Mailbox, error)
	Mailboxes(ctx context.Context, emails []string) (map[string]Mailbox, error)
	// Report remembers a problem, unless an admin cleared the address after it. Of
	// several, the earliest stays, in whatever order they come.
	Report(ctx context.Context, email string, p access.EmailProblem) error
	// Clear forgets the problem of a person's address, with an edit that says who
	// did. ErrConflict.
	Clear(ctx context.Context, e Edit[Person], at time.Time) error
}
