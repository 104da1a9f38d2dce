// Package connector holds the connectors: how access is given, taken and
// observed in one kind of outside system. See app.Connector for the contract.
package connector

import (
	"context"
	"slices"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Group gives membership in a group of Latchkey's own directory. A target's id
// is the group's. Memberships that the directory itself has are foreign: they
// are told, and never touched.
type Group struct{ Memberships app.Memberships }

// Ensure adds or removes the granted membership. Nobody is made an admin by a
// grant: *app.Refusal "reserved_group".
func (g Group) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	group := access.GroupID(key.Target.ID)
	if want {
		if group == access.AdminGroup {
			return &app.Refusal{Code: "reserved_group"}
		}
		return g.Memberships.AddGranted(ctx, group, key.Person)
	}
	return g.Memberships.RemoveGranted(ctx, group, key.Person)
}

// Observe reads the person's memberships, consistently.
func (g Group) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	directory, granted, err := g.Memberships.GroupsOf(ctx, key.Person)
	group := access.GroupID(key.Target.ID)
	return app.Observation{Present: slices.Contains(granted, group), Foreign: slices.Contains(directory, group)}, err
}
