package app

import (
	"context"
	"fmt"
	"slices"

	"latchkey/functions/lib/access"
)

// DocumentKind is what kind of thing of the directory or the catalog changed.
type DocumentKind string

// What requests and messages follow. Members are those of a group.
const (
	DocumentPerson     DocumentKind = "person"
	DocumentMembers    DocumentKind = "members"
	DocumentSlackLink  DocumentKind = "slack_link"
	DocumentDelegation DocumentKind = "delegation"
	DocumentDevice     DocumentKind = "device"
	DocumentFlow       DocumentKind = "flow"
	DocumentResource   DocumentKind = "resource"
)

// Document names something that changed.
type Document struct {
	Kind DocumentKind
	ID   string // a link's and a delegation's is the person's
}

// Follow brings what is asked for, waits or is held in line with a document as it
// is now. Members are who came to a group or left it; of other documents they
// mean nothing. It may be called again for the same change.
func (a *App) Follow(ctx context.Context, d Document, members []access.PersonID) error {
	switch d.Kind {
	case DocumentPerson:
		return a.PersonChanged(ctx, access.PersonID(d.ID))
	case DocumentMembers:
		slices.Sort(members)
		return a.MembersChanged(ctx, access.GroupID(d.ID), slices.Compact(members))
	case DocumentSlackLink:
		return a.SlackLinkChanged(ctx, access.PersonID(d.ID))
	case DocumentDelegation:
		return a.DelegationChanged(ctx, access.PersonID(d.ID))
	case DocumentDevice:
		return a.DeviceChanged(ctx, access.DeviceID(d.ID))
	case DocumentFlow:
		return a.FlowChanged(ctx, access.FlowID(d.ID))
	case DocumentResource:
		return a.ResourceChanged(ctx, access.ResourceID(d.ID))
	}
	return fmt.Errorf("nobody follows a %q", d.Kind)
}
