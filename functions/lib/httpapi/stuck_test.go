package httpapi_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// gone is a connector whose outside system is no more.
type gone struct{ app.Connector }

func (gone) Observe(context.Context, app.EntitlementKey) (app.Observation, error) {
	return app.Observation{}, errors.New("no route to host")
}

// anaIsStuck lets Ana give back what cannot be taken away.
func (o *office) anaIsStuck() contract.Request {
	o.Helper()
	r := o.anaHolds()
	o.calls("ana", 200, "POST", "/v1/requests/"+r.Id+"/end", nil)
	o.Connectors = map[string]app.Connector{"group": gone{}}
	for range access.FastPace.Attempts {
		_, err := o.Revoke(o.Context(), app.RunInput{Request: access.RequestID(r.Id), Run: 2, Started: o.At})
		o.Must(err)
	}
	return read[contract.Request](o.T, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id, nil))
}

// makeAdmin lets Eli make someone an admin too.
func (o *office) makeAdmin(id access.PersonID) {
	o.Helper()
	doc, err := o.Person(o.Context(), o.SignsIn("eli"), id)
	o.Must(err)
	doc.Doc.Groups = append(doc.Doc.Groups, access.AdminGroup)
	_, err = o.PutPerson(o.Context(), o.SignsIn("eli"), doc.Doc, app.Condition{Version: doc.Version})
	o.Must(err)
}

func TestTwoAdminsCloseWhatCannotBeTakenAway(t *testing.T) {
	o := newOffice(t)
	o.makeAdmin("dan")
	r := o.anaIsStuck()
	if r.Status != contract.StatusStuck {
		t.Fatalf("the request is %s", r.Status)
	}
	target, body := "/v1/requests/"+r.Id+"/confirm-absent", map[string]any{"reason": "Switched off", "internal_note": "INC-9"}
	o.calls("ana", 403, "POST", target, body)
	o.calls("eli", 422, "POST", target, map[string]any{"reason": " "})
	confirm := func(who string) contract.Request {
		return read[contract.Request](t, o.calls(who, 200, "POST", target, body))
	}
	first := confirm("eli")
	if first.Status != contract.StatusStuck || len(first.Confirmations) != 1 || first.Confirmations[0].By.Id != "eli" ||
		slices.Contains(first.AllowedActions, contract.ActionConfirmAbsent) {
		t.Errorf("after the first: %+v", first)
	}
	if again := confirm("eli"); again.Version != first.Version {
		t.Errorf("the same admin again made version %d of %d", again.Version, first.Version)
	}
	dan := read[contract.Request](t, o.calls("dan", 200, "GET", "/v1/requests/"+r.Id, nil))
	if !slices.Contains(dan.AllowedActions, contract.ActionConfirmAbsent) {
		t.Errorf("the second admin may %v", dan.AllowedActions)
	}
	if ana := read[contract.Request](t, o.calls("ana", 200, "GET", "/v1/requests/"+r.Id, nil)); ana.Confirmations != nil {
		t.Errorf("the requester sees %+v", ana.Confirmations)
	}
	if ended := confirm("dan"); ended.Status != contract.StatusEnded || ended.EndReason != contract.EndReasonGivenBack || len(ended.Confirmations) != 2 {
		t.Errorf("after the second: %+v", ended)
	}
	o.calls("eli", 200, "POST", target, body)
	o.calls("eli", 409, "POST", "/v1/requests/"+o.anaAsks().Id+"/confirm-absent", body)
}
