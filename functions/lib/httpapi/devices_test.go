package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

const macbook = "/v1/admin/devices/ana-macbook"

func macbookOf(accounts ...any) map[string]any {
	return map[string]any{"name": "Ana's MacBook", "accounts": append([]any{}, accounts...)}
}

func account(person, name string) map[string]any {
	return map[string]any{"person": person, "account": name}
}

func TestADeviceIsWrittenInvitedAndRevoked(t *testing.T) {
	o := newOffice(t)
	written := o.calls("eli", 201, "PUT", macbook, macbookOf(account("ana", "ana")), "If-None-Match", "*")
	d := read[contract.Device](t, written)
	if d.Id != "ana-macbook" || len(d.Accounts) != 1 || d.Accounts[0].Account != "ana" || d.Enrolment != contract.DeviceEnrolmentNotEnrolled || d.Online {
		t.Errorf("written %+v", d)
	}
	invited := o.calls("eli", 201, "POST", macbook+"/enrolment", nil)
	token := read[contract.Invitation](t, invited).Token
	if len(token) < 40 || invited.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a token of %d characters, %s", len(token), invited.Header.Get("Cache-Control"))
	}
	if again := read[contract.Invitation](t, o.calls("eli", 201, "POST", macbook+"/enrolment", nil)).Token; again == token {
		t.Error("the same token twice")
	}
	if got := read[contract.Device](t, o.calls("eli", 200, "GET", macbook, nil)).Enrolment; got != contract.DeviceEnrolmentInvited {
		t.Errorf("it is %s", got)
	}
	// A change of its accounts keeps its enrolment.
	tag := o.calls("eli", 200, "GET", macbook, nil).Header.Get("ETag")
	if got := read[contract.Device](t, o.calls("eli", 200, "PUT", macbook, macbookOf(), "If-Match", tag)).Enrolment; got != contract.DeviceEnrolmentInvited {
		t.Errorf("written again, it is %s", got)
	}
	o.calls("eli", 204, "DELETE", macbook+"/enrolment", nil)
	if got := read[contract.Device](t, o.calls("eli", 200, "GET", macbook, nil)).Enrolment; got != contract.DeviceEnrolmentRevoked {
		t.Errorf("revoked, it is %s", got)
	}
	history := fmt.Sprint(read[contract.EventPage](t, o.calls("eli", 200, "GET", macbook+"/events", nil)).Data)
	if strings.Contains(history, token) {
		t.Error("the history holds a token")
	}
	var told []string
	for _, e := range read[contract.EventPage](t, o.calls("eli", 200, "GET", macbook+"/events", nil)).Data {
		told = append(told, string(e.Type))
	}
	if got := strings.Join(told, " "); got != "created invited invited updated revoked" {
		t.Errorf("the history: %s", got)
	}
}

func TestDevicesAreTheAdminsAlone(t *testing.T) {
	o := newOffice(t)
	o.calls("eli", 201, "PUT", macbook, macbookOf(account("ana", "ana")), "If-None-Match", "*")
	for _, path := range []string{macbook, "/v1/admin/devices/nothing"} {
		o.calls("ana", 403, "GET", path, nil)
		o.calls("ana", 403, "PUT", path, macbookOf(), "If-None-Match", "*")
		o.calls("ana", 403, "POST", path+"/enrolment", nil)
		o.calls("ana", 403, "DELETE", path+"/enrolment", nil)
		o.calls("ana", 403, "GET", path+"/events", nil)
	}
	o.calls("ana", 403, "GET", "/v1/admin/devices", nil)
	for _, method := range []string{"POST", "DELETE"} {
		o.calls("eli", 404, method, "/v1/admin/devices/nothing/enrolment", nil)
	}
}

func TestWhatIsWrongWithADevice(t *testing.T) {
	o := newOffice(t)
	for name, c := range map[string]struct {
		body    map[string]any
		finding string
	}{
		"no accounts":           {map[string]any{"name": "x"}, "/accounts required"},
		"nobody":                {macbookOf(account("nobody", "ana")), "/accounts/0/person unknown"},
		"an option":             {macbookOf(account("ana", "-rf")), "/accounts/0/account pattern"},
		"root":                  {macbookOf(account("ana", "root")), "/accounts/0/account reserved"},
		"one person twice":      {macbookOf(account("ana", "ana"), account("ana", "ana2")), "/accounts/1/person repeated"},
		"two with one account":  {macbookOf(account("ana", "ana"), account("ben", "ana")), "/accounts/1/account repeated"},
		"its key from outside":  {map[string]any{"name": "x", "accounts": []any{}, "key": "x"}, "/key unknown"},
		"an id that is another": {map[string]any{"id": "other", "name": "x", "accounts": []any{}}, "/id pattern"},
	} {
		problem := read[contract.Problem](t, o.calls("eli", 422, "PUT", macbook, c.body, "If-None-Match", "*"))
		if got := problem.Errors[0].Pointer + " " + problem.Errors[0].Code; got != c.finding {
			t.Errorf("%s: %s, want %s", name, got, c.finding)
		}
	}
	res := o.calls("eli", 422, "PUT", "/v1/admin/resources/laptop", map[string]any{"kind": "device", "name": "Laptop",
		"connector": map[string]any{"type": "device", "device": "nothing"}}, "If-None-Match", "*")
	if e := read[contract.Problem](t, res).Errors[0]; e.Pointer != "/connector/device" || e.Code != "unknown" {
		t.Errorf("a device that is not there: %+v", e)
	}
}
