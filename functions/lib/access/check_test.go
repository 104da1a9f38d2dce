package access_test

import (
	"strings"
	"testing"

	"latchkey/functions/lib/access"
)

func TestTheFlowsOfTheCompanyAreSound(t *testing.T) {
	w := newWorld()
	for _, f := range w.flows {
		equal(t, string(f.ID), access.CheckFlow(f, w.minimum), nil)
	}
	for _, r := range w.resources {
		equal(t, string(r.ID), access.CheckResource(r), nil)
	}
	equal(t, "settings", access.CheckSettings(access.Settings{MaxOpenRequests: 20, SupportURL: "mailto:it@example.com"}), nil)
}

func TestWhatIsWrongWithAFlow(t *testing.T) {
	for name, c := range map[string]struct {
		spoil   func(*access.Flow)
		pointer string
		code    string
	}{
		"no name":         {func(f *access.Flow) { f.Name = " " }, "/name", "required"},
		"a long name":     {func(f *access.Flow) { f.Name = strings.Repeat("x", access.MaxName+1) }, "/name", "too_long"},
		"no resource":     {func(f *access.Flow) { f.Resources = nil }, "/resources", "count"},
		"too many":        {func(f *access.Flow) { f.Resources = make([]access.ResourceID, access.MaxResources+1) }, "/resources", "count"},
		"visible to none": {func(f *access.Flow) { f.VisibleTo = nil }, "/visible_to", "count"},
		"visible to whom": {func(f *access.Flow) { f.VisibleTo = []access.Principal{access.Manager} }, "/visible_to/0", "format"},
		"no steps":        {func(f *access.Flow) { f.Steps = nil }, "/steps", "count"},
		"eleven steps": {func(f *access.Flow) {
			for range access.MaxSteps {
				f.Steps = append(f.Steps, f.Steps[0])
			}
		}, "/steps", "count"},
		"no approver":       {func(f *access.Flow) { f.Steps[0].Approvers = nil }, "/steps/0/approvers", "count"},
		"anyone approves":   {func(f *access.Flow) { f.Steps[0].Approvers[0] = access.Everyone }, "/steps/0/approvers/0", "format"},
		"a spelled person":  {func(f *access.Flow) { f.Steps[0].Approvers[0] = "person:Ben B" }, "/steps/0/approvers/0", "format"},
		"nobody needed":     {func(f *access.Flow) { f.Steps[0].Needed.Count = 0 }, "/steps/0/needed", "out_of_range"},
		"two of one":        {func(f *access.Flow) { f.Steps[0].Needed.Count = 2 }, "/steps/0/needed", "too_many"},
		"never a person":    {func(f *access.Flow) { f.Steps[0].SkipAfter = hour }, "/steps/0/skip_after", "never_approved"},
		"escalates nowhere": {func(f *access.Flow) { f.Steps[0].EscalateAfter = hour }, "/steps/0/escalate_after", "incomplete"},
		"escalates after the end": {func(f *access.Flow) {
			f.Steps[0].EscalateAfter, f.Steps[0].Fallback = f.PendingFor, []access.Principal{access.Admins}
		}, "/steps/0/escalate_after", "never"},
		"in everyone's place": {func(f *access.Flow) {
			f.Steps[0].Needed, f.Steps[0].EscalateAfter, f.Steps[0].Fallback = access.Needed{All: true}, hour, []access.Principal{access.Admins}
		}, "/steps/0/fallback", "unusable"},
		"a fallback of anyone": {func(f *access.Flow) {
			f.Steps[0].EscalateAfter, f.Steps[0].Fallback = hour, []access.Principal{access.Everyone}
		}, "/steps/0/fallback/0", "format"},
		"a maximum of one": {func(f *access.Flow) { f.Duration.Max = hour }, "/duration/max", "unusable"},
		"two policies":     {func(f *access.Flow) { f.Policies = []access.Policy{{ID: "p", Source: "x"}, {ID: "p", Source: "x"}} }, "/policies/1/id", "duplicate"},
		"an empty policy":  {func(f *access.Flow) { f.Policies = []access.Policy{{ID: "p"}} }, "/policies/0/source", "required"},
		"empty choices": {func(f *access.Flow) {
			f.Fields = []access.Field{{ID: "region", Label: "Region", Choices: []string{"eu", ""}}}
		}, "/fields/0/choices", "duplicate"},
		"an unknown mode": {func(f *access.Flow) { f.Duration.Mode = "often" }, "/duration/mode", "unknown"},
		"none with one":   {func(f *access.Flow) { f.Duration.Mode = access.DurationNone }, "/duration/choices", "count"},
		"fixed with two":  {func(f *access.Flow) { f.Duration.Choices = []access.Duration{hour, day} }, "/duration/choices", "count"},
		"too short":       {func(f *access.Flow) { f.Duration.Choices[0] = minute - 1 }, "/duration/choices/0", "too_short"},
		"too long":        {func(f *access.Flow) { f.Duration.Choices[0] = access.MaxSpan + 1 }, "/duration/choices/0", "too_long"},
		"twice the same": {func(f *access.Flow) {
			f.Duration = once(access.DurationChoice, hour, hour)
		}, "/duration/choices/1", "duplicate"},
		"a field's id":      {func(f *access.Flow) { f.Fields = []access.Field{{ID: "Ticket", Label: "T"}} }, "/fields/0/id", "format"},
		"a field's label":   {func(f *access.Flow) { f.Fields = []access.Field{{ID: "ticket"}} }, "/fields/0/label", "required"},
		"a field's pattern": {func(f *access.Flow) { f.Fields = []access.Field{{ID: "ticket", Label: "T", Pattern: "a)|(b"}} }, "/fields/0/pattern", "format"},
		"two alike": {func(f *access.Flow) {
			f.Fields = []access.Field{{ID: "ticket", Label: "T"}, {ID: "ticket", Label: "T"}}
		}, "/fields/1/id", "duplicate"},
		"waits for nothing":  {func(f *access.Flow) { f.PendingFor = 0 }, "/pending_for", "out_of_range"},
		"never claimed":      {func(f *access.Flow) { f.ClaimWithin = 0 }, "/claim_within", "out_of_range"},
		"reminds too often":  {func(f *access.Flow) { f.RemindEvery = minute - 1 }, "/remind_every", "out_of_range"},
		"denies otherwise":   {func(f *access.Flow) { f.DenyWhen = "often" }, "/deny_when", "unknown"},
		"the same person":    {func(f *access.Flow) { f.SamePerson = "twice" }, "/same_person", "unknown"},
		"decided nowhere":    {func(f *access.Flow) { f.DecideIn = nil }, "/decide_in", "count"},
		"decided by a timer": {func(f *access.Flow) { f.DecideIn = []access.Via{access.ViaTimer} }, "/decide_in/0", "unknown"},
	} {
		w := newWorld()
		f := *w.flow("staging")
		c.spoil(&f)
		found := access.CheckFlow(f, w.minimum)
		if len(found) != 1 || found[0].Pointer != c.pointer || found[0].Code != c.code || found[0].Message == "" {
			t.Errorf("%s: %+v, not %s %s", name, found, c.pointer, c.code)
		}
	}
}

