package app

import (
	"context"

	"latchkey/functions/lib/access"
)

// Devices stores devices, and what is known of them by their agents' calls.
type Devices interface {
	// Device reads consistently; what never existed has Version 0.
	Device(ctx context.Context, id access.DeviceID) (Versioned[access.Device], error)
	Devices(ctx context.Context, p Page) ([]Versioned[access.Device], string, error)
	EditDevice(ctx context.Context, e Edit[access.Device]) error

	// Contact reads consistently; the zero Contact if the device never called.
	Contact(ctx context.Context, id access.DeviceID) (access.Contact, error)
	// PutContact writes it. ErrConflict unless its Seq is higher than that of the
	// call before with the same key.
	PutContact(ctx context.Context, c access.Contact) error
}
