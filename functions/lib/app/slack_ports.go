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

// Card is a request as one person's direct message shows it, as things are now.
type Card struct {
	View
	Letter  Letter       // where it stands, for its reader; without a Kind where no notice says that
	Decided access.Event // what settled it, if the reader may know; else the zero Event
	More    access.Event // the last verdict on more time, likewise
}

// Home is what Slack shows someone who opens the app.
type Home struct {
	Person   Person
	Tasks    []View       // that wait for them, a few
	Requests []View       // of theirs that are not over, a few
	Held     []HeldAccess // what they have now, a few
	MayAsk   bool         // something is open to them
	Support  string       // where to turn for help, or ""
}

// Wording is what a notice says, in words that all channels share.
type Wording struct {
	Headline string
	Lead     string
	Facts    []Fact
}

// Fact is a label and its value. Quoted: the value is someone's own words.
type Fact struct {
	Label  string
	Text   string
	Quoted bool
}

// Copy is the message about a request that stands in someone's direct messages.
type Copy struct {
	Request access.RequestID
	Person  access.PersonID
	Channel string // "D0123ABCD"
	Stamp   string // Slack's "ts", which names a message in its channel; "" while it is being posted
	Version int    // of the request that it shows
	Seq     int    // of the event because of which it was posted
}

// Copies remembers the messages, so that all of them can be changed.
type Copies interface {
	// Copy reads consistently; ErrNotFound.
	Copy(ctx context.Context, request access.RequestID, person access.PersonID) (Copy, error)
	// Copies lists all of a request, read consistently.
	Copies(ctx context.Context, request access.RequestID) ([]Copy, error)
	// PutCopy writes a copy over the one that was read before, which is the zero
	// Copy if there was none. ErrConflict if it is another by now.
	PutCopy(ctx context.Context, before, after Copy) error
	// DropCopy forgets a copy, under the same condition.
	DropCopy(ctx context.Context, c Copy) error
}
