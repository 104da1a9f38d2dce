package connector

import (
	"context"
	"fmt"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Device gives administrator rights on a device. It calls nobody: the device's
// agent asks what is wanted every few seconds, and says what is there. A target's
// id is the device's.
//
// What is wanted on a device is read from the holders of its entitlements when
// the agent asks, so the wish must be stored before Ensure is called, as it is
// for every connector. Ensure waits for the agent to say that it is so.
type Device struct {
	Devices app.Devices
	Clock   func() time.Time
	Pause   func(context.Context, time.Duration) error
	Pace    access.Pace
}

// Ensure waits for the agent to call and to say that it is so. *app.Unavailable
// "device_offline" if it has not called for a while, "not_acknowledged" if it has.
// Nobody is given rights on a device that is not there or not enrolled, or where
// they have no account: *app.Refusal "unknown_device", "not_enrolled", "no_account".
func (d Device) Ensure(ctx context.Context, key app.EntitlementKey, want bool) error {
	if want {
		if err := d.possible(ctx, key); err != nil {
			return err
		}
	}
	patience := 2*d.Pace.Poll + d.Pace.Poll/2
	before, err := d.contact(ctx, key)
	if err != nil {
		return err
	}
	for began := d.Clock(); ; {
		contact, err := d.contact(ctx, key)
		switch {
		case err != nil:
			return err
		case contact.SeenAt.After(before.SeenAt) && observed(contact, key).Meets(want):
			return nil
		case contact.Offline(d.Pace, d.Clock()):
			return &app.Unavailable{Code: access.FailureDevice}
		case d.Clock().Sub(began) >= patience:
			return &app.Unavailable{Code: "not_acknowledged"}
		}
		if err := d.Pause(ctx, d.Pace.Poll/10); err != nil {
			return err
		}
	}
}

// possible refuses what no agent can do.
func (d Device) possible(ctx context.Context, key app.EntitlementKey) error {
	id, _ := key.Target.Device()
	device, err := d.Devices.Device(ctx, id)
	if err != nil {
		return fmt.Errorf("device %s: %w", id, err)
	}
	_, has := device.Doc.Account(key.Person)
	switch {
	case !device.Exists():
		return &app.Refusal{Code: "unknown_device"}
	case len(device.Doc.Keys()) == 0:
		return &app.Refusal{Code: "not_enrolled"}
	case !has:
		return &app.Refusal{Code: "no_account"}
	}
	return nil
}

// Observe tells what the agent said last. What it was told to give, and has not
// spoken of since, counts as ordered.
func (d Device) Observe(ctx context.Context, key app.EntitlementKey) (app.Observation, error) {
	contact, err := d.contact(ctx, key)
	if err != nil {
		return app.Observation{}, err
	}
	return observed(contact, key), nil
}

// observed: a local group has a member once or not at all.
func observed(c access.Contact, key app.EntitlementKey) app.Observation {
	present, foreign, ordered := c.Of(key.Person)
	return app.Observation{Present: present, Foreign: foreign, Sole: foreign && !present, Ordered: ordered}
}

func (d Device) contact(ctx context.Context, key app.EntitlementKey) (access.Contact, error) {
	id, _ := key.Target.Device()
	contact, err := d.Devices.Contact(ctx, id)
	if err != nil {
		return contact, fmt.Errorf("device %s: %w", id, err)
	}
	return contact, nil
}
