package httpapi_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
)

const nobodysRequest = "req_01JZ3X6V9QK4T7M2B8N5C0D1EF"

func TestAnAdminRevokesManyAndIsToldOfEach(t *testing.T) {
	o := newOffice(t)
	holds, waits := o.anaHolds(), o.anaAsks()
	body := map[string]any{"request_ids": []string{nobodysRequest, holds.Id, waits.Id}, "reason": "The project is over", "internal_note": "INC-9"}
	revoke := func() []contract.Revocation {
		return read[contract.Revocations](t, o.calls("eli", 200, "POST", "/v1/admin/revocations", body)).Data
	}
	told := func(of []contract.Revocation) (list []string) {
		for _, one := range of {
			list = append(list, fmt.Sprint(one.RequestId, " ", one.Status, one.Problem.Code))
		}
		return list
	}
	first := revoke()
	if got, want := told(first), []string{nobodysRequest + " not_found", holds.Id + " ending", waits.Id + " not_allowed"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if p := first[0].Problem; p.Status != 404 || p.Detail == "" {
		t.Errorf("the problem of what is not there: %+v", p)
	}
	for _, want := range []string{
		`"ids":"` + nobodysRequest + "," + holds.Id + "," + waits.Id + `"`,
		`"failed":"` + nobodysRequest + " not_found," + waits.Id + ` not_allowed"`,
	} {
		if !strings.Contains(o.log.String(), want) {
			t.Errorf("the log does not say %s: %s", want, o.log.String())
		}
	}
	after := read[contract.Request](t, o.calls("ana", 200, "GET", "/v1/requests/"+holds.Id, nil))
	if after.EndReason != contract.EndReasonRevoked || after.Remark != "The project is over" {
		t.Errorf("%+v", after)
	}
	if got := told(revoke())[1]; got != holds.Id+" ending" {
		t.Errorf("a second time: %s", got)
	}
	if now := read[contract.Request](t, o.calls("ana", 200, "GET", "/v1/requests/"+holds.Id, nil)); now.Version != after.Version {
		t.Errorf("a second time made version %d of %d", now.Version, after.Version)
	}
}

func TestRevokingManyIsForAdminsAndWantsAReason(t *testing.T) {
	o := newOffice(t)
	r := o.anaHolds()
	with := func(ids []string, reason string) map[string]any {
		return map[string]any{"request_ids": ids, "reason": reason}
	}
	for _, who := range []string{"ana", "ben"} {
		o.calls(who, 403, "POST", "/v1/admin/revocations", with([]string{r.Id}, "Over"))
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprintf("req_01JZ3X6V9QK4T7M2B8N5C0D%03d", i)
	}
	for what, body := range map[string]map[string]any{
		"a blank reason": with([]string{r.Id}, " "), "none": with([]string{}, "Over"), "too many": with(many, "Over"),
		"one twice": with([]string{r.Id, r.Id}, "Over"), "no id": with([]string{"ana"}, "Over"),
	} {
		if p := read[contract.Problem](t, o.calls("eli", 422, "POST", "/v1/admin/revocations", body)); len(p.Errors) == 0 {
			t.Errorf("%s: %+v", what, p)
		}
	}
	if now := read[contract.Request](t, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id, nil)); now.Status != contract.StatusActive {
		t.Errorf("it became %s", now.Status)
	}
}

func TestWhatTheTimeDoesNotSufficeForIsBusy(t *testing.T) {
	o := newOffice(t)
	r := o.anaHolds()
	short, done := context.WithTimeout(o.Context(), time.Second)
	defer done()
	got, err := o.RevokeMany(short, o.SignsIn("eli"), []access.RequestID{access.RequestID(r.Id)}, access.Revoke{Reason: "Over"})
	o.Must(err)
	if len(got) != 1 || access.CodeOf(got[0].Err) != access.CodeBusy {
		t.Errorf("%+v", got)
	}
	if now := read[contract.Request](t, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id, nil)); now.Status != contract.StatusActive {
		t.Errorf("it became %s", now.Status)
	}
}