func TestWhatIsWrongWithAResource(t *testing.T) {
	for name, c := range map[string]struct {
		spoil   func(*access.Resource)
		pointer string
	}{
		"no name":            {func(r *access.Resource) { r.Name = "" }, "/name"},
		"a long description": {func(r *access.Resource) { r.Description = strings.Repeat("x", access.MaxText+1) }, "/description"},
		"an unknown kind":    {func(r *access.Resource) { r.Kind = "house" }, "/kind"},
		"a script":           {func(r *access.Resource) { r.URL = "javascript:alert(1)" }, "/url"},
		"no host":            {func(r *access.Resource) { r.URL = "https:///x" }, "/url"},
		"no connector":       {func(r *access.Resource) { r.Target.Connector = "" }, "/connector/type"},
		"no group":           {func(r *access.Resource) { r.Target.ID = "" }, "/connector/group"},
		"no secret":          {calls("https://hooks.example.com/", ""), "/connector/secret"},
		"a secret elsewhere": {calls("https://hooks.example.com/", "../prod"), "/connector/secret"},
		"no endpoint":        {calls("", "jira"), "/connector/url"},
		"an open line":       {calls("http://hooks.example.com/", "jira"), "/connector/url"},
		"only a scheme":      {calls("https://:443/", "jira"), "/connector/url"},
		"a password":         {calls("https://me:secret@hooks.example.com/", "jira"), "/connector/url"},
		"a fragment":         {calls("https://hooks.example.com/#there", "jira"), "/connector/url"},
		"a gap":              {calls("https://hooks.example.com/?a b", "jira"), "/connector/url"},
		"a long way":         {calls("https://hooks.example.com/"+strings.Repeat("x", access.MaxWebhookURL), "jira"), "/connector/url"},
		"becoming an admin":  {func(r *access.Resource) { r.Target.ID = string(access.AdminGroup) }, "/connector/group"},
	} {
		r := newWorld().resources["figma"]
		c.spoil(&r)
		if found := access.CheckResource(r); len(found) != 1 || found[0].Pointer != c.pointer {
			t.Errorf("%s: %+v, not %s", name, found, c.pointer)
		}
	}
}

func calls(address, secret string) func(*access.Resource) {
	return func(r *access.Resource) { r.Target = access.WebhookTarget(address, secret) }
}

func TestWhatIsWrongWithTheSettings(t *testing.T) {
	found := access.CheckSettings(access.Settings{MaxOpenRequests: -1, MaxSubmissionsPerHour: 101, SupportURL: "ftp://x"})
	var pointers []string
	for _, f := range found {
		pointers = append(pointers, f.Pointer)
	}
	equal(t, "findings", pointers, []string{"/max_open_requests", "/max_submissions_per_hour", "/support_url"})
}

func TestSlackIsSetUpAsAWholeOrNot(t *testing.T) {
	for _, c := range []struct{ team, client, code, at string }{
		{"", "", "", ""},
		{"T0123ABCD", "123456789012.345678901234", "", ""},
		{"T0123ABCD", "", "required", "/slack_client_id"},
		{"", "123456789012.345678901234", "required", "/slack_team_id"},
		{"acme.slack.com", "123456789012.345678901234", "format", "/slack_team_id"},
		{"T0123ABCD", "A0123ABCD", "format", "/slack_client_id"},
	} {
		s := access.Settings{SlackTeamID: c.team, SlackClientID: c.client}
		var want []access.FieldError
		if c.code != "" {
			want = []access.FieldError{{Pointer: c.at, Code: c.code}}
		}
		found := access.CheckSettings(s)
		for i := range found {
			found[i].Message = ""
		}
		equal(t, c.team+" "+c.client, found, want)
		equal(t, "set up", s.SlackReady(), c.team != "" && c.client != "")
	}
}

func TestWhatAnIDLooksLike(t *testing.T) {
	for _, id := range []string{"ana", "prod-db", "a.b_c-1", "7", strings.Repeat("x", 63)} {
		equal(t, id, access.ValidID(id), true)
	}
	for _, id := range []string{"", "Ana", "-ana", "a b", "a#b", "a:b", "a/b", "ana\n", "anä", strings.Repeat("x", 64)} {
		equal(t, id, access.ValidID(id), false)
	}
}
