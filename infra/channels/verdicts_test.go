package channels_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
)

// The same decision by the same person meets the same rule and the same words,
// wherever it comes from. Where a door has a rule of its own, that stands here.
func TestEveryDoorGivesTheSameVerdictInTheSameWords(t *testing.T) {
	const own = "Nobody decides their own request."
	const notYours = "This request does not wait for a decision of yours."
	// The page shows a form to whom the mail was sent to, and to nobody else.
	const forwarded = "This mail was sent to someone else"
	const overtaken = "This no longer waits for you"
	const portalOnly = "This request is decided in the portal only."
	deny := access.Decide{Verdict: access.Deny, Reason: "No"}
	for _, c := range []struct {
		name    string
		try     try
		asks    string // who asked; Ana, if left out
		flow    func(*access.Flow)
		before  func(*office, access.Request)
		want    string            // "" is done
		besides map[string]string // what another door says
		leaves  access.Status     // how the request stands then, unless a door has a rule of its own
	}{
		{name: "an approver approves", try: try{who: "eli", verdict: access.Approve, reason: "Fine"}, leaves: access.Approved},
		{name: "an approver denies", try: try{who: "eli", verdict: access.Deny, reason: "No"}, leaves: access.Denied},
		{name: "without a reason", try: try{who: "eli", verdict: access.Deny, reason: " \n"},
			want: "Please give a reason.", leaves: access.Pending},
		{name: "their own request", try: try{who: "eli", verdict: access.Approve, reason: "Mine"}, asks: "eli",
			want: own, besides: map[string]string{"mail": forwarded}, leaves: access.Pending},
		{name: "a stranger", try: try{who: "dan", verdict: access.Approve, reason: "Fine"},
			want: notYours, besides: map[string]string{"an override": "There is no such request.", "mail": forwarded}, leaves: access.Pending},
		{name: "the requester, who is no admin", try: try{who: "ana", verdict: access.Approve, reason: "Mine"},
			want: own, besides: map[string]string{"an override": "Only an admin can do this.", "mail": forwarded}, leaves: access.Pending},
		{name: "another was first", try: try{who: "eli", verdict: access.Approve, reason: "Fine"},
			before: func(o *office, r access.Request) { o.acts("ben", r.ID, deny) },
			want:   "This request was decided already: Denied.", leaves: access.Denied},
		{name: "the same once more", try: try{who: "eli", verdict: access.Deny, reason: "No"},
			before:  func(o *office, r access.Request) { o.acts("eli", r.ID, deny) },
			besides: map[string]string{"an override": "This request was decided already: Denied."}, leaves: access.Denied},
		{name: "it has changed since", try: try{who: "eli", verdict: access.Approve, reason: "Fine", version: 1},
			before: func(o *office, r access.Request) {
				o.acts("ben", r.ID, access.Decide{Verdict: access.Ask, Reason: "Why?"})
				o.acts("ana", r.ID, access.Answer{Text: "A release"})
			},
			want: "The request has changed since; please look at it again.", leaves: access.Pending},
		{name: "the time is up", try: try{who: "eli", verdict: access.Approve, reason: "Fine"},
			before: func(o *office, _ access.Request) { o.passes(2 * time.Hour) },
			want:   "The time to decide this request is up.", besides: map[string]string{"an override": "", "mail": overtaken}, leaves: access.Pending},
		{name: "the flow is decided in the portal only", try: try{who: "eli", verdict: access.Deny, reason: "No"}, flow: func(f *access.Flow) { f.DecideIn = []access.Via{access.ViaPortal} },
			besides: map[string]string{"Slack": portalOnly, "mail": overtaken}},
		{name: "there is no such request", try: try{who: "eli", verdict: access.Approve, reason: "Fine", request: "req_01J0000000000000000000000A"},
			want: notYours, besides: map[string]string{"an override": "There is no such request.", "mail": "This link is unknown, or too old"}},
	} {
		for _, door := range doors {
			t.Run(c.name+", by "+door.name, func(t *testing.T) {
				o := newOffice(t)
				want := c.want
				if own, has := c.besides[door.name]; has {
					want = own
				}
				if c.flow != nil {
					o.flow(c.flow)
				}
				r := o.asks(cmp.Or(c.asks, "ana"))
				try := c.try
				if try.request == "" {
					try.request = r.ID
				}
				o.mails(try)
				if c.before != nil {
					c.before(o, r)
				}
				before := o.version(r.ID)
				said := door.decide(o, try)
				// Beside the rule's words, a door may name who was first, and when.
				if said != want && (want == "" || !strings.HasPrefix(said, strings.TrimSuffix(want, "."))) {
					t.Errorf("was told %q, want %q", said, want)
				}
				after, err := o.Requests.Load(o.Context(), r.ID)
				o.Must(err)
				if want != "" && after.Version != before {
					t.Errorf("refused, and the request changed: %s", after.Status)
				}
				if want == c.want && c.leaves != "" && after.Status != c.leaves {
					t.Errorf("the request is %s, want %s", after.Status, c.leaves)
				}
			})
		}
	}
}

func (o *office) version(id access.RequestID) int {
	o.Helper()
	stored, err := o.Requests.Load(o.Context(), id)
	o.Must(err)
	return stored.Version
}
