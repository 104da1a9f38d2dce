package httpapi_test

import (
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// TestNoMappingForgetsAResource: whichever connector it has, for each takes
// members of its own.
func TestNoMappingForgetsAResource(t *testing.T) {
	o := newOffice(t)
	o.IdentityCenter = anInstance
	o.calls("eli", 201, "PUT", macbook, macbookOf(), "If-None-Match", "*")
	wiki := told[contract.ResourceInput, contract.Resource]{office: o, path: "/v1/admin/resources/wiki", list: "/v1/admin/resources"}
	for i, in := range []contract.ResourceInput{
		{Kind: contract.ResourceKindResource, Name: "Wiki", Connector: contract.Connector{Type: "group", Group: "staging-users"}},
		{Id: "wiki", Kind: contract.ResourceKindDevice, Name: "Wiki server", Description: "Where the wiki runs", Owner: "ben", Url: "https://wiki.example.com/",
			Connector: contract.Connector{Type: "device", Device: "ana-macbook"}},
		{Kind: contract.ResourceKindResource, Name: "Wiki", Connector: contract.Connector{Type: "webhook", Url: "https://hooks.example.com/wiki", Secret: "wiki-key"}},
		{Kind: contract.ResourceKindResource, Name: "Wiki", Connector: contract.Connector{Type: "identity-center", Account: "123456789012", PermissionSet: permissionSet}},
		{Kind: contract.ResourceKindResource, Name: "Wiki", Connector: contract.Connector{Type: "identity-center", GroupId: storeGroup}},
	} {
		wiki.writes(in, func(r *contract.Resource) { r.Id, r.Version = "wiki", i+1 })
	}
	differ(t, wiki.sent)
	differ(t, wiki.got, "/id") // it is one resource's story
}

func TestNoMappingForgetsADevice(t *testing.T) {
	o := newOffice(t)
	device := told[contract.DeviceInput, contract.Device]{office: o, path: macbook, list: "/v1/admin/devices",
		inList: func(d *contract.Device) { d.SeenAt, d.Online, d.Rights = time.Time{}, false, nil }}
	device.writes(contract.DeviceInput{Name: "Ana's MacBook", Accounts: []contract.Account{}}, func(d *contract.Device) {
		d.Id, d.Version, d.Enrolment = "ana-macbook", 1, contract.DeviceEnrolmentNotEnrolled
	})
	accounts := []contract.Account{{Person: "ana", Account: "anna"}, {Person: "ben", Account: "benno"}}
	o.rewrites(macbook, contract.DeviceInput{Name: "Ana's MacBook", Accounts: accounts})

	// Its agent enrols, and later says that Ana has rights by it, and Ben without it.
	invited := read[contract.Invitation](t, o.calls("eli", 201, "POST", macbook+"/enrolment", nil))
	if !invited.ExpiresAt.Equal(o.At.Add(access.EnrolWithin)) {
		t.Errorf("the token expires at %s", invited.ExpiresAt)
	}
	o.Must(o.Enrol(t.Context(), "ana-macbook", invited.Token, "key"))
	enrolled := o.At
	o.At = o.At.Add(time.Minute)
	known, _, err := o.AgentKeys(t.Context(), "ana-macbook")
	o.Must(err)
	_, err = o.Sync(t.Context(), app.Agent{Device: known, Key: "key"}, access.Report{Seq: 1,
		Accounts: []access.Reported{{Account: "anna", Present: true}, {Account: "benno", Foreign: true}}}, "")
	o.Must(err)
	device.writes(contract.DeviceInput{Id: "ana-macbook", Name: "The old MacBook", Accounts: accounts}, func(d *contract.Device) {
		d.Version, d.Enrolment, d.EnrolledAt, d.SeenAt, d.Online = 5, contract.DeviceEnrolmentEnrolled, enrolled, o.At, true
		d.Rights = []contract.DeviceRights{{Person: "ana", Account: "anna", Given: true}, {Person: "ben", Account: "benno", Foreign: true}}
	})
	differ(t, device.sent)
	differ(t, device.got, "/id") // it is one device's story
}

func TestNoMappingForgetsTheSettings(t *testing.T) {
	o := newOffice(t)
	settings := told[contract.SettingsInput, contract.Settings]{office: o, path: "/v1/admin/settings"}
	settings.writes(contract.SettingsInput{RequestsEnabled: true, ShowProgress: true, MaxOpenRequests: 20, MaxSubmissionsPerHour: 30},
		func(s *contract.Settings) { s.Version, s.MaxAsks = 1, 3 })
	settings.writes(contract.SettingsInput{MaxOpenRequests: 7, MaxSubmissionsPerHour: 8, MaxAsks: new(9), SupportUrl: "https://help.example.com/",
		SlackTeamId: "T0123ABCD", SlackClientId: "123456789012.345678901234"}, func(s *contract.Settings) { s.Version = 2 })
	differ(t, settings.sent)
	differ(t, settings.got)
}
