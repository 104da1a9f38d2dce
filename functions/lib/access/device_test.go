package access_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

func laptop() access.Device {
	return access.Device{ID: "ana-macbook", Name: "Ana's MacBook", Accounts: []access.Account{{Person: "ana", Name: "ana"}, {Person: "gus", Name: "guest"}}}
}

func TestADevicesEnrolmentIsUsedOnceAndInTime(t *testing.T) {
	invited := laptop().Invite("hash", morning)
	for what, bad := range map[string]func() (access.Device, error){
		"another token": func() (access.Device, error) { return invited.Enrol("other", "key", access.Contact{}, morning) },
		"too late": func() (access.Device, error) {
			return invited.Enrol("hash", "key", access.Contact{}, morning.Add(access.EnrolWithin))
		},
		"not invited": func() (access.Device, error) { return laptop().Enrol("", "key", access.Contact{}, morning) },
		"revoked":     func() (access.Device, error) { return invited.Revoke().Enrol("hash", "key", access.Contact{}, morning) },
	} {
		if d, err := bad(); access.CodeOf(err) != access.CodeUnauthenticated || d.Key != "" {
			t.Errorf("%s: %v, %v", what, d.Keys(), err)
		}
	}
	enrolled, err := invited.Enrol("hash", "first", access.Contact{}, morning)
	equal(t, "error", err, nil)
	equal(t, "keys", enrolled.Keys(), []string{"first"})
	if _, err := enrolled.Enrol("hash", "second", access.Contact{}, morning); access.CodeOf(err) != access.CodeUnauthenticated {
		t.Errorf("the token was used twice: %v", err)
	}
}

func TestNobodyIsEnrolledWhileSomeoneHasRightsOnTheDevice(t *testing.T) {
	invited := laptop().Invite("hash", morning)
	for _, p := range []access.Presence{{Present: true}, {Promised: true}} {
		known := access.Contact{Accounts: []access.Presence{p}}
		if d, err := invited.Enrol("hash", "key", known, morning); access.CodeOf(err) != access.CodeInUse || d.Key != "" {
			t.Errorf("%+v: %v, %v", p, d.Keys(), err)
		}
		if _, err := invited.Enrol("other", "key", known, morning); access.CodeOf(err) != access.CodeUnauthenticated {
			t.Errorf("a stranger learns %v", err)
		}
	}
}

func TestAKeyIsGoodUntilTheNextOneIsUsed(t *testing.T) {
	d, _ := laptop().Invite("hash", morning).Enrol("hash", "first", access.Contact{}, morning)
	d = d.Rotate("second")
	equal(t, "keys", d.Keys(), []string{"first", "second"})
	equal(t, "the old one was used", d.Took("first").Keys(), []string{"first", "second"})
	equal(t, "the new one was used", d.Took("second").Keys(), []string{"second"})
	again, err := d.Invite("hash", morning).Enrol("hash", "third", access.Contact{}, morning)
	equal(t, "error", err, nil)
	equal(t, "enrolled again", again.Keys(), []string{"third"})
	if keys := d.Revoke().Keys(); len(keys) > 0 {
		t.Errorf("revoked, and %v are good", keys)
	}
}

func TestWhatIsWrongWithADevice(t *testing.T) {
	equal(t, "nothing", len(access.CheckDevice(laptop())), 0)
	for pointer, accounts := range map[string][]access.Account{
		"/accounts/0/account": {{Person: "ana", Name: "-rf"}},
		"/accounts/1/account": {{Person: "ana", Name: "ana"}, {Person: "gus", Name: "ana"}},
		"/accounts/1/person":  {{Person: "ana", Name: "ana"}, {Person: "ana", Name: "ana2"}},
		"/accounts":           make([]access.Account, 0, 21),
	} {
		d := laptop()
		d.Accounts = accounts
		if pointer == "/accounts" {
			for i := range 21 {
				d.Accounts = append(d.Accounts, access.Account{Person: access.PersonID(rune('a' + i)), Name: string(rune('a' + i))})
			}
		}
		found := access.CheckDevice(d)
		if len(found) != 1 || found[0].Pointer != pointer {
			t.Errorf("%s: found %+v", pointer, found)
		}
	}
	root := access.CheckDevice(access.Device{Name: "x", Accounts: []access.Account{{Person: "ana", Name: "root"}}})
	equal(t, "root", root[0].Code, "reserved")
}

// speaks is one exchange with Ana's laptop.
func speaks(c access.Contact, until time.Time, wanted bool, said ...access.Reported) (access.Contact, []access.Order) {
	wants := map[access.PersonID]access.Want{}
	if wanted {
		wants["ana"] = access.Want{Until: until}
	}
	return c.Next(laptop(), access.Report{Key: "key", Seq: c.Seq + 1, Accounts: said}, wants, morning)
}

