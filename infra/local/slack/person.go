package slack

import (
	"fmt"
	"strings"
)

// The workspace, another one with which it shares a channel, and what belongs to
// the app.
const (
	Team        = "T0EXAMPLE0"
	PartnerTeam = "T0PARTNER0"
	AppID       = "A0LATCHKEY"

	teamName   = "Example"
	teamDomain = "example"
	botID      = "B0LATCHKEY"
	botUser    = "U0LATCHKEY"
)

// Person is someone whom the workspace knows. The names in JSON are Slack's, see
// https://docs.slack.dev/reference/objects/user-object.
type Person struct {
	ID              string `json:"id"` // "U0ANA00000"
	TeamID          string `json:"team_id"`
	Name            string `json:"real_name"`
	Email           string `json:"email"`
	EmailConfirmed  bool   `json:"is_email_confirmed"`
	Deleted         bool   `json:"deleted"` // deactivated
	Bot             bool   `json:"is_bot"`
	Restricted      bool   `json:"is_restricted"`       // a guest
	UltraRestricted bool   `json:"is_ultra_restricted"` // a guest of a single channel
	Stranger        bool   `json:"is_stranger"`         // of another workspace, through a shared channel
}

// Change is what Control changes of a person; nil leaves it.
type Change struct {
	TeamID          *string `json:"team_id,omitempty"`
	Name            *string `json:"real_name,omitempty"`
	Email           *string `json:"email,omitempty"`
	EmailConfirmed  *bool   `json:"is_email_confirmed,omitempty"`
	Deleted         *bool   `json:"deleted,omitempty"`
	Restricted      *bool   `json:"is_restricted,omitempty"`
	UltraRestricted *bool   `json:"is_ultra_restricted,omitempty"`
	Stranger        *bool   `json:"is_stranger,omitempty"`
}

// UserID gives the id in Slack of a demo person: "ana" is U0ANA00000.
func UserID(person string) string { return slackID("U0", person) }

// DirectMessages gives the id of someone's conversation with the app.
func DirectMessages(user string) string { return "D" + strings.TrimPrefix(user, "U") }

func slackID(kind, of string) string {
	return kind + strings.ReplaceAll(fmt.Sprintf("%-8s", strings.ToUpper(of))[:8], " ", "0")
}

// Member is a person of the workspace itself.
func Member(person, name, email string) Person {
	return Person{ID: UserID(person), TeamID: Team, Name: name, Email: email, EmailConfirmed: true}
}

// Others are those whom the workspace has besides the company's people: guests, a
// bot, someone who has left, and someone of another company.
func Others() []Person {
	guest := Member("guest", "Gina Guest", "guest@example.com")
	guest.Restricted = true
	single := Member("single", "Sid Single-Channel", "single@example.com")
	single.Restricted, single.UltraRestricted = true, true
	bot := Member("robot", "Reminder Bot", "")
	bot.Bot, bot.EmailConfirmed = true, false
	left := Member("left", "Lee Left", "left@example.com")
	left.Deleted = true
	stranger := Member("stranger", "Stan Stranger", "stan@partner.example")
	stranger.TeamID, stranger.Stranger = PartnerTeam, true
	return []Person{guest, single, bot, left, stranger}
}

func (c Change) apply(p *Person) {
	set(&p.TeamID, c.TeamID)
	set(&p.Name, c.Name)
	set(&p.Email, c.Email)
	set(&p.EmailConfirmed, c.EmailConfirmed)
	set(&p.Deleted, c.Deleted)
	set(&p.Restricted, c.Restricted)
	set(&p.UltraRestricted, c.UltraRestricted)
	set(&p.Stranger, c.Stranger)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
