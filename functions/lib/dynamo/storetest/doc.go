// Package storetest is the contract of package app's stores: every promise of
// its interfaces as a story that a store passes or breaks. It runs against
// DynamoDB Local and against a running stack.
package storetest

import (
	"testing"

	"latchkey/functions/lib/app"
)

// Stores are what the suite tries out. All of them share their data.
type Stores struct {
	Requests     app.Requests
	Entitlements app.Entitlements
	Gifts        app.Gifts
	Directory    app.Directory
	Memberships  app.Memberships
	Catalog      app.Catalog
	Devices      app.Devices
	Marks        app.Marks
	SlackLinks   app.SlackLinks
	Tickets      app.Tickets
}

// Run tries everything out. Each story gets its stores from open, which makes
// new ones.
func Run(t *testing.T, open func(t *testing.T) Stores) {
	for _, chapter := range []struct {
		name    string
		stories map[string]func(*world)
	}{
		{"requests", requestStories},
		{"races", raceStories},
		{"lists", listStories},
		{"tokens", tokenStories},
		{"entitlements", entitlementStories},
		{"people", peopleStories},
		{"memberships", membershipStories},
		{"admins", adminStories},
		{"delegations", delegationStories},
		{"catalog", catalogStories},
		{"devices", deviceStories},
		{"marks", markStories},
		{"links", linkStories},
		{"tickets", ticketStories},
	} {
		t.Run(chapter.name, func(t *testing.T) {
			for name, story := range chapter.stories {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					story(newWorld(t, open(t)))
				})
			}
		})
	}
}