func there(account string) access.Reported { return access.Reported{Account: account, Present: true} }

func TestRightsAreThereOnceTheAgentSaysSoAndGoneOnceItSaysThat(t *testing.T) {
	var c access.Contact
	known := func(what string, present, ordered bool) {
		t.Helper()
		gotPresent, _, gotOrdered := c.Of("ana")
		equal(t, what+": present", gotPresent, present)
		equal(t, what+": ordered", gotOrdered, ordered)
	}
	c, orders := speaks(c, time.Time{}, false)
	equal(t, "orders", len(orders), 0)
	known("nothing was wanted", false, false)
	c, orders = speaks(c, morning.Add(90500*time.Millisecond), true)
	equal(t, "orders", orders, []access.Order{{Account: "ana", For: 90 * time.Second}})
	known("told, and not heard of since", false, true)
	c, _ = speaks(c, morning.Add(time.Minute), true, there("ana"))
	known("it did", true, false)
	c, orders = speaks(c, time.Time{}, false, there("ana"))
	equal(t, "orders", len(orders), 0)
	known("told to take them, and not heard of since", true, false)
	c, _ = speaks(c, time.Time{}, false)
	known("it did", false, false)
	_, orders = speaks(c, morning.Add(999*time.Millisecond), true)
	equal(t, "orders for less than a second", len(orders), 0)
	_, orders = speaks(c, time.Time{}, true)
	equal(t, "orders without an end", orders, []access.Order{{Account: "ana"}})
}

func TestAnAccountThatTheDeviceHasNoMoreIsRememberedUntilItsRightsAreGone(t *testing.T) {
	c, _ := speaks(access.Contact{}, time.Time{}, true)
	c, _ = speaks(c, time.Time{}, true, there("ana"))
	d := laptop()
	d.Accounts = d.Accounts[1:]
	report := access.Report{Accounts: []access.Reported{there("ana")}}
	c, orders := c.Next(d, report, map[access.PersonID]access.Want{"ana": {}}, morning)
	equal(t, "orders", len(orders), 0)
	if present, _, _ := c.Of("ana"); !present {
		t.Error("her rights are forgotten")
	}
	c, _ = c.Next(d, access.Report{}, nil, morning)
	if present, _, _ := c.Of("ana"); present || len(c.Accounts) != 1 {
		t.Errorf("they are gone, and remembered: %+v", c.Accounts)
	}
}

func TestUntilWhenARequestIsWantedOnADevice(t *testing.T) {
	s := story(t).submits("ana", "laptop", lasting(hour)).approves("eli")
	wanted := func(what string, want bool, until time.Time) {
		t.Helper()
		gotUntil, got := s.request.WantedUntil(s.pace, s.now)
		equal(t, what, got, want)
		s.at(what, gotUntil, until)
	}
	wanted("ready", false, time.Time{})
	s.starts("ana")
	wanted("started", false, time.Time{})
	s.grantBegins()
	wanted("the grant began", true, s.now.Add(6*s.pace.Poll))
	s.isSeen()
	wanted("active", true, s.now.Add(time.Hour))
	s.after(time.Hour - time.Millisecond)
	wanted("at the last moment", true, s.request.EndsAt)
	s.after(time.Millisecond)
	wanted("its time is up, and nobody has said so", false, s.request.EndsAt)
	s.timeUp()
	wanted("ending", false, time.Time{})
}

func TestADeviceThatIsOfflineIsWaitedForBeforeItsAccessIsStuck(t *testing.T) {
	s := story(t).submits("ana", "laptop", lasting(hour)).approves("eli").starts("ana").holds().givesBack("ana")
	ended := s.now
	offline := func() *teller {
		return s.workflow(access.RevocationFailed{Code: access.FailureDevice})
	}
	for !s.now.After(ended.Add(s.pace.DeviceGrace - time.Millisecond)) {
		offline().is(access.Ending).tells()
		equal(t, "words", s.request.Words(), "Ending (device offline)")
		s.now = s.request.RetryAt
	}
	s.at("the last wait ends with the grace", s.now, ended.Add(s.pace.DeviceGrace))
	for s.request.Status != access.Stuck {
		offline()
		s.now = s.request.RetryAt
	}
	s.tells(to(access.Admins, access.NoticeStuck))
	equal(t, "words", s.request.Words(), "Ending (device offline)")
	s.isGone().is(access.Ended)
	equal(t, "words", s.request.Words(), "Ended (given back)")
}
