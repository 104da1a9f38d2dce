package app

import (
	"context"
	"errors"
	"slices"

	"latchkey/functions/lib/access"
)

// Agent is the agent of a device that proved with which key it speaks.
type Agent struct {
	Device access.Device
	Key    string
}

// AgentKeys gives a device and the keys with which its agent may speak. Of a
// device that is not there it is none.
func (a *App) AgentKeys(ctx context.Context, id access.DeviceID) (access.Device, []string, error) {
	if !access.ValidID(string(id)) {
		return access.Device{}, nil, nil
	}
	doc, err := a.Devices.Device(ctx, id)
	if err != nil || !doc.Exists() {
		return access.Device{}, nil, err
	}
	return doc.Doc, doc.Doc.Keys(), nil
}

// Enrol takes the key of a device whose agent has the token that an admin was
// given for it. Whoever has none learns nothing about what devices there are.
func (a *App) Enrol(ctx context.Context, id access.DeviceID, token, key string) error {
	stranger := func() error {
		_, err := access.Device{}.Enrol("", key, access.Contact{}, a.now())
		return err
	}
	if !access.ValidID(string(id)) {
		return stranger()
	}
	_, err := a.changeDevice(ctx, access.System(access.ViaDevice), id, EventEnrolled, func(d access.Device) (access.Device, error) {
		known, err := a.Devices.Contact(ctx, id)
		if err != nil {
			return d, err
		}
		return d.Enrol(hashToken(token), key, known, a.now())
	})
	if access.CodeOf(err) == access.CodeNotFound {
		return stranger()
	}
	return err
}

// Sync is one call of an agent: it notes what the agent says, and gives what it
// is to hold from now on. nextKey, unless it is empty, is the key that is to take
// over from the agent's own.
//
// What is to be held is written down before it is answered, and looked at again
// in between: either this call sees that an end has begun, or that the key was
// replaced; or that end sees the promise, and waits for the agent to say that it
// kept no rights.
func (a *App) Sync(ctx context.Context, agent Agent, said access.Report, nextKey string) ([]access.Order, error) {
	device := agent.Device
	wants, err := a.wantsOn(ctx, device)
	if err != nil {
		return nil, err
	}
	before, err := a.Devices.Contact(ctx, device.ID)
	if err != nil {
		return nil, err
	}
	said.Key = agent.Key
	now := a.now()
	next, orders := before.Next(device, said, wants, now)
	switch err := a.Devices.PutContact(ctx, next); {
	case errors.Is(err, ErrConflict):
		return nil, access.Refuse(access.CodeStaleVersion, "A later call of this device has come already.")
	case err != nil:
		return nil, err
	}
	if err := a.turnKey(ctx, agent, nextKey); err != nil || len(orders) == 0 {
		return nil, err
	}
	_, keys, err := a.AgentKeys(ctx, device.ID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(keys, agent.Key) { // another machine was enrolled meanwhile
		return nil, access.Refuse(access.CodeUnauthenticated, "The key of this device is not good any more.")
	}
	if wants, err = a.wantsOn(ctx, device); err != nil {
		return nil, err
	}
	_, orders = before.Next(device, said, wants, now)
	return next.Promises(orders), nil
}

// turnKey makes a next key the only one once it is used, and notes a new next
// one.
func (a *App) turnKey(ctx context.Context, agent Agent, next string) error {
	device := agent.Device.Took(agent.Key)
	if next != "" && next != device.Key {
		device = device.Rotate(next)
	}
	if device.Key == agent.Device.Key && device.NextKey == agent.Device.NextKey {
		return nil
	}
	_, err := a.changeDevice(ctx, access.System(access.ViaDevice), device.ID, EventKeyChanged, func(d access.Device) (access.Device, error) {
		if d.Key != agent.Device.Key || d.NextKey != agent.Device.NextKey {
			return d, access.Refuse(access.CodeBusy, "Please try again.")
		}
		d.Key, d.NextKey = device.Key, device.NextKey
		return d, nil
	})
	return err
}

// wantsOn reads who is to have rights on a device, and until when.
func (a *App) wantsOn(ctx context.Context, d access.Device) (map[access.PersonID]access.Want, error) {
	wants := map[access.PersonID]access.Want{}
	target := access.Target{Connector: access.ConnectorDevice, ID: string(d.ID)}
	for _, account := range d.Accounts {
		holders, err := a.Entitlements.Holders(ctx, EntitlementKey{account.Person, target})
		if err != nil {
			return nil, err
		}
		var requests []access.Request
		for _, id := range holders {
			stored, err := a.Requests.Load(ctx, id)
			if err != nil {
				return nil, err
			}
			requests = append(requests, stored.Request)
		}
		if want, ok := access.WantOf(requests, a.Pace, a.now()); ok {
			wants[account.Person] = want
		}
	}
	return wants, nil
}
