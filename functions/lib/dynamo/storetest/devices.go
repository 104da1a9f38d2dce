package storetest

import (
	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

var deviceStories = map[string]func(*world){
	"a device is read as it was written, with its token and its keys": func(w *world) {
		d := w.device()
		w.same(w.readDevice(d.ID).Exists(), false)
		w.saveDevice(d)
		w.same(w.readDevice(d.ID).Doc, d)
		d = d.Invite("hash", w.now)
		w.saveDevice(d)
		w.same(w.readDevice(d.ID).Doc, d)
		enrolled, err := d.Enrol("hash", "first", access.Contact{}, w.now)
		w.fine(err)
		w.saveDevice(enrolled.Rotate("second"))
		w.same(w.readDevice(d.ID).Doc, enrolled.Rotate("second"))
		w.eventually(true, func() any {
			found, _, err := w.Devices.Devices(w.ctx, app.Page{Limit: 100})
			w.fine(err)
			for _, v := range found {
				if v.Doc.ID == d.ID {
					return true
				}
			}
			return false
		})
	},
	"an edit of a device that was edited meanwhile is a conflict": func(w *world) {
		d := w.device()
		before := w.readDevice(d.ID)
		w.saveDevice(d)
		w.wants(w.Devices.EditDevice(w.ctx, edit(w, "device:"+string(d.ID), before, d)), app.ErrConflict)
	},
	"what an agent said is kept, and an earlier call never replaces a later one": func(w *world) {
		id := w.device().ID
		w.same(must[access.Contact](w)(w.Devices.Contact(w.ctx, id)), access.Contact{})
		said := func(key string, seq int64, present bool) access.Contact {
			return access.Contact{Device: id, Key: key, Seq: seq, SeenAt: w.now, Accounts: []access.Presence{
				{Account: access.Account{Person: w.person("ana"), Name: "ana"}, Present: present, Promised: true},
				{Account: access.Account{Person: w.person("gus"), Name: "guest"}, Foreign: true}}}
		}
		is := func(want access.Contact) {
			w.Helper()
			w.same(must[access.Contact](w)(w.Devices.Contact(w.ctx, id)), want)
		}
		w.fine(w.Devices.PutContact(w.ctx, said("first", 7, false)))
		is(said("first", 7, false))
		for _, seq := range []int64{6, 7} {
			w.wants(w.Devices.PutContact(w.ctx, said("first", seq, true)), app.ErrConflict)
		}
		w.fine(w.Devices.PutContact(w.ctx, said("first", 8, true)))
		is(said("first", 8, true))
		w.fine(w.Devices.PutContact(w.ctx, said("second", 1, false)))
		is(said("second", 1, false))
	},
}

func (w *world) device() access.Device {
	return access.Device{ID: access.DeviceID(w.name("macbook")), Name: "Ana's MacBook",
		Accounts: []access.Account{{Person: w.person("ana"), Name: "ana"}}}
}

func (w *world) readDevice(id access.DeviceID) app.Versioned[access.Device] {
	w.Helper()
	return must[app.Versioned[access.Device]](w)(w.Devices.Device(w.ctx, id))
}

func (w *world) saveDevice(d access.Device) {
	w.Helper()
	w.fine(w.Devices.EditDevice(w.ctx, edit(w, "device:"+string(d.ID), w.readDevice(d.ID), d)))
}
