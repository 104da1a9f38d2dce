package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// ListDevices lists the devices.
func (s server) ListDevices(w http.ResponseWriter, r *http.Request, params contract.ListDevicesParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Device], error) {
		devices, next, err := s.app.DeviceList(ctx, c, part(params.Limit, params.Cursor))
		return pageOf(devices, next, showDevice), err
	})
}

// GetDevice shows a device, and what its agent said last.
func (s server) GetDevice(w http.ResponseWriter, r *http.Request, id contract.Id, _ contract.GetDeviceParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		device, err := s.app.Device(ctx, c, access.DeviceID(id))
		return document{device.Version, s.showDeviceDetails(device)}, err
	})
}

// PutDevice writes a device.
func (s server) PutDevice(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.PutDeviceParams) {
	s.writes(w, r, params.IfMatch, params.IfNoneMatch, func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.DeviceInput](r)
		if err == nil {
			err = sameID(body.Id, id)
		}
		if err != nil {
			return document{}, err
		}
		d := access.Device{ID: access.DeviceID(id), Name: body.Name}
		for _, a := range body.Accounts {
			d.Accounts = append(d.Accounts, access.Account{Person: access.PersonID(a.Person), Name: a.Account})
		}
		device, err := s.app.PutDevice(ctx, c, d, when)
		return document{device.Version, s.showDeviceDetails(device)}, err
	})
}

// DeleteDevice removes a device.
func (s server) DeleteDevice(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.DeleteDeviceParams) {
	s.removes(w, r, params.IfMatch, func(ctx context.Context, c app.Caller, when app.Condition) error {
		return s.app.DeleteDevice(ctx, c, access.DeviceID(id), when)
	})
}

// InviteDevice gives out the token that a device enrols with.
func (s server) InviteDevice(w http.ResponseWriter, r *http.Request, id contract.Id) {
	if err := NoBody(r); err != nil {
		WriteError(w, r, err)
		return
	}
	use(s, w, r, http.StatusCreated, func(ctx context.Context, c app.Caller) (contract.Invitation, error) {
		invitation, err := s.app.InviteDevice(ctx, c, access.DeviceID(id))
		return contract.Invitation{Token: invitation.Token, ExpiresAt: invitation.Expires}, err
	})
}

// RevokeDevice lets nothing that a device says count any more.
func (s server) RevokeDevice(w http.ResponseWriter, r *http.Request, id contract.Id) {
	var caller app.Caller
	err := NoBody(r)
	if err == nil {
		caller, err = s.caller(r)
	}
	if err == nil {
		err = s.app.RevokeDevice(r.Context(), caller, access.DeviceID(id))
	}
	if err != nil {
		WriteError(w, r, err)
		return
	}
	WriteNothing(w)
}

// ListDeviceEvents shows a device's history.
func (s server) ListDeviceEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListDeviceEventsParams) {
	s.changes(w, r, "device:"+id, params.Limit, params.Cursor)
}

func showDevice(v app.Versioned[access.Device]) contract.Device {
	d := v.Doc
	out := contract.Device{Id: string(d.ID), Version: v.Version, Name: d.Name, Accounts: []contract.Account{},
		Enrolment: contract.DeviceEnrolment(d.Standing()), EnrolledAt: d.EnrolledAt}
	for _, a := range d.Accounts {
		out.Accounts = append(out.Accounts, contract.Account{Person: string(a.Person), Account: a.Name})
	}
	return out
}

func (s server) showDeviceDetails(d app.DeviceDetails) contract.Device {
	out := showDevice(d.Versioned)
	out.SeenAt = d.Contact.SeenAt
	out.Online = !d.Contact.Offline(s.app.Pace, s.app.Clock())
	for _, p := range d.Contact.Accounts {
		if p.Present || p.Foreign {
			out.Rights = append(out.Rights, contract.DeviceRights{Person: string(p.Person), Account: p.Name, Given: p.Present, Foreign: p.Foreign})
		}
	}
	return out
}
