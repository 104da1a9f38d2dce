package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"latchkey/functions/lib/access"
)

// Mailbox is what is known of an email address.
type Mailbox struct {
	Problem   access.EmailProblem
	ClearedAt time.Time // when an admin said that it works again; zero: never
}

// Mark names one marking of this address: another after it was cleared, and the
// address is not in it.
func (m Mailbox) Mark(email string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(email) + "\n" + m.ClearedAt.UTC().Format(time.RFC3339Nano)))
	return hex.EncodeToString(sum[:12])
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
