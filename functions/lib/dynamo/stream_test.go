package dynamo

import (
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// TestAStreamsRecordsAreReadAsTheStoreWritesThem, with the store's own keys.
func TestAStreamsRecordsAreReadAsTheStoreWritesThem(t *testing.T) {
	if e, _, ok := EventOf(requestKey("req_1"), numbered("EVENT", 12)); !ok || e != (EventRef{"req_1", 12}) {
		t.Errorf("an event is read as %+v, %v", e, ok)
	}
	if e, _, ok := EventOf(requestKey("req_1"), "SNAPSHOT"); ok {
		t.Errorf("a snapshot is read as %+v", e)
	}
	for _, c := range []struct {
		pk, sk string
		want   app.Document
		member access.PersonID
	}{
		{personKey("ana"), profileKey, app.Document{Kind: app.DocumentPerson, ID: "ana"}, ""},
		{personKey("ana"), memberKey("security", fromDirectory), app.Document{Kind: app.DocumentMembers, ID: "security"}, "ana"},
		{deviceKey("macbook"), profileKey, app.Document{Kind: app.DocumentDevice, ID: "macbook"}, ""},
		{flowKey("staging-flow"), documentKey, app.Document{Kind: app.DocumentFlow, ID: "staging-flow"}, ""},
		{resourceKey("staging"), documentKey, app.Document{Kind: app.DocumentResource, ID: "staging"}, ""},
		{(&Directory{}).slackLinkPlace("ana").pk, documentKey, app.Document{Kind: app.DocumentSlackLink, ID: "ana"}, ""},
		{(&Directory{}).delegationPlace("ana").pk, documentKey, app.Document{Kind: app.DocumentDelegation, ID: "ana"}, ""},
		{groupKey("security"), profileKey, app.Document{}, ""},
		{personKey("ana"), numbered("EVENT", 1), app.Document{}, ""},
	} {
		if d, member, ok := DocumentOf(c.pk, c.sk); d != c.want || member != c.member || ok != (c.want != app.Document{}) {
			t.Errorf("%s %s is read as %+v, %q, %v", c.pk, c.sk, d, member, ok)
		}
	}
}
