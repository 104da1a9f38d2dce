package access

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// DeviceID names a device.
type DeviceID string

// Bounds of devices.
const (
	MaxAccounts   = 20 // of a device
	MaxAccount    = 32 // bytes, as useradd has it
	EnrolWithin   = time.Hour
	FailureDevice = "device_offline" // nothing was heard of the device for a while
)

// Device is a machine of the company whose agent gives people administrator
// rights on it. It changes by the methods here alone.
type Device struct {
	ID       DeviceID  `json:"id"`
	Name     string    `json:"name"`
	Accounts []Account `json:"accounts"`

	Key        string    `json:"key,omitempty"`      // the public key that its agent signs with; "" while it is not enrolled
	NextKey    string    `json:"next_key,omitempty"` // the one that takes over once it is used
	EnrolledAt time.Time `json:"enrolled_at,omitzero"`
	Revoked    bool      `json:"revoked,omitempty"` // by an admin, until it is enrolled again
	Enrolment  Enrolment `json:"-"`
}

// Account is a person's local account on a device.
type Account struct {
	Person PersonID `json:"person"`
	Name   string   `json:"account"`
}

// Enrolment is an open invitation to enrol: what the one-time token hashes to,
// and until when it is good. The zero Enrolment is none.
type Enrolment struct {
	Hash    string
	Expires time.Time
}

// accountPattern is what shadow-utils takes for a name on every Linux.
var accountPattern = regexp.MustCompile(`^[a-z_][a-z0-9_-]*$`)

// CheckDevice lists what is wrong with a device, whomever it names.
func CheckDevice(d Device) []FieldError {
	var f findings
	f.name("/name", d.Name)
	if len(d.Accounts) > MaxAccounts {
		f.add("/accounts", "too_many", "A device has at most %d accounts.", MaxAccounts)
	}
	people, names := map[PersonID]bool{}, map[string]bool{}
	for i, account := range d.Accounts {
		at := "/accounts/" + strconv.Itoa(i)
		switch {
		case len(account.Name) > MaxAccount || !accountPattern.MatchString(account.Name):
			f.add(at+"/account", "format", "An account's name has lower-case letters, digits, dashes and underscores, at most %d.", MaxAccount)
		case account.Name == "root":
			f.add(at+"/account", "reserved", "The account root needs no rights.")
		case names[account.Name]:
			f.add(at+"/account", "repeated", "Another person has this account.")
		}
		if people[account.Person] {
			f.add(at+"/person", "repeated", "The person has an account already.")
		}
		people[account.Person], names[account.Name] = true, true
	}
	return f
}

// Invite opens an enrolment. Until it is used, the key that the device has stays
// good.
func (d Device) Invite(hash string, now time.Time) Device {
	d.Enrolment = Enrolment{Hash: hash, Expires: now.Add(EnrolWithin)}
	return d
}

// Enrol takes the key of a device that has the token of its enrolment, once.
// Every key that it had before is no good any more. While someone has rights on
// it, as far as known, nobody is enrolled: a machine cannot vouch for another that
// had its name, nor an agent for what it has forgotten.
func (d Device) Enrol(hash, key string, known Contact, now time.Time) (Device, error) {
	if d.Enrolment.Hash == "" || hash != d.Enrolment.Hash || !now.Before(d.Enrolment.Expires) {
		return d, Refuse(CodeUnauthenticated, "This enrolment token is not good, or not any more.")
	}
	if known.Held() {
		return d, Refuse(CodeInUse, "Someone has rights on this device, as it said last. Give this machine another id, or end them first.")
	}
	d.Key, d.NextKey, d.EnrolledAt, d.Revoked, d.Enrolment = key, "", now, false, Enrolment{}
	return d, nil
}

// Rotate notes the key that is to take over. The one before is good until then,
// so that an answer that was lost locks nobody out.
func (d Device) Rotate(key string) Device {
	d.NextKey = key
	return d
}

// Took makes the next key the only one, once it was used.
func (d Device) Took(key string) Device {
	if key == d.NextKey && key != "" {
		d.Key, d.NextKey = key, ""
	}
	return d
}

// Revoke lets no key and no token of the device be good any more.
func (d Device) Revoke() Device {
	d.Key, d.NextKey, d.Enrolment, d.Revoked = "", "", Enrolment{}, true
	return d
}

// Keys lists the public keys with which the device may speak now.
func (d Device) Keys() []string {
	return slices.DeleteFunc([]string{d.Key, d.NextKey}, func(key string) bool { return key == "" })
}

// Standing says in a word how far the device's enrolment is.
func (d Device) Standing() string {
	switch {
	case d.Enrolment.Hash != "":
		return "invited"
	case d.Revoked:
		return "revoked"
	case d.Key != "":
		return "enrolled"
	}
	return "not_enrolled"
}

// Account gives a person's account on the device.
func (d Device) Account(person PersonID) (string, bool) {
	for _, a := range d.Accounts {
		if a.Person == person {
			return a.Name, true
		}
	}
	return "", false
}

// WantedUntil tells whether a request wants its access to be there now, and until
// when at most; zero is for ever. Until the grant is observed, and with it the
// end is known, that is a short while: a device that is cut off then must not
// hold the access for longer than was agreed.
func (r *Request) WantedUntil(pace Pace, now time.Time) (until time.Time, wanted bool) {
	switch {
	case r.Status == Granting && now.Before(r.GrantBy):
		return now.Add(pace.silence()), true
	case r.Status == Active && !r.Timed():
		return time.Time{}, true
	case r.Status == Active:
		return r.EndsAt, now.Before(r.EndsAt)
	}
	return time.Time{}, false
}
