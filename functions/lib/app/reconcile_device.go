package app

import (
	"context"

	"latchkey/functions/lib/access"
)

// DeviceChanged brings requests in line with a device that was revoked: what was
// asked for on it is canceled, what is held there ends.
func (a *App) DeviceChanged(ctx context.Context, id access.DeviceID) error {
	device, err := a.Devices.Device(ctx, id)
	if err != nil || device.Exists() && !device.Doc.Revoked {
		return err
	}
	recall := a.recall(deviceRevoked)
	held, err := a.heldOn(ctx, device.Doc, id)
	if err != nil {
		return err
	}
	recall.to(ctx, held)
	resources, err := a.resourcesOn(ctx, id)
	if err != nil {
		return err
	}
	for _, resource := range resources {
		recall.toEach(ctx, func(ctx context.Context, p Page) ([]access.Request, string, error) {
			return a.Requests.List(ctx, Filter{Resource: resource}, p)
		}, func(r access.Request) bool { return !r.Status.Final() && r.Target.ID == string(id) })
	}
	return recall.err()
}

// heldOn lists the requests whose access is on a device now, whatever their
// resources lead to by now.
func (a *App) heldOn(ctx context.Context, d access.Device, id access.DeviceID) ([]access.RequestID, error) {
	contact, err := a.Devices.Contact(ctx, id)
	if err != nil {
		return nil, err
	}
	people := map[access.PersonID]bool{}
	for _, account := range d.Accounts {
		people[account.Person] = true
	}
	for _, p := range contact.Accounts {
		people[p.Person] = true
	}
	var ids []access.RequestID
	for person := range people {
		held, err := a.Entitlements.HeldBy(ctx, person)
		if err != nil {
			return nil, err
		}
		for _, h := range held {
			if device, ok := h.Target.Device(); ok && device == id {
				ids = append(ids, h.Request)
			}
		}
	}
	return ids, nil
}
