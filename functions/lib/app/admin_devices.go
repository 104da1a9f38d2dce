package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"latchkey/functions/lib/access"
)

// What can happen to a device, beside being written.
const (
	EventInvited    access.EventType = "invited" // a token to enrol with was given out
	EventEnrolled   access.EventType = "enrolled"
	EventKeyChanged access.EventType = "key_changed"
	EventRevoked    access.EventType = "revoked" // no key of it is good any more
)

// DeviceList lists the devices, for admins.
func (a *App) DeviceList(ctx context.Context, c Caller, p Page) ([]Versioned[access.Device], string, error) {
	return list(ctx, c, p, a.Devices.Devices)
}

// DeviceDetails is a device, and what its agent said last.
type DeviceDetails struct {
	Versioned[access.Device]
	Contact access.Contact
}

// Device reads a device, for admins.
func (a *App) Device(ctx context.Context, c Caller, id access.DeviceID) (DeviceDetails, error) {
	doc, err := a.Devices.Device(ctx, id)
	if doc, err = one(c, doc, err, "device"); err != nil {
		return DeviceDetails{}, err
	}
	contact, err := a.Devices.Contact(ctx, id)
	return DeviceDetails{doc, contact}, err
}

// PutDevice writes a device's name and its people's accounts.
func (a *App) PutDevice(ctx context.Context, c Caller, d access.Device, when Condition) (DeviceDetails, error) {
	if err := admins(c); err != nil {
		return DeviceDetails{}, err
	}
	if err := validID(string(d.ID)); err != nil {
		return DeviceDetails{}, err
	}
	before, err := a.Devices.Device(ctx, d.ID)
	if err == nil {
		err = when.check(before.Exists(), before.Version)
	}
	if err != nil {
		return DeviceDetails{}, err
	}
	found := access.CheckDevice(d)
	for i, account := range d.Accounts {
		known, err := a.isPerson(ctx, account.Person)
		if err != nil {
			return DeviceDetails{}, err
		}
		if !known || account.Person == "" {
			found = append(found, access.FieldError{Pointer: fmt.Sprintf("/accounts/%d/person", i), Code: "unknown", Message: "There is no such person."})
		}
	}
	if err := refused(access.CodeInvalid, found); err != nil {
		return DeviceDetails{}, err
	}
	after := before.Doc
	after.ID, after.Name, after.Accounts = d.ID, d.Name, d.Accounts
	doc, err := a.writeDevice(ctx, c.Actor(), kindOf(before), before, after)
	if err != nil {
		return DeviceDetails{}, err
	}
	contact, err := a.Devices.Contact(ctx, d.ID)
	return DeviceDetails{doc, contact}, err
}

// DeleteDevice removes a device that no resource leads to, and on which nobody
// has rights.
func (a *App) DeleteDevice(ctx context.Context, c Caller, id access.DeviceID, when Condition) error {
	if err := admins(c); err != nil {
		return err
	}
	before, err := a.Devices.Device(ctx, id)
	if err == nil {
		err = when.checkRemoval(before.Exists(), before.Version, "device")
	}
	if err != nil {
		return err
	}
	resources, err := a.resourcesOn(ctx, id)
	if err != nil {
		return err
	}
	if len(resources) > 0 {
		return access.Refuse(access.CodeInUse, "The resource %s still leads to this device.", resources[0])
	}
	contact, err := a.Devices.Contact(ctx, id)
	if err != nil {
		return err
	}
	if contact.Held() {
		return access.Refuse(access.CodeInUse, "Someone still has rights on this device.")
	}
	_, err = a.writeDevice(ctx, c.Actor(), EventDeleted, before, access.Device{ID: id})
	return err
}

// resourcesOn lists the resources that lead to a device.
func (a *App) resourcesOn(ctx context.Context, id access.DeviceID) ([]access.ResourceID, error) {
	resources, err := all(ctx, a.Catalog.Resources)
	var out []access.ResourceID
	for _, r := range resources {
		if device, ok := r.Target.Device(); ok && device == id {
			out = append(out, r.ID)
		}
	}
	return out, err
}

// Invitation is a token with which a device's agent enrols, once, until it
// expires. It is in no store and in no log.
type Invitation struct {
	Token   string
	Expires time.Time
}

// InviteDevice gives out a token to enrol a device with, and no other is good
// from then on. The key that the device has stays good until it is used.
func (a *App) InviteDevice(ctx context.Context, c Caller, id access.DeviceID) (Invitation, error) {
	if err := admins(c); err != nil {
		return Invitation{}, err
	}
	secret := make([]byte, 32)
	if _, err := io.ReadFull(a.Random, secret); err != nil {
		return Invitation{}, err
	}
	token := base64.RawURLEncoding.EncodeToString(secret)
	doc, err := a.changeDevice(ctx, c.Actor(), id, EventInvited, func(d access.Device) (access.Device, error) {
		return d.Invite(hashToken(token), a.now()), nil
	})
	return Invitation{token, doc.Doc.Enrolment.Expires}, err
}

// RevokeDevice lets no key and no token of a device be good any more. What lives
// on it ends.
func (a *App) RevokeDevice(ctx context.Context, c Caller, id access.DeviceID) error {
	if err := admins(c); err != nil {
		return err
	}
	_, err := a.changeDevice(ctx, c.Actor(), id, EventRevoked, func(d access.Device) (access.Device, error) {
		return d.Revoke(), nil
	})
	return err
}

// changeDevice changes a device as it is now, again if someone else came first.
func (a *App) changeDevice(ctx context.Context, by access.Actor, id access.DeviceID, kind access.EventType, change func(access.Device) (access.Device, error)) (Versioned[access.Device], error) {
	for attempt := range attempts {
		before, err := a.Devices.Device(ctx, id)
		if err != nil {
			return before, err
		}
		if !before.Exists() {
			return before, notFound("device")
		}
		after, err := change(before.Doc)
		if err != nil {
			return before, err
		}
		doc, err := a.writeDevice(ctx, by, kind, before, after)
		if access.CodeOf(err) != access.CodeVersionMismatch {
			return doc, err
		}
		if err := a.backOff(ctx, attempt); err != nil {
			return before, err
		}
	}
	return Versioned[access.Device]{}, access.Refuse(access.CodeBusy, "Please try again.")
}

func (a *App) writeDevice(ctx context.Context, by access.Actor, kind access.EventType, before Versioned[access.Device], after access.Device) (Versioned[access.Device], error) {
	e, err := edit(a, by, "device:"+string(after.ID), kind, before, after)
	if err != nil {
		return before, err
	}
	err = a.Devices.EditDevice(ctx, e)
	return written(ctx, e, err, func(ctx context.Context) (Versioned[access.Device], error) {
		return a.Devices.Device(ctx, after.ID)
	})
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
