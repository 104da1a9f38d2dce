package app

import (
	"context"
	"errors"
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
	Person    access.PersonID `json:"person"`
	User      SlackUser       `json:"user"`
	Name      string          `json:"name"`      // as Slack had it when it was linked
	Workspace string          `json:"workspace"` // the team's name then
	At        time.Time       `json:"at"`
}

// SlackLinks stores who is linked to whom, each link a document with a chain of
// events.
type SlackLinks interface {
	// SlackLink reads a person's link consistently, and LinksOf those of several, in
	// no order, as far as there are any; PersonBySlack whose a Slack user is
	// (ErrNotFound).
	SlackLink(ctx context.Context, person access.PersonID) (Versioned[SlackLink], error)
	LinksOf(ctx context.Context, people []access.PersonID) ([]SlackLink, error)
	PersonBySlack(ctx context.Context, user SlackUser) (access.PersonID, error)
	// EditSlackLink writes a link, or removes it. ErrConflict, also if the person is
	// not active; ErrTaken if the Slack user is another person's.
	EditSlackLink(ctx context.Context, e Edit[SlackLink]) error
	// DismissPerson is EditPerson for who may act no longer, and takes their link
	// with it: link removes what is there, or is Before alone if nothing is.
	// ErrConflict if either is not as it was read.
	DismissPerson(ctx context.Context, e Edit[Person], link Edit[SlackLink]) error
}

// Ticket lets a person finish, once, a sign-in with Slack that they began.
type Ticket struct {
	Key     string // hex(SHA-256(state)); the state is in no store and in no log
	Person  access.PersonID
	Nonce   string // what Slack's ID token must repeat
	Expires time.Time
}

// Tickets keeps them.
type Tickets interface {
	PutTicket(ctx context.Context, t Ticket) error
	// TakeTicket removes a person's ticket and gives it, to one caller only.
	// ErrNotFound, also for another person's; ErrUnknown: it may be gone. One that
	// has expired may still be there.
	TakeTicket(ctx context.Context, key string, person access.PersonID) (Ticket, error)
}

// What Slack's sign-in answers beside what passes (*Unavailable).
var (
	ErrSlackNotSetUp = errors.New("slack is not set up")             // its secret has no value yet
	ErrSlackSignIn   = errors.New("slack does not vouch for anyone") // a code it does not take, an ID token that does not hold
	ErrSlackStranger = errors.New("not of the workspace")            // the bot's workspace knows no such user
)

// SlackSignIn is Sign in with Slack (OpenID Connect), and what Slack tells of who
// signed in. https://docs.slack.dev/authentication/sign-in-with-slack/
type SlackSignIn interface {
	// Page gives the address at which a person signs in. ErrSlackNotSetUp.
	Page(ctx context.Context, s access.Settings, state, nonce string) (string, error)
	// Claims exchanges a code for what Slack vouches for, once it has checked that
	// Slack says it to this app, now, and in answer to this nonce. ErrSlackNotSetUp,
	// ErrSlackSignIn, *Unavailable.
	Claims(ctx context.Context, s access.Settings, code, nonce string) (SlackClaims, error)
	// Member reads a user as their workspace has them. ErrSlackStranger,
	// ErrSlackNotSetUp, *Unavailable.
	Member(ctx context.Context, user SlackUser) (SlackMember, error)
}

// SlackClaims are the parts of Slack's ID token that matter.
type SlackClaims struct {
	User          SlackUser
	Workspace     string // the team's name
	Name          string
	Email         string
	EmailVerified bool
}

// SlackMember is a user as their workspace has them.
type SlackMember struct {
	User     SlackUser
	Name     string
	Deleted  bool // deactivated
	Bot      bool
	Guest    bool // of one channel or several
	Stranger bool // of another workspace, in a shared channel
}

// Card is a request as one person's direct message shows it, as things are now.
type Card struct {
	View
	Letter  Letter       // where it stands, for its reader; without a Kind where no notice says that
	Decided access.Event // what settled it, if the reader may know; else the zero Event
	More    access.Event // the last verdict on more time, likewise
	Standby bool         // the reader is told because those who may decide are too many
}

// ErrCopyLost: the message is not there any more, or not Latchkey's to change.
var ErrCopyLost = errors.New("the message is gone")

// Messenger speaks in people's direct messages. Beside what is said at each call
// it answers *Unavailable where trying again may help, after that time;
// *Refusal where Slack will never take it; and ErrSlackNotSetUp.
type Messenger interface {
	// Open gives the channel of the direct messages with a user ("U0123ABCD").
	Open(ctx context.Context, user string) (channel string, err error)
	// Find looks for a request's message in a channel, and not for one that was
	// withdrawn: its stamp, or "".
	Find(ctx context.Context, channel string, request access.RequestID) (stamp string, err error)
	// Post and Update give a digest of what the message reads, for Copy.Shown.
	Post(ctx context.Context, channel string, c Card) (stamp, shown string, err error)
	// Update and Withdraw change a message: to a card, or to nothing but that it is
	// no longer for its reader. One that reads so already, as its Copy has it, is not
	// updated. Reply says something in its thread. ErrCopyLost.
	Update(ctx context.Context, at Copy, c Card) (shown string, err error)
	Withdraw(ctx context.Context, at Copy) error
	Reply(ctx context.Context, at Copy, l Letter) error
	PublishHome(ctx context.Context, user string, h Home) error
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
	User    string // as which the person had it, "U0123ABCD"
	Channel string // "D0123ABCD"
	Stamp   string // Slack's "ts", which names a message in its channel; "" while it is being posted
	Version int    // of the request that it shows
	Shown   string // a digest of what it reads, which depends on more than the version; "": not known
	Seq     int    // of the event because of which it was posted
	Standby bool   // its reader is told because those who may decide are too many
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

	// Owe notes a debt until it is paid; both may be repeated. Debts lists some of
	// one of the Shards, read consistently, at most limit.
	Owe(ctx context.Context, d SlackDebt) error
	Debts(ctx context.Context, shard, limit int) ([]SlackDebt, error)
	Pay(ctx context.Context, d SlackDebt) error
}

// SlackDebt is an event that was not passed on to Slack, or came while Slack was
// switched off.
type SlackDebt struct {
	Request access.RequestID
	Seq     int
	Quiet   bool // only what stands there is to be brought up to date: nobody is told
}

// Replays remembers what came, for a while, so that it counts once.
type Replays interface {
	// Once notes a key and tells whether it is noted for the first time: of any
	// number of calls with a key one is told so. It is noted until it expires, and
	// maybe a while longer.
	Once(ctx context.Context, key string, expires time.Time) (bool, error)
}
