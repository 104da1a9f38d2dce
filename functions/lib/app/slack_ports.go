package app

import (
	"context"
	"time"

	"latchkey/functions/lib/access"
)

// SlackUser names someone in Slack: an id means something within its team only.
type SlackUser struct {
	Team string `json:"team"` // "T0123ABCD"
	ID   string `json:"id"`   // "U0123ABCD"
}

// SlackLink says as which Slack user a person acts. One Slack user is one
// person's, and the other way round.
type SlackLink struct {
	Person access.PersonID `json:"person"`
	User   SlackUser       `json:"user"`
	Name   string          `json:"name"` // as Slack had it when it was linked
	At     time.Time       `json:"at"`
}

// SlackLinks stores who is linked to whom, each link a document with a chain of
// events.
type SlackLinks interface {
	// SlackLink reads a person's link consistently; PersonBySlack whose a Slack
	// user is (ErrNotFound).
	SlackLink(ctx context.Context, person access.PersonID) (Versioned[SlackLink], error)
	PersonBySlack(ctx context.Context, user SlackUser) (access.PersonID, error)
	// EditSlackLink writes a link. ErrConflict; ErrTaken if the Slack user is
	// another person's.
	EditSlackLink(ctx context.Context, e Edit[SlackLink]) error
}

// Card is a request as one person's direct message shows it.
type Card struct {
	View           // as To may see it, with what To may do now
	To      Person // whose message it is
	Manager string // the requester's manager's name, or ""
	Support string // where to turn for help, or ""
}

// Copy is the message about a request that stands in someone's direct messages.
type Copy struct {
	Request access.RequestID
	Person  access.PersonID
	Channel string // "D0123ABCD"
	Stamp   string // Slack's "ts", which names a message in its channel; "" while it is being posted
	Version int    // of the request that it shows
}

// Copies remembers the messages, so that all of them can be changed.
type Copies interface {
	// Copy reads consistently; ErrNotFound.
	Copy(ctx context.Context, request access.RequestID, person access.PersonID) (Copy, error)
	// Copies lists all of a request, read consistently.
	Copies(ctx context.Context, request access.RequestID) ([]Copy, error)
	PutCopy(ctx context.Context, c Copy) error
}
